/** What can be kept of credentials: they may say when they are over. */
interface Expiring {
  readonly expiration?: Date | undefined;
}

/** Credentials are fetched anew when they have less than this to live, in milliseconds. */
const FRESH_MS = 5 * 60 * 1000;

/**
 * Fetches credentials when they are first needed and keeps them until shortly before they expire, so that all clients
 * of one role share one call, also those that ask at the same time.
 */
export function keptCredentials<C extends Expiring>(fetch: () => Promise<C>, now: () => Date): () => Promise<C> {
  const isFresh = ({ expiration }: C) => expiration === undefined || expiration.getTime() - now().getTime() > FRESH_MS;
  const after = async (previous: Promise<C> | undefined) => {
    const known = await previous?.catch(() => undefined);
    return known !== undefined && isFresh(known) ? known : fetch();
  };
  let latest: Promise<C> | undefined;
  return () => (latest = after(latest));
}
