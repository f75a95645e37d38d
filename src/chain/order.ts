import { linkNames } from './base/link.ts';
import { reasonCodes } from './reasons.ts';
import type { Chain } from './verdict.ts';
import { byCodeUnit } from './base/by-code-unit.ts';

const outcomes: readonly Chain['outcome'][] = ['satisfied', 'undecided', 'broken'];

/**
 * The total order of chains, nearest to one that holds first: what holds before what cannot be told before what is
 * broken; of what cannot be told, the fewer doubts; then the link that is reached, the further the nearer; then the reason, in the order
 * of its table; then the names of what is on the path. Two chains are equal only if they are the same path.
 */
export function byNearness(a: Chain, b: Chain): number {
  const [rankA, rankB] = [rank(a), rank(b)];
  for (const [index, value] of rankA.entries()) {
    const difference = value - (rankB[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return byCodeUnit(nameOf(a), nameOf(b));
}

function rank(chain: Chain): readonly number[] {
  if (chain.outcome === 'satisfied') return [outcomes.indexOf(chain.outcome)];
  const undecided = chain.links.filter(({ state }) => state === 'undecided');
  const doubts = chain.outcome === 'undecided' ? undecided.length : 0;
  const decisive = chain.links.find(({ finding }) => finding === chain.finding);
  const reached = decisive ? linkNames.indexOf(decisive.link) : 0;
  return [outcomes.indexOf(chain.outcome), doubts, -reached, reasonCodes.indexOf(chain.finding.code)];
}

/** Tells one path from every other: the ARNs and names on it, then what its links are about. */
function nameOf({ path, links }: Chain): string {
  const { trail, logGroupArn, filter, alarm, childAlarm, topicArn } = path;
  const alarms = [childAlarm?.alarmArn, alarm?.alarmArn];
  const names = [trail?.trailArn, logGroupArn, filter?.filterName, ...alarms, topicArn];
  return JSON.stringify([...names.map((name) => name ?? ''), ...links.map(({ subject }) => subject)]);
}
