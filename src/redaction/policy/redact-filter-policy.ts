import type { JsonObject } from '../../chain/base/json.ts';
import { isJsonObject, parseJson } from '../../chain/base/json.ts';
import { satisfiesCondition } from '../../chain/subscriber/filter-condition.ts';
import type { SubscriptionAttributes } from '../../inventory/resources.ts';
import { alarmStates, comparisonOperators, filterPolicyScopes } from '../choices.ts';
import { redactArn } from '../redact-arn.ts';
import { redactMetricName, redactNamespace } from '../alarm/redact-metric.ts';
import { redactMembers } from '../redact-members.ts';
import { redactChoice } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';

/** A property of an alarm's message: what its value may be in this account, and what stands in for a value. */
interface TextProperty {
  readonly values: readonly string[];
  readonly redact: (value: string) => string;
}

/** The documented properties whose values are settings in numbers, which stay. */
const numbers: ReadonlySet<string> = new Set(['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold']);

/** The documented properties of which no value is known beforehand: only whether they exist is shown. */
const unknownValues: ReadonlySet<string> = new Set([
  ...['AlarmDescription', 'AlarmConfigurationUpdatedTimestamp', 'NewStateReason', 'StateChangeTime', 'Region'],
  ...['OKActions', 'InsufficientDataActions', 'TriggeringChildren', 'AlarmRule', 'StatisticType', 'Statistic'],
  ...['Unit', 'Dimensions', 'TreatMissingData', 'EvaluateLowSampleCountPercentile'],
]);

/**
 * A subscription's filter policy with other names, which accepts the messages of the account's alarms as it did: what it
 * says of the beginning or the end of names is said of each by its stand-in.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function redactFilterPolicy(attributes: SubscriptionAttributes, redactor: Redactor): SubscriptionAttributes {
  return redactMembers(attributes, {
    filterPolicy: (policy) => redactJson(policy, redactor),
    filterPolicyScope: (scope) => redactChoice(scope, filterPolicyScopes, redactor.names),
  });
}

function redactJson(filterPolicy: string, redactor: Redactor): string {
  const policy = parseJson(filterPolicy);
  if (policy === undefined) return 'redacted: it was not JSON';
  if (!isJsonObject(policy)) return '[]';
  return JSON.stringify(redactProperties(policy, propertiesOf(redactor), redactor));
}

type Properties = ReadonlyMap<string, TextProperty>;

function redactProperties(policy: JsonObject, known: Properties, redactor: Redactor): JsonObject {
  return Object.fromEntries(
    Object.entries(policy).map(([name, wanted]): [string, unknown] => {
      if (name === '$or' && Array.isArray(wanted) && wanted.every(isJsonObject)) {
        return [name, wanted.map((one) => redactProperties(one, known, redactor))];
      }
      if (name === 'Trigger' && isJsonObject(wanted)) return [name, redactProperties(wanted, known, redactor)];
      const property = known.get(name);
      const isDocumented = property !== undefined || numbers.has(name) || unknownValues.has(name) || name === 'Trigger';
      if (!isDocumented) return [redactor.names.text(name), ['redacted']];
      if (!Array.isArray(wanted)) return [name, 'redacted'];
      const conditions: readonly unknown[] = wanted;
      if (property !== undefined) return [name, conditions.flatMap((one) => redactCondition(one, property, redactor))];
      return [name, conditions.map((one) => (numbers.has(name) ? redactNumber(one) : redactUnknown(one)))];
    }),
  );
}

function propertiesOf({ names, known }: Redactor): Properties {
  const arn = (text: string) => (text.startsWith('arn:') ? redactArn(text, names) : names.text(text));
  const choice = (allowed: ReadonlySet<string>): TextProperty => ({
    values: [...allowed],
    redact: (value) => redactChoice(value, allowed, names),
  });
  return new Map<string, TextProperty>([
    ['AlarmName', { values: known.alarmNames, redact: names.text }],
    ['AlarmArn', { values: known.alarmArns, redact: arn }],
    ['AlarmActions', { values: known.topicArns, redact: arn }],
    ['AWSAccountId', { values: known.accountIds, redact: names.text }],
    ['MetricName', { values: known.metricNames, redact: (name) => redactMetricName(name, names) }],
    ['Namespace', { values: known.namespaces, redact: (name) => redactNamespace(name, names) }],
    ['ComparisonOperator', choice(comparisonOperators)],
    ['NewStateValue', choice(alarmStates)],
    ['OldStateValue', choice(alarmStates)],
  ]);
}

/** A condition in other words: the same values of the account's own satisfy it. */
function redactCondition(condition: unknown, property: TextProperty, redactor: Redactor): readonly unknown[] {
  if (typeof condition === 'string') return [property.redact(condition)];
  if (typeof condition === 'number') return [Math.sign(condition)];
  if (!isJsonObject(condition)) return [null];
  const [entry, another] = Object.entries(condition);
  if (entry === undefined || another !== undefined) return [{}];
  const [operator, operand] = entry;
  if (operator === 'exists') return [{ exists: typeof operand === 'boolean' ? operand : null }];
  if (operator === 'anything-but') {
    const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    return [{ 'anything-but': operands.flatMap((one) => redactCondition(one, property, redactor)) }];
  }
  // A condition that is not evaluated is not one on any value.
  if (typeof operand !== 'string' || satisfiesCondition('', condition) === 'undecided') return [{ redacted: [] }];
  const satisfying = property.values.filter((value) => satisfiesCondition(value, condition) === true);
  return satisfying.length === 0 ? [redactor.names.text(operand)] : satisfying.map(property.redact);
}

/** A condition on a setting in numbers: numbers and comparisons stay. */
function redactNumber(condition: unknown): unknown {
  if (typeof condition === 'number') return condition;
  if (Array.isArray(condition)) return condition.map(redactNumber);
  if (typeof condition === 'string') return /^(?:[<>]?=|[<>])$/.test(condition) ? condition : 'redacted';
  if (!isJsonObject(condition)) return null;
  return Object.fromEntries(
    Object.entries(condition).map(([operator, operand]) => [
      ['numeric', 'anything-but', 'exists'].includes(operator) ? operator : 'redacted',
      typeof operand === 'boolean' ? operand : redactNumber(operand),
    ]),
  );
}

/** Of a condition on a value that is not known beforehand only `exists` can be decided. */
function redactUnknown(condition: unknown): unknown {
  const isExistence = isJsonObject(condition) && Object.keys(condition).length === 1 && 'exists' in condition;
  return isExistence && typeof condition['exists'] === 'boolean' ? { exists: condition['exists'] } : 'redacted';
}
