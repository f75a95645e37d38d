import { logGroupName, regionOf, resourceName } from '../../../inventory/arn.ts';
import type { ChangeOf } from '../../plan/plan.ts';
import * as aws from '../commands.ts';
import { onLines, onOneLine, quiet, say, stop, unlessPresent } from './lines.ts';
import { literal, word } from './word.ts';

/** PutMetricFilter overwrites a filter of the same name. */
export function createMetricFilter(step: ChangeOf<'create-metric-filter'>): readonly string[] {
  const { logGroupArn, filterName, filterPattern, namespace, metricName } = step;
  const look = {
    service: 'logs',
    operation: 'describe-metric-filters',
    region: regionOf(logGroupArn),
    input: { logGroupName: logGroupName(logGroupArn), filterNamePrefix: filterName },
  };
  const named = `filterName==${literal(filterName)}`;
  const same =
    `${named} && filterPattern==${literal(filterPattern)} && length(metricTransformations)==${literal(1)} && ` +
    `metricTransformations[0].metricNamespace==${literal(namespace)} && ` +
    `metricTransformations[0].metricName==${literal(metricName)} && ` +
    `metricTransformations[0].metricValue==${literal('1')}`;
  const counts = [`metricFilters[?${named}]`, `metricFilters[?${same}]`];
  return unlessPresent(look, counts, `Metric filter ${filterName}`, onLines(aws.putMetricFilter(step), 4));
}

/** CreateTopic leaves a topic of that name as it is, or refuses where its settings are others. */
export function createTopic(step: ChangeOf<'create-topic'>): readonly string[] {
  const { topicArn } = step;
  const region = regionOf(topicArn);
  const look = { service: 'sns', operation: 'get-topic-attributes', region, input: { TopicArn: topicArn } };
  return [
    `if found=$(${onOneLine(look, '--query Attributes.TopicArn --output text')} 2>&1)`,
    `then ${say(`SNS topic ${resourceName(topicArn)} exists already.`)}`,
    'else',
    '  case "$found" in *NotFound*) ;; *) stop "$found" ;; esac',
    quiet(aws.createTopic(step), 2),
    'fi',
  ];
}

/** SetTopicAttributes overwrites the policy, so it has to be the one to which the statement was added. */
export function allowPublish(step: ChangeOf<'allow-publish'>): readonly string[] {
  const { topicArn, policy, statementId } = step;
  const topic = resourceName(topicArn);
  const look = {
    service: 'sns',
    operation: 'get-topic-attributes',
    region: regionOf(topicArn),
    input: { TopicArn: topicArn },
  };
  const changed = `The policy of topic ${topic} has changed since it was read. Nothing was changed. Run remediate again.`;
  return [
    `policy=$(${onOneLine(look, '--query Attributes.Policy --output text')})`,
    `if [ "$policy" = ${word(policy.trimEnd())} ]`,
    'then',
    onLines(aws.setTopicPolicy(step), 2),
    'else',
    '  case "$policy" in',
    `    *${statementId}*) ${say(`Statement ${statementId} in the policy of topic ${topic} exists already.`)} ;;`,
    `    *) ${stop(changed)} ;;`,
    '  esac',
    'fi',
  ];
}

/**
 * Subscribing an address a second time changes nothing; while it waits to be confirmed, SNS sends the email again.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export function subscribe(step: ChangeOf<'subscribe'>): readonly string[] {
  const { topicArn, email } = step;
  const topic = resourceName(topicArn);
  const query = `Subscriptions[?Protocol==${literal('email')} && Endpoint==${literal(email)}].SubscriptionArn | [0]`;
  return [
    `present=$(${onOneLine(listSubscriptions(topicArn), `--query ${word(query)} --output json`)})`,
    'case "$present" in',
    `  *arn:*) ${say(`A confirmed subscription of ${email} to topic ${topic} exists already.`)} ;;`,
    '  *)',
    quiet(aws.subscribe(step), 4),
    `    [ "$present" = null ] || ${say(`${email} has not confirmed the subscription to topic ${topic} yet: SNS sends the email again.`)}`,
    '    ;;',
    'esac',
  ];
}

/**
 * Stops where an address is subscribed already, in whatever case: a template would take that subscription for its own.
 *
 * @param instead - what to do then, as sentences
 */
export function refuseSubscribed({ topicArn, email }: ChangeOf<'subscribe'>, instead: string): readonly string[] {
  const query = `Subscriptions[?Protocol==${literal('email')}].Endpoint`;
  return [
    `present=$(${onOneLine(listSubscriptions(topicArn), `--query ${word(query)} --output text`)})`,
    `if printf '%s\\n' "$present" | tr '\\t' '\\n' | grep -Fiqx -e ${word(email)}`,
    `then ${stop(`${email} is subscribed to SNS topic ${resourceName(topicArn)} already. ${instead}`)}`,
    'fi',
  ];
}

function listSubscriptions(topicArn: string) {
  const region = regionOf(topicArn);
  return { service: 'sns', operation: 'list-subscriptions-by-topic', region, input: { TopicArn: topicArn } };
}

/**
 * PutRule overwrites a rule of the same name. PutTargets is repeated, since a script may stop between the two; it answers
 * with a success also where it failed.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export function createEventRule(step: ChangeOf<'create-event-rule'>): readonly string[] {
  const { ruleArn, ruleName, eventPattern, state } = step;
  const look = {
    service: 'events',
    operation: 'list-rules',
    region: regionOf(ruleArn),
    input: { NamePrefix: ruleName },
  };
  const named = `Name==${literal(ruleName)}`;
  const same = `${named} && EventPattern==${literal(eventPattern)} && State==${literal(state)}`;
  const counts = [`Rules[?${named}]`, `Rules[?${same}]`];
  return [
    ...unlessPresent(look, counts, `Rule ${ruleName}`, quiet(aws.putRule(step), 4)),
    `failed=$(${onOneLine(aws.putTargets(step), '--query FailedEntryCount --output text')})`,
    `[ "$failed" = 0 ] || ${stop(`Rule ${ruleName} has no target: the command above failed.`)}`,
  ];
}

/** PutMetricAlarm overwrites an alarm of the same name. */
export function createAlarm(step: ChangeOf<'create-alarm'>): readonly string[] {
  const { alarmArn, alarmName, namespace, metricName, period, topicArn } = step;
  const look = describeAlarms(alarmArn, alarmName);
  const none = literal([]);
  const same =
    `Namespace==${literal(namespace)} && MetricName==${literal(metricName)} && Statistic==${literal('Sum')} && ` +
    `Period==${literal(period)} && EvaluationPeriods==${literal(1)} && Threshold==${literal(1)} && ` +
    `ComparisonOperator==${literal('GreaterThanOrEqualToThreshold')} && ` +
    `TreatMissingData==${literal('notBreaching')} && ActionsEnabled && ` +
    `contains(AlarmActions, ${literal(topicArn)})`;
  const counts = [ALL_ALARMS, `(MetricAlarms || ${none})[?${same}]`];
  return unlessPresent(look, counts, `Alarm ${alarmName}`, onLines(aws.putMetricAlarm(step), 4));
}

/** EnableAlarmActions succeeds also where there is no such alarm. */
export function enableAlarmActions(step: ChangeOf<'enable-alarm-actions'>): readonly string[] {
  const { alarmArn, alarmName } = step;
  const query = `${ALL_ALARMS} | [0].ActionsEnabled`;
  return [
    `found=$(${onOneLine(describeAlarms(alarmArn, alarmName), `--query ${word(query)} --output json`)})`,
    'case "$found" in',
    `  true) ${say(`The actions of alarm ${alarmName} are enabled already.`)} ;;`,
    `  null) ${stop(`There is no alarm ${alarmName} any more. Nothing was changed. Run remediate again.`)} ;;`,
    '  *)',
    onLines(aws.enableAlarmActions(step), 4),
    '    ;;',
    'esac',
  ];
}

/** Alarms of both types, of which DescribeAlarms leaves out the list that is empty. */
const ALL_ALARMS = `[(MetricAlarms || ${literal([])}), (CompositeAlarms || ${literal([])})][]`;

function describeAlarms(alarmArn: string, alarmName: string) {
  const input = { AlarmNames: [alarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
  return { service: 'cloudwatch', operation: 'describe-alarms', region: regionOf(alarmArn), input };
}
