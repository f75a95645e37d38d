import { judge } from '../../../chain/judge.ts';
import type { Finding, LinkName, Path } from '../../../chain/base/link.ts';
import type { ReasonCode } from '../../../chain/reasons.ts';
import type { PartKey } from '../../../inventory/model.ts';
import { applyChange } from '../apply.ts';
import type { Change, ChangeOf } from '../plan.ts';
import type { FixTask } from './task.ts';

/** How far an event that has reached an alarm gets from there. */
export type BeyondNotifier =
  | { readonly kind: 'holds' }
  | { readonly kind: 'breaks'; readonly link: LinkName; readonly finding: Finding<ReasonCode> }
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] };

/** What notifies a topic once it is made. */
export type Notifier = ChangeOf<'create-alarm' | 'create-event-rule' | 'create-log-alarm'>;

/**
 * Judges the chain through a new alarm or a new rule once all changes are made, of which it is one.
 *
 * @throws Error if no chain leads through it
 */
export function judgeBeyond(notifier: Notifier, all: readonly Change[], task: FixTask): BeyondNotifier {
  const world = all.reduce(applyChange, task.inventory);
  const judgement = judge(task.control, task.options, world);
  if (judgement.kind === 'needs') return judgement;
  const { verdict } = judgement;
  // All that is new in this world is the changes, so it is they that satisfy it.
  if (verdict.kind === 'satisfied') return { kind: 'holds' };
  const links = notifier.kind === 'create-event-rule' ? beyondRule : beyondAlarm;
  const through = verdict.chains.filter(({ path }) => leadsThrough(path, notifier));
  const beyond = through.map((chain) => chain.links.find(({ link, finding }) => finding && links.includes(link)));
  if (beyond.includes(undefined)) return { kind: 'holds' };
  const [first] = beyond;
  if (first?.finding === undefined) throw new Error(`no chain leads through the new ${nameOf(notifier)}`);
  return { kind: 'breaks', link: first.link, finding: first.finding };
}

const beyondAlarm: readonly LinkName[] = ['alarm', 'log alarm', 'topic', 'subscriber'];
const beyondRule: readonly LinkName[] = ['event rule', 'target', 'topic', 'subscriber'];

function leadsThrough(path: Path, notifier: Notifier): boolean {
  return notifier.kind === 'create-event-rule'
    ? path.eventRule?.rule.name === notifier.ruleName && path.eventRule.eventBusArn === notifier.eventBusArn
    : path.alarm?.alarmArn === notifier.alarmArn;
}

function nameOf(notifier: Notifier): string {
  return notifier.kind === 'create-event-rule' ? `rule ${notifier.ruleName}` : `alarm ${notifier.alarmName}`;
}
