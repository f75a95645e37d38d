import type { Inventory, PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import { encryptionKeyKey } from '../../inventory/part-keys.ts';
import type { TopicAttributes } from '../../inventory/resources.ts';
import type { Finding, TopicPath } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { alarmRequest } from './policy/alarm-request.ts';
import { allowsRequest } from './policy/resource-policy.ts';
import type { TopicFacts, topicReasons } from './reasons.ts';
import { topicFinding } from './reasons.ts';

type Code = keyof typeof topicReasons | keyof typeof unreadableReasons;

/** The states in which a key certainly does not work. In a state that passes, such as `Updating`, it may work. */
const unusableStates: ReadonlySet<string> = new Set([
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
]);

export interface Encryption {
  readonly finding?: Finding<Code> | undefined;
  readonly needs: readonly PartKey[];
}

/**
 * Whether CloudWatch may use the key that the topic is encrypted with. The policy of the key that AWS manages for SNS
 * cannot be changed and does not name CloudWatch; a key of one's own has to, and has to be enabled.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function judgeEncryption(
  { kmsMasterKeyId: key }: TopicAttributes,
  path: TopicPath,
  facts: TopicFacts,
  inventory: Inventory,
): Encryption {
  if (key === undefined) return { needs: [] };
  if (key.endsWith('alias/aws/sns')) return { finding: topicFinding('TOPIC_KEY_UNUSABLE', facts), needs: [] };
  const partKey = encryptionKeyKey(key, path.topicArn);
  const part = partOf<'key'>(inventory, partKey);
  if (part === undefined) return { needs: [partKey] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure), needs: [] };
  const { value } = part;
  const keyFacts = { ...facts, key };
  if (value === null) return { finding: topicFinding('TOPIC_KEY_REFUSES_ALARM', keyFacts), needs: [] };
  if (value.keyManager === 'AWS') return { finding: topicFinding('TOPIC_KEY_UNUSABLE', facts), needs: [] };
  if (unusableStates.has(value.keyState)) {
    return { finding: topicFinding('TOPIC_KEY_OFF', { ...keyFacts, state: value.keyState }), needs: [] };
  }
  const uses = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
    allowsRequest(value.policy, alarmRequest(path, action)),
  );
  if (value.keyState === 'Enabled' && uses.every((use) => use === true)) return { needs: [] };
  const code = uses.includes(false) ? 'TOPIC_KEY_REFUSES_ALARM' : 'TOPIC_KEY_UNCERTAIN';
  return { finding: topicFinding(code, keyFacts), needs: [] };
}
