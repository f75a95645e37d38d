import { readFileSync } from 'node:fs';

import type { Control } from '../../../src/controls/catalog.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import { DEFAULT_PREFIX, lastPartOf } from '../rule-names.ts';

/** What the names of filters and alarms begin with that the document creates. */
export const CREATED_PREFIX = DEFAULT_PREFIX;

/** The name of the first topic that the document creates. */
export const CREATED_TOPIC = 'cloudtrail-alarms';

/** In bytes: what Systems Manager takes as a document. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
export const LARGEST_DOCUMENT = 64 * 1024;

/** What the scripts of the document know of a control. */
interface KnownControl {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  /** The texts of the publishers. The first is the text of a new filter. */
  readonly patterns: readonly string[];
  readonly everyRegion: boolean;
  readonly writesOnly: boolean;
  /** The source of all its events, or an empty text. */
  readonly source: string;
}

function known({ id, title, texts, premises, recordedIn }: Control): KnownControl {
  return {
    ...{ id, title },
    name: `${CREATED_PREFIX}${lastPartOf(id)}`,
    patterns: texts.map(({ pattern }) => pattern),
    everyRegion: recordedIn !== 'global-service-region',
    writesOnly: premises.includes('$.readOnly IS FALSE'),
    source: /\$\.eventSource = "([^"]+)"/.exec(premises)?.[1] ?? '',
  };
}

/** A script, with the catalog in the place of `CONTROLS_TEXT`. */
function script(name: string): string {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  const controls = JSON.stringify(Object.fromEntries(catalog.map((one) => [one.id, known(one)])), undefined, 1);
  return text.replace('CONTROLS_TEXT', () => `r'''${controls}'''`);
}

const output = (Name: string, Type = 'String') => ({ Name, Selector: `$.Payload.${Name}`, Type });
const branch = (name: string, output: string, step: string, otherwise: string) => ({
  name,
  action: 'aws:branch',
  inputs: {
    Choices: [{ NextStep: step, Variable: `{{ Plan.${output} }}`, BooleanEquals: true }],
    Default: otherwise,
  },
});

/**
 * The Systems Manager Automation document that adds what a control lacks: a metric filter on the log group of the
 * account's own trail, an alarm and a topic. It creates no log group, replaces no filter, alarm or policy, and subscribes
 * nobody. A second run finds what the first one added, and adds nothing.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html#automation-doc-syntax-examples
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html
 */
export function remediationDocument() {
  return {
    schemaVersion: '0.3',
    description: [
      'Adds a metric filter, an alarm and a topic for a control, where the account has none that fit. It uses the log',
      'group of a trail that the account owns, and changes nothing that exists. A person must then subscribe to the topic.',
    ].join('\n'),
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: {
      AutomationAssumeRole: {
        type: 'String',
        description: 'The ARN of the role that runs this document.',
        allowedPattern: '^arn:[\\w-]+:iam::\\d{12}:role/[\\w+=,.@/-]+$',
      },
      ControlId: {
        type: 'String',
        description: 'The control to satisfy.',
        default: catalog[0].id,
        allowedValues: catalog.map(({ id }) => id),
      },
      TopicArn: {
        type: 'String',
        description: 'The topic that a new alarm notifies; by default one that this document creates.',
        default: '',
        allowedPattern: '^$|^arn:[\\w-]+:sns:[\\w-]+:\\d{12}:[\\w-]{1,256}$',
      },
    },
    outputs: ['Plan.Added', 'Plan.AlarmName', 'Plan.TopicArn', 'Report.NextSteps'],
    mainSteps: [
      {
        name: 'Plan',
        description: 'Reads what there is, and finds what is missing.',
        action: 'aws:executeScript',
        timeoutSeconds: 300,
        inputs: {
          Runtime: 'python3.11',
          Handler: 'plan',
          InputPayload: {
            ControlId: '{{ ControlId }}',
            TopicArn: '{{ TopicArn }}',
            AccountId: '{{ global:ACCOUNT_ID }}',
            Region: '{{ global:REGION }}',
          },
          Script: script('plan.py'),
        },
        outputs: [
          ...['LogGroupName', 'FilterName', 'FilterPattern', 'MetricNamespace', 'MetricName'].map((name) =>
            output(name),
          ),
          ...['AlarmName', 'AlarmDescription', 'TopicArn', 'TopicName', 'Added'].map((name) => output(name)),
          ...['IsFilterMissing', 'IsTopicMissing', 'IsAlarmMissing'].map((name) => output(name, 'Boolean')),
        ],
      },
      branch('ChooseFilter', 'IsFilterMissing', 'AddFilter', 'ChooseTopic'),
      {
        name: 'AddFilter',
        action: 'aws:executeAwsApi',
        inputs: {
          Service: 'logs',
          Api: 'PutMetricFilter',
          logGroupName: '{{ Plan.LogGroupName }}',
          filterName: '{{ Plan.FilterName }}',
          filterPattern: '{{ Plan.FilterPattern }}',
          metricTransformations: [
            {
              metricNamespace: '{{ Plan.MetricNamespace }}',
              metricName: '{{ Plan.MetricName }}',
              metricValue: '1',
            },
          ],
        },
      },
      branch('ChooseTopic', 'IsTopicMissing', 'AddTopic', 'ChooseAlarm'),
      {
        name: 'AddTopic',
        action: 'aws:executeAwsApi',
        inputs: { Service: 'sns', Api: 'CreateTopic', Name: '{{ Plan.TopicName }}' },
      },
      branch('ChooseAlarm', 'IsAlarmMissing', 'AddAlarm', 'Report'),
      {
        name: 'AddAlarm',
        action: 'aws:executeAwsApi',
        inputs: {
          Service: 'cloudwatch',
          Api: 'PutMetricAlarm',
          AlarmName: '{{ Plan.AlarmName }}',
          AlarmDescription: '{{ Plan.AlarmDescription }}',
          Namespace: '{{ Plan.MetricNamespace }}',
          MetricName: '{{ Plan.MetricName }}',
          Statistic: 'Sum',
          Period: 300,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          TreatMissingData: 'notBreaching',
          AlarmActions: ['{{ Plan.TopicArn }}'],
        },
      },
      {
        name: 'Report',
        description: 'Says what a person must do.',
        action: 'aws:executeScript',
        timeoutSeconds: 60,
        isEnd: true,
        inputs: {
          Runtime: 'python3.11',
          Handler: 'report',
          InputPayload: {
            Added: '{{ Plan.Added }}',
            AlarmName: '{{ Plan.AlarmName }}',
            TopicArn: '{{ Plan.TopicArn }}',
            Region: '{{ global:REGION }}',
          },
          Script: script('report.py'),
        },
        outputs: [output('NextSteps', 'StringList')],
      },
    ],
  };
}
