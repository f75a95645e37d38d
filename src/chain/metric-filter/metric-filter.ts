import { logGroupName } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { metricFiltersKey } from '../../inventory/part-keys.ts';
import type { MetricFilter } from '../../inventory/resources.ts';
import type { Answer } from '../../filter-pattern/index.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { Context, FilterPath, Finding, LinkResult, LogGroupPath } from '../base/link.ts';
import { end, findingsOf, mostSevere, needs, step, steps } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import type { FilterVerdict } from './judge-filter.ts';
import { judgeFilter, judgePart, lookedFor, meantFor, shortExample } from './judge-filter.ts';
import { describeLookedFor } from './meant-for.ts';
import { metricFilterReasons } from './reasons.ts';
import { judgeVisibility } from './visibility.ts';

const found = findingsOf(metricFilterReasons);

type Code = keyof typeof metricFilterReasons | keyof typeof unreadableReasons;
type Result = LinkResult<FilterPath, Code>;

/**
 * The metric filters of the log group: those that mean what the control requires, by what their patterns mean and not by
 * how they are written. Filters that are not meant for the control are reported only if there are no others.
 */
export function judgeMetricFilters(path: LogGroupPath, context: Context): Result {
  const { inventory, control } = context;
  const key = metricFiltersKey(path.logGroupArn);
  const part = partOf<'metric-filters'>(inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('filters', path, unreadable(part.failure)));

  // That a log group does not exist is the finding of the log group; it has no filters either.
  const filters = likelyFirst(part.value ?? [], context);
  if (filters.length === 0) {
    const facts = { logGroup: logGroupName(path.logGroupArn), required: control.filterPattern };
    return steps(end('none', path, found('NO_METRIC_FILTER', facts)));
  }
  if (context.filters === 'parts') return judgeParts(filters, path, context);

  const candidates: Result[] = [];
  const unrelated: UnrelatedFilter[] = [];
  for (const { filter, verdict } of judgeFilters(filters, path, context)) {
    switch (verdict.kind) {
      case 'fits':
        candidates.push(stepOver(filter, undefined, path, context));
        break;
      case 'finding':
        candidates.push(stepOver(filter, verdict.finding, path, context));
        break;
      case 'unrelated':
        unrelated.push({ filter, ...verdict });
        break;
    }
  }
  return candidates.length > 0 ? merge(candidates) : steps(unrelatedEnd(unrelated, path, context));
}

/** Filters that are meant for the control come first, and within each kind the order of their names holds. */
function likelyFirst(filters: readonly MetricFilter[], context: Context): readonly MetricFilter[] {
  const byName = [...filters].sort((a, b) => byCodeUnit(a.filterName, b.filterName));
  const isMeant = meantFor(context);
  return [...byName.filter(isMeant), ...byName.filter((filter) => !isMeant(filter))];
}

/**
 * Judges filters in an order in which a short time suffices for those that probably carry the control: all of them in few
 * steps first, then what these do not decide; and each time those that are meant for the control before others, and short
 * ones before long ones.
 *
 * @returns the filters in the order in which they are given
 */
function judgeFilters(
  filters: readonly MetricFilter[],
  { logGroupArn }: LogGroupPath,
  context: Context,
): readonly JudgedFilter[] {
  const isMeant = meantFor(context);
  const effort = ({ filterPattern }: MetricFilter) => filterPattern.length;
  const inOrder = [filters.filter(isMeant), filters.filter((filter) => !isMeant(filter))].flatMap((some) =>
    [...some].sort((a, b) => effort(a) - effort(b)),
  );
  const judge = (filter: MetricFilter, by: Context): JudgedFilter => ({
    filter,
    verdict: judgeFilter(filter, logGroupArn, by),
  });
  const some = context.quick === 'likely' ? inOrder.slice(0, MOST_LIKELY) : inOrder;
  const quickly: Context = { ...context, quick: 'all' };
  const judged = new Map(some.map((filter) => [filter, judge(filter, quickly)]));
  if (!context.isOver()) {
    for (const { filter, verdict } of judged.values()) {
      if (isNotCompared(verdict)) judged.set(filter, judge(filter, context));
    }
  }
  return filters.flatMap((filter) => judged.get(filter) ?? []);
}

/** So many filters of a log group are looked at before the others. */
const MOST_LIKELY = 5;

function isNotCompared(verdict: FilterVerdict): boolean {
  return verdict.kind === 'finding' && verdict.finding.code === 'FILTER_NOT_COMPARED';
}

function merge(results: readonly Result[]): Result {
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

/** The step over one filter. Whether the filter sees the events matters only if nothing else is wrong with it. */
function stepOver(
  filter: MetricFilter,
  finding: Finding<Code> | undefined,
  path: LogGroupPath,
  context: Context,
): Result {
  const visibility = finding === undefined ? judgeVisibility(filter, path.logGroupArn, context) : {};
  const subject = `${filter.filterName} ${filter.filterPattern}`;
  return {
    steps: [step(subject, { ...path, filter }, mostSevere([finding, visibility.finding]))],
    needs: visibility.needs ?? [],
  };
}

/** The filters that match some of the required events and not all, or may: parts of what several might cover. */
function judgeParts(filters: readonly MetricFilter[], path: LogGroupPath, context: Context): Result {
  return merge(
    filters.flatMap((filter) => {
      const { isPart, finding } = judgePart(filter, path.logGroupArn, context);
      return isPart ? [stepOver(filter, finding, path, context)] : [];
    }),
  );
}

interface JudgedFilter {
  readonly filter: MetricFilter;
  readonly verdict: FilterVerdict;
}

type UnrelatedFilter = { readonly filter: MetricFilter } & Extract<FilterVerdict, { readonly kind: 'unrelated' }>;

/** How near filters come to a control by accident, the nearest first. */
const byNearness: readonly UnrelatedFilter['nearness'][] = [
  'also matches other events',
  'misses required events',
  undefined,
];

/** The end of a log group in which no filter is meant for the control. It names the filter that comes nearest. */
function unrelatedEnd(unrelated: readonly UnrelatedFilter[], path: LogGroupPath, context: Context) {
  const { control } = context;
  const rank = ({ nearness }: UnrelatedFilter) => byNearness.indexOf(nearness);
  const { filter, nearness, event } = unrelated.reduce((best, one) => (rank(one) < rank(best) ? one : best));
  const toMiss = nearness === undefined ? unrelated.map((one) => one.filter) : [filter];
  const facts = {
    logGroup: logGroupName(path.logGroupArn),
    required: control.filterPattern,
    count: unrelated.length,
    what: describeLookedFor(lookedFor(context), control.filterPattern),
    nearest: nearness && `${filter.filterName}, which ${nearness}`,
    event: shortExample(event, toMiss, context),
  };
  return end(`none of ${unrelated.length}`, path, found('FILTER_UNRELATED', facts, { event }));
}

/** What there is to say of several filters that do not, or may not, cover the control together. */
export function togetherFinding(
  filters: readonly MetricFilter[],
  logGroupArn: string,
  { control, inventory }: Pick<Context, 'control' | 'inventory'>,
  missed: Answer,
  doubt?: string,
): { readonly subject: string; readonly finding: Finding<Code> } {
  const names = filters.map(({ filterName }) => filterName).join(', ');
  const facts = { filters: names, logGroup: logGroupName(logGroupArn), required: control.filterPattern };
  if (missed.kind === 'event') {
    const { event } = missed;
    const example = shortExample(event, filters, { control, inventory });
    return { subject: names, finding: found('FILTERS_LEAVE_GAP', { ...facts, event: example }, { event }) };
  }
  const why = doubt ?? (missed.kind === 'undecided' ? missed.reason : 'they may need more events than are allowed');
  return { subject: names, finding: found('FILTERS_UNCERTAIN_TOGETHER', { ...facts, doubt: why }) };
}
