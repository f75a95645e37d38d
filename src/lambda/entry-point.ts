import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';

import { createConnector } from './connect.ts';
import type { Log } from './log.ts';
import type { Outcome } from './handle.ts';
import { handle } from './handle.ts';

const logger = new Logger({ serviceName: 'mfa-deactivation-alarm' });
const log: Log = {
  info: (message, fields) => {
    logger.info(message, { ...fields });
  },
  warn: (message, fields) => {
    logger.warn(message, { ...fields });
  },
  error: (message, fields) => {
    logger.error(message, { ...fields });
  },
};
const connect = createConnector(() => new Date());

/** In milliseconds: what is left for sending the evaluations, once the time of the judge is over. */
const PUBLISHING_TIME = 30_000;

/**
 * What AWS Config calls.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export async function evaluate(event: unknown, context: Context): Promise<Outcome> {
  logger.addContext(context);
  return handle(event, {
    connect: (invocation, options) =>
      connect({
        invocation,
        options,
        remainingMs: () => context.getRemainingTimeInMillis(),
        note: (note) => {
          log.warn('not checked', { ruleName: invocation.ruleName, note });
        },
      }),
    log,
    isOver: () => context.getRemainingTimeInMillis() < PUBLISHING_TIME,
    // Lambda always sets it; `invoke local` does not.
    functionArn: (context as Partial<Context>).invokedFunctionArn,
  });
}
