/** The part of credentials that caching needs: when they expire, if they do. */
interface Expiring {
  readonly expiration?: Date | undefined;
}

/** Credentials are fetched again when fewer milliseconds than this are left until they expire. */
const RENEW_BEFORE_MS = 5 * 60 * 1000;

/**
 * Fetches credentials when they are first needed and keeps them until shortly before they expire. All clients of one
 * role share one call, also those that ask at the same time. A failed call is not kept.
 */
export function cacheCredentials<C extends Expiring>(fetch: () => Promise<C>, now: () => Date): () => Promise<C> {
  const isFresh = ({ expiration }: C) =>
    expiration === undefined || expiration.getTime() - now().getTime() > RENEW_BEFORE_MS;
  const fetchAfter = async (previous: Promise<C> | undefined) => {
    const cached = await previous?.catch(() => undefined);
    return cached !== undefined && isFresh(cached) ? cached : fetch();
  };
  let latest: Promise<C> | undefined;
  return () => (latest = fetchAfter(latest));
}
