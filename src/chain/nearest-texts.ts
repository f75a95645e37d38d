import { ruleArn } from './base/rule-arn.ts';
import { byNearness } from './order.ts';
import type { ReasonCode } from './reasons.ts';
import type { UnsatisfiedChain } from './verdict.ts';

/**
 * Joins what the texts of one control make of an account that satisfies none of them. A filter may be near one text and
 * far from another: the chains of each filter are those of the text that it is nearest to. A log group whose filters are
 * meant for one of the texts is not reported as a log group without such a filter, nor an event bus as one without such a
 * rule.
 *
 * @param byText - the chains for each text, in the order of the texts
 * @returns the chains that count, in no order
 */
export function nearestTexts(byText: readonly (readonly UnsatisfiedChain[])[]): readonly UnsatisfiedChain[] {
  const groups = new Map<string, readonly UnsatisfiedChain[]>();
  for (const chains of byText) {
    for (const [identity, some] of byIdentity(chains)) {
      const known = groups.get(identity);
      if (known === undefined || compareNearest(some, known) < 0) groups.set(identity, some);
    }
  }
  const all = [...groups.values()].flat();
  const withPatterns = new Set(
    all.filter(({ path }) => [path.filter, path.eventRule, path.alarm].some((one) => one !== undefined)).map(placeOf),
  );
  return all.filter((chain) => !saysThereIsNone.has(chain.finding.code) || !withPatterns.has(placeOf(chain)));
}

function compareNearest(some: readonly UnsatisfiedChain[], others: readonly UnsatisfiedChain[]): number {
  const nearest = (chains: readonly UnsatisfiedChain[]) => chains.reduce((a, b) => (byNearness(b, a) < 0 ? b : a));
  return byNearness(nearest(some), nearest(others));
}

function byIdentity(chains: readonly UnsatisfiedChain[]): ReadonlyMap<string, readonly UnsatisfiedChain[]> {
  const groups = new Map<string, UnsatisfiedChain[]>();
  for (const chain of chains) {
    const identity = identityOf(chain);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [chain]);
    else group.push(chain);
  }
  return groups;
}

/** The reasons that no filter, no rule, or no log alarm is meant for one of the texts. */
const saysThereIsNone: ReadonlySet<ReasonCode> = new Set(['FILTER_UNRELATED', 'NO_EVENT_RULE', 'NO_LOG_ALARM']);

/** Where the patterns are: in a log group of a trail, or on the bus that the trail brings events to. */
function placeOf({ route, path }: UnsatisfiedChain): string {
  return JSON.stringify([route, path.trail?.trailArn, path.logGroupArn]);
}

function identityOf({ route, path }: UnsatisfiedChain): string {
  const { trail, logGroupArn, filter, eventRule, alarm } = path;
  const rule = eventRule && ruleArn(eventRule);
  const logAlarm = alarm?.kind === 'log-alarm' ? alarm.alarmArn : undefined;
  return JSON.stringify([
    ...[route, trail?.trailArn, logGroupArn, filter?.filterName, filter?.filterPattern, rule],
    ...[logAlarm],
  ]);
}
