import type { Declaration } from './declaration.ts';
import type { Maybe } from './value.ts';
import { unknown } from './value.ts';

type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region'>;

/**
 * What a data protection policy makes of a topic: one that denies messages may stop a notification, so that nothing is known
 * of what the topic lets through. One that only audits or masks stops none.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-operations.html
 */
export function stopsMessages(policy: unknown, topicArn: Maybe<string>, where: Where): readonly Declaration[] {
  if (policy === undefined || policy === null) return [];
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  if (!/"(?:Deny|unknown)"\s*:/.test(text)) return [];
  return [{ kind: 'topic-policy', ...where, topicArn, policy: unknown('a data protection policy may stop messages') }];
}
