import type { Operation } from './failures.ts';
import { DeadlineError } from './failures.ts';

/** Makes one request of the SDK within the time that is left. */
export type Call = <T>(
  operation: Operation,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

/** Less than this and a request is not begun: the caller has yet to say that it ran out of time. */
const MARGIN_MS = 2000;

/**
 * Requests that end before the deadline, however slow the service is.
 *
 * @param remainingMs - the time that is left, in milliseconds; without it there is no deadline
 * @throws DeadlineError with the operation that there was no time for
 */
export function callWithin(remainingMs: (() => number) | undefined): Call {
  return async ({ service, operation }, send) => {
    if (remainingMs === undefined) return send({ abortSignal: new AbortController().signal });
    const left = remainingMs() - MARGIN_MS;
    const late = () => new DeadlineError(`no time is left for ${service} ${operation}`);
    if (left <= 0) throw late();
    const abortSignal = AbortSignal.timeout(left);
    try {
      return await send({ abortSignal });
    } catch (error) {
      if (abortSignal.aborted) throw late();
      throw error;
    }
  };
}
