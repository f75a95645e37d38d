import * as v from 'valibot';

import type { PartKind, Parts } from '../../model.ts';
import { alarm, alarmAction, metricAlarm, muteRule } from './alarm-schemas.ts';
import { object, partsOf, text } from './members.ts';
import { eventSelectors, metricFilter, trail, trailStatus } from './trail-schemas.ts';

/** One schema for each kind of part: a kind without one does not compile. */
const partSchemas = {
  trails: partsOf('Every trail that applies to the account, under the name `account`.', v.array(trail)),
  'trail-status': partsOf('Whether a trail is logging, by its ARN.', v.nullable(trailStatus)),
  'event-selectors': partsOf('Which events a trail records, by its ARN.', v.nullable(eventSelectors)),
  'log-group': partsOf('A log group, by its ARN.', v.nullable(object({ logGroupClass: text }))),
  'log-transformers': partsOf(
    'Whether the events of a log group are transformed, by its ARN.',
    object({ ofLogGroup: v.boolean(), ofAccount: v.boolean() }),
  ),
  'metric-filters': partsOf('Every metric filter of a log group, by its ARN.', v.nullable(v.array(metricFilter))),
  'metric-publishers': partsOf(
    'Every metric filter that publishes to a metric, by account, region and metric.',
    v.array(object({ logGroupName: text, filter: metricFilter })),
  ),
  'alarms-for-metric': partsOf('The alarms on a metric, by account, region and metric.', v.array(metricAlarm)),
  alarms: partsOf('Every alarm, by account and region.', v.array(alarm)),
  'mute-rules': partsOf('The rules that mute an alarm, by account, region and alarm.', v.array(muteRule)),
  'alarm-history': partsOf('The last actions of an alarm, by account, region and alarm.', v.array(alarmAction)),
  'event-rules': partsOf(
    'Every rule of an EventBridge event bus, by the ARN of the bus.',
    v.nullable(v.array(object({ name: text, state: text, eventPattern: v.exactOptional(text) }))),
  ),
  'event-rule-targets': partsOf(
    'Every target of an EventBridge rule, by the ARN of its bus and its name.',
    v.nullable(v.array(object({ id: text, arn: text, roleArn: v.exactOptional(text) }))),
  ),
  'topic-attributes': partsOf(
    'The policy and the key of a topic, by its ARN.',
    v.nullable(object({ policy: text, kmsMasterKeyId: v.exactOptional(text) })),
  ),
  key: partsOf(
    'The key of a topic, by its ARN, or by account, region and id.',
    v.nullable(object({ arn: v.exactOptional(text), keyManager: text, keyState: text, policy: text })),
  ),
  'subscription-attributes': partsOf(
    'The filter policy of a subscription, by its ARN.',
    v.nullable(object({ filterPolicy: v.exactOptional(text), filterPolicyScope: v.exactOptional(text) })),
  ),
  subscriptions: partsOf(
    'Every subscription of a topic, by its ARN.',
    v.nullable(
      v.array(
        object({
          subscriptionArn: text,
          protocol: text,
          owner: v.exactOptional(text),
          endpoint: v.exactOptional(text),
        }),
      ),
    ),
  ),
} satisfies Readonly<Record<PartKind, v.GenericSchema>>;
/** Every kind of part, in the order above. */
export const partKinds = Object.keys(partSchemas) as readonly PartKind[];

export const parts = object(partSchemas) satisfies v.GenericSchema<unknown, Parts>;
