import { logGroupName, regionOf, resourceName } from '../../inventory/arn.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import type { AwsCommand } from './aws-command.ts';
import { awsWords } from './aws-command.ts';
import * as aws from './commands.ts';
import type { ChangeOf, Plan, Step } from '../plan/plan.ts';
import { word } from './shell.ts';
import { PAGE_WIDTH, describeCause, commentLines, describeStep, describeManualStep } from './words.ts';
import { regionOfStep } from './declared.ts';

/**
 * The plan as a POSIX shell script of `aws` commands. The shell reads it to its end before it runs any of it, each
 * command that fails stops it, and nothing is put under a name that was taken since the account was read.
 *
 * @param columns - how wide a comment may be; commands have an option on each line, which is broken nowhere
 */
export function cliScript(plan: Plan, columns = PAGE_WIDTH): string {
  const [first] = plan.steps;
  const comment = (text: string) => commentLines(text, columns);
  const lines = [
    '#!/bin/sh',
    ...comment(`${plan.control.id}: ${plan.control.title}.`),
    ...comment(`For account ${plan.accountId} as it was read at ${plan.readAt}. Nothing is deleted or replaced.`),
    'set -eu',
    "export AWS_PAGER=''",
    '{',
    'stop() { printf \'%s\\n\' "$1" >&2; exit 1; }',
    ...(first ? ['', ...comment('The commands are for this account only.'), ...sameAccount(plan, first)] : []),
    ...plan.steps.flatMap((step, index) => [
      '',
      ...(hasSameCause(step, plan.steps[index - 1]) ? [] : comment(describeCause(step))),
      ...comment(asSentence(describeStep(step))),
      ...commandsFor(step),
    ]),
    ...(plan.manualSteps.length > 0 ? ['', ...comment('A person has to do this.')] : []),
    ...plan.manualSteps.map((one) => `printf '%s\\n' ${word(sanitizeLine(describeManualStep(one)))}`),
    '} </dev/null',
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether the step before has the same reason, so that it is printed already. */
function hasSameCause(step: Step, before: Step | undefined): boolean {
  return before !== undefined && describeCause(step) === describeCause(before);
}

function sameAccount({ accountId }: Plan, step: Step): readonly string[] {
  const region = regionOfStep(step);
  const identity = { service: 'sts', operation: 'get-caller-identity', region, input: {} };
  return [
    `account=$(${inline(identity, '--query Account --output text')})`,
    `[ "$account" = ${accountId} ] || stop "The credentials are of account $account, not ${accountId}."`,
  ];
}

/** The commands of one step. What answers with a text nobody needs is kept quiet. */
export function commandsFor(step: Step): readonly string[] {
  switch (step.kind) {
    case 'start-logging':
      return [lines(aws.startLogging(step))];
    case 'record-all-regions':
      return [quiet(aws.recordAllRegions(step))];
    case 'record-management-events':
      return addSelector(step);
    case 'create-log-group':
      return [lines(aws.createLogGroup(step.logGroupArn))];
    case 'connect-log-group':
      return connect(step);
    case 'create-metric-filter':
      return [...unlessFilter(step), lines(aws.putMetricFilter(step))];
    case 'create-topic':
      return [quiet(aws.createTopic(step))];
    case 'allow-publish':
      return [...ifPolicyIs(step), lines(aws.setTopicPolicy(step))];
    case 'subscribe':
      return [quiet(aws.subscribe(step))];
    case 'create-alarm':
      return [...unlessAlarm(step), lines(aws.putMetricAlarm(step))];
    case 'enable-alarm-actions':
      return [lines(aws.enableAlarmActions(step))];
  }
}

/**
 * PutEventSelectors replaces the list, so what the trail has at that moment is put again, with one more behind it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
function addSelector(step: ChangeOf<'record-management-events'>): readonly string[] {
  const { trailArn, region, selector } = step;
  const isBasic = selector.kind === 'basic';
  const get = {
    service: 'cloudtrail',
    operation: 'get-event-selectors',
    region,
    input: { TrailName: resourceName(trailArn) },
  };
  const put = { ...get, operation: 'put-event-selectors' };
  const list = isBasic ? 'EventSelectors' : 'AdvancedEventSelectors';
  const option = isBasic ? '--event-selectors' : '--advanced-event-selectors';
  return [
    `selectors=$(${inline(get, `--query ${list} --output json`)})`,
    `more=${word(JSON.stringify(aws.selectorInput(step)))}`,
    `${lines(put, `${option} "\${selectors%]}, $more]"`)} >/dev/null`,
  ];
}

/** IAM takes some seconds until CloudTrail sees a new role. */
function connect(step: ChangeOf<'connect-log-group'>): readonly string[] {
  const { createRole, allowRole, updateTrail } = aws.connectLogGroup(step);
  return [
    lines(aws.createLogGroup(step.logGroupArn)),
    quiet(createRole),
    lines(allowRole),
    'tries=1',
    `until ${quiet(updateTrail)}`,
    'do',
    '  [ "$tries" -lt 6 ] || stop "CloudTrail does not take the new role."',
    '  tries=$((tries + 1))',
    '  sleep 10',
    'done',
  ];
}

/** What to do where the account has changed since it was read, for example by an earlier run of this script. */
const RUN_AGAIN = 'Nothing was changed: run remediate again to see what is still missing.';

/** PutMetricFilter overwrites the filter of its name. */
function unlessFilter({ logGroupArn, filterName }: ChangeOf<'create-metric-filter'>): readonly string[] {
  const look = {
    service: 'logs',
    operation: 'describe-metric-filters',
    region: regionOf(logGroupArn),
    input: { logGroupName: logGroupName(logGroupArn), filterNamePrefix: filterName },
  };
  // Our own names hold nothing that a query gives a meaning.
  const query = `--query ${word(`length(metricFilters[?filterName==\`"${filterName}"\`])`)} --output json`;
  return [
    `taken=$(${inline(look, query)})`,
    `[ "$taken" = 0 ] || stop ${word(`Metric filter ${filterName} exists. ${RUN_AGAIN}`)}`,
  ];
}

/** PutMetricAlarm overwrites the alarm of its name. */
function unlessAlarm({ alarmArn, alarmName }: ChangeOf<'create-alarm'>): readonly string[] {
  const look = {
    service: 'cloudwatch',
    operation: 'describe-alarms',
    region: regionOf(alarmArn),
    input: { AlarmNames: [alarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  };
  const query = `--query ${word('length([MetricAlarms, CompositeAlarms][])')} --output json`;
  return [
    `taken=$(${inline(look, query)})`,
    `[ "$taken" = 0 ] || stop ${word(`Alarm ${alarmName} exists. ${RUN_AGAIN}`)}`,
  ];
}

/** SetTopicAttributes overwrites the policy, so it has to be the one to which the statement was added. */
function ifPolicyIs({ topicArn, policy }: ChangeOf<'allow-publish'>): readonly string[] {
  const look = {
    service: 'sns',
    operation: 'get-topic-attributes',
    region: regionOf(topicArn),
    input: { TopicArn: topicArn },
  };
  return [
    `policy=$(${inline(look, '--query Attributes.Policy --output text')})`,
    `[ "$policy" = ${word(policy.trimEnd())} ] || stop ${word(sanitizeLine(`The policy of topic ${resourceName(topicArn)} has changed. ${RUN_AGAIN}`))}`,
  ];
}

/** A command with an option on each line. */
function lines(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' \\\n  ');
}

function quiet(command: AwsCommand): string {
  return `${lines(command)} >/dev/null`;
}

function inline(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' ');
}
