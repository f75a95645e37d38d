import { TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';

import { createCall } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { errorName } from './client/failures.ts';

/** Which of the messages a pattern matches, in their order; or that AWS refuses the pattern, and what it says. */
export type PatternTest =
  | { readonly kind: 'answered'; readonly matches: readonly boolean[] }
  | { readonly kind: 'refused'; readonly message: string };

/** "Array Members: Minimum number of 1 item. Maximum number of 50 items." */
const MAX_MESSAGES = 50;

/**
 * Tries a filter pattern on messages of one's own. Reads nothing of the account and changes nothing in it; needs the
 * permission `logs:TestMetricFilter`.
 *
 * @throws AwsCallError if AWS does not answer the question
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export async function testMetricFilter(
  clients: AwsClients,
  region: string,
  filterPattern: string,
  messages: readonly string[],
): Promise<PatternTest> {
  const call = createCall();
  const matched = new Set<string>();
  // The answer repeats the messages. They tell more surely than their numbers, of which AWS does not say where they begin.
  const distinct = [...new Set(messages)];
  for (let start = 0; start < distinct.length; start += MAX_MESSAGES) {
    const logEventMessages = distinct.slice(start, start + MAX_MESSAGES);
    try {
      const answer = await call('TestMetricFilter', region, (options) =>
        clients.logs(region).send(new TestMetricFilterCommand({ filterPattern, logEventMessages }), options),
      );
      for (const { eventMessage } of answer.matches) matched.add(eventMessage);
    } catch (error) {
      if (errorName(error) !== 'InvalidParameterException') throw error;
      const { cause } = error as Error;
      return { kind: 'refused', message: cause instanceof Error ? cause.message : '' };
    }
  }
  return { kind: 'answered', matches: messages.map((message) => matched.has(message)) };
}
