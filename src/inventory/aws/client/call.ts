import type { OperationAnswer, OperationName } from '../answers/operations.ts';
import type { CallPlace } from './failures.ts';
import { AwsCallError, DeadlineError, NotBegunError, describeCall } from './failures.ts';

/**
 * Makes one request through a client of `createClient`, which has checked the answer.
 *
 * @throws AwsCallError; NotBegunError for a call that is not begun any more; or DeadlineError with the call that there was no
 *   time for
 */
export type Call = <O extends OperationName>(
  operation: O,
  region: string,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<unknown>,
) => Promise<OperationAnswer<O>>;

export interface CallLimits {
  /** The account that is asked, for messages. */
  readonly accountId?: string;
  /** The time that is left, in milliseconds. Without it there is no deadline. */
  readonly remainingMs?: () => number;
  /**
   * Whether a call may still be begun. It should end so long before the time that no call that AWS answers is cut off by it:
   * then what is cut off is a fault, and what is not begun says how large the account is.
   */
  readonly mayBegin?: () => boolean;
  /** Counts the calls: called after each, with the number of its tries. */
  readonly onCall?: (attempts: number) => void;
}

/** A request is not begun with less than this left: the caller must still report that it ran out of time. */
const MARGIN_MS = 2000;

/** The time limit of one call with all its tries, credentials included. */
const MAX_CALL_MS = 120_000;

/** Calls that end before the deadline, and within two minutes each, however slow the service or STS is. */
export function createCall({ accountId, remainingMs, mayBegin, onCall }: CallLimits = {}): Call {
  return async <O extends OperationName>(
    operation: O,
    region: string,
    send: (options: { readonly abortSignal: AbortSignal }) => Promise<unknown>,
  ) => {
    const place = { operation, accountId, region };
    if (mayBegin?.() === false) throw new NotBegunError(place);
    const left = (remainingMs?.() ?? Infinity) - MARGIN_MS;
    if (left <= 0) throw deadlineError(place);
    const { signal: abortSignal, clear } = timeLimit(Math.min(left, MAX_CALL_MS));
    try {
      // The SDK does not pass the signal on to what fetches credentials, so the signal ends the waiting as well.
      const answer = await Promise.race([send({ abortSignal }), rejectOn(abortSignal)]);
      onCall?.(attemptsOf(answer));
      return answer as OperationAnswer<O>;
    } catch (error) {
      onCall?.(attemptsOf(error));
      if (abortSignal.aborted && left <= MAX_CALL_MS) throw deadlineError(place);
      if (error instanceof DeadlineError) throw error;
      const inner = callErrorIn(error);
      throw inner ?? new AwsCallError(place, error);
    } finally {
      clear();
    }
  };
}

/**
 * A signal that aborts in time, and is released when the call is over: one of `AbortSignal.timeout` is kept with all that
 * listens to it until its time has come, which a program that makes thousands of calls notices.
 */
function timeLimit(milliseconds: number): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException('the call took too long', 'TimeoutError'));
  }, milliseconds);
  timer.unref();
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
    },
  };
}

function deadlineError(place: CallPlace): DeadlineError {
  return new DeadlineError(
    `no time is left for ${describeCall(place)}. Run again; if it lasts, look for what is slow in the lines before this`,
  );
}

/** The number of tries, which the SDK notes on answers and errors. */
function attemptsOf(outcome: unknown): number {
  return (outcome as { readonly $metadata?: { readonly attempts?: number } } | undefined)?.$metadata?.attempts ?? 1;
}

/** The failure of the call that fetched credentials, which the SDK may wrap. */
function callErrorIn(error: unknown): AwsCallError | undefined {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof AwsCallError) return one;
  return undefined;
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
