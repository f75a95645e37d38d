import { logGroupName, parseArn, resourceName } from '../../inventory/arn.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import type { Rendering } from './declared.ts';
import { arnOfStep } from './declared.ts';
import type { AddedSelector, ChangeKind, ChangeOf, Plan, PlannedStep } from '../plan/plan.ts';
import type { Instruction } from './words.ts';
import { PAGE_WIDTH, describeCause, describeStep, instructionFor, breakLines } from './words.ts';

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
  { title: 'A. The metric filter', kinds: ['create-metric-filter'], without: 'One that works exists.' },
  { title: 'B. The SNS topic', kinds: ['create-topic', 'allow-publish'], without: 'One that works exists.' },
  { title: 'C. The subscription', kinds: ['subscribe'], without: 'One is confirmed.' },
  { title: 'D. The alarm', kinds: ['create-alarm', 'enable-alarm-actions'], without: 'One that works exists.' },
];

/** The same for a plan with an EventBridge rule, which has neither filter nor alarm. */
const sectionsOfRule: readonly Section[] = [
  ...sections.filter(({ title }) => title.startsWith('First')),
  { title: 'A. The SNS topic', kinds: ['create-topic', 'allow-publish'], without: 'One that works exists.' },
  { title: 'B. The subscription', kinds: ['subscribe'], without: 'One is confirmed.' },
  { title: 'C. The EventBridge rule', kinds: ['create-event-rule'] },
];

/** The same for a plan with a log alarm, which has no filter. */
const sectionsOfLogAlarm: readonly Section[] = [
  ...sectionsOfRule.slice(0, -1),
  { title: 'C. The log alarm', kinds: ['create-log-alarm', 'enable-alarm-actions'] },
];

function sectionsFor({ steps }: Plan): readonly Section[] {
  const kinds = new Set(steps.map(({ kind }) => kind));
  if (kinds.has('create-event-rule')) return sectionsOfRule;
  return kinds.has('create-log-alarm') ? sectionsOfLogAlarm : sections;
}

/**
 * The plan as steps in the AWS Management Console, as CloudGuard's remediation lists them, fitted to the account.
 *
 * @param columns - how wide a line may be; what is to be copied is broken nowhere
 */
export function consoleSteps(plan: Plan, columns = PAGE_WIDTH): Rendering {
  const lines = [
    ...paragraph(`${plan.control.id}: ${plan.control.title}.`, columns),
    ...paragraph(`For account ${plan.accountId} as it was read at ${plan.readAt}.`, columns),
    ...plan.notes.flatMap((note) => paragraph(`Note: ${note}`, columns)),
  ];
  for (const { title, kinds, without } of sectionsFor(plan)) {
    const steps = plan.steps.filter(({ kind }) => kinds.includes(kind));
    if (steps.length > 0) lines.push('', title, ...steps.flatMap((step) => stepLines(step, columns)));
    // What an incomplete plan leaves missing is not known.
    else if (without !== undefined && plan.complete) lines.push('', `${title}: ${without}`);
  }
  if (plan.manualSteps.length > 0) lines.push('', 'Then', ...numbered(plan.manualSteps.map(instructionFor), columns));
  return { kind: 'text', text: `${lines.join('\n')}\n` };
}

function stepLines(step: PlannedStep, columns: number): readonly string[] {
  return [
    ...paragraph(describeCause(step), columns, '  '),
    ...paragraph(asSentence(describeStep(step)), columns, '  '),
    ...numbered([{ text: `Open ${pageOf(step)}` }, ...clicks(step)], columns),
  ];
}

/** What is done on the page, in the words of the console. */
function clicks(step: PlannedStep): readonly Instruction[] {
  switch (step.kind) {
    case 'start-logging':
      return [{ text: `Choose trail ${resourceName(step.trailArn)}, then Start logging.` }];
    case 'record-all-regions':
      return [
        { text: `Choose trail ${resourceName(step.trailArn)}, then Edit under General details.` },
        { text: 'Turn Multi-region trail on, and save.' },
      ];
    case 'record-management-events':
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
      return [
        { text: `Choose trail ${resourceName(step.trailArn)}, then Edit under Management events.` },
        {
          text: selectorFields(step),
        },
      ];
    case 'create-log-group':
      return [
        { text: 'Choose Create log group.' },
        { text: `Log group name: ${logGroupName(step.logGroupArn)}` },
        { text: `Retention setting: ${step.retentionDays} days. Log class: Standard. Choose Create.` },
      ];
    case 'connect-log-group':
      return [
        { text: `Choose trail ${resourceName(step.trailArn)}, then Edit under CloudWatch Logs.` },
        {
          text: `Choose Enabled, a new log group named ${logGroupName(step.logGroupArn)}, and a new role named ${step.roleName}. Save.`,
        },
        {
          text: `In CloudWatch, set the retention of log group ${logGroupName(step.logGroupArn)} to ${step.retentionDays} days: it has none at first.`,
        },
      ];
    case 'create-metric-filter':
      return [
        { text: `Choose log group ${logGroupName(step.logGroupArn)}, then Actions, Create metric filter.` },
        { text: 'Filter pattern:', copy: step.filterPattern },
        { text: `Choose Next. Filter name: ${step.filterName}` },
        { text: `If a filter of that name exists, use another name: saving would overwrite it.` },
        {
          text: `Metric namespace: ${step.namespace}. If there is none of this name yet, see that Create new is selected.`,
        },
        { text: `Metric name: ${step.metricName}` },
        {
          text: 'Metric value: 1. Leave the default value, the unit and the dimensions empty. Choose Create metric filter.',
        },
      ];
    case 'create-topic':
      return [
        { text: 'Choose Create topic, and Standard.' },
        {
          text: `Name: ${resourceName(step.topicArn)}. If a topic of that name exists, leave it as it is and evaluate again.`,
        },
        ...(step.policy === undefined
          ? []
          : [{ text: 'Under Access policy, choose Advanced, and use this policy:', copy: step.policy }]),
        { text: `${encryptionField(step)} Choose Create topic.` },
      ];
    case 'allow-publish':
      return [
        { text: `Choose topic ${resourceName(step.topicArn)}, then Edit, Access policy.` },
        {
          text: 'Add this statement to the list Statement of the policy, leave the other statements as they are, and save:',
          copy: lastStatement(step.extendedPolicy),
        },
      ];
    case 'subscribe':
      return [
        {
          text:
            `Choose topic ${resourceName(step.topicArn)}. If ${step.email} is in the list of its subscriptions and is ` +
            'confirmed, another subscription changes nothing: look at the filter policy of that one instead.',
        },
        { text: 'Choose Create subscription.' },
        { text: `Protocol: Email. Endpoint: ${step.email}. Choose Create subscription.` },
      ];
    case 'create-event-rule':
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-wizard.html
      return [
        { text: 'Choose the event bus default, and Create rule.' },
        { text: `Name: ${step.ruleName}. If a rule of that name exists, use another name. Choose Next.` },
        { text: 'Event pattern, as a custom pattern in JSON:', copy: step.eventPattern },
        { text: `Target: SNS topic ${resourceName(step.topicArn)}. Do not use an execution role. Create the rule.` },
        ...(step.state === 'ENABLED'
          ? []
          : [{ text: `The console cannot set the state ${step.state}, which this rule needs: use the AWS CLI.` }]),
      ];
    case 'create-log-alarm':
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Alarm-On-Logs.html
      return [
        { text: `Choose Create alarm, and a log alarm on log group ${logGroupName(step.logGroupArn)}.` },
        { text: 'Query:', copy: step.queryString },
        {
          text: 'Aggregation: count(*). Run every 5 minutes, and look at the last 20 minutes (start offset 1200, end offset 0).',
        },
        { text: 'Condition: Greater than 0, in 1 of 1 query results. Treat missing data as good.' },
        { text: 'Let a new role run the query, which logs.amazonaws.com may assume.' },
        { text: `In alarm, notify SNS topic ${resourceName(step.topicArn)}. Alarm name: ${step.alarmName}.` },
      ];
    case 'create-alarm':
      return [
        { text: 'Choose the log group of the trail, then Metric filters.' },
        {
          text: `Tick the filter that publishes metric ${step.metricName} in namespace ${step.namespace}, and choose Create alarm.`,
        },
        {
          text: `Statistic: Sum. Period: ${step.period / 60} ${step.period === 60 ? 'minute' : 'minutes'}. Threshold: Static, Greater/Equal, 1.`,
        },
        { text: 'Under Additional configuration: 1 out of 1 datapoints, Treat missing data as good.' },
        { text: `Choose Next. In alarm, notify the existing topic ${resourceName(step.topicArn)}.` },
        { text: `Choose Next. Alarm name: ${step.alarmName}. If an alarm of that name exists, use another name.` },
        { text: 'Choose Next, Create alarm.' },
      ];
    case 'enable-alarm-actions':
      return [{ text: `Choose alarm ${step.alarmName}, then Actions, Alarm actions, Enable.` }];
  }
}

/** The fields of the section Management events, which has one setting for all selectors of a trail. */
function selectorFields({ selector, stillExcluded }: ChangeOf<'record-management-events'>): string {
  const access = accessOf(selector);
  const exclusions = [
    ['kms.amazonaws.com', 'Exclude AWS KMS events'],
    ['rdsdata.amazonaws.com', 'Exclude Amazon RDS Data API events'],
  ] as const;
  const cleared = exclusions.filter(([source]) => !stillExcluded.includes(source)).map(([, field]) => field);
  const clear = cleared.length === 0 ? '' : ` If ${cleared.join(' or ')} is selected, clear it.`;
  return `Under API activity, select ${access}, and leave what is selected.${clear} Save changes.`;
}

function accessOf(selector: AddedSelector): string {
  const words = { WriteOnly: 'Write', ReadOnly: 'Read', All: 'Read and Write' } as const;
  if (selector.kind === 'basic') return selector.added.readWriteType === 'WriteOnly' ? words.WriteOnly : words.All;
  const readOnly = selector.added.fieldSelectors.find(({ field }) => field === 'readOnly')?.equals;
  if (readOnly === undefined) return words.All;
  return readOnly.includes('true') ? words.ReadOnly : words.WriteOnly;
}

function encryptionField({ kmsMasterKeyId, notEncrypted }: ChangeOf<'create-topic'>): string {
  if (kmsMasterKeyId !== undefined)
    return `Under Encryption, choose key ${kmsMasterKeyId}, as the topic next to it has.`;
  const reason = notEncrypted === undefined ? '' : ' The key of the topic next to it does not work for this one.';
  return (
    'Leave encryption off, or use a key of your own that lets cloudwatch.amazonaws.com use it: the key alias/aws/sns ' +
    `does not.${reason}`
  );
}

function lastStatement(policy: string): string {
  const { Statement } = JSON.parse(policy) as { readonly Statement: readonly unknown[] };
  return JSON.stringify(Statement.at(-1));
}

/** Where each partition has its console. */
const domains: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

function pageOf(step: PlannedStep): string {
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
    case 'create-log-alarm':
      return `cloudwatch/home?region=${region}#alarmsV2:`;
    case 'create-event-rule':
      return `events/home?region=${region}#/rules`;
    case 'enable-alarm-actions':
      return `cloudwatch/home?region=${region}#alarmsV2:`;
  }
}

/** A text to copy has a line of its own, however long. */
function numbered(items: readonly Instruction[], columns: number): readonly string[] {
  return items.flatMap(({ text, copy }, index) => {
    const lead = `  ${index + 1}. `;
    const indent = ' '.repeat(lead.length);
    const [first = '', ...others] = breakLines(sanitizeLine(text), columns - lead.length);
    const below = copy === undefined ? [] : [`${indent}  ${sanitizeLine(copy)}`];
    return [`${lead}${first}`, ...others.map((line) => `${indent}${line}`), ...below];
  });
}

function paragraph(sentence: string, columns: number, indent = ''): readonly string[] {
  return breakLines(sanitizeLine(sentence), columns - indent.length).map((line) => `${indent}${line}`);
}
