import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { SNSClient, SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';

import type { Moto } from './moto.ts';
import { MOTO_ACCOUNT } from './moto.ts';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
}
type Properties = Readonly<Record<string, unknown>>;

/**
 * Creates a stack in moto. moto's CloudFormation makes topics and log groups, and passes over metric filters, policies of
 * topics, subscriptions and alarms: those are made here, by the calls that CloudFormation makes of their properties, which have the names of the API's.
 */
export async function deploy(moto: Moto, text: string, region: string): Promise<void> {
  const response = await fetch(moto.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/${region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({
      Action: 'CreateStack',
      Version: '2010-05-15',
      StackName: 'remediation',
      TemplateBody: text,
    }).toString(),
  });
  if (!response.ok) throw new Error(`CreateStack: ${await response.text()}`);

  const { Resources } = JSON.parse(text) as Template;
  const settings = {
    endpoint: moto.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  };
  const [logs, sns, cloudWatch] = [
    new CloudWatchLogsClient(settings),
    new SNSClient(settings),
    new CloudWatchClient(settings),
  ];
  /** A reference to a topic is its ARN, one to a log group its name. */
  const resolved = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const { Ref } = value as { readonly Ref: string };
    if (Resources[Ref]?.Type === 'AWS::Logs::LogGroup') return String(Resources[Ref].Properties['LogGroupName']);
    return `arn:aws:sns:${region}:${MOTO_ACCOUNT}:${String(Resources[Ref]?.Properties['TopicName'])}`;
  };
  for (const { Type, Properties } of Object.values(Resources)) {
    switch (Type) {
      case 'AWS::SNS::Topic':
      case 'AWS::Logs::LogGroup':
        break;
      case 'AWS::Logs::MetricFilter': {
        const logGroupName = resolved(Properties['LogGroupName']);
        await logs.send(new PutMetricFilterCommand({ ...filterInput(Properties), logGroupName }));
        break;
      }
      case 'AWS::SNS::TopicPolicy': {
        const { Topics, PolicyDocument } = Properties;
        for (const topic of Topics as readonly unknown[]) {
          const AttributeValue = JSON.stringify(PolicyDocument);
          const input = { TopicArn: resolved(topic), AttributeName: 'Policy', AttributeValue };
          await sns.send(new SetTopicAttributesCommand(input));
        }
        break;
      }
      case 'AWS::SNS::Subscription': {
        const { TopicArn, Protocol, Endpoint } = Properties;
        const input = { TopicArn: resolved(TopicArn), Protocol: String(Protocol), Endpoint: String(Endpoint) };
        await sns.send(new SubscribeCommand(input));
        break;
      }
      case 'AWS::CloudWatch::Alarm': {
        const actions = Properties['AlarmActions'] as readonly unknown[];
        const input = { ...Properties, AlarmActions: actions.map(resolved) } as unknown as PutMetricAlarmCommandInput;
        await cloudWatch.send(new PutMetricAlarmCommand(input));
        break;
      }
      default:
        throw new Error(`a resource that is not made here: ${Type}`);
    }
  }
}

/** CloudWatch Logs alone spells its properties with a small letter. */
function filterInput({ FilterName, FilterPattern, MetricTransformations }: Properties) {
  const [transformation] = MetricTransformations as readonly [Readonly<Record<string, string>>];
  return {
    filterName: String(FilterName),
    filterPattern: String(FilterPattern),
    metricTransformations: [
      {
        metricName: transformation['MetricName'],
        metricNamespace: transformation['MetricNamespace'],
        metricValue: transformation['MetricValue'],
      },
    ],
  };
}
