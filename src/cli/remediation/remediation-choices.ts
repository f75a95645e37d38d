import { Option } from 'commander';

import type { Choices } from '../../remediation/plan/plan.ts';
import { DEFAULT_RETENTION_DAYS } from '../../remediation/plan/plan.ts';

/** What commander hands over of the options that a remediation takes. */
export interface ChoiceOptions {
  readonly email?: string;
  readonly topicArn?: string;
  readonly retentionDays?: string;
}

/** The options that say what a remediation cannot know. */
export function choiceOptions(): readonly Option[] {
  return [
    new Option('--email <address>', 'the address to subscribe, where a subscription is missing'),
    new Option('--topic-arn <arn>', 'the SNS topic to notify, in place of one that is found or created'),
    new Option(
      '--retention-days <days>',
      `for how long a new log group keeps events (default: ${DEFAULT_RETENTION_DAYS})`,
    ),
  ];
}

/** The choices that the command line makes, and what is wrong with them. */
export function parseChoices({ email, topicArn, retentionDays }: ChoiceOptions): {
  readonly choices: Choices;
  readonly problems: readonly string[];
} {
  const choices: Choices = {
    ...(email === undefined ? {} : { email }),
    ...(topicArn === undefined ? {} : { topicArn }),
    ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }),
  };
  const problems: string[] = [];
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    problems.push(`\`--email\` is \`${email}\`; allowed is an address such as oncall@example.com`);
  }
  if (topicArn !== undefined && !/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/.test(topicArn)) {
    problems.push(
      `\`--topic-arn\` is \`${topicArn}\`; allowed is the ARN of a standard topic such as arn:aws:sns:eu-west-1:111122223333:alerts`,
    );
  }
  if (retentionDays !== undefined && !RETENTION_DAYS.includes(retentionDays)) {
    problems.push(`\`--retention-days\` is \`${retentionDays}\`; allowed are ${RETENTION_DAYS.join(', ')}`);
  }
  return { choices, problems };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS: readonly string[] =
  '1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'.split(' ');
