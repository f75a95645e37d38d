import { asSentence, sanitizeLine } from '../../../report/sanitize-line.ts';
import type { ManualStep, Plan } from '../../plan/plan.ts';
import { awsWords } from '../aws-command.ts';
import type { BeforeTemplate } from '../before-template.ts';
import { beforeTemplate } from '../before-template.ts';
import { setAlarmState } from '../commands.ts';
import type { Rendering } from '../declared.ts';
import { divide, regionOfStep } from '../declared.ts';
import { PAGE_WIDTH, commentLines, describeCause, describeStep, describeTest, instructionFor } from '../words.ts';
import type { HclBlock } from './hcl.ts';
import { block, expression, text, textThen } from './hcl.ts';
import type { RenderContext } from './resources.ts';
import { resource, resourcesOf } from './resources.ts';

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
  if (plan.steps.some(({ kind }) => kind === 'create-log-alarm')) {
    const problem = 'the AWS provider of Terraform has no log alarms: use `--as cli` or `--as cloudformation`';
    return { kind: 'cannot', problem };
  }
  const { declared } = division;
  const before = beforeTemplate(plan, division, 'Terraform');
  const context: RenderContext = { made: new Set(declared.map(({ kind }) => kind)), label: labelOf(plan) };
  const region = regionOfStep(declared[0]);
  const parts = [
    comment([
      `${plan.control.id}: ${plan.control.title}.`,
      `For account ${plan.accountId} as it was read at ${plan.readAt}, and for region ${region}.`,
      'It needs Terraform 1.4 or later, and version 5 or later of the AWS provider.',
      ...plan.notes.map((note) => `Note: ${note}`),
    ]),
    ...(before === undefined ? [] : [commandComment(before, comment)]),
    ...guards(plan.accountId, region, context, comment),
    ...declared.map(
      (step) =>
        `${comment([describeCause(step), asSentence(describeStep(step))])}\n${resourcesOf(step, context)
          .map((one) => block(one))
          .join('\n\n')}`,
    ),
    ...outputs(plan, context),
    ...leftToPeople(plan.manualSteps, context, comment),
  ];
  return { kind: 'text', text: `${parts.join('\n\n')}\n` };
}

/** Stops the plan of another account or region, and gives names a part that is new. */
function guards(accountId: string, region: string, { label }: RenderContext, comment: Comment): readonly string[] {
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

function testOutput({ label }: RenderContext): string {
  return `test_notification_${label}`;
}

/** The command of the test, with the name that the alarm has in the end. */
function outputs({ manualSteps }: Plan, context: RenderContext): readonly string[] {
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

function leftToPeople(manualSteps: readonly ManualStep[], context: RenderContext, comment: Comment): readonly string[] {
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

function commandComment({ steps, checks, commands }: BeforeTemplate, comment: Comment): string {
  return [
    comment(['Run these commands before you apply this configuration. They need a POSIX shell.']),
    ...steps.map(({ reason, sentences }) => comment([reason, ...sentences])),
    ...checks.map((check) => comment([check])),
    ...commands
      .join('\n')
      .split('\n')
      .map((line) => `#   ${sanitizeLine(line)}`),
  ].join('\n');
}

function labelOf({ control: { id } }: Plan): string {
  return `remediation_${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;
}

/** How sentences become comment lines. */
type Comment = (sentences: readonly string[]) => string;

function commentsOf(columns: number): Comment {
  return (sentences) => sentences.flatMap((sentence) => commentLines(sentence, columns)).join('\n');
}
