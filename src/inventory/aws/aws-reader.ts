import { parseArn, regionOf } from '../arn.ts';
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
import { readLogGroup, readLogTransformers, readMetricFilters, readMetricPublishers } from './logs.ts';
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

/**
 * Reads one part. It asks with each of the clients in turn until one is not refused; what none of them may read is
 * unreadable, for the reason that the last one got.
 */
async function readPart(key: PartKey, settings: AwsReaderSettings, call: Call): Promise<Part<unknown>> {
  let part: Part<unknown> = { kind: 'unreadable', failure: { ...operations[key.kind], error: 'ForeignAccount' } };
  for (const clients of clientsFor(key, settings)) {
    part = await readPartWith(clients, key, settings, call);
    if (part.kind === 'present') return part;
  }
  return part;
}

async function readPartWith(
  clients: AwsClients,
  key: PartKey,
  settings: AwsReaderSettings,
  call: Call,
): Promise<Part<unknown>> {
  // A part may take several operations; the one that is running is the one that fails.
  let running: Operation = operations[key.kind];
  const watched: Call = (operation, send) => {
    running = operation;
    return call(operation, send).catch((error: unknown) => {
      running = operation;
      throw error;
    });
  };
  try {
    return { kind: 'present', value: await readValue(key, clients, settings, watched) };
  } catch (error) {
    return partOfFailure(running, error);
  }
}

function readValue(key: PartKey, clients: AwsClients, settings: AwsReaderSettings, call: Call): Promise<unknown> {
  const { accountId, region: ruleRegion } = settings;
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
    case 'metric-publishers':
      return readMetricPublishers(clients, key, call);
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
      return readKey(clients, keyIdFrom(key, accountId), regionOf(key.topicArn), call);
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
  'metric-publishers': { service: 'logs', operation: 'DescribeMetricFilters' },
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
 * The clients to ask for a part, in this order. What lies in another account and is named by its ARN is asked with the own
 * credentials first, since its owner may allow that, and then with the role given for that account. What is named within an
 * account is asked of that account only: something of the same name here would answer for it. An organization's trail is
 * asked of its owner where there is a role, since a member may not see all of it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
function clientsFor(key: PartKey, { clients, accountId, foreignClients }: AwsReaderSettings): readonly AwsClients[] {
  const owner = ownerOf(key);
  if (owner === undefined || owner === accountId) return [clients];
  const theirs = foreignClients?.(owner);
  if (isNamedByArn(key)) return theirs === undefined ? [clients] : [clients, theirs];
  if (theirs !== undefined) return [theirs];
  return isOfTrail(key) ? [clients] : [];
}

function isNamedByArn({ kind }: PartKey): boolean {
  return ['subscriptions', 'topic-attributes', 'subscription-attributes', 'key'].includes(kind);
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
    case 'metric-publishers':
    case 'alarms-for-metric':
    case 'alarms':
    case 'mute-rules':
    case 'alarm-history':
      return key.accountId;
    case 'subscriptions':
    case 'topic-attributes':
      return parseArn(key.topicArn)?.accountId;
    case 'subscription-attributes':
      return key.owner ?? parseArn(key.subscriptionArn)?.accountId;
    case 'key':
      return parseArn(key.keyId)?.accountId ?? parseArn(key.topicArn)?.accountId;
  }
}

/** The id of a key for KMS: of a topic in another account the ARN, since an id or alias means a key of the caller's account. */
function keyIdFrom({ keyId, topicArn }: Extract<PartKey, { readonly kind: 'key' }>, accountId: string): string {
  const topic = parseArn(topicArn);
  if (topic === undefined || topic.accountId === accountId || parseArn(keyId) !== undefined) return keyId;
  const resource = keyId.startsWith('alias/') ? keyId : `key/${keyId}`;
  return `arn:${topic.partition}:kms:${topic.region}:${topic.accountId}:${resource}`;
}
