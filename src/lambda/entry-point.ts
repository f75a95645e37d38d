import type { Context } from 'aws-lambda';

import { unlessEmpty } from '../inventory/aws/client/omit-undefined.ts';
import { createConnector } from './connect.ts';
import { environmentCredentials } from './environment-credentials.ts';
import type { HandlerOutcome } from './handle.ts';
import { handle } from './handle.ts';
import { jsonLog } from './log/json-log.ts';
import { metricsLine } from './log/metrics.ts';

const now = () => new Date();
const write = (line: string) => {
  process.stdout.write(`${line}\n`);
};
const connect = createConnector(now, { credentials: environmentCredentials });

/** In milliseconds: what is left for the calls on the way, the answer and sending it, once the time to read and judge is over. */
const PUBLISHING_TIME = 30_000;

/**
 * The entry point that AWS Config calls.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export async function evaluate(event: unknown, context: Context): Promise<HandlerOutcome> {
  // Lambda always sets these; `invoke local` does not.
  const { invokedFunctionArn, awsRequestId, functionName } = context as Partial<Context>;
  const start = now();
  const isOver = () => context.getRemainingTimeInMillis() < PUBLISHING_TIME;
  const log = jsonLog(write, now, { requestId: awsRequestId, functionName });
  return handle(event, {
    connect: (invocation, options) =>
      connect({
        invocation,
        options,
        remainingMs: () => context.getRemainingTimeInMillis(),
        isOver,
        note: (note) => {
          log.warn('not checked', { ruleName: invocation.ruleName, note });
        },
      }),
    log,
    isOver,
    measure: (run) => {
      const end = now();
      write(metricsLine(run, end.getTime() - start.getTime(), end));
    },
    functionArn: invokedFunctionArn,
    organizationId: unlessEmpty(process.env['ORGANIZATION_ID']),
  });
}
