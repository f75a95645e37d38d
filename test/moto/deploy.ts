import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchClient, DeleteAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DeleteMetricFilterCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { SNSClient, SetTopicAttributesCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';

import type { Moto } from './emulator/moto.ts';
import { MOTO_ACCOUNT } from './emulator/moto.ts';

interface Template {
  readonly Rules: Readonly<Record<string, { readonly Assertions: readonly { readonly Assert: Equals }[] }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
}
interface Equals {
  readonly 'Fn::Equals': readonly [{ readonly Ref: string }, string];
}
type Properties = Readonly<Record<string, unknown>>;

/** A stack that was created. */
export interface Stack {
  /** Deletes the stack, and with it all that it created and does not retain. */
  readonly remove: () => Promise<void>;
}

const STACK = 'remediation';

/**
 * Creates a stack in moto. moto's CloudFormation creates topics and log groups, and ignores rules, metric filters,
 * subscriptions and alarms: the rules are checked here, and the others created by the calls that CloudFormation makes of
 * their properties, which have the names of the API's. A resource whose name the template leaves out gets a name that
 * begins with the stack's.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 */
export async function deploy(moto: Moto, text: string, region: string): Promise<Stack> {
  const template = JSON.parse(text) as Template;
  checkRules(template, { 'AWS::AccountId': MOTO_ACCOUNT, 'AWS::Region': region });
  await request(moto, region, { Action: 'CreateStack', StackName: STACK, TemplateBody: text });
  const ids = await physicalIds(moto, region);
  const settings = {
    endpoint: moto.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  };
  const logs = new CloudWatchLogsClient(settings);
  const sns = new SNSClient(settings);
  const cloudWatch = new CloudWatchClient(settings);
  const events = new EventBridgeClient(settings);
  /** A reference to a topic is its ARN, one to a log group its name. */
  const resolve = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const { Ref } = value as { readonly Ref: string };
    const id = ids.get(Ref);
    if (id === undefined) throw new Error(`moto created no ${Ref}`);
    return id;
  };
  const removals: (() => Promise<unknown>)[] = [];
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    const generated = `${STACK}-${logicalId}-1A2B3C4D5E6F7`;
    switch (Type) {
      case 'AWS::SNS::Topic':
      case 'AWS::Logs::LogGroup':
        break;
      case 'AWS::SNS::TopicPolicy': {
        const { Topics, PolicyDocument } = Properties as {
          readonly Topics: readonly unknown[];
          readonly PolicyDocument: object;
        };
        // A reference within a policy is a resource of one of its statements.
        const AttributeValue = JSON.stringify(PolicyDocument, (_name, value: unknown) =>
          typeof value === 'object' && value !== null && 'Ref' in value ? resolve(value) : value,
        );
        for (const topic of Topics) {
          const TopicArn = resolve(topic);
          await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
        }
        break;
      }
      case 'AWS::Events::Rule': {
        const { Targets, EventPattern, State } = Properties as {
          readonly Targets: readonly { readonly Id: string; readonly Arn: unknown }[];
          readonly EventPattern: object;
          readonly State: 'ENABLED';
        };
        const Name = generated;
        const targets = Targets.map(({ Id, Arn }) => ({ Id, Arn: resolve(Arn) }));
        await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(EventPattern), State }));
        await events.send(new PutTargetsCommand({ Rule: Name, Targets: targets }));
        removals.push(async () => {
          await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: targets.map(({ Id }) => Id) }));
          await events.send(new DeleteRuleCommand({ Name }));
        });
        break;
      }
      case 'AWS::Logs::MetricFilter': {
        const logGroupName = resolve(Properties['LogGroupName']);
        const filterName = nameOf(Properties['FilterName'], generated);
        await logs.send(new PutMetricFilterCommand({ ...filterInput(Properties), filterName, logGroupName }));
        removals.push(() => logs.send(new DeleteMetricFilterCommand({ logGroupName, filterName })));
        break;
      }
      case 'AWS::SNS::Subscription': {
        const { TopicArn, Protocol, Endpoint } = Properties;
        const input = { TopicArn: resolve(TopicArn), Protocol: String(Protocol), Endpoint: String(Endpoint) };
        const { SubscriptionArn } = await sns.send(new SubscribeCommand({ ...input, ReturnSubscriptionArn: true }));
        removals.push(() => sns.send(new UnsubscribeCommand({ SubscriptionArn })));
        break;
      }
      case 'AWS::CloudWatch::Alarm': {
        const actions = Properties['AlarmActions'] as readonly unknown[];
        const AlarmName = nameOf(Properties['AlarmName'], generated);
        const input = { ...Properties, AlarmName, AlarmActions: actions.map(resolve) };
        await cloudWatch.send(new PutMetricAlarmCommand(input as unknown as PutMetricAlarmCommandInput));
        removals.push(() => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
        break;
      }
      default:
        throw new Error(`a resource that is not created here: ${Type}`);
    }
  }
  return {
    remove: async () => {
      for (const one of removals.reverse()) await one();
      await request(moto, region, { Action: 'DeleteStack', StackName: STACK });
    },
  };
}

/** The name that the template gives, or the one that CloudFormation generates. */
function nameOf(given: unknown, generated: string): string {
  return typeof given === 'string' ? given : generated;
}

/** CloudFormation refuses a template one of whose assertions is false. */
function checkRules({ Rules }: Template, parameters: Readonly<Record<string, string>>): void {
  for (const { Assertions } of Object.values(Rules)) {
    for (const { Assert } of Assertions) {
      const [{ Ref }, value] = Assert['Fn::Equals'];
      if (parameters[Ref] !== value) throw new Error(`the assertion on ${Ref} fails: ${String(parameters[Ref])}`);
    }
  }
}

/** What moto created, by logical id. */
async function physicalIds(moto: Moto, region: string): Promise<ReadonlyMap<string, string>> {
  const xml = await request(moto, region, { Action: 'DescribeStackResources', StackName: STACK });
  const members = [...xml.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member = '']) => {
    const field = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(member)?.[1] ?? '';
    return [field('LogicalResourceId'), field('PhysicalResourceId')] as const;
  });
  return new Map(members.filter(([logicalId]) => logicalId !== ''));
}

async function request(moto: Moto, region: string, body: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(moto.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/${region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Version: '2010-05-15', ...body }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${body['Action'] ?? ''}: ${text}`);
  return text;
}

/** CloudWatch Logs alone spells its properties with a small letter. */
function filterInput({ FilterPattern, MetricTransformations }: Properties) {
  const [transformation] = MetricTransformations as readonly [Readonly<Record<string, string>>];
  return {
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
