import { logGroupName, resourceName } from '../../inventory/arn.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import { commandsFor } from './cli.ts';
import { putMetricAlarm } from './commands.ts';
import type { DeclaredStep, Rendering } from './declared.ts';
import { divide, regionOfStep } from './declared.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import { block, expression, list, number, text } from './hcl.ts';
import type { ChangeOf, Plan, Step } from '../plan/plan.ts';
import { PAGE_WIDTH, describeCause, commentLines, describeStep, instructionFor } from './words.ts';

/**
 * The plan as a complete Terraform configuration for one account and region. What it cannot declare, since
 * it is there already, is printed as commands in comments.
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
  const made = new Set(declared.map(({ kind }) => kind));
  const parts = [
    comment([
      `${plan.control.id}: ${plan.control.title}.`,
      `For account ${plan.accountId} as it was read at ${plan.readAt}.`,
    ]),
    ...commanded.map((step) => commandComment(step, comment)),
    REQUIREMENTS,
    block({
      type: 'provider',
      labels: ['aws'],
      attributes: [
        ['region', text(regionOfStep(declared[0]))],
        ['allowed_account_ids', list(text(plan.accountId))],
      ],
      blocks: [],
    }),
    ...declared.map(
      (step) => `${comment([describeCause(step), asSentence(describeStep(step))])}\n${block(resourceOf(step, made))}`,
    ),
    ...(plan.manualSteps.length === 0 ? [] : [leftToPeople(plan, comment)]),
  ];
  return { kind: 'text', text: `${parts.join('\n\n')}\n` };
}

function leftToPeople({ manualSteps }: Plan, comment: Comment): string {
  const lines = manualSteps.map(instructionFor).map(({ text, copy }) => {
    // A command is broken nowhere, so that it can be copied.
    return copy === undefined ? comment([text]) : `${comment([text])}\n#   ${sanitizeLine(copy)}`;
  });
  return [comment(['A person has to do this.']), ...lines].join('\n');
}

const REQUIREMENTS = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}`;

function commandComment(step: Step, comment: Comment): string {
  const command = commandsFor(step).join('\n').split('\n');
  return [
    comment([describeCause(step), `First, by a command: ${describeStep(step)}.`]),
    ...command.map((line) => `#   ${sanitizeLine(line)}`),
  ].join('\n');
}

/** The kinds of change that the configuration makes, which others in it refer to. */
type Made = ReadonlySet<DeclaredStep['kind']>;

function resourceOf(step: DeclaredStep, made: Made): HclBlock {
  switch (step.kind) {
    case 'create-log-group':
      return resource('aws_cloudwatch_log_group', 'trail', [['name', text(logGroupName(step.logGroupArn))]], [keep]);
    case 'create-metric-filter':
      return filterOf(step, made);
    case 'create-topic':
      return resource('aws_sns_topic', 'alarms', [['name', text(resourceName(step.topicArn))]]);
    case 'allow-publish':
      // The policy outlives the configuration: without it the topic would fall back to its first one.
      return resource(
        'aws_sns_topic_policy',
        'alarms',
        [
          ['arn', text(step.topicArn)],
          ['policy', text(step.extendedPolicy)],
        ],
        [keep],
      );
    case 'subscribe':
      return resource('aws_sns_topic_subscription', 'person', [
        ['topic_arn', topicOf(step.topicArn, made)],
        ['protocol', text('email')],
        ['endpoint', text(step.email)],
      ]);
    case 'create-alarm':
      return alarmOf(step, made);
  }
}

const keep: HclBlock = {
  type: 'lifecycle',
  labels: [],
  attributes: [['prevent_destroy', expression('true')]],
  blocks: [],
};

function filterOf(step: ChangeOf<'create-metric-filter'>, made: Made): HclBlock {
  const logGroup = made.has('create-log-group')
    ? expression('aws_cloudwatch_log_group.trail.name')
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
    'watch',
    [
      ['name', text(step.filterName)],
      ['log_group_name', logGroup],
      ['pattern', text(step.filterPattern)],
    ],
    [transformation],
  );
}

function alarmOf(step: ChangeOf<'create-alarm'>, made: Made): HclBlock {
  const { input } = putMetricAlarm(step);
  const attributes = Object.entries(input).flatMap(([name, value]): (readonly [string, HclValue])[] => {
    if (Array.isArray(value)) return [[snake(name), list(topicOf(step.topicArn, made))]];
    return [[snake(name), typeof value === 'string' ? text(value) : number(Number(value))]];
  });
  return resource('aws_cloudwatch_metric_alarm', 'watch', attributes);
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

function topicOf(topicArn: string, made: Made): HclValue {
  return made.has('create-topic') ? expression('aws_sns_topic.alarms.arn') : text(topicArn);
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
