import { logGroupName, resourceName } from '../../inventory/arn.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import type { ChangeOf, ManualStep, Plan } from '../plan/plan.ts';
import { awsWords } from './aws-command.ts';
import { commandBlock } from './cli.ts';
import { putMetricAlarm, setAlarmState } from './commands.ts';
import { shorten } from '../plan/names.ts';
import type { DeclaredStep, Rendering } from './declared.ts';
import { divide, regionOfStep } from './declared.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import { block, expression, list, number, text, textThen } from './hcl.ts';
import { PAGE_WIDTH, commentLines, describeCause, describeStep, describeTest, instructionFor } from './words.ts';

/**
 * The plan as a Terraform configuration for one account and region. It has no provider block, so that it can be added to
 * a configuration; its preconditions check account and region. What it cannot declare, since it exists already, is
 * printed as commands in comments.
 *
 * CloudWatch overwrites a metric filter or an alarm of the same name, and SNS returns a topic of the same name, so the
 * names end in a part that Terraform generates: nothing that exists is changed, or destroyed later.
 *
 * @param columns - how wide a comment may be
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export function terraform(plan: Plan, columns = PAGE_WIDTH): Rendering {
  const comment = commentsOf(columns);
  const division = divide(plan);
  if (division === undefined) {
    return { kind: 'cannot', problem: 'Terraform changes only what it created or imported: use `--as cli`' };
  }
  const { declared, commanded } = division;
  const context: Context = { made: new Set(declared.map(({ kind }) => kind)), label: labelOf(plan) };
  const region = regionOfStep(declared[0]);
  const parts = [
    comment([
      `${plan.control.id}: ${plan.control.title}.`,
      `For account ${plan.accountId} as it was read at ${plan.readAt}, and for region ${region}.`,
      'It needs Terraform 1.4 or later, and version 5 or later of the AWS provider.',
      ...plan.notes.map((note) => `Note: ${note}`),
    ]),
    ...(commanded.length === 0 ? [] : [commandComment(plan, commanded, comment)]),
    ...guards(plan.accountId, region, context, comment),
    ...declared.map(
      (step) =>
        `${comment([describeCause(step), asSentence(describeStep(step)), ...warningFor(step)])}\n${resourcesOf(
          step,
          context,
        )
          .map((one) => block(one))
          .join('\n\n')}`,
    ),
    ...outputs(plan, context),
    ...leftToPeople(plan.manualSteps, context, comment),
  ];
  return { kind: 'text', text: `${parts.join('\n\n')}\n` };
}

/** Stops the plan of another account or region, and gives names a part that is new. */
function guards(accountId: string, region: string, { label }: Context, comment: Comment): readonly string[] {
  const precondition = (condition: string, problem: string): HclBlock => ({
    type: 'precondition',
    labels: [],
    attributes: [
      ['condition', expression(condition)],
      ['error_message', text(problem)],
    ],
    blocks: [],
  });
  const lifecycle: HclBlock = {
    type: 'lifecycle',
    labels: [],
    attributes: [],
    blocks: [
      precondition(
        `data.aws_caller_identity.${label}.account_id == ${text(accountId).written}`,
        `This configuration is for account ${accountId}.`,
      ),
      precondition(
        `data.aws_region.${label}.id == ${text(region).written}`,
        `This configuration is for region ${region}.`,
      ),
    ],
  };
  const data = (type: string): HclBlock => ({
    type: 'data',
    labels: [type, label],
    attributes: [],
    blocks: [],
  });
  const unique = block(resource('terraform_data', label, [], [lifecycle]));
  return [
    block(data('aws_caller_identity')),
    block(data('aws_region')),
    `${comment(['Names end in a part of this id, so that nothing that exists has the same name.'])}\n${unique}`,
  ];
}

/** A name that nothing has. */
function freshName(base: string, { label }: Context): HclValue {
  return textThen(`${base}-`, `substr(terraform_data.${label}.id, 0, 8)`);
}

/** SNS returns a topic that exists already, and Terraform would then take it for its own. */
function warningFor(step: DeclaredStep): readonly string[] {
  if (step.kind !== 'create-topic' || !step.isNamed) return [];
  return [`Apply this only as long as SNS topic ${resourceName(step.topicArn)} does not exist.`];
}

function testOutput({ label }: Context): string {
  return `test_notification_${label}`;
}

/** The command of the test, with the name that the alarm has in the end. */
function outputs({ manualSteps }: Plan, context: Context): readonly string[] {
  const test = manualSteps.find((one) => one.kind === 'test-notification');
  if (test === undefined || !context.made.has('create-alarm')) return [];
  const placeholder = 'ALARM-NAME';
  const command = awsWords(setAlarmState({ ...test, alarmName: placeholder })).join(' ');
  const [before = '', after = ''] = command.split(placeholder);
  const value = textThen(before, `aws_cloudwatch_metric_alarm.${context.label}.alarm_name`).written.slice(0, -1);
  const attributes: HclBlock['attributes'] = [
    ['description', text(`${describeTest(test)}.`)],
    ['value', expression(`${value}${text(after).written.slice(1)}`)],
  ];
  return [block({ type: 'output', labels: [testOutput(context)], attributes, blocks: [] })];
}

function leftToPeople(manualSteps: readonly ManualStep[], context: Context, comment: Comment): readonly string[] {
  if (manualSteps.length === 0) return [];
  const lines = manualSteps.map((one) => {
    if (one.kind === 'test-notification' && context.made.has('create-alarm')) {
      return comment([`${describeTest(one)}: run the command that the output ${testOutput(context)} shows.`]);
    }
    const { text: said, copy } = instructionFor(one);
    // A command is broken nowhere, so that it can be copied.
    return copy === undefined ? comment([said]) : `${comment([said])}\n#   ${sanitizeLine(copy)}`;
  });
  return [[comment(['A person has to do this.']), ...lines].join('\n')];
}

function commandComment(plan: Plan, commanded: Plan['steps'], comment: Comment): string {
  return [
    comment(['Run these commands before you apply this configuration. They need a POSIX shell.']),
    ...commanded.map((step) => comment([describeCause(step), asSentence(describeStep(step))])),
    ...commandBlock(plan, commanded)
      .join('\n')
      .split('\n')
      .map((line) => `#   ${sanitizeLine(line)}`),
  ].join('\n');
}

/** What the blocks of one configuration share. */
interface Context {
  /** The kinds of change that the configuration makes, which others in it refer to. */
  readonly made: ReadonlySet<DeclaredStep['kind']>;
  /** The name of every block: it says for which control, so that configurations can be put together. */
  readonly label: string;
}

function labelOf({ control: { id } }: Plan): string {
  return `remediation_${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;
}

function resourcesOf(step: DeclaredStep, context: Context): readonly HclBlock[] {
  switch (step.kind) {
    case 'create-event-rule':
      return ruleOf(step, context);
    case 'create-topic':
      return step.policy === undefined
        ? [resourceOf(step, context)]
        : [resourceOf(step, context), topicPolicyOf(step.policy, step.topicArn, context)];
    case 'create-log-group':
    case 'create-metric-filter':
    case 'subscribe':
    case 'create-alarm':
      return [resourceOf(step, context)];
  }
}

/** The policy of the new topic, whose ARN ends in what Terraform generates. */
function topicPolicyOf(policy: string, topicArn: string, context: Context): HclBlock {
  const [first = '', ...others] = policy.split(JSON.stringify(topicArn));
  const arn = `"\${aws_sns_topic.${context.label}.arn}"`;
  const pieces = others.flatMap((piece) => [jsonText(arn), text(piece).written]);
  return resource('aws_sns_topic_policy', context.label, [
    ['arn', topicOf(topicArn, context)],
    ['policy', expression(`join("", [${[text(first).written, ...pieces].join(', ')}])`)],
  ]);
}

/** An expression that is a text, as JSON. */
function jsonText(quoted: string): string {
  return `jsonencode(${quoted})`;
}

/** The rule, and the topic as its target. The state is an attribute since version 5.24 of the provider. */
function ruleOf(step: ChangeOf<'create-event-rule'>, context: Context): readonly HclBlock[] {
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

function resourceOf(step: Exclude<DeclaredStep, { readonly kind: 'create-event-rule' }>, context: Context): HclBlock {
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
      const name = resourceName(step.topicArn);
      return resource('aws_sns_topic', context.label, [
        step.isNamed ? ['name', text(name)] : ['name_prefix', text(`${name}-`)],
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

function filterOf(step: ChangeOf<'create-metric-filter'>, context: Context): HclBlock {
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

function alarmOf(step: ChangeOf<'create-alarm'>, context: Context): HclBlock {
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

function topicOf(topicArn: string, context: Context): HclValue {
  return context.made.has('create-topic') ? expression(`aws_sns_topic.${context.label}.arn`) : text(topicArn);
}

function resource(
  type: string,
  name: string,
  attributes: HclBlock['attributes'],
  blocks: readonly HclBlock[] = [],
): HclBlock {
  return { type: 'resource', labels: [type, name], attributes, blocks };
}

/** How sentences become comment lines. */
type Comment = (sentences: readonly string[]) => string;

function commentsOf(columns: number): Comment {
  return (sentences) => sentences.flatMap((sentence) => commentLines(sentence, columns)).join('\n');
}
