import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchClient, PutCompositeAlarmCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import type { MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchLogsClient, DeleteLogGroupCommand, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';

import type { Moto } from './emulator/moto.ts';
import { MOTO_ACCOUNT } from './emulator/moto.ts';

const LOG_GROUP = '/aws/cloudtrail/main';
/** How moto calls the partition of a region. */
export const partitionOf = (region: string): string => (region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws');
const PATTERN = '{($.eventName=DeactivateMFADevice)}';

/** What is built in moto; by default an account in which one chain holds. */
export interface MotoWorld {
  readonly region: string;
  readonly isMultiRegion: boolean;
  readonly isLogging: boolean;
  /** Event selectors as PutEventSelectors takes them; none for what a new trail has. */
  readonly selectors?: { readonly EventSelectors?: object[]; readonly AdvancedEventSelectors?: object[] };
  readonly logGroup: 'there' | 'gone' | 'not set';
  readonly filters: readonly {
    readonly pattern: string;
    readonly transformation?: Partial<MetricTransformation>;
    /** Its field selection. */
    readonly selection?: string;
  }[];
  /** Changes of an alarm that fires on one event. */
  readonly alarms: readonly Partial<PutMetricAlarmCommandInput>[];
  /** An alarm over the others, with the topic as its action. */
  readonly composite?: { readonly rule: string; readonly suppressor?: string };
  /** Whether a rule of EventBridge for the default control has the topic as its target. */
  readonly rule?: true;
  readonly topic: 'there' | 'gone';
  readonly topicName: string;
  readonly topicRegion: string;
  /** Names of further topics, each with a subscriber. */
  readonly otherTopics: readonly string[];
  readonly topicAttributes: Readonly<Record<string, string>>;
  /** The policy of a key of one's own with which the topic is encrypted. */
  readonly keyPolicy?: string;
  readonly keyIsDisabled: boolean;
  readonly subscribers: readonly {
    readonly protocol: string;
    readonly endpoint: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
}

export const soundMotoWorld: MotoWorld = {
  region: 'eu-west-1',
  isMultiRegion: true,
  isLogging: true,
  logGroup: 'there',
  filters: [{ pattern: PATTERN }],
  alarms: [{}],
  topic: 'there',
  topicName: 'security-alerts',
  topicRegion: 'eu-west-1',
  otherTopics: [],
  topicAttributes: {},
  keyIsDisabled: false,
  subscribers: [{ protocol: 'https', endpoint: 'https://example.com/pager' }],
};

/** Builds an account in moto, by the SDK. */
export async function buildInMoto(moto: Moto, world: MotoWorld): Promise<void> {
  const { region } = world;
  const partition = partitionOf(region);
  const settings = {
    endpoint: moto.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  };
  const [cloudTrail, logs] = [new CloudTrailClient(settings), new CloudWatchLogsClient(settings)];
  const [cloudWatch, sns] = [new CloudWatchClient(settings), new SNSClient({ ...settings, region: world.topicRegion })];

  await moto.prepare({ bucket: 'trail-bucket', logGroup: LOG_GROUP, region });
  const logGroup = {
    CloudWatchLogsLogGroupArn: `arn:${partition}:logs:${region}:${MOTO_ACCOUNT}:log-group:${LOG_GROUP}:*`,
    CloudWatchLogsRoleArn: `arn:${partition}:iam::${MOTO_ACCOUNT}:role/trail`,
  };
  await cloudTrail.send(
    new CreateTrailCommand({
      Name: 'main',
      S3BucketName: 'trail-bucket',
      IsMultiRegionTrail: world.isMultiRegion,
      ...(world.logGroup === 'not set' ? {} : logGroup),
    }),
  );
  if (world.isLogging) await cloudTrail.send(new StartLoggingCommand({ Name: 'main' }));
  if (world.selectors)
    await cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'main', ...world.selectors } as never));
  for (const [index, { pattern, transformation, selection }] of world.filters.entries()) {
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: LOG_GROUP,
        filterName: `filter-${index}`,
        filterPattern: pattern,
        metricTransformations: [
          { metricName: 'MfaDeactivated', metricNamespace: 'Security', metricValue: '1', ...transformation },
        ],
        ...(selection === undefined ? {} : { fieldSelectionCriteria: selection }),
      }),
    );
  }
  if (world.logGroup === 'gone') await logs.send(new DeleteLogGroupCommand({ logGroupName: LOG_GROUP }));

  const TopicArn = `arn:${partition}:sns:${world.topicRegion}:${MOTO_ACCOUNT}:${world.topicName}`;
  let key: string | undefined;
  if (world.keyPolicy !== undefined) {
    const kms = new KMSClient(settings);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: world.keyPolicy }));
    key = KeyMetadata?.Arn;
    if (world.keyIsDisabled) await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
  }
  const Attributes = { ...world.topicAttributes, ...(key === undefined ? {} : { KmsMasterKeyId: key }) };
  await sns.send(new CreateTopicCommand({ Name: world.topicName, Attributes }));
  for (const { protocol, endpoint, attributes = {} } of world.subscribers) {
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: protocol, Endpoint: endpoint, Attributes: attributes }));
  }
  for (const name of world.otherTopics) {
    const { TopicArn: other } = await sns.send(new CreateTopicCommand({ Name: name }));
    const Endpoint = `https://example.com/${name}`;
    await sns.send(new SubscribeCommand({ TopicArn: other, Protocol: 'https', Endpoint }));
  }
  if (world.topic === 'gone') await sns.send(new DeleteTopicCommand({ TopicArn }));

  for (const [index, change] of world.alarms.entries()) {
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: `alarm-${index}`,
        Namespace: 'Security',
        MetricName: 'MfaDeactivated',
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [TopicArn],
        ...change,
      }),
    );
  }
  if (world.rule) {
    const events = new EventBridgeClient(settings);
    const pattern = { source: ['aws.iam'], detail: { eventName: ['DeactivateMFADevice'] } };
    await events.send(new PutRuleCommand({ Name: 'mfa', EventPattern: JSON.stringify(pattern), State: 'ENABLED' }));
    await events.send(new PutTargetsCommand({ Rule: 'mfa', Targets: [{ Id: 'topic', Arn: TopicArn }] }));
  }
  const { composite } = world;
  if (composite) {
    await cloudWatch.send(
      new PutCompositeAlarmCommand({
        AlarmName: 'composite',
        AlarmRule: composite.rule,
        AlarmActions: [TopicArn],
        ActionsSuppressor: composite.suppressor,
        ...(composite.suppressor === undefined
          ? {}
          : { ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 }),
      }),
    );
  }
}
