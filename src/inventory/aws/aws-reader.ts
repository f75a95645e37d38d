import { parseArn } from '../arn.ts';
import type { Part, PartKey, ReadPart } from '../model.ts';
import type { InventoryReader } from '../reader.ts';
import { readAlarmHistory, readMuteRules } from './alarm-records.ts';
import type { Call } from './client/call.ts';
import { callWithin } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { readEventSelectors, readTrails, readTrailStatus } from './cloudtrail.ts';
import { readAlarms, readAlarmsForMetric } from './cloudwatch.ts';
import type { Operation } from './client/failures.ts';
import { partOfFailure } from './client/failures.ts';
import { readKey } from './kms.ts';
import { readLogGroup, readLogTransformers, readMetricFilters } from './logs.ts';
import { readSubscriptionAttributes, readSubscriptions, readTopicAttributes } from './sns.ts';

export interface AwsReaderSettings {
  /** Of the judged account. */
  readonly clients: AwsClients;
  readonly accountId: string;
  readonly region: string;
  readonly now: () => Date;
  /** The milliseconds that are left for reading. Without it there is no deadline. */
  readonly deadline?: () => number;
  /** Clients of another account, or `undefined` if there is no way into it. Without it there is none into any. */
  readonly foreignClients?: (accountId: string) => AwsClients | undefined;
}

/** CloudTrail answers ten requests a second, CloudWatch nine: more side by side would only be throttled. */
const SIDE_BY_SIDE = 8;

/** Reads a live account part by part, side by side, each in the account and region that its ARN names. */
export function awsReader(settings: AwsReaderSettings): InventoryReader {
  const { accountId, region, now } = settings;
  const call = callWithin(settings.deadline);
  return {
    describe: () => Promise.resolve({ accountId, region, readAt: now().toISOString() }),
    read: async (keys) => {
      const answers: ReadPart[] = [];
      const waiting = [...keys];
      const worker = async () => {
        for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
          answers.push({ key, part: await readPart(key, settings, call) } as ReadPart);
        }
      };
      await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, keys.length) }, worker));
      return answers;
    },
  };
}

/** Reads one part; what lastingly cannot be read is an unreadable one. */
async function readPart(key: PartKey, settings: AwsReaderSettings, call: Call): Promise<Part<unknown>> {
  const clients = clientsFor(key, settings);
  if (clients === undefined) {
    return { kind: 'unreadable', failure: { ...operations[key.kind], error: 'ForeignAccount' } };
  }
  // A part may take several operations; the one under way is the one that fails.
  let underWay: Operation = operations[key.kind];
  const watched: Call = (operation, send) => {
    underWay = operation;
    return call(operation, send).catch((error: unknown) => {
      underWay = operation;
      throw error;
    });
  };
  try {
    return { kind: 'present', value: await readValue(key, clients, settings.region, watched) };
  } catch (error) {
    return partOfFailure(underWay, error);
  }
}

function readValue(key: PartKey, clients: AwsClients, ruleRegion: string, call: Call): Promise<unknown> {
  switch (key.kind) {
    case 'trails':
      return readTrails(clients, ruleRegion, call);
    case 'trail-status':
      return readTrailStatus(clients, key.trailArn, key.homeRegion, call);
    case 'event-selectors':
      return readEventSelectors(clients, key.trailArn, key.homeRegion, call);
    case 'log-group':
      return readLogGroup(clients, key.logGroupArn, regionOf(key.logGroupArn), call);
    case 'log-transformers':
      return readLogTransformers(clients, key.logGroupArn, regionOf(key.logGroupArn), call);
    case 'metric-filters':
      return readMetricFilters(clients, key.logGroupArn, regionOf(key.logGroupArn), call);
    case 'alarms-for-metric':
      return readAlarmsForMetric(clients, key.region, key.metric, call);
    case 'alarms':
      return readAlarms(clients, key.region, call);
    case 'mute-rules':
      return readMuteRules(clients, key.region, key.alarmName, call);
    case 'alarm-history':
      return readAlarmHistory(clients, key.region, key.alarmName, call);
    case 'subscriptions':
      return readSubscriptions(clients, key.topicArn, regionOf(key.topicArn), call);
    case 'topic-attributes':
      return readTopicAttributes(clients, key.topicArn, regionOf(key.topicArn), call);
    case 'subscription-attributes':
      return readSubscriptionAttributes(clients, key.subscriptionArn, regionOf(key.subscriptionArn), call);
    case 'key':
      return readKey(clients, key.keyId, regionOf(key.topicArn), call);
  }
}

/** The first operation of each kind of part, for what fails before any request. */
const operations: Readonly<Record<PartKey['kind'], Operation>> = {
  trails: { service: 'cloudtrail', operation: 'DescribeTrails' },
  'trail-status': { service: 'cloudtrail', operation: 'GetTrailStatus' },
  'event-selectors': { service: 'cloudtrail', operation: 'GetEventSelectors' },
  'log-group': { service: 'logs', operation: 'DescribeLogGroups' },
  'log-transformers': { service: 'logs', operation: 'GetTransformer' },
  'metric-filters': { service: 'logs', operation: 'DescribeMetricFilters' },
  'alarms-for-metric': { service: 'cloudwatch', operation: 'DescribeAlarmsForMetric' },
  alarms: { service: 'cloudwatch', operation: 'DescribeAlarms' },
  'mute-rules': { service: 'cloudwatch', operation: 'ListAlarmMuteRules' },
  'alarm-history': { service: 'cloudwatch', operation: 'DescribeAlarmHistory' },
  subscriptions: { service: 'sns', operation: 'ListSubscriptionsByTopic' },
  'topic-attributes': { service: 'sns', operation: 'GetTopicAttributes' },
  'subscription-attributes': { service: 'sns', operation: 'GetSubscriptionAttributes' },
  key: { service: 'kms', operation: 'DescribeKey' },
};

/**
 * The clients that may be asked for a part. What lies in another account is asked of that account only: something of
 * the same name here would answer for it. An organization's trail is asked of its owner where there is a way in, since a
 * member may not see all of it, and otherwise by its ARN with the own credentials.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
function clientsFor(key: PartKey, { clients, accountId, foreignClients }: AwsReaderSettings): AwsClients | undefined {
  const owner = ownerOf(key);
  if (owner === undefined || owner === accountId) return clients;
  const theirs = foreignClients?.(owner);
  return theirs ?? (isOfTrail(key) ? clients : undefined);
}

function isOfTrail({ kind }: PartKey): boolean {
  return kind === 'trail-status' || kind === 'event-selectors';
}

function ownerOf(key: PartKey): string | undefined {
  switch (key.kind) {
    case 'trails':
      return undefined;
    case 'trail-status':
    case 'event-selectors':
      return parseArn(key.trailArn)?.accountId;
    case 'log-group':
    case 'log-transformers':
    case 'metric-filters':
      return parseArn(key.logGroupArn)?.accountId;
    case 'alarms-for-metric':
    case 'alarms':
    case 'mute-rules':
    case 'alarm-history':
      return key.accountId;
    case 'subscriptions':
    case 'topic-attributes':
      return parseArn(key.topicArn)?.accountId;
    case 'subscription-attributes':
      return parseArn(key.subscriptionArn)?.accountId;
    case 'key':
      return parseArn(key.keyId)?.accountId ?? parseArn(key.topicArn)?.accountId;
  }
}

function regionOf(arn: string): string {
  const region = parseArn(arn)?.region;
  if (!region) throw new Error(`an ARN without a region: ${arn}`);
  return region;
}
