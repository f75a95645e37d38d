import { logGroupName, resourceName } from '../../../inventory/arn.ts';
import { shorten } from '../../plan/names.ts';
import type { ChangeOf } from '../../plan/plan.ts';
import { putMetricAlarm } from '../commands.ts';
import type { DeclaredStep } from '../declared.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import { expression, list, number, text, textThen } from './hcl.ts';
import { policyDocument } from './policy-document.ts';

/** What the blocks of one configuration share. */
export interface RenderContext {
  /** The kinds of change that the configuration makes, which others in it refer to. */
  readonly made: ReadonlySet<DeclaredStep['kind']>;
  /** The name of every block: it says for which control, so that configurations can be put together. */
  readonly label: string;
}

/** The resources that a step declares. */
export function resourcesOf(step: DeclaredStep, context: RenderContext): readonly HclBlock[] {
  switch (step.kind) {
    case 'create-event-rule':
      return ruleOf(step, context);
    case 'create-topic':
      return step.policy === undefined
        ? [resourceOf(step, context)]
        : [resourceOf(step, context), ...topicPolicyOf(step.policy, step.topicArn, context)];
    case 'create-log-group':
    case 'create-metric-filter':
    case 'subscribe':
    case 'create-alarm':
      return [resourceOf(step, context)];
    // Was refused before.
    case 'create-log-alarm':
      return [];
  }
}

/**
 * The policy of the new topic, whose ARN ends in what Terraform generates. It is a policy document and not a text, so that
 * whoever reads the plan knows it before it is applied.
 */
function topicPolicyOf(policy: string, topicArn: string, context: RenderContext): readonly HclBlock[] {
  return [
    policyDocument(policy, context.label, new Map([[topicArn, topicOf(topicArn, context)]])),
    resource('aws_sns_topic_policy', context.label, [
      ['arn', topicOf(topicArn, context)],
      ['policy', expression(`data.aws_iam_policy_document.${context.label}.json`)],
    ]),
  ];
}

/** The rule, and the topic as its target. The state is an attribute since version 5.24 of the provider. */
function ruleOf(step: ChangeOf<'create-event-rule'>, context: RenderContext): readonly HclBlock[] {
  const { state } = step;
  return [
    resource('aws_cloudwatch_event_rule', context.label, [
      ['name', freshName(shorten(step.ruleName, MOST_RULE_NAME), context)],
      ['description', text(step.description)],
      ['event_pattern', text(step.eventPattern)],
      ...(state === 'ENABLED' ? [] : [['state', text(state)] as const]),
    ]),
    resource('aws_cloudwatch_event_target', context.label, [
      ['rule', expression(`aws_cloudwatch_event_rule.${context.label}.name`)],
      ['target_id', text('topic')],
      ['arn', topicOf(step.topicArn, context)],
    ]),
  ];
}

/** A name has at most 64 characters, of which nine are generated. */
const MOST_RULE_NAME = 55;

function resourceOf(
  step: Exclude<DeclaredStep, { readonly kind: 'create-event-rule' | 'create-log-alarm' }>,
  context: RenderContext,
): HclBlock {
  switch (step.kind) {
    case 'create-log-group':
      // The trail still delivers to it when the rest is destroyed.
      return resource('aws_cloudwatch_log_group', context.label, [
        ['name', text(logGroupName(step.logGroupArn))],
        ['retention_in_days', number(step.retentionDays)],
        ['skip_destroy', expression('true')],
      ]);
    case 'create-metric-filter':
      return filterOf(step, context);
    case 'create-topic': {
      return resource('aws_sns_topic', context.label, [
        ['name_prefix', text(`${resourceName(step.topicArn)}-`)],
        ...(step.kmsMasterKeyId === undefined ? [] : [['kms_master_key_id', text(step.kmsMasterKeyId)] as const]),
      ]);
    }
    case 'subscribe':
      return resource('aws_sns_topic_subscription', context.label, [
        ['topic_arn', topicOf(step.topicArn, context)],
        ['protocol', text('email')],
        ['endpoint', text(step.email)],
      ]);
    case 'create-alarm':
      return alarmOf(step, context);
  }
}

function filterOf(step: ChangeOf<'create-metric-filter'>, context: RenderContext): HclBlock {
  const logGroup = context.made.has('create-log-group')
    ? expression(`aws_cloudwatch_log_group.${context.label}.name`)
    : text(logGroupName(step.logGroupArn));
  const transformation: HclBlock = {
    type: 'metric_transformation',
    labels: [],
    attributes: [
      ['name', text(step.metricName)],
      ['namespace', text(step.namespace)],
      ['value', text('1')],
    ],
    blocks: [],
  };
  return resource(
    'aws_cloudwatch_log_metric_filter',
    context.label,
    [
      ['name', freshName(step.filterName, context)],
      ['log_group_name', logGroup],
      ['pattern', text(step.filterPattern)],
    ],
    [transformation],
  );
}

function alarmOf(step: ChangeOf<'create-alarm'>, context: RenderContext): HclBlock {
  const input = Object.entries(putMetricAlarm(step).input).filter(([name]) => name !== 'AlarmName');
  const attributes = input.map(([name, value]): readonly [string, HclValue] => {
    if (Array.isArray(value)) return [snake(name), list(topicOf(step.topicArn, context))];
    return [snake(name), typeof value === 'string' ? text(value) : number(Number(value))];
  });
  return resource('aws_cloudwatch_metric_alarm', context.label, [
    ['alarm_name', freshName(step.alarmName, context)],
    ...attributes,
  ]);
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

function topicOf(topicArn: string, context: RenderContext): HclValue {
  return context.made.has('create-topic') ? expression(`aws_sns_topic.${context.label}.arn`) : text(topicArn);
}

export function resource(
  type: string,
  name: string,
  attributes: HclBlock['attributes'],
  blocks: readonly HclBlock[] = [],
): HclBlock {
  return { type: 'resource', labels: [type, name], attributes, blocks };
}

/** A name that nothing has. */
function freshName(base: string, { label }: RenderContext): HclValue {
  return textThen(`${base}-`, `substr(terraform_data.${label}.id, 0, 8)`);
}
