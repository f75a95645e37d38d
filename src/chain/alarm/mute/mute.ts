import type { AlarmMuteRule } from '../../../inventory/resources.ts';
import { byCodeUnit } from '../../base/by-code-unit.ts';
import { isTooLongSilent } from '../silence.ts';
import type { MuteWindow } from './schedule.ts';
import { windowsOf } from './schedule.ts';

/** What mute rules do to the actions of an alarm. */
export type Muting =
  | { readonly kind: 'never' }
  /** They mute for at most so many hours without a pause. */
  | { readonly kind: 'at-times'; readonly hours: number }
  | { readonly kind: 'for-long'; readonly hours: number; readonly rules: string }
  | { readonly kind: 'undecided'; readonly why: string };

/** Beyond this number the possible meanings of several schedules are not tried together. */
const MOST_MEANINGS = 32;

/** So many times at which rules begin to apply are looked at: "start timestamps ensure that mute rules don't activate before". */
const MOST_MOMENTS = 10;

/**
 * How long some mute rules together mute an alarm without a pause, now or later. While a rule is active the alarm changes
 * its state, but CloudWatch does not take its actions. It takes them when the rule ends, if the alarm is still in ALARM.
 *
 * @param rules - the rules that target the alarm
 * @param readAt - the time from which on it counts (ISO 8601)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export function mutingBy(rules: readonly AlarmMuteRule[], readAt: string): Muting {
  const now = Date.parse(readAt);
  const begins = rules.map(({ startDate = '' }) => Date.parse(startDate)).filter((begin) => begin > now);
  const moments = [now, ...new Set(begins)];
  if (moments.length > MOST_MOMENTS) return { kind: 'undecided', why: 'many of its mute rules begin to apply later' };
  let meanings: readonly (readonly MuteWindow[])[] = [[]];
  for (const rule of rules) {
    if (Date.parse(rule.expireDate ?? '') <= now) continue;
    const ofRule = windowsOf(rule, now, moments);
    if (ofRule.length === 0 || ofRule.length * meanings.length > MOST_MEANINGS) {
      return { kind: 'undecided', why: `the schedule of mute rule ${rule.name} is not understood` };
    }
    meanings = meanings.flatMap((before) => ofRule.map((windows) => [...before, ...windows]));
  }
  const mutings = meanings.map((windows) => mutingIn(windows, now));
  const areLong = new Set(mutings.map(({ kind }) => kind === 'for-long'));
  if (areLong.size === 1) return mutings.reduce(longer);
  return { kind: 'undecided', why: 'AWS does not document on which days the schedules of its mute rules begin' };
}

function longer(a: Muting, b: Muting): Muting {
  const hoursOf = (muting: Muting) => ('hours' in muting ? muting.hours : 0);
  return hoursOf(b) > hoursOf(a) ? b : a;
}

function mutingIn(windows: readonly MuteWindow[], now: number): Muting {
  const [longest] = mergeWindows(windows)
    .map(({ from, to, rules }) => ({ length: to - Math.max(from, now), rules }))
    .sort((a, b) => b.length - a.length);
  if (longest === undefined) return { kind: 'never' };
  const seconds = longest.length / 1000;
  const hours = Math.round((seconds / 3600) * 10) / 10;
  if (!isTooLongSilent(seconds)) return { kind: 'at-times', hours };
  return { kind: 'for-long', hours, rules: [...new Set(longest.rules)].sort(byCodeUnit).join(', ') };
}

/**
 * Windows that touch or overlap become one. So do windows with a short pause between them: a pause of less than a tenth
 * of the next window does not let an alarm through, since hardly any event falls into it.
 */
function mergeWindows(windows: readonly MuteWindow[]): readonly MuteWindow[] {
  const merged: { from: number; to: number; rules: Set<string> }[] = [];
  for (const { from, to, rules } of [...windows].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    const shortPause = (to - from) / 10;
    if (last === undefined || from - last.to >= Math.max(shortPause, 1)) {
      merged.push({ from, to, rules: new Set(rules) });
    } else {
      last.to = Math.max(last.to, to);
      for (const rule of rules) last.rules.add(rule);
    }
  }
  return merged.map(({ from, to, rules }) => ({ from, to, rules: [...rules] }));
}
