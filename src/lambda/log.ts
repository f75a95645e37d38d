import type { Assessment } from '../assessment/assess.ts';
import type { Chain } from '../chain/verdict.ts';

/** One structured line each. Nothing secret goes in: no result token, no credentials, no whole event. */
export interface Log {
  readonly info: (message: string, fields: Fields) => void;
  readonly warn: (message: string, fields: Fields) => void;
  readonly error: (message: string, fields: Fields) => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** A line of CloudWatch Logs has a limit, and an account may have a hundred filters: the nearest chains are enough. */
const MOST_CHAINS = 25;

/** The whole reasoning of a verdict: each chain link by link, what was found, the example event, what mends it. */
export function reasoning({ verdict, turns, inventory }: Assessment): Fields {
  const chains: readonly Chain[] = verdict.chains;
  return {
    controlId: verdict.control.id,
    verdict: verdict.kind,
    readAt: inventory.readAt,
    turns,
    chainCount: chains.length,
    chains: chains.slice(0, MOST_CHAINS).map(({ outcome, links }) => ({ outcome, links })),
  };
}

/** An error and its causes as plain data, without the request that the SDK hangs on its errors. */
export function failure(error: unknown): Fields {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: failure(cause) }) };
}
