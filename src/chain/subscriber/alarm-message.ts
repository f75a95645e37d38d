import { parseArn } from '../../inventory/arn.ts';
import type { Alarm, MetricAlarm } from '../../inventory/resources.ts';

/** What is known of a property of a message before it is sent. */
export type Property =
  | { readonly kind: 'value'; readonly value: string | number }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'object'; readonly properties: Message }
  /** The message has the property, with a value that is not known. */
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' };

/** The properties by name. Of a name that is not among them nothing is known. */
export interface Message {
  readonly get: (name: string) => Property | undefined;
}

/**
 * The messages that an alarm may send to SNS when it goes to ALARM, one for each state that it may come from.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html#alarm-sns-schema
 */
export function messagesOf(alarm: Alarm): readonly Message[] {
  const { alarmName, alarmArn, alarmActions } = alarm;
  const accountId = parseArn(alarmArn)?.accountId;
  return ['OK', 'INSUFFICIENT_DATA'].map(
    (oldState) =>
      new Map<string, Property>([
        ...present('AlarmDescription', 'NewStateReason', 'StateChangeTime', 'Region'),
        ...present('OKActions', 'InsufficientDataActions'),
        ['AlarmName', value(alarmName)],
        ['AlarmArn', value(alarmArn)],
        ['AWSAccountId', valueIfKnown(accountId)],
        ['AlarmActions', { kind: 'list', values: alarmActions }],
        ['NewStateValue', value('ALARM')],
        ['OldStateValue', value(oldState)],
        ...propertiesOfKind(alarm),
      ]),
  );
}

function propertiesOfKind(alarm: Alarm): readonly (readonly [string, Property])[] {
  switch (alarm.kind) {
    case 'metric-alarm':
      return [
        ...present('AlarmConfigurationUpdatedTimestamp'),
        ['Trigger', { kind: 'object', properties: triggerOf(alarm) }],
      ];
    case 'composite-alarm':
      return [...present('TriggeringChildren'), ['AlarmRule', value(alarm.alarmRule)], ['Trigger', { kind: 'absent' }]];
    case 'log-alarm':
      return [];
  }
}

/** What an alarm on one metric says of it. The message of an alarm on metric math is not documented. */
function triggerOf(alarm: MetricAlarm): Message {
  const { namespace, metricName, period, evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator } = alarm;
  if (alarm.metrics.length > 0 || namespace === undefined || metricName === undefined) return new Map();
  const known = {
    Period: period,
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: datapointsToAlarm,
    Threshold: threshold,
    ComparisonOperator: comparisonOperator,
  };
  return new Map<string, Property>([
    ...present('StatisticType', 'Statistic', 'Dimensions', 'TreatMissingData'),
    ['Namespace', value(namespace)],
    ['MetricName', value(metricName)],
    ...Object.entries(known).map(([name, one]) => [name, valueIfKnown(one)] as const),
  ]);
}

function value(one: string | number): Property {
  return { kind: 'value', value: one };
}

function valueIfKnown(one: string | number | undefined): Property {
  return one === undefined ? { kind: 'present' } : value(one);
}

function present(...names: readonly string[]): readonly (readonly [string, Property])[] {
  return names.map((name) => [name, { kind: 'present' }]);
}
