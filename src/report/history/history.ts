import type { Result } from '../result.ts';
import { codeOf } from '../result.ts';

/** What one file says of an account at one time. */
export interface Observation {
  /** When the account was read. ISO 8601. */
  readonly at: string;
  readonly verdict: Result['verdict'];
  /** The reason code, or `SATISFIED`. */
  readonly code: string;
  readonly file: string;
  /** The digest of the snapshot that the answer rests on, where it is known. */
  readonly sha256?: string;
  /** Set if the snapshot is not as it was written. */
  readonly isChanged?: true;
}

/**
 * A time in which an answer was observed again and again, or a gap in which none is known: nobody looked for too long, or
 * the answer changed at a time that nobody saw.
 */
export type Period =
  | {
      readonly kind: Result['verdict'];
      readonly from: string;
      readonly to: string;
      readonly observations: number;
      /** The reason codes that were observed, each once. */
      readonly codes: readonly string[];
    }
  | { readonly kind: 'gap'; readonly from: string; readonly to: string; readonly why: 'not observed' | 'changed' };

/** One control of one account under one set of parameters, over time. */
export interface History {
  readonly accountId: string;
  readonly region: string;
  readonly control: Result['control'];
  /** Absent of results of earlier versions. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly periods: readonly Period[];
  /** By time. */
  readonly observations: readonly Observation[];
}

/** The result of a file. */
export interface DatedResult {
  readonly file: string;
  readonly result: Result;
}

/** Everything that a folder says over time. */
export interface HistoryDocument {
  readonly kind: 'history';
  readonly formatVersion: 1;
  readonly toolVersion: string;
  /** ISO 8601. */
  readonly evaluatedAt: string;
  /** From this time without an observation on, nothing is known. In milliseconds. */
  readonly maxGap: number;
  readonly histories: readonly History[];
  /** Files that are not observations, and why. */
  readonly failed: readonly { readonly name: string; readonly message: string }[];
}

/**
 * From when to when each control held, as far as it was observed. A control is known to hold between two observations that
 * both say so and are no farther apart than `maxGap`. Results under other rules are never put together.
 *
 * @param maxGap - in milliseconds
 * @returns a history for each account, region, control and set of parameters
 */
export function historiesOf(results: readonly DatedResult[], maxGap: number): readonly History[] {
  const groups = new Map<string, DatedResult[]>();
  for (const one of results) {
    const { accountId, region, control, parameters } = one.result;
    const rules = [control.id, control.filterPattern, control.premises, parameters];
    const key = JSON.stringify([accountId, region, ...rules, ...worldOf(one)]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { accountId, region, control, parameters } = first.result;
    const observations = group.map(observationOf).sort(byTime);
    const about = { accountId, region, control, ...(parameters === undefined ? {} : { parameters }) };
    return [{ ...about, periods: periodsOf(observations, maxGap), observations }];
  });
}

/**
 * What account an id is of, beyond the id: one behind another address than AWS's has ids of its own. Copies under other
 * names have the same stand-ins for every account, so that two of them are of one account only if they were made with one
 * key, which does not show.
 */
function worldOf({ file, result: { accountId, source } }: DatedResult): readonly unknown[] {
  const { endpoint, isRedacted } = source ?? {};
  const isNumbered = isRedacted === true && NUMBERED_ACCOUNT.test(accountId);
  return [endpoint, isRedacted, isNumbered ? file : undefined];
}

/** The stand-in for an account where no key file was given. */
const NUMBERED_ACCOUNT = /^10{7}\d{4}$/;

function observationOf({ file, result }: DatedResult): Observation {
  const { sha256, isChanged } = result.source ?? {};
  return {
    at: new Date(result.readAt).toISOString(),
    verdict: result.verdict,
    code: codeOf(result),
    file,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(isChanged === undefined ? {} : { isChanged }),
  };
}

function byTime(one: Observation, other: Observation): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return one.file < other.file ? -1 : 1;
}

/**
 * Observations of the same time are one. If they contradict each other, the answer is not determined. Neither is that of a
 * snapshot that was changed, which is evidence of nothing.
 */
function byMoment(observations: readonly Observation[]) {
  const moments = new Map<string, readonly Observation[]>();
  for (const one of observations) moments.set(one.at, [...(moments.get(one.at) ?? []), one]);
  return [...moments].map(([at, same]) => {
    const [verdict = 'undecided', ...others] = new Set(
      same.map((one) => (one.isChanged === true ? 'undecided' : one.verdict)),
    );
    const codes = [...new Set(same.map(({ code }) => code))];
    return { at, verdict: others.length > 0 ? ('undecided' as const) : verdict, codes, count: same.length };
  });
}

/** The periods of observations in the order of time. */
function periodsOf(observations: readonly Observation[], maxGap: number): readonly Period[] {
  const periods: Period[] = [];
  for (const { at, verdict, codes, count } of byMoment(observations)) {
    const last = periods.at(-1);
    const seen = { kind: verdict, from: at, to: at, observations: count, codes } as const;
    if (last === undefined || last.kind === 'gap') {
      periods.push(seen);
      continue;
    }
    const isLate = Date.parse(at) - Date.parse(last.to) > maxGap;
    if (!isLate && last.kind === verdict) {
      const known = [...new Set([...last.codes, ...codes])];
      periods[periods.length - 1] = { ...last, to: at, observations: last.observations + count, codes: known };
      continue;
    }
    periods.push({ kind: 'gap', from: last.to, to: at, why: isLate ? 'not observed' : 'changed' }, seen);
  }
  return periods;
}

/** Whether the control held from the first observation to the last, without a gap. */
export function heldThroughout({ periods }: History): boolean {
  return periods.length === 1 && periods[0]?.kind === 'satisfied';
}

/** A period in words: what was the case in it. */
export function periodText(period: Period): string {
  if (period.kind === 'gap') {
    return period.why === 'changed'
      ? 'gap: the answer changed at a time in between, which was not observed'
      : 'gap: not observed for longer than allowed';
  }
  const { kind, observations, codes } = period;
  const reasons = kind === 'satisfied' ? '' : ` (${codes.join(', ')})`;
  const word = { satisfied: 'held', broken: 'did not hold', undecided: 'not determined' }[kind];
  return `${word}${reasons}, ${observations} ${observations === 1 ? 'observation' : 'observations'}`;
}
