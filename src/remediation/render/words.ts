import { logGroupName, resourceName } from '../../inventory/arn.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import { awsWords } from './aws-command.ts';
import { setAlarmState } from './commands.ts';
import type { ChangeOf, ManualStep, PlannedStep, TestedAlarm } from '../plan/plan.ts';

/** Why a step is taken, as a sentence behind the reason's code. */
export function describeCause({ cause: { code, sentence } }: PlannedStep): string {
  return `${code}: ${asSentence(sentence)}`;
}

/** How wide comments and steps are where no terminal says it: as a script or a page is read well. */
export const PAGE_WIDTH = 98;

/** A text in lines of at most so many characters, broken between words. A longer word has a line of its own. */
export function breakLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const next of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + next.length <= width) lines[lines.length - 1] = `${last} ${next}`;
    else lines.push(next);
  }
  return lines;
}

/** A text as comment lines of a script: no name in it can end the comment. */
export function commentLines(text: string, columns: number): readonly string[] {
  return breakLines(sanitizeLine(text), columns - '# '.length).map((line) => `# ${line}`);
}

/** What a step does, without a full stop. */
export function describeStep(step: PlannedStep): string {
  switch (step.kind) {
    case 'start-logging':
      return `start logging of trail ${resourceName(step.trailArn)}`;
    case 'record-all-regions':
      return `make trail ${resourceName(step.trailArn)} record all regions, which includes global services`;
    case 'record-management-events':
      return `add an event selector to trail ${resourceName(step.trailArn)}. ${step.effect} ${COSTS}`;
    case 'create-log-group': {
      const group = logGroupName(step.logGroupArn);
      return `create log group ${group}, which its trail delivers to. It ${retention(step.retentionDays)}`;
    }
    case 'connect-log-group':
      return (
        `make trail ${resourceName(step.trailArn)} deliver to log group ${logGroupName(step.logGroupArn)}, which is ` +
        `new and ${retention(step.retentionDays)}. This creates role ${step.roleName} and needs iam:PassRole for it`
      );
    case 'create-metric-filter':
      return `create metric filter ${step.filterName} on log group ${logGroupName(step.logGroupArn)}, which counts the events`;
    case 'create-topic':
      return `create SNS topic ${resourceName(step.topicArn)}${step.policy === undefined ? '' : ', to which EventBridge may publish'}${encryption(step)}`;
    case 'allow-publish':
      return `allow ${step.service} to publish to SNS topic ${resourceName(step.topicArn)}: add a statement to its policy`;
    case 'subscribe':
      return `subscribe ${step.email} to SNS topic ${resourceName(step.topicArn)}`;
    case 'create-alarm':
      return `create alarm ${step.alarmName}, which fires on the first event and notifies SNS topic ${resourceName(step.topicArn)}`;
    case 'create-log-alarm':
      return (
        `create log alarm ${step.alarmName} on log group ${logGroupName(step.logGroupArn)}, which fires on the first event and ` +
        `notifies SNS topic ${resourceName(step.topicArn)}. This creates role ${step.roleName}, which may query the log group, ` +
        `and needs iam:PassRole for it. CloudWatch Logs charges for what each query scans`
      );
    case 'create-event-rule':
      return `create EventBridge rule ${step.ruleName}, which notifies SNS topic ${resourceName(step.topicArn)} of each event`;
    case 'enable-alarm-actions':
      return `enable the actions of alarm ${step.alarmName}`;
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html */
const COSTS =
  'CloudTrail delivers the first copy of a management event in a region free of charge and charges for every other ' +
  'copy, and CloudWatch Logs charges for what it ingests';

function retention(days: number): string {
  return `keeps its events for ${days} ${days === 1 ? 'day' : 'days'} (--retention-days)`;
}

function encryption({ kmsMasterKeyId, notEncrypted }: ChangeOf<'create-topic'>): string {
  if (kmsMasterKeyId !== undefined) return `, encrypted with key ${kmsMasterKeyId} like the topic next to it`;
  if (notEncrypted === undefined) return '';
  return `. It is not encrypted, because the key of the topic next to it does not work for this one: ${notEncrypted}`;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html */
const LINK = 'The link in the email is valid for two days.';

/** A text for a person, and perhaps a text to copy, which is never broken into lines. */
export interface Instruction {
  readonly text: string;
  readonly copy?: string;
}

/** What is left to a person, as sentences on one line. */
export function describeManualStep(manualStep: ManualStep): string {
  const { text, copy } = instructionFor(manualStep);
  return copy === undefined ? text : `${text} ${copy}`;
}

/** What is left to a person. */
export function instructionFor(manualStep: ManualStep): Instruction {
  switch (manualStep.kind) {
    case 'confirm':
      return { text: confirmation(resourceName(manualStep.topicArn), manualStep.email) };
    case 'wait-for-delivery':
      return { text: 'Wait 15 minutes until CloudTrail has delivered events, then evaluate again.' };
    case 'test-notification':
      return { text: `${describeTest(manualStep)}:`, copy: awsWords(setAlarmState(manualStep)).join(' ') };
    case 'by-hand': {
      const { cause, fix, why } = manualStep;
      return {
        text: `${cause.code}: ${asSentence(cause.sentence)} ${asSentence(fix)} No command can do this: ${why}.`,
      };
    }
  }
}

function confirmation(topic: string, email: string | undefined): string {
  return email === undefined
    ? `Ask the subscriber of SNS topic ${topic} to confirm the subscription, or give --email to subscribe another ` +
        `address. ${LINK}`
    : `Ask ${email} to confirm the subscription to SNS topic ${topic}. ${LINK}`;
}

/** What a test notification does, without the colon before its command. */
export function describeTest({ alarmName, compositeAlarmName, otherActions }: TestedAlarm): string {
  const through =
    compositeAlarmName === undefined ? '' : ` through alarm ${alarmName}, a child of ${compositeAlarmName}`;
  const others = otherActions.length === 0 ? '' : `. This can also run other actions: ${otherActions.join(', ')}`;
  return `Send a test notification${through}${others}`;
}
