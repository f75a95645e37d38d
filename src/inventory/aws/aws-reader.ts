import { parseArn, regionOf } from '../arn.ts';
import type { Part, PartKey, PartKind, ReadPart } from '../model.ts';
import type { InventoryReader, ReadLimits } from '../reader.ts';
import { readAlarmHistory, readMuteRules } from './alarm-records.ts';
import type { OperationName } from './answers/operations.ts';
import { services } from './answers/operations.ts';
import type { AccountAccess } from './client/access.ts';
import { createCall } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { readEventSelectors, readTrails, readTrailStatus } from './cloudtrail.ts';
import { readAlarms, readAlarmsForMetric, readFewAlarms } from './cloudwatch.ts';
import { readEventRules, readEventRuleTargets } from './eventbridge.ts';
import { partOfFailure } from './client/failures.ts';
import { omitUndefined } from './client/omit-undefined.ts';
import { readKey } from './kms.ts';
import { readLogGroup, readLogTransformers, readMetricFilters, readMetricPublishers } from './logs.ts';
import type { ListedGroup, ReadTask } from './read-together.ts';
import { readTogether, single, tasksFor } from './read-together.ts';
import { readSubscriptionAttributes, readSubscriptions, readTopicAttributes } from './sns.ts';

export interface AwsReaderSettings {
  /** Of the account that is read. */
  readonly clients: AwsClients;
  readonly accountId: string;
  readonly region: string;
  readonly now: () => Date;
  /** The time that is left for reading, in milliseconds. Without it there is no deadline. */
  readonly deadline?: () => number;
  /** Whether the time to begin reading is over. What is not read by then is an unreadable part. */
  readonly isOver?: () => boolean;
  /** Reports what could not be checked and does not prevent a verdict. */
  readonly note?: (text: string) => void;
  /** Counts the calls, with the number of tries of each. */
  readonly onCall?: (attempts: number) => void;
  /** Clients of another account, or `undefined` if it cannot be read. Without it no other account can be read. */
  readonly foreignClients?: (accountId: string) => AwsClients | undefined;
}

/** CloudTrail answers ten requests a second, CloudWatch nine: more at the same time would only be throttled. */
const MAX_CONCURRENT_READS = 8;

/** Reads a live account part by part, several at the same time, each in the account and region that its ARN names. */
export function awsReader(settings: AwsReaderSettings): InventoryReader {
  const { accountId, region, now } = settings;
  return {
    describe: () => Promise.resolve({ accountId, region, readAt: now().toISOString() }),
    read: async (keys, limits) => {
      const answers: ReadPart[] = [];
      const readAll = async (tasks: readonly ReadTask[]): Promise<readonly PartKey[]> => {
        const waiting = [...tasks];
        const unanswered: PartKey[] = [];
        const worker = async () => {
          for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
            if (task.kind === 'single') answers.push(answerOf(task.key, await readPart(task.key, settings, limits)));
            else {
              const read = await readGroup(task.keys, settings);
              if (read === undefined) unanswered.push(...task.keys);
              else answers.push(...read);
            }
          }
        };
        await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_READS, tasks.length) }, worker));
        return unanswered;
      };
      const unanswered = await readAll(tasksFor(keys));
      await readAll(unanswered.map(single));
      return answers;
    },
  };
}

/** A key with its part. The type of the part follows from the kind of the key, which the compiler cannot see. */
function answerOf(key: PartKey, part: Part<unknown>): ReadPart {
  return { key, part } as ReadPart;
}

/** Reads several parts from one listing; `undefined` if they must be read one by one. */
async function readGroup(keys: ListedGroup, settings: AwsReaderSettings): Promise<readonly ReadPart[] | undefined> {
  const [first] = keys;
  // What is named within an account has the clients of that account, or none.
  const [clients] = clientsFor(first, settings);
  if (clients === undefined) return undefined;
  const values = await readTogether(keys, accessTo(first, clients, settings));
  if (values === undefined) return undefined;
  return keys.map((key, at) => answerOf(key, { kind: 'present', value: values[at] }));
}

/**
 * Reads one part. Each of the clients is asked in turn until one is not refused. A part that none of them may read is
 * unreadable, with the failure of the last one.
 */
async function readPart(key: PartKey, settings: AwsReaderSettings, limits?: ReadLimits): Promise<Part<unknown>> {
  const operation = firstOperations[key.kind];
  let part: Part<unknown> = {
    kind: 'unreadable',
    failure: { service: services[operation], operation, error: 'ForeignAccount' },
  };
  for (const clients of clientsFor(key, settings)) {
    part = await readPartWith(accessTo(key, clients, settings), key, settings, limits);
    if (part.kind === 'present') return part;
  }
  return part;
}

function accessTo(key: PartKey, clients: AwsClients, settings: AwsReaderSettings): AccountAccess {
  const { accountId, deadline: remainingMs, isOver, note = () => undefined, onCall } = settings;
  const mayBegin = isOver && (() => !isOver());
  const owner = ownerOf(key) ?? accountId;
  return { clients, call: createCall({ accountId: owner, ...omitUndefined({ remainingMs, mayBegin, onCall }) }), note };
}

async function readPartWith(
  access: AccountAccess,
  key: PartKey,
  settings: AwsReaderSettings,
  limits?: ReadLimits,
): Promise<Part<unknown>> {
  try {
    if (key.kind === 'alarms' && limits !== undefined) {
      const alarms = await readFewAlarms(access, key.region, limits.maxPages);
      return partOfFewPages(alarms, 'DescribeAlarms');
    }
    if (key.kind === 'event-rules' && limits !== undefined) {
      const rules = await readEventRules(access, key.eventBusArn, regionOf(key.eventBusArn), limits.maxPages);
      return partOfFewPages(rules, 'ListRules');
    }
    return { kind: 'present', value: await readValue(key, access, settings) };
  } catch (error) {
    return partOfFailure(error);
  }
}

/** What was read of a list, if the list is on so few pages as were allowed. */
function partOfFewPages(value: unknown, operation: OperationName): Part<unknown> {
  if (value !== undefined) return { kind: 'present', value };
  return { kind: 'unreadable', failure: { service: services[operation], operation, error: 'MorePages' } };
}

function readValue(key: PartKey, access: AccountAccess, settings: AwsReaderSettings): Promise<unknown> {
  const { accountId, region: ruleRegion } = settings;
  switch (key.kind) {
    case 'trails':
      return readTrails(access, ruleRegion);
    case 'trail-status':
      return readTrailStatus(access, key.trailArn, key.homeRegion);
    case 'event-selectors':
      return readEventSelectors(access, key.trailArn, key.homeRegion);
    case 'log-group':
      return readLogGroup(access, key.logGroupArn, regionOf(key.logGroupArn));
    case 'log-transformers':
      return readLogTransformers(access, key.logGroupArn, regionOf(key.logGroupArn));
    case 'metric-filters':
      return readMetricFilters(access, key.logGroupArn, regionOf(key.logGroupArn));
    case 'metric-publishers':
      return readMetricPublishers(access, key);
    case 'alarms-for-metric':
      return readAlarmsForMetric(access, key.region, key.metric);
    case 'alarms':
      return readAlarms(access, key.region);
    case 'mute-rules':
      return readMuteRules(access, key.region, key.alarmName);
    case 'alarm-history':
      return readAlarmHistory(access, key.region, key.alarmName);
    case 'event-rules':
      return readEventRules(access, key.eventBusArn, regionOf(key.eventBusArn));
    case 'event-rule-targets':
      return readEventRuleTargets(access, key, regionOf(key.eventBusArn));
    case 'subscriptions':
      return readSubscriptions(access, key.topicArn, regionOf(key.topicArn));
    case 'topic-attributes':
      return readTopicAttributes(access, key.topicArn, regionOf(key.topicArn));
    case 'subscription-attributes':
      return readSubscriptionAttributes(access, key.subscriptionArn, regionOf(key.subscriptionArn));
    case 'key':
      return readKey(access, keyIdFrom(key, accountId), regionOf(key.topicArn));
  }
}

/** The first operation for each kind of part, for a failure before any call. */
const firstOperations: Readonly<Record<PartKind, OperationName>> = {
  trails: 'DescribeTrails',
  'trail-status': 'GetTrailStatus',
  'event-selectors': 'GetEventSelectors',
  'log-group': 'DescribeLogGroups',
  'log-transformers': 'GetTransformer',
  'metric-filters': 'DescribeMetricFilters',
  'metric-publishers': 'DescribeMetricFilters',
  'alarms-for-metric': 'DescribeAlarmsForMetric',
  alarms: 'DescribeAlarms',
  'mute-rules': 'ListAlarmMuteRules',
  'alarm-history': 'DescribeAlarmHistory',
  'event-rules': 'ListRules',
  'event-rule-targets': 'ListTargetsByRule',
  subscriptions: 'ListSubscriptionsByTopic',
  'topic-attributes': 'GetTopicAttributes',
  'subscription-attributes': 'GetSubscriptionAttributes',
  key: 'DescribeKey',
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
    case 'event-rules':
    case 'event-rule-targets':
      return parseArn(key.eventBusArn)?.accountId;
    case 'subscriptions':
    case 'topic-attributes':
      return parseArn(key.topicArn)?.accountId;
    case 'subscription-attributes':
      return parseArn(key.subscriptionArn)?.accountId;
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
