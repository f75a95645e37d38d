import { logGroupName, resourceName } from '../../inventory/arn.ts';
import { sanitizeLine, sanitizeJson } from '../../report/sanitize-line.ts';
import { commandsFor } from './cli.ts';
import { putMetricAlarm } from './commands.ts';
import type { DeclaredStep, Rendering } from './declared.ts';
import { divide, regionOfStep } from './declared.ts';
import type { ChangeOf, Plan } from '../plan/plan.ts';
import { describeCause, describeStep, describeManualStep } from './words.ts';

/**
 * The plan as a CloudFormation template in JSON, where a text is nothing but a text. What it cannot declare, since it is
 * there already, is in its metadata, as commands.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function cloudformation(plan: Plan): Rendering {
  const division = divide(plan);
  if (division === undefined) {
    return { kind: 'cannot', problem: 'CloudFormation changes only what it created or imported: use `--as cli`' };
  }
  const { declared, commanded } = division;
  const made = new Set(declared.map(({ kind }) => kind));
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: sanitizeLine(
      `${plan.control.id}: ${plan.control.title}. For account ${plan.accountId} and region ${regionOfStep(declared[0])}.`,
    ),
    Metadata: {
      ReadAt: plan.readAt,
      ...(commanded.length === 0
        ? {}
        : {
            CommandsToRunFirst: commanded.map((step) => ({
              Reason: describeCause(step),
              Step: describeStep(step),
              Commands: commandsFor(step),
            })),
          }),
      ...(plan.manualSteps.length === 0 ? {} : { ForAPerson: plan.manualSteps.map(describeManualStep) }),
    },
    Resources: Object.fromEntries(declared.map((step) => resourceOf(step, made))),
  };
  const text = sanitizeJson(template);
  // CloudFormation resolves a dynamic reference anywhere in a template, and there is no way to write one as data.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
  if (text.includes('{{resolve:')) {
    return { kind: 'cannot', problem: 'CloudFormation would resolve the `{{resolve:` in the plan: use `--as cli`' };
  }
  return { kind: 'text', text: `${text}\n` };
}

type Resource = readonly [
  logicalId: string,
  resource: { readonly Type: string; readonly Properties: object; readonly [policy: string]: unknown },
];

/** The kinds of change that the template makes, which others in it refer to. */
type Made = ReadonlySet<DeclaredStep['kind']>;

/** What is not to go with the stack. */
const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

function resourceOf(step: DeclaredStep, made: Made): Resource {
  switch (step.kind) {
    case 'create-log-group':
      return [
        'LogGroup',
        { Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { LogGroupName: logGroupName(step.logGroupArn) } },
      ];
    case 'create-metric-filter':
      return ['MetricFilter', { Type: 'AWS::Logs::MetricFilter', Properties: filterProperties(step, made) }];
    case 'create-topic':
      return ['Topic', { Type: 'AWS::SNS::Topic', Properties: { TopicName: resourceName(step.topicArn) } }];
    case 'allow-publish': {
      const Properties = { Topics: [step.topicArn], PolicyDocument: JSON.parse(step.extendedPolicy) as object };
      return ['TopicPolicy', { Type: 'AWS::SNS::TopicPolicy', ...KEPT, Properties }];
    }
    case 'subscribe': {
      const Properties = { TopicArn: topicOf(step.topicArn, made), Protocol: 'email', Endpoint: step.email };
      return ['Subscription', { Type: 'AWS::SNS::Subscription', Properties }];
    }
    case 'create-alarm': {
      const Properties = { ...putMetricAlarm(step).input, AlarmActions: [topicOf(step.topicArn, made)] };
      return ['Alarm', { Type: 'AWS::CloudWatch::Alarm', Properties }];
    }
  }
}

function filterProperties(step: ChangeOf<'create-metric-filter'>, made: Made): object {
  const transformation = { MetricName: step.metricName, MetricNamespace: step.namespace, MetricValue: '1' };
  return {
    LogGroupName: made.has('create-log-group') ? { Ref: 'LogGroup' } : logGroupName(step.logGroupArn),
    FilterName: step.filterName,
    FilterPattern: step.filterPattern,
    MetricTransformations: [transformation],
  };
}

function topicOf(topicArn: string, made: Made): string | { readonly Ref: 'Topic' } {
  return made.has('create-topic') ? { Ref: 'Topic' } : topicArn;
}
