import { judge } from '../../chain/judge.ts';
import type { Finding, LinkName } from '../../chain/base/link.ts';
import type { ReasonCode } from '../../chain/reasons.ts';
import type { PartKey } from '../../inventory/model.ts';
import { applyChange } from './apply.ts';
import type { Change, ChangeOf } from './plan.ts';
import type { Task } from './task.ts';

/** How far an event that has reached an alarm gets from there. */
export type Reach =
  | { readonly kind: 'holds' }
  | { readonly kind: 'breaks'; readonly link: LinkName; readonly finding: Finding<ReasonCode> }
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] };

/**
 * Judges the chain through a new alarm once all changes are made, of which the alarm is one.
 *
 * @throws Error if no chain leads through the alarm
 */
export function judgeBeyondAlarm(alarm: ChangeOf<'create-alarm'>, all: readonly Change[], task: Task): Reach {
  const world = all.reduce(applyChange, task.inventory);
  const judgement = judge(task.control, task.options, world);
  if (judgement.kind === 'needs') return judgement;
  const { verdict } = judgement;
  // All that is new in this world is the changes, so it is they that satisfy it.
  if (verdict.kind === 'satisfied') return { kind: 'holds' };
  const through = verdict.chains.filter(({ path }) => path.alarm?.alarmArn === alarm.alarmArn);
  const beyond = through.map(({ links }) =>
    links.find(({ link, finding }) => finding && (link === 'alarm' || link === 'topic' || link === 'subscriber')),
  );
  if (beyond.includes(undefined)) return { kind: 'holds' };
  const [first] = beyond;
  if (first?.finding === undefined) {
    throw new Error(`no chain leads through alarm ${alarm.alarmName}, which watches it`);
  }
  return { kind: 'breaks', link: first.link, finding: first.finding };
}
