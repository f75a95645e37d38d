import type { Comparison } from '../../filter-pattern/index.ts';
import { print } from '../../filter-pattern/index.ts';
import { logGroupName } from '../../inventory/arn.ts';
import type { MetricFilter } from '../../inventory/resources.ts';
import type { Context, Finding } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';
import { compareInTime } from '../required/compare-in-time.ts';
import { premisesOf, premisesText, readPattern } from '../required/premises.ts';
import { routineCallIn } from '../required/routine-events.ts';
import { shortenMissed } from './example-event.ts';
import { isMeantFor, textsLookedFor } from './meant-for.ts';
import { metricFilterReasons } from './reasons.ts';
import type { StoredPattern } from '../base/stored-pattern.ts';
import { readStoredPattern } from '../base/stored-pattern.ts';

const found = findingsOf(metricFilterReasons);

export type FilterFinding = Finding<keyof typeof metricFilterReasons>;

/** What one filter is to the control. */
export type FilterVerdict =
  | { readonly kind: 'fits' }
  /** It may fit, or it is meant for the control and is wrong. */
  | { readonly kind: 'finding'; readonly finding: FilterFinding }
  /** It certainly does not fit, and it is not meant for the control. */
  | {
      readonly kind: 'unrelated';
      /** An event that proves it, as JSON text. */
      readonly event: string;
      /** How it comes near the control by accident, if it does. */
      readonly nearness?: 'misses required events' | 'also matches other events';
    };

/** Compares one filter with the control, as `patternMatch` asks. */
export function judgeFilter(filter: MetricFilter, logGroupArn: string, context: Context): FilterVerdict {
  const stored = readStoredPattern(filter);
  const facts = factsOf(filter, logGroupArn, context);
  if (stored.kind === 'unread') return judgeUnread(stored, facts, context);
  const comparison = compareWithControl(stored.text, context);
  if (comparison === undefined) return finding(found('FILTER_NOT_COMPARED', facts));
  const { missed, extra, relation } = comparison;

  if (fits(comparison, context.options.patternMatch)) {
    // One that matches nothing else matches no routine call that is not required.
    const call = extra.kind === 'none' ? undefined : routineCall(stored, context);
    return call === undefined ? { kind: 'fits' } : finding(found('FILTER_MATCHES_ROUTINE', { ...facts, call }));
  }
  const isMeant = meantFor(context)(filter);
  if (missed.kind === 'event') {
    const { event } = missed;
    if (relation === 'never' && isMeant) {
      // It may match events that are none of this account's, such as those of another member of the organization.
      const anywhere = compareInTime(context, stored.text, context.control.filterPattern);
      if (anywhere === undefined) return finding(found('FILTER_NOT_COMPARED', facts));
      if (anywhere.relation === 'never') return finding(found('FILTER_NEVER_MATCHES', facts));
    }
    if (relation === 'never' || relation === 'disjoint') return { kind: 'unrelated', event };
    if (!isMeant) return { kind: 'unrelated', event, nearness: 'misses required events' };
    const code = relation === 'narrower' ? 'FILTER_NARROWER' : 'FILTER_DIFFERENT';
    return finding(found(code, { ...facts, event: shortExample(event, [filter], context) }, { event }));
  }
  if (missed.kind === 'none' && extra.kind === 'event') {
    const { event } = extra;
    if (!isMeant) return { kind: 'unrelated', event, nearness: 'also matches other events' };
    return finding(found('FILTER_BROADER', { ...facts, event }, { event }));
  }
  return finding(found('FILTER_UNDECIDED', { ...facts, doubt: comparison.reason ?? 'the comparison is open' }));
}

/** Compares a filter with the control for what several filters may cover together: whether it is a part of that. */
export function judgePart(
  filter: MetricFilter,
  logGroupArn: string,
  context: Context,
): { readonly isPart: boolean; readonly finding?: FilterFinding } {
  const stored = readStoredPattern(filter);
  if (stored.kind === 'unread') return { isPart: false };
  const facts = factsOf(filter, logGroupArn, context);
  const comparison = compareWithControl(stored.text, context);
  if (comparison === undefined) return { isPart: true, finding: found('FILTER_NOT_COMPARED', facts) };
  const isPart = comparison.missed.kind !== 'none' && comparison.shared.kind !== 'none';
  const call = isPart ? routineCall(stored, context) : undefined;
  return call === undefined ? { isPart } : { isPart, finding: found('FILTER_MATCHES_ROUTINE', { ...facts, call }) };
}

/** The texts that the control looks for, by which a filter is meant for it. */
export function lookedFor({ control, inventory }: Context): readonly (readonly string[])[] {
  return textsLookedFor(readPattern(control.filterPattern), premisesOf(control, inventory));
}

/** Whether filters are clearly meant for the control, right or wrong: see {@link isMeantFor}. */
export function meantFor(context: Context): (filter: MetricFilter) => boolean {
  const texts = lookedFor(context);
  return ({ filterPattern }) => isMeantFor(filterPattern, texts);
}

/** A missed event in as few words as still prove it. */
export function shortExample(
  event: string,
  filters: readonly MetricFilter[],
  { control, inventory }: Pick<Context, 'control' | 'inventory'>,
): string {
  const patterns = filters.map(readStoredPattern).flatMap((one) => (one.kind === 'read' ? [one.pattern] : []));
  return shortenMissed(event, readPattern(control.filterPattern), patterns, premisesOf(control, inventory));
}

function factsOf({ filterName }: MetricFilter, logGroupArn: string, { control }: Context) {
  return { filter: filterName, logGroup: logGroupName(logGroupArn), required: control.filterPattern };
}

function finding(one: FilterFinding): FilterVerdict {
  return { kind: 'finding', finding: one };
}

/**
 * A text that is not read as a pattern. If it cannot match a required event even as what it most likely means, it is no
 * candidate, like a filter that was read.
 */
function judgeUnread(
  { doubt, likely }: Extract<StoredPattern, { readonly kind: 'unread' }>,
  facts: ReturnType<typeof factsOf>,
  context: Context,
): FilterVerdict {
  const comparison = likely === undefined ? undefined : compareWithControl(print(likely), context);
  if (comparison?.shared.kind === 'none' && comparison.missed.kind === 'event') {
    return { kind: 'unrelated', event: comparison.missed.event };
  }
  const isOpen = likely !== undefined && comparison === undefined && context.quick !== undefined;
  return finding(isOpen ? found('FILTER_NOT_COMPARED', facts) : found('FILTER_UNREAD', { ...facts, doubt }));
}

/** Compares a text that was read with what the control requires; `undefined` if there was no time. */
function compareWithControl(text: string, context: Context): Comparison | undefined {
  const { control, inventory } = context;
  return compareInTime(context, text, control.filterPattern, premisesText(control, inventory));
}

function routineCall(
  { pattern }: Extract<StoredPattern, { readonly kind: 'read' }>,
  { control, inventory }: Context,
): string | undefined {
  return routineCallIn(pattern, readPattern(control.filterPattern), inventory);
}

function fits({ relation, missed }: Comparison, patternMatch: 'equivalent' | 'covers'): boolean {
  return patternMatch === 'equivalent' ? relation === 'equivalent' : missed.kind === 'none';
}
