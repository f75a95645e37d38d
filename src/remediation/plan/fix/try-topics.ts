import type { LinkName } from '../../../chain/base/link.ts';
import { parseArn } from '../../../inventory/arn.ts';
import type { Change } from '../plan.ts';
import type { Notifier, BeyondNotifier } from './reach.ts';
import { judgeBeyond } from './reach.ts';
import type { Fix, FixTask } from './task.ts';
import { changes, noCommand } from './task.ts';
import type { TopicCandidate } from './topics.ts';

/**
 * Tries each topic under a new alarm or a new rule: the first under which the chain holds, or else that lacks a subscriber
 * only. A topic that the user chose and that certainly does not work is a question, since what notifies it would be
 * useless.
 *
 * @param before - changes that are made before the topic's own
 * @returns `silent` if no topic is notified
 */
export function tryTopics(
  candidates: readonly TopicCandidate[],
  before: readonly Change[],
  notifierOf: (topicArn: string) => Notifier,
  task: FixTask,
): Fix | { readonly kind: 'silent' } {
  const tried = candidates.map((one) => {
    const notifier = notifierOf(one.topicArn);
    const all = [...before, ...one.before, notifier];
    return { ...one, all, reach: judgeBeyond(notifier, all, task) };
  });
  const needed = tried.flatMap(({ reach }) => (reach.kind === 'needs' ? reach.keys : []));
  if (needed.length > 0) return { kind: 'needs', keys: needed };
  const isOwn = (topicArn: string) => parseArn(topicArn)?.accountId === task.inventory.accountId;
  const best =
    tried.find(({ reach }) => reach.kind === 'holds') ??
    tried.find(({ reach, topicArn }) => reach.kind === 'breaks' && reach.link === 'subscriber' && isOwn(topicArn));
  const encrypted = tried.find((one) => one.before.some((change) => 'kmsMasterKeyId' in change));
  if (best) return changes(...best.all.map((change) => withReason(change, encrypted?.reach)));
  const chosen = tried.filter(({ isChosen }) => isChosen);
  for (const { reach, topicArn } of chosen) {
    if (reach.kind !== 'breaks' || notifierLinks.has(reach.link)) continue;
    const { outcome, sentence } = reach.finding;
    if (outcome === 'undecided') return changes(...before, notifierOf(topicArn));
    return { kind: 'asks', question: `${topicArn} cannot be used: ${sentence}; give the ARN of another topic` };
  }
  return tried.length === 0 ? noCommand('no topic comes into question') : { kind: 'silent' };
}

const notifierLinks: ReadonlySet<LinkName> = new Set(['alarm', 'log alarm', 'event rule']);

/** Says of a new topic that is not encrypted why the key of a topic next to it cannot be used. */
function withReason(change: Change, withKey: BeyondNotifier | undefined): Change {
  if (change.kind !== 'create-topic' || change.kmsMasterKeyId !== undefined) return change;
  return withKey?.kind === 'breaks' ? { ...change, notEncrypted: withKey.finding.sentence } : change;
}
