import { logGroupName, resourceName } from '../../inventory/arn.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import { awsWords } from './aws-command.ts';
import { setAlarmState } from './commands.ts';
import type { Remainder, Step } from '../plan/plan.ts';

/** Why a step is taken, as a sentence behind the reason's code. */
export function because({ because: { code, sentence } }: Step): string {
  return `${code}: ${asSentence(sentence)}`;
}

/** How wide comments and steps are where no terminal says it: as a script or a page is read well. */
export const PAGE_WIDTH = 98;

/** A text in lines of at most so many characters, broken between words; a longer word stands alone. */
export function wrapped(text: string, width: number): readonly string[] {
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
  return wrapped(sanitizeLine(text), columns - '# '.length).map((line) => `# ${line}`);
}

/** What a step does, without a full stop. */
export function does(step: Step): string {
  switch (step.kind) {
    case 'start-logging':
      return `switch trail ${resourceName(step.trailArn)} on`;
    case 'record-all-regions':
      return `let trail ${resourceName(step.trailArn)} record all regions, and with them global services`;
    case 'record-management-events':
      return `let trail ${resourceName(step.trailArn)} record management events, beside what it records`;
    case 'create-log-group':
      return `create log group ${logGroupName(step.logGroupArn)}, which its trail still names`;
    case 'connect-log-group':
      return `let trail ${resourceName(step.trailArn)} write to log group ${logGroupName(step.logGroupArn)}, which is new`;
    case 'create-metric-filter':
      return `count the events: metric filter ${step.filterName} on log group ${logGroupName(step.logGroupArn)}`;
    case 'create-topic':
      return `create SNS topic ${resourceName(step.topicArn)}`;
    case 'allow-publish':
      return `let CloudWatch publish to SNS topic ${resourceName(step.topicArn)}: one statement more in its policy`;
    case 'subscribe':
      return `subscribe ${step.email} to SNS topic ${resourceName(step.topicArn)}`;
    case 'create-alarm':
      return `ring on the first event: alarm ${step.alarmName}, which notifies SNS topic ${resourceName(step.topicArn)}`;
    case 'enable-alarm-actions':
      return `switch the actions of alarm ${step.alarmName} on`;
  }
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
const LINK = 'The link in the mail is good for two days.';

/** Words for a person, and what is to be copied as it stands, if anything: no line of it may be broken. */
export interface Told {
  readonly say: string;
  readonly copy?: string;
}

/** What is left to a person, as sentences on one line. */
export function leaves(remainder: Remainder): string {
  const { say, copy } = leftTo(remainder);
  return copy === undefined ? say : `${say} ${copy}`;
}

/** What is left to a person. */
export function leftTo(remainder: Remainder): Told {
  switch (remainder.kind) {
    case 'confirm': {
      const topic = resourceName(remainder.topicArn);
      const who = remainder.email;
      const say =
        who === undefined
          ? `Let who is subscribed to SNS topic ${topic} confirm. ${LINK}`
          : `Let ${who} confirm the subscription to SNS topic ${topic}. ${LINK}`;
      return { say };
    }
    case 'wait for delivery':
      return { say: 'Give CloudTrail a quarter of an hour to deliver, then evaluate again.' };
    case 'drill':
      return { say: 'Hear the bell once:', copy: awsWords(setAlarmState(remainder)).join(' ') };
    case 'by hand': {
      const { because, repair, why } = remainder;
      return {
        say: `${because.code}: ${asSentence(because.sentence)} ${asSentence(repair)} No command does it: ${why}.`,
      };
    }
  }
}
