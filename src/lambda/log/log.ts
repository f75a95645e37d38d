import type { Assessment } from '../../assessment/assess.ts';
import type { Chain } from '../../chain/verdict.ts';

/** One structured line for each call. No line holds a secret: no result token, no credentials, no whole event. */
export interface Log {
  readonly info: (message: string, fields: Fields) => void;
  readonly warn: (message: string, fields: Fields) => void;
  readonly error: (message: string, fields: Fields) => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** A log event of CloudWatch Logs has a size limit, and an account may have a hundred filters: the first chains are enough. */
const MAX_CHAINS = 25;

/** The reasoning behind a verdict: each chain link by link, with findings, example events and fixes. */
export function reasoning({ verdict, turns, inventory }: Assessment): Fields {
  const chains: readonly Chain[] = verdict.chains;
  return {
    controlId: verdict.control.id,
    verdict: verdict.kind,
    readAt: inventory.readAt,
    turns,
    chainCount: chains.length,
    chains: chains.slice(0, MAX_CHAINS).map(({ outcome, links }) => ({ outcome, links })),
  };
}

/** An error and its causes as plain data, without the request that the SDK attaches to its errors. */
export function failure(error: unknown): Fields {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: failure(cause) }) };
}
