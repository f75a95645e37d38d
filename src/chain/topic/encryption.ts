import { parseArn } from '../../inventory/arn.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import { encryptionKeyKey } from '../../inventory/part-keys.ts';
import type { TopicAttributes } from '../../inventory/resources.ts';
import type { Finding } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { encryptionRequests } from './policy/publish-request.ts';
import { allowsRequest } from './policy/resource-policy.ts';
import type { Publisher } from './publisher.ts';
import type { TopicFacts, topicReasons } from './reasons.ts';
import { topicFinding } from './reasons.ts';

type Code = keyof typeof topicReasons | keyof typeof unreadableReasons;

/**
 * The states in which KMS decrypts and generates data keys, and those in which it does not. An unknown state is in neither.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html#key-state-table
 */
const usableStates: ReadonlySet<string> = new Set(['Enabled', 'Updating']);
const unusableStates: ReadonlySet<string> = new Set([
  'Creating',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
]);

/** What is known of the topic's key, and what must be read for more. */
export interface Encryption {
  readonly finding?: Finding<Code> | undefined;
  readonly needs: readonly PartKey[];
}

/**
 * Whether the service that publishes may use the key that the topic is encrypted with. The policy of the AWS managed key for
 * SNS cannot be changed and allows neither CloudWatch nor EventBridge; a customer managed key must allow it, and must be
 * usable.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function judgeEncryption(
  { kmsMasterKeyId: key }: TopicAttributes,
  topicArn: string,
  publisher: Publisher,
  facts: TopicFacts,
  inventory: Inventory,
): Encryption {
  if (key === undefined) return { needs: [] };
  if (key.endsWith('alias/aws/sns')) return { finding: topicFinding('TOPIC_KEY_UNUSABLE', facts), needs: [] };
  const partKey = encryptionKeyKey(key, topicArn);
  const part = partOf<'key'>(inventory, partKey);
  if (part === undefined) return { needs: [partKey] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure), needs: [] };
  const { value } = part;
  const keyFacts = { ...facts, key };
  const refused = publisher.service === 'CloudWatch' ? 'TOPIC_KEY_REFUSES_ALARM' : 'TOPIC_KEY_REFUSES_RULE';
  if (value === null) return { finding: topicFinding(refused, keyFacts), needs: [] };
  if (value.keyManager === 'AWS') return { finding: topicFinding('TOPIC_KEY_UNUSABLE', facts), needs: [] };
  if (unusableStates.has(value.keyState)) {
    return { finding: topicFinding('TOPIC_KEY_OFF', { ...keyFacts, state: value.keyState }), needs: [] };
  }
  const keyArn = value.arn ?? keyArnFrom(key, topicArn);
  const uses = encryptionRequests(publisher, topicArn, keyArn).map((request) => allowsRequest(value.policy, request));
  const isKnown = value.keyManager === 'CUSTOMER' && usableStates.has(value.keyState);
  if (isKnown && uses.every((use) => use === true)) return { needs: [] };
  const code = uses.includes(false) ? refused : 'TOPIC_KEY_UNCERTAIN';
  return { finding: topicFinding(code, keyFacts), needs: [] };
}

/** The ARN of the key that a topic names by ARN or by id; an alias does not say it. */
function keyArnFrom(keyId: string, topicArn: string): string | undefined {
  const arn = parseArn(keyId);
  if (arn !== undefined) return arn.resource.startsWith('key/') ? keyId : undefined;
  const topic = parseArn(topicArn);
  if (topic === undefined || keyId.startsWith('alias/')) return undefined;
  return `arn:${topic.partition}:kms:${topic.region}:${topic.accountId}:key/${keyId}`;
}
