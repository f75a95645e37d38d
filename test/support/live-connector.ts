import { createConnector } from '../../src/lambda/connect.ts';
import type { Dependencies } from '../../src/lambda/handle.ts';

export interface LiveSettings {
  readonly url: string;
  readonly now: () => Date;
  /** The number of tries for one request. */
  readonly maxAttempts?: number;
  /** The time limit of one try, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** The time until Lambda would end the call, in milliseconds; an hour by default. */
  readonly remainingMs?: () => number;
}

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** Connects to accounts at one endpoint as the function does. One try is enough where nothing passes by itself. */
export function liveConnector({
  url,
  now,
  maxAttempts = 1,
  requestTimeoutMs = 10_000,
  remainingMs = () => 3_600_000,
}: LiveSettings): Dependencies['connect'] {
  const connect = createConnector(now, { endpoint: url, credentials, maxAttempts, requestTimeoutMs });
  return (invocation, options) => connect({ invocation, options, remainingMs });
}
