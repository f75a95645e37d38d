import type { PartKind } from '../../model.ts';
import type { Declaration } from '../declaration.ts';

/** What a thing without a known name may be, by its kind: every thing in these parts, with what belongs to it. */
export const partsOfKind: Readonly<Partial<Record<Declaration['kind'], readonly PartKind[]>>> = {
  trail: ['trails', 'trail-status', 'event-selectors'],
  'log-group': ['log-group', 'log-transformers', 'metric-filters', 'metric-publishers'],
  'metric-filter': ['metric-filters', 'metric-publishers'],
  'metric-alarm': ['alarms', 'alarms-for-metric', 'alarm-history'],
  'composite-alarm': ['alarms', 'alarms-for-metric', 'alarm-history'],
  'log-alarm': ['alarms', 'alarms-for-metric', 'alarm-history'],
  'mute-rule': ['mute-rules'],
  topic: ['topic-attributes', 'subscriptions', 'subscription-attributes'],
  'topic-policy': ['topic-attributes'],
  subscription: ['subscriptions', 'subscription-attributes'],
  key: ['key'],
  'key-policy': ['key'],
  'key-alias': ['key'],
  'event-bus': ['event-rules', 'event-rule-targets'],
  'event-rule': ['event-rules', 'event-rule-targets'],
  'event-target': ['event-rule-targets'],
};
