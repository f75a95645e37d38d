import { logGroupName, regionOf, resourceName } from '../../inventory/arn.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { ChangeOf, Step } from '../plan/plan.ts';
import type { AwsCommand } from './aws-command.ts';
import { awsWords } from './aws-command.ts';
import * as aws from './commands.ts';
import { literal, word } from './shell.ts';

/*
 * The commands of each step. Every step first looks whether it is done already, so that a script that was interrupted
 * can run again. Where something else has the planned name, the script stops before it changes anything.
 *
 * They need the functions of SHELL_FUNCTIONS.
 */

/** `stop` ends the script with a message; `done_already` says that a step needs nothing. */
export const SHELL_FUNCTIONS: readonly string[] = [
  'stop() { printf \'%s\\n\' "$1" >&2; exit 1; }',
  'done_already() { printf \'%s\\n\' "$1 exists already."; }',
];

/** What to do where something else has the planned name. */
const RUN_AGAIN = 'Nothing was changed by this step. Run remediate again: the new plan uses another name.';

/** The commands of one step. An answer that nobody needs is not printed. */
export function stepCommands(step: Step): readonly string[] {
  switch (step.kind) {
    case 'start-logging':
      return [onLines(aws.startLogging(step))];
    case 'record-all-regions':
      return [quiet(aws.recordAllRegions(step))];
    case 'record-management-events':
      return addSelector(step);
    case 'create-log-group':
      return createLogGroup(step);
    case 'connect-log-group':
      return connectLogGroup(step);
    case 'create-metric-filter':
      return createMetricFilter(step);
    case 'create-topic':
      return [quiet(aws.createTopic(step))];
    case 'allow-publish':
      return allowPublish(step);
    case 'subscribe':
      return subscribe(step);
    case 'create-event-rule':
      return createEventRule(step);
    case 'create-alarm':
      return createAlarm(step);
    case 'enable-alarm-actions':
      return [onLines(aws.enableAlarmActions(step))];
  }
}

/**
 * PutEventSelectors replaces the list, so what the trail has at that moment is put again, with one more at its end.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
function addSelector(step: ChangeOf<'record-management-events'>): readonly string[] {
  const { trailArn, region, selector } = step;
  const trail = resourceName(trailArn);
  const list = selector.kind === 'basic' ? 'EventSelectors' : 'AdvancedEventSelectors';
  const option = selector.kind === 'basic' ? '--event-selectors' : '--advanced-event-selectors';
  const get = { service: 'cloudtrail', operation: 'get-event-selectors', region, input: { TrailName: trail } };
  const isSame =
    selector.kind === 'basic'
      ? `ReadWriteType==${literal(selector.added.readWriteType)} && IncludeManagementEvents && ` +
        `(ExcludeManagementEventSources || ${literal([])})==${literal(selector.added.excludeManagementEventSources)}`
      : `Name==${literal(selector.added.name)}`;
  return [
    `selectors=$(${onOneLine(get, `--query ${list} --output json`)})`,
    `present=$(${onOneLine(get, `--query ${word(`length((${list} || ${literal([])})[?${isSame}])`)} --output json`)})`,
    `more=${word(JSON.stringify(aws.selectorInput(step)))}`,
    'case "$present/$selectors" in',
    `  0/*'}'*']') ${onOneLine({ ...get, operation: 'put-event-selectors' }, `${option} "\${selectors%]}, $more]"`)} >/dev/null ;;`,
    `  0/*) stop ${word(sanitizeLine(`The event selectors of trail ${trail} are of another kind now. Nothing was changed. Run remediate again.`))} ;;`,
    `  *) done_already ${word(sanitizeLine(`The event selector of trail ${trail}`))} ;;`,
    'esac',
  ];
}

/** How many log groups have exactly this name. */
function countLogGroups(logGroupArn: string): string {
  const name = logGroupName(logGroupArn);
  const region = regionOf(logGroupArn);
  const look = { service: 'logs', operation: 'describe-log-groups', region, input: { logGroupNamePrefix: name } };
  return onOneLine(look, `--query ${word(`length(logGroups[?logGroupName==${literal(name)}])`)} --output json`);
}

function createLogGroup({ logGroupArn, retentionDays }: ChangeOf<'create-log-group'>): readonly string[] {
  return [
    `groups=$(${countLogGroups(logGroupArn)})`,
    'if [ "$groups" != 0 ]',
    `then done_already ${word(sanitizeLine(`Log group ${logGroupName(logGroupArn)}`))}`,
    'else',
    indented(onLines(aws.createLogGroup(logGroupArn))),
    indented(onLines(aws.putRetention(logGroupArn, retentionDays))),
    'fi',
  ];
}

/**
 * Looks all names up before it creates anything. What an earlier run created has a tag with the trail's ARN, and is
 * used. IAM takes some seconds until CloudTrail sees a new role; any other refusal ends the script.
 */
function connectLogGroup(step: ChangeOf<'connect-log-group'>): readonly string[] {
  const { trailArn, region, logGroupArn, roleName, retentionDays } = step;
  const trail = resourceName(trailArn);
  const group = logGroupName(logGroupArn);
  const { createRole, allowRole, updateTrail, tag } = aws.connectLogGroup(step);
  const getTrail = { service: 'cloudtrail', operation: 'get-trail', region, input: { Name: trail } };
  const getRole = { service: 'iam', operation: 'get-role', region, input: { RoleName: roleName } };
  const tags = { service: 'logs', operation: 'list-tags-for-resource', region, input: { resourceArn: logGroupArn } };
  const roleTag = `--query ${word(`(Role.Tags || ${literal([])})[?Key==${literal(tag.Key)}].Value | [0]`)} --output json`;
  const groupTag = `--query ${word(`tags.${tag.Key}`)} --output json`;
  const ours = word(JSON.stringify(tag.Value));
  const message = (text: string) => word(sanitizeLine(`${text} Nothing was changed.`));
  const useIt = `If the trail may use it, add the tag ${tag.Key}=${tag.Value} to it and run this again.`;
  return [
    `connected=$(${onOneLine(getTrail, '--query Trail.CloudWatchLogsLogGroupArn --output text')})`,
    'case "$connected" in',
    `  None | '') ;;`,
    `  ${word(`${logGroupArn}:*`)}) ;;`,
    `  *) stop ${message(`Trail ${trail} has a log group now. Run remediate again.`)} ;;`,
    'esac',
    `if role=$(${onOneLine(getRole, roleTag)} 2>&1)`,
    `then [ "$role" = ${ours} ] || stop ${message(`Role ${roleName} exists, and was not created for trail ${trail}. ${useIt}`)}`,
    'else case "$role" in *NoSuchEntity*) role=\'\' ;; *) stop "$role" ;; esac',
    'fi',
    `groups=$(${countLogGroups(logGroupArn)})`,
    'if [ "$groups" != 0 ]',
    'then',
    `  owner=$(${onOneLine(tags, groupTag)})`,
    `  [ "$owner" = ${ours} ] || stop ${message(`Log group ${group} exists, and was not created for trail ${trail}. ${useIt}`)}`,
    'else',
    indented(onLines(aws.createLogGroup(logGroupArn, { [tag.Key]: tag.Value }))),
    indented(onLines(aws.putRetention(logGroupArn, retentionDays))),
    'fi',
    `[ -n "$role" ] || ${quiet(createRole)}`,
    onLines(allowRole),
    'tries=1',
    `until answer=$(${onOneLine(updateTrail)} 2>&1)`,
    'do',
    '  case "$answer" in *InvalidCloudWatchLogs*) ;; *) stop "$answer" ;; esac',
    '  [ "$tries" -lt 6 ] || stop "$answer"',
    '  tries=$((tries + 1))',
    '  sleep 10',
    'done',
  ];
}

/** PutMetricFilter overwrites a filter of the same name. */
function createMetricFilter(step: ChangeOf<'create-metric-filter'>): readonly string[] {
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
  return unlessPresent(look, counts, `Metric filter ${filterName}`, onLines(aws.putMetricFilter(step)));
}

/**
 * PutRule overwrites a rule of the same name. PutTargets is repeated, since a script may stop between the two; it answers
 * with a success also where it failed.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
function createEventRule(step: ChangeOf<'create-event-rule'>): readonly string[] {
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
  const failed = word(sanitizeLine(`Rule ${ruleName} has no target: the command above failed.`));
  return [
    ...unlessPresent(look, counts, `Rule ${ruleName}`, quiet(aws.putRule(step))),
    `failed=$(${onOneLine(aws.putTargets(step), '--query FailedEntryCount --output text')})`,
    `[ "$failed" = 0 ] || stop ${failed}`,
  ];
}

/** PutMetricAlarm overwrites an alarm of the same name. */
function createAlarm(step: ChangeOf<'create-alarm'>): readonly string[] {
  const { alarmArn, alarmName, namespace, metricName, period, topicArn } = step;
  const look = {
    service: 'cloudwatch',
    operation: 'describe-alarms',
    region: regionOf(alarmArn),
    input: { AlarmNames: [alarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  };
  const none = literal([]);
  const same =
    `Namespace==${literal(namespace)} && MetricName==${literal(metricName)} && Statistic==${literal('Sum')} && ` +
    `Period==${literal(period)} && EvaluationPeriods==${literal(1)} && Threshold==${literal(1)} && ` +
    `ComparisonOperator==${literal('GreaterThanOrEqualToThreshold')} && ` +
    `TreatMissingData==${literal('notBreaching')} && ActionsEnabled && ` +
    `contains(AlarmActions, ${literal(topicArn)})`;
  const counts = [`[(MetricAlarms || ${none}), (CompositeAlarms || ${none})][]`, `(MetricAlarms || ${none})[?${same}]`];
  return unlessPresent(look, counts, `Alarm ${alarmName}`, onLines(aws.putMetricAlarm(step)));
}

/**
 * Runs a command unless what it creates exists.
 *
 * @param counts - two JMESPath lists: what has the name, and what has the settings as well
 */
function unlessPresent(look: AwsCommand, counts: readonly string[], what: string, command: string): readonly string[] {
  const query = `join('/', [${counts.map((list) => `to_string(length(${list}))`).join(', ')}])`;
  return [
    `found=$(${onOneLine(look, `--query ${word(query)} --output json`)})`,
    'case "$found" in',
    `  '"0/'*)`,
    indented(command, 4),
    '    ;;',
    `  *'/1"') done_already ${word(sanitizeLine(what))} ;;`,
    `  *) stop ${word(sanitizeLine(`${what} exists and has other settings. ${RUN_AGAIN}`))} ;;`,
    'esac',
  ];
}

/** SetTopicAttributes overwrites the policy, so it has to be the one to which the statement was added. */
function allowPublish(step: ChangeOf<'allow-publish'>): readonly string[] {
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
    indented(onLines(aws.setTopicPolicy(step))),
    'else',
    '  case "$policy" in',
    `    *${statementId}*) done_already ${word(sanitizeLine(`Statement ${statementId} in the policy of topic ${topic}`))} ;;`,
    `    *) stop ${word(sanitizeLine(changed))} ;;`,
    '  esac',
    'fi',
  ];
}

/** Subscribing an address a second time changes nothing; while it waits to be confirmed, SNS sends the email again. */
function subscribe(step: ChangeOf<'subscribe'>): readonly string[] {
  const { topicArn, email } = step;
  const look = {
    service: 'sns',
    operation: 'list-subscriptions-by-topic',
    region: regionOf(topicArn),
    input: { TopicArn: topicArn },
  };
  const query = `Subscriptions[?Protocol==${literal('email')} && Endpoint==${literal(email)}].SubscriptionArn | [0]`;
  const what = `A confirmed subscription of ${email} to topic ${resourceName(topicArn)}`;
  return [
    `present=$(${onOneLine(look, `--query ${word(query)} --output json`)})`,
    'case "$present" in',
    `  *arn:*) done_already ${word(sanitizeLine(what))} ;;`,
    `  *) ${quiet(aws.subscribe(step))} ;;`,
    'esac',
  ];
}

/** A command with an option on each line. */
function onLines(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' \\\n  ');
}

function quiet(command: AwsCommand): string {
  return `${onLines(command)} >/dev/null`;
}

function onOneLine(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' ');
}

/** Indents the first line only where the others continue a quoted text, which an indent would change. */
function indented(command: string, spaces = 2): string {
  return `${' '.repeat(spaces)}${command}`;
}
