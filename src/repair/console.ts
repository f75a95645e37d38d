import { logGroupName, parseArn, resourceName } from '../inventory/arn.ts';
import { asSentence, plain } from '../report/plain.ts';
import { selectorInput } from './commands.ts';
import type { Rendering } from './declared.ts';
import { arnOfStep } from './declared.ts';
import type { ChangeKind, Plan, Step } from './plan.ts';
import { because, does, leaves, wrapped } from './words.ts';

/** A part of the remediation, with the steps that belong to it. */
interface Section {
  readonly title: string;
  readonly kinds: readonly ChangeKind[];
  /** What is said of it where it has no step. */
  readonly without?: string;
}

/** CloudGuard's remediation in its own order: A to D, and what it takes for granted before them. */
const sections: readonly Section[] = [
  {
    title: 'First, the trail',
    kinds: ['start-logging', 'record-all-regions', 'record-management-events', 'create-log-group', 'connect-log-group'],
  },
  { title: 'A. The metric filter', kinds: ['create-metric-filter'], without: 'One that fits is there.' },
  { title: 'B. The SNS topic', kinds: ['create-topic', 'allow-publish'], without: 'One that fits is there.' },
  { title: 'C. The subscription', kinds: ['subscribe'], without: 'Somebody is subscribed.' },
  { title: 'D. The alarm', kinds: ['create-alarm', 'enable-alarm-actions'], without: 'One that fits is there.' },
];

const WIDTH = 100;

/** The plan as steps in the AWS Management Console, as CloudGuard's remediation lists them, fitted to the account. */
export function consoleSteps(plan: Plan): Rendering {
  const lines = [
    ...paragraph(`${plan.control.id}: ${plan.control.title}.`),
    ...paragraph(`For account ${plan.accountId} as it was read at ${plan.readAt}.`),
  ];
  for (const { title, kinds, without } of sections) {
    const steps = plan.steps.filter(({ kind }) => kinds.includes(kind));
    if (steps.length > 0) lines.push('', title, ...steps.flatMap(stepLines));
    else if (without !== undefined) lines.push('', `${title}: ${without}`);
  }
  if (plan.remainders.length > 0) lines.push('', 'Then', ...numbered(plan.remainders.map(leaves)));
  return { kind: 'text', text: `${lines.join('\n')}\n` };
}

function stepLines(step: Step): readonly string[] {
  return [
    ...paragraph(because(step), '  '),
    ...paragraph(asSentence(does(step)), '  '),
    ...numbered([`Open ${pageOf(step)}`, ...clicks(step)]),
  ];
}

/** What is done on the page, in the words of the console. */
function clicks(step: Step): readonly string[] {
  switch (step.kind) {
    case 'start-logging':
      return [`Choose trail ${resourceName(step.trailArn)}, then Start logging.`];
    case 'record-all-regions':
      return [
        `Choose trail ${resourceName(step.trailArn)}, then Edit under General details.`,
        'Turn Multi-region trail on, and save.',
      ];
    case 'record-management-events':
      return [
        `Choose trail ${resourceName(step.trailArn)}, then Edit under Management events.`,
        `Let it record what this selector says, beside what it records: ${JSON.stringify(selectorInput(step))}`,
      ];
    case 'create-log-group':
      return [
        'Choose Create log group.',
        `Log group name: ${logGroupName(step.logGroupArn)}`,
        'Log class: Standard. Choose Create.',
      ];
    case 'connect-log-group':
      return [
        `Choose trail ${resourceName(step.trailArn)}, then Edit under CloudWatch Logs.`,
        `Choose Enabled, a new log group named ${logGroupName(step.logGroupArn)}, and a new role named ${step.roleName}. Save.`,
      ];
    case 'create-metric-filter':
      return [
        `Choose log group ${logGroupName(step.logGroupArn)}, then Actions, Create metric filter.`,
        `Filter pattern: ${step.filterPattern}`,
        `Choose Next. Filter name: ${step.filterName}`,
        `Metric namespace: ${step.namespace}. If there is none of this name yet, see that Create new is selected.`,
        `Metric name: ${step.metricName}`,
        'Metric value: 1. Leave the default value, the unit and the dimensions empty. Choose Create metric filter.',
      ];
    case 'create-topic':
      return [
        'Choose Create topic, and Standard.',
        `Name: ${resourceName(step.topicArn)}`,
        'Leave encryption off, or use a key of your own that lets cloudwatch.amazonaws.com use it: the key alias/aws/sns does not. Choose Create topic.',
      ];
    case 'allow-publish':
      return [
        `Choose topic ${resourceName(step.topicArn)}, then Edit, Access policy.`,
        `Add the last statement of this policy to it, and save: ${step.extendedPolicy}`,
      ];
    case 'subscribe':
      return [
        `Choose topic ${resourceName(step.topicArn)}, then Create subscription.`,
        `Protocol: Email. Endpoint: ${step.email}. Choose Create subscription.`,
      ];
    case 'create-alarm':
      return [
        'Choose the log group of the trail, then Metric filters.',
        `Tick the filter that publishes metric ${step.metricName} in namespace ${step.namespace}, and choose Create alarm.`,
        `Statistic: Sum. Period: ${step.period / 60} ${step.period === 60 ? 'minute' : 'minutes'}. Threshold: Static, Greater/Equal, 1.`,
        'Under Additional configuration: 1 out of 1 datapoints, Treat missing data as good.',
        `Choose Next. In alarm, notify the existing topic ${resourceName(step.topicArn)}.`,
        `Choose Next. Alarm name: ${step.alarmName}. Choose Next, Create alarm.`,
      ];
    case 'enable-alarm-actions':
      return [`Choose alarm ${step.alarmName}, then Actions, Alarm actions, Enable.`];
  }
}

/** Where each partition has its console. */
const domains: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

function pageOf(step: Step): string {
  const { partition = 'aws', region = '' } = parseArn(arnOfStep(step)) ?? {};
  const domain = domains[partition] ?? 'console.aws.amazon.com';
  return `https://${region}.${domain}/${pageFor(step.kind, region)}`;
}

function pageFor(kind: ChangeKind, region: string): string {
  switch (kind) {
    case 'start-logging':
    case 'record-all-regions':
    case 'record-management-events':
    case 'connect-log-group':
      return `cloudtrailv2/home?region=${region}#/trails`;
    case 'create-log-group':
    case 'create-metric-filter':
    case 'create-alarm':
      return `cloudwatch/home?region=${region}#logsV2:log-groups`;
    case 'create-topic':
    case 'allow-publish':
    case 'subscribe':
      return `sns/v3/home?region=${region}#/topics`;
    case 'enable-alarm-actions':
      return `cloudwatch/home?region=${region}#alarmsV2:`;
  }
}

function numbered(items: readonly string[]): readonly string[] {
  return items.flatMap((item, index) => {
    const [first = '', ...others] = wrapped(plain(item), WIDTH);
    return [`  ${index + 1}. ${first}`, ...others.map((line) => `     ${line}`)];
  });
}

function paragraph(sentence: string, indent = ''): readonly string[] {
  return wrapped(plain(sentence), WIDTH).map((line) => `${indent}${line}`);
}
