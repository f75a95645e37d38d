import { logGroupName } from '../../inventory/arn.ts';
import { asSentence, sanitizeJson, sanitizeLine } from '../../report/sanitize-line.ts';
import type { ChangeOf, Plan } from '../plan/plan.ts';
import { awsWords } from './aws-command.ts';
import type { BeforeTemplate } from './before-template.ts';
import { beforeTemplate } from './before-template.ts';
import { logAlarm, putMetricAlarm, queryRole, setAlarmState } from './commands.ts';
import type { DeclaredStep, Rendering } from './declared.ts';
import { divide, regionOfStep } from './declared.ts';
import { describeCause, describeManualStep, describeStep, describeTest } from './words.ts';

/**
 * The plan as a CloudFormation template in JSON, where a text is nothing but a text. A rule checks account and region.
 * What it cannot declare, since it exists already, is in its metadata, as commands.
 *
 * CloudWatch overwrites a metric filter or an alarm of the same name, so CloudFormation generates the names: nothing that
 * exists is changed, or deleted with the stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function cloudformation(plan: Plan): Rendering {
  const division = divide(plan);
  if (division === undefined) {
    return { kind: 'cannot', problem: 'CloudFormation changes only what it created or imported: use `--as cli`' };
  }
  const { declared } = division;
  const made = new Set(declared.map(({ kind }) => kind));
  const { accountId, control, notes, readAt } = plan;
  const region = regionOfStep(declared[0]);
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: sanitizeLine(`${control.id}: ${control.title}. For account ${accountId} and region ${region}.`),
    Metadata: {
      ReadAt: readAt,
      ...(notes.length === 0 ? {} : { Notes: notes }),
      ...commandsToRunFirst(beforeTemplate(plan, division, 'CloudFormation')),
      Steps: declared.map((step) => ({ Reason: describeCause(step), Step: asSentence(describeStep(step)) })),
      Names: 'CloudFormation generates the names of what it creates, so that nothing that exists has the same name.',
      ...forAPerson(plan, made),
    },
    Rules: accountAndRegion(accountId, region),
    Resources: Object.fromEntries(declared.flatMap((step) => resourcesOf(step, made))),
    ...outputs(plan, made),
  };
  const text = sanitizeJson(template);
  // CloudFormation resolves a dynamic reference anywhere in a template, and there is no way to write one as data.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
  if (text.includes('{{resolve:')) {
    return { kind: 'cannot', problem: 'CloudFormation would resolve the `{{resolve:` in the plan: use `--as cli`' };
  }
  return { kind: 'text', text: `${text}\n` };
}

function commandsToRunFirst(before: BeforeTemplate | undefined): object {
  if (before === undefined) return {};
  const { steps, checks, commands } = before;
  return {
    CommandsToRunFirst: {
      HowToRun: "jq -r '.Metadata.CommandsToRunFirst.Commands[]' TEMPLATE | sh",
      ...(steps.length === 0
        ? {}
        : { Steps: steps.map(({ reason, sentences }) => ({ Reason: reason, Step: sentences.join(' ') })) }),
      ...(checks.length === 0 ? {} : { Checks: checks }),
      Commands: commands,
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */
function accountAndRegion(accountId: string, region: string): object {
  const assertion = (parameter: string, value: string, AssertDescription: string) => ({
    Assert: { 'Fn::Equals': [{ Ref: parameter }, value] },
    AssertDescription,
  });
  const Assertions = [
    assertion('AWS::AccountId', accountId, `This template is for account ${accountId}.`),
    assertion('AWS::Region', region, `This template is for region ${region}.`),
  ];
  return { AccountAndRegion: { Assertions } };
}

function forAPerson({ manualSteps }: Plan, made: Made): object {
  if (manualSteps.length === 0) return {};
  const texts = manualSteps.map((one) =>
    one.kind === 'test-notification' && makesAlarm(made)
      ? `${describeTest(one)}: run the command that the output TestNotification shows.`
      : describeManualStep(one),
  );
  return { ForAPerson: texts };
}

/** The command of the test, with the name that the alarm has in the end. */
function outputs({ manualSteps }: Plan, made: Made): object {
  const test = manualSteps.find((one) => one.kind === 'test-notification');
  if (test === undefined || !makesAlarm(made)) return {};
  const placeholder = 'ALARM-NAME';
  const command = awsWords(setAlarmState({ ...test, alarmName: placeholder })).join(' ');
  const [before = '', after = ''] = command.split(placeholder);
  const Value = { 'Fn::Join': ['', [before, { Ref: 'Alarm' }, after]] };
  return { Outputs: { TestNotification: { Description: 'Sends a test notification.', Value } } };
}

/** Whether the template makes the alarm that is tested, whose name CloudFormation generates. */
function makesAlarm(made: Made): boolean {
  return made.has('create-alarm') || made.has('create-log-alarm');
}

type Resource = readonly [
  logicalId: string,
  resource: { readonly Type: string; readonly Properties: object; readonly [policy: string]: unknown },
];

/** The kinds of change that the template makes, which others in it refer to. */
type Made = ReadonlySet<DeclaredStep['kind']>;

/** The trail still delivers to the log group when the stack is deleted. */
const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

function resourcesOf(step: DeclaredStep, made: Made): readonly Resource[] {
  if (step.kind === 'create-log-alarm') return logAlarmResources(step, made);
  if (step.kind !== 'create-topic' || step.policy === undefined) return [resourceOf(step, made)];
  const Properties = { Topics: [{ Ref: 'Topic' }], PolicyDocument: referring(JSON.parse(step.policy), step.topicArn) };
  return [resourceOf(step, made), ['TopicPolicy', { Type: 'AWS::SNS::TopicPolicy', Properties }]];
}

/** A value in which the topic is the one that the template makes. */
function referring(value: unknown, topicArn: string): unknown {
  if (value === topicArn) return { Ref: 'Topic' };
  if (Array.isArray(value)) return (value as readonly unknown[]).map((one) => referring(one, topicArn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, referring(one, topicArn)]));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-logalarm.html */
function logAlarmResources(step: ChangeOf<'create-log-alarm'>, made: Made): readonly Resource[] {
  const { trust, rights } = queryRole(step.logGroupArn);
  const { ScheduledQueryConfiguration, ...named } = logAlarm(step).putLogAlarm.input;
  const input = Object.fromEntries(Object.entries(named).filter(([property]) => property !== 'AlarmName'));
  const query = {
    ...(ScheduledQueryConfiguration as object),
    ScheduledQueryRoleARN: { 'Fn::GetAtt': ['QueryRole', 'Arn'] },
  };
  const Policies = [{ PolicyName: 'query-log-group', PolicyDocument: rights }];
  const Properties = { ...input, ScheduledQueryConfiguration: query, AlarmActions: [topicOf(step.topicArn, made)] };
  return [
    ['QueryRole', { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies } }],
    ['Alarm', { Type: 'AWS::CloudWatch::LogAlarm', Properties }],
  ];
}

function resourceOf(step: Exclude<DeclaredStep, { readonly kind: 'create-log-alarm' }>, made: Made): Resource {
  switch (step.kind) {
    case 'create-event-rule': {
      const Properties = {
        Description: step.description,
        EventPattern: JSON.parse(step.eventPattern) as object,
        State: step.state,
        Targets: [{ Id: 'topic', Arn: topicOf(step.topicArn, made) }],
      };
      return ['Rule', { Type: 'AWS::Events::Rule', Properties }];
    }
    case 'create-log-group': {
      const Properties = { LogGroupName: logGroupName(step.logGroupArn), RetentionInDays: step.retentionDays };
      return ['LogGroup', { Type: 'AWS::Logs::LogGroup', ...KEPT, Properties }];
    }
    case 'create-metric-filter':
      return ['MetricFilter', { Type: 'AWS::Logs::MetricFilter', Properties: filterProperties(step, made) }];
    case 'create-topic': {
      const Properties = step.kmsMasterKeyId === undefined ? {} : { KmsMasterKeyId: step.kmsMasterKeyId };
      return ['Topic', { Type: 'AWS::SNS::Topic', Properties }];
    }
    case 'subscribe': {
      const Properties = { TopicArn: topicOf(step.topicArn, made), Protocol: 'email', Endpoint: step.email };
      return ['Subscription', { Type: 'AWS::SNS::Subscription', Properties }];
    }
    case 'create-alarm': {
      const named = Object.entries(putMetricAlarm(step).input);
      const input = Object.fromEntries(named.filter(([property]) => property !== 'AlarmName'));
      const Properties = { ...input, AlarmActions: [topicOf(step.topicArn, made)] };
      return ['Alarm', { Type: 'AWS::CloudWatch::Alarm', Properties }];
    }
  }
}

function filterProperties(step: ChangeOf<'create-metric-filter'>, made: Made): object {
  const transformation = { MetricName: step.metricName, MetricNamespace: step.namespace, MetricValue: '1' };
  return {
    LogGroupName: made.has('create-log-group') ? { Ref: 'LogGroup' } : logGroupName(step.logGroupArn),
    FilterPattern: step.filterPattern,
    MetricTransformations: [transformation],
  };
}

function topicOf(topicArn: string, made: Made): string | { readonly Ref: 'Topic' } {
  return made.has('create-topic') ? { Ref: 'Topic' } : topicArn;
}
