import type { Declaration, DeclarationOf } from '../../declaration.ts';
import { isUnknown, unknown } from '../../value.ts';
import type { Properties } from './properties.ts';
import { jsonOf, textOf } from './properties.ts';

/** Where a resource is. */
type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region'>;

/** The subscription of an `AWS::SNS::Subscription`, and of whatever has the same properties. */
export function subscriptionOf(given: Properties, where: Where): DeclarationOf<'subscription'> {
  const [endpoint, scope] = [textOf(given['Endpoint']), textOf(given['FilterPolicyScope'])];
  const filterPolicy = given['FilterPolicy'] === undefined ? undefined : jsonOf(given['FilterPolicy']);
  const doubt = [filterPolicy, scope].find(isUnknown);
  return {
    kind: 'subscription',
    ...where,
    topicArn: textOf(given['TopicArn']) ?? unknown('the topic'),
    protocol: textOf(given['Protocol']) ?? unknown('the protocol'),
    ...(endpoint === undefined ? {} : { endpoint }),
    attributes: doubt ?? {
      ...(typeof filterPolicy === 'string' ? { filterPolicy } : {}),
      ...(typeof scope === 'string' ? { filterPolicyScope: scope } : {}),
    },
  };
}
