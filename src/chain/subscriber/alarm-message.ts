import { parseArn } from '../../inventory/arn.ts';
import type { Alarm, MetricAlarm } from '../../inventory/resources.ts';

/** What is known of a property of a message before it is sent. */
export type Property =
  | { readonly kind: 'value'; readonly value: string | number }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'object'; readonly properties: Message }
  /** The message has the property, with a value that is not known, and is neither null nor empty. */
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' };

/** The properties by name. Of a name that is not among them nothing is known. */
export interface Message {
  readonly get: (name: string) => Property | undefined;
}

/**
 * The messages that an alarm may send to SNS when it goes to ALARM, one for each state that it may come from.
 *
 * Nothing is said of a property that may be null or empty, such as the description of an alarm without one or a list of
 * actions: `"exists": true` asks for "a non-null and non-empty value".
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html#alarm-sns-schema
 */
export function messagesOf(alarm: Alarm): readonly Message[] {
  const { alarmName, alarmArn, alarmActions } = alarm;
  const accountId = parseArn(alarmArn)?.accountId;
  return ['OK', 'INSUFFICIENT_DATA'].map(
    (oldState) =>
      new Map<string, Property>([
        ...present('NewStateReason', 'StateChangeTime', 'Region'),
        ['AlarmName', value(alarmName)],
        ['AlarmArn', value(alarmArn)],
        ...valuesIfKnown({ AWSAccountId: accountId }),
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
      return [...valuesIfKnown({ AlarmRule: alarm.alarmRule }), ['Trigger', { kind: 'absent' }]];
    case 'log-alarm':
      return [];
  }
}

/** What an alarm on one metric says of it. The message of an alarm on metric math is not documented. */
function triggerOf(alarm: MetricAlarm): Message {
  const { namespace, metricName, period, evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator } = alarm;
  if (alarm.metrics.length > 0 || namespace === undefined || metricName === undefined) return new Map();
  const known = {
    Namespace: namespace,
    MetricName: metricName,
    Period: period,
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: datapointsToAlarm,
    Threshold: threshold,
    ComparisonOperator: comparisonOperator,
  };
  // Of an alarm on a percentile or the like AWS gives another property than Statistic.
  const named = alarm.statistic === undefined ? [] : present('Statistic');
  return new Map<string, Property>([...present('StatisticType'), ...named, ...valuesIfKnown(known)]);
}

function value(one: string | number): Property {
  return { kind: 'value', value: one };
}

/** The properties with a value. Whether a message has one that the alarm does not set AWS does not document. */
function valuesIfKnown(
  values: Readonly<Record<string, string | number | undefined>>,
): readonly (readonly [string, Property])[] {
  return Object.entries(values).flatMap(([name, one]) =>
    one === undefined || one === '' ? [] : [[name, value(one)] as const],
  );
}

function present(...names: readonly string[]): readonly (readonly [string, Property])[] {
  return names.map((name) => [name, { kind: 'present' }]);
}
