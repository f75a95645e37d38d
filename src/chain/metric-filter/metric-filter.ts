import { logTransformersKey, metricFiltersKey } from '../../inventory/part-keys.ts';
import type { Answer, Comparison, Relation } from '../../filter-pattern/index.ts';
import { compareTexts as compareAnew, describeIssue, parse } from '../../filter-pattern/index.ts';
import { logGroupName } from '../../inventory/arn.ts';
import type { PartKey } from '../../inventory/model.ts';
import type { MetricFilter } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import { shortenMissed } from './example-event.ts';
import type { Context, FilterPath, Finding, LinkResult, LogGroupPath, Reasons } from '../base/link.ts';
import { end, findingsOf, needs, step, steps } from '../base/link.ts';
import { premisesOf, premisesText, readPattern } from '../required/premises.ts';
import { memoize } from '../required/memoize.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';

interface Facts {
  readonly filter: string;
  readonly required: string;
}

const fitPattern = ({ filter, required }: Facts) =>
  `give metric filter ${filter} the pattern ${required}, or add a filter with it`;

interface GroupFacts {
  readonly filters: string;
  readonly required: string;
}

const fitTogether = ({ required }: GroupFacts) => `add a metric filter with the pattern ${required}`;

export const metricFilterReasons = {
  FILTERS_LEAVE_GAP: {
    outcome: 'broken',
    meaning:
      'With `patternMatch=covers`: several filters match some of the required events, and those of them that reach somebody miss others even together.',
    sentence: ({ filters, event }: GroupFacts & { readonly event: string }) =>
      `metric filters ${filters} miss required events even together, for example ${event}`,
    fix: fitTogether,
  },
  FILTER_BROADER: {
    outcome: 'broken',
    meaning:
      'The filter matches what is required and more, so its alarm also rings for other things. `patternMatch=covers` allows it.',
    sentence: ({ filter, event }: Facts & { readonly event: string }) =>
      `metric filter ${filter} also matches other events, for example ${event}`,
    fix: fitPattern,
  },
  FILTER_NARROWER: {
    outcome: 'broken',
    meaning: 'The filter matches only some of the required events.',
    sentence: ({ filter, event }: Facts & { readonly event: string }) =>
      `metric filter ${filter} misses required events, for example ${event}`,
    fix: fitPattern,
  },
  FILTER_DIFFERENT: {
    outcome: 'broken',
    meaning: 'The filter misses some of the required events, and matches others, or may.',
    sentence: ({ filter, event }: Facts & { readonly event: string }) =>
      `metric filter ${filter} has another meaning; it misses for example ${event}`,
    fix: fitPattern,
  },
  FILTER_NEVER_MATCHES: {
    outcome: 'broken',
    meaning: 'The filter contradicts itself: no event can match it.',
    sentence: ({ filter }: Facts) => `metric filter ${filter} contradicts itself and can match no event`,
    fix: fitPattern,
  },
  FILTER_UNRELATED: {
    outcome: 'broken',
    meaning: 'The log group has metric filters, and none of them matches any required event.',
    sentence: ({
      logGroup,
      count,
      event,
    }: {
      readonly logGroup: string;
      readonly count: number;
      readonly event: string;
    }) => `none of the ${count} metric filters of log group ${logGroup} matches for example ${event}`,
    fix: ({ logGroup, required }: { readonly logGroup: string; readonly required: string }) =>
      `add a metric filter with the pattern ${required} to log group ${logGroup}`,
  },
  NO_METRIC_FILTER: {
    outcome: 'broken',
    meaning: 'The log group has no metric filter.',
    sentence: ({ logGroup }: { readonly logGroup: string }) => `log group ${logGroup} has no metric filter`,
    fix: ({ logGroup, required }: { readonly logGroup: string; readonly required: string }) =>
      `add a metric filter with the pattern ${required} to log group ${logGroup}`,
  },
  FILTERS_UNCERTAIN_TOGETHER: {
    outcome: 'undecided',
    meaning:
      'With `patternMatch=covers`: several filters may cover what is required together, and whether they do, or with few enough events, cannot be told.',
    sentence: ({ filters, doubt }: GroupFacts & { readonly doubt: string }) =>
      `whether metric filters ${filters} cover together what is required cannot be told: ${doubt}`,
    fix: fitTogether,
  },
  FILTER_UNDECIDED: {
    outcome: 'undecided',
    meaning:
      'Whether the filter means what is required rests on something that AWS does not document, or that is not computed. It is named.',
    sentence: ({ filter, doubt }: Facts & { readonly doubt: string }) =>
      `whether metric filter ${filter} means what is required cannot be told: ${doubt}`,
    fix: ({ filter, required }: Facts) => `write the pattern of metric filter ${filter} plainly, as ${required}`,
  },
  FILTER_MAY_BE_BLIND: {
    outcome: 'undecided',
    meaning:
      'The pattern fits, and the filter looks at log events that a transformer may have changed, or only at those that its field selection lets through.',
    sentence: ({ filter, blind }: Facts & { readonly blind: string }) =>
      `metric filter ${filter} may not see the events: ${blind}`,
    fix: ({ filter }: Facts) => `let metric filter ${filter} look at all log events as they come`,
  },
} as const satisfies Reasons;

const found = findingsOf(metricFilterReasons);

const compareTexts = memoize(compareAnew);

type Code = keyof typeof metricFilterReasons | keyof typeof unreadableReasons;

/**
 * The metric filters of the log group: those that mean what the control requires, by what their patterns mean and not
 * by how they are written. Filters that match no required event are told of only if there are no others.
 */
export function judgeMetricFilters(path: LogGroupPath, context: Context): LinkResult<FilterPath, Code> {
  const { inventory, control } = context;
  const key = metricFiltersKey(path.logGroupArn);
  const part = partOf<'metric-filters'>(inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('filters', path, unreadable(part.failure)));

  const logGroup = logGroupName(path.logGroupArn);
  const required = control.filterPattern;
  // A log group that is gone is the log group's finding; it has no filters either.
  const filters = [...(part.value ?? [])].sort((a, b) => byCodeUnit(a.filterName, b.filterName));
  if (filters.length === 0) {
    return steps(end('none', path, found('NO_METRIC_FILTER', { logGroup, required })));
  }

  if (context.filters === 'parts') return judgeParts(filters, path, context);
  const compared = filters.map((filter) => ({ filter, verdict: judgeFilter(filter, context) }));
  const related = compared.flatMap(({ filter, verdict }) => {
    if (verdict.kind === 'unrelated') return [];
    const sight: Visibility = verdict.kind === 'finding' ? verdict : judgeVisibility(filter, path.logGroupArn, context);
    return [
      { step: step(`${filter.filterName} ${filter.filterPattern}`, { ...path, filter }, sight.finding), ...sight },
    ];
  });
  if (related.length > 0) {
    return { steps: related.map((one) => one.step), needs: related.flatMap((one) => one.needs ?? []) };
  }
  const unrelated = compared.flatMap(({ verdict }) => (verdict.kind === 'unrelated' ? [verdict.event] : []));
  const [event] = unrelated;
  if (event === undefined) throw new Error(`log group ${logGroup} has filters of which nothing was said`);
  const patterns = filters.map(({ filterPattern }) => filterPattern);
  const told = shortExample(event, patterns, context);
  const finding = found('FILTER_UNRELATED', { logGroup, required, count: unrelated.length, event: told }, { event });
  return steps(end(`none of ${unrelated.length}`, path, finding));
}

/** The filters that match some of the required events and not all, or may: parts of what several might cover. */
function judgeParts(
  filters: readonly MetricFilter[],
  path: LogGroupPath,
  context: Context,
): LinkResult<FilterPath, Code> {
  const { control, inventory } = context;
  const parts = filters.filter(({ filterPattern }) => {
    const comparison = compareTexts(filterPattern, control.filterPattern, premisesText(control, inventory));
    if (comparison.relation === 'invalid' || parse(filterPattern).kind !== 'parsed') return false;
    return comparison.missed.kind !== 'none' && comparison.shared.kind !== 'none';
  });
  const sights = parts.map((filter) => ({ filter, sight: judgeVisibility(filter, path.logGroupArn, context) }));
  return {
    steps: sights.map(({ filter, sight }) =>
      step(`${filter.filterName} ${filter.filterPattern}`, { ...path, filter }, sight.finding),
    ),
    needs: sights.flatMap(({ sight }) => sight.needs ?? []),
  };
}

/** What there is to say of several filters that do not, or may not, cover the control together. */
export function togetherFinding(
  filters: readonly MetricFilter[],
  { control, inventory }: Context,
  missed: Answer,
  doubt?: string,
): { readonly subject: string; readonly finding: Finding<Code> } {
  const names = filters.map(({ filterName }) => filterName).join(', ');
  const facts = { filters: names, required: control.filterPattern };
  if (missed.kind === 'event') {
    const { event } = missed;
    const patterns = filters.map(({ filterPattern }) => filterPattern);
    const told = shortExample(event, patterns, { control, inventory });
    return { subject: names, finding: found('FILTERS_LEAVE_GAP', { ...facts, event: told }, { event }) };
  }
  const why = doubt ?? (missed.kind === 'undecided' ? missed.reason : 'they may need more events than may pass');
  return { subject: names, finding: found('FILTERS_UNCERTAIN_TOGETHER', { ...facts, doubt: why }) };
}

type FilterVerdict =
  | { readonly kind: 'fits' }
  | { readonly kind: 'finding'; readonly finding: Finding<Code> }
  | { readonly kind: 'unrelated'; readonly event: string };

/** What the comparison makes of one filter, as `patternMatch` asks. */
function judgeFilter(
  { filterName: filter, filterPattern }: MetricFilter,
  { control, options, inventory }: Context,
): FilterVerdict {
  const required = control.filterPattern;
  const facts = { filter, required };
  const comparison = compareTexts(filterPattern, required, premisesText(control, inventory));
  // AWS stored the filter, so it is not for us to call it wrong; what it means cannot be told.
  if (comparison.relation === 'invalid') return undecided(facts, describeIssue(comparison.issue));
  const { missed, extra } = comparison;
  if (fits(comparison, options.patternMatch)) return { kind: 'fits' };
  if (comparison.relation === 'never') {
    // It may match events that are none of this account's, such as those of another member of the organization.
    const anywhere = compareTexts(filterPattern, required);
    if (anywhere.relation === 'never') return { kind: 'finding', finding: found('FILTER_NEVER_MATCHES', facts) };
    if (missed.kind === 'event') return { kind: 'unrelated', event: missed.event };
  }
  if (missed.kind === 'event') {
    const { event } = missed;
    if (comparison.relation === 'disjoint') return { kind: 'unrelated', event };
    const code = comparison.relation === 'narrower' ? 'FILTER_NARROWER' : 'FILTER_DIFFERENT';
    const told = shortExample(event, [filterPattern], { control, inventory });
    return { kind: 'finding', finding: found(code, { ...facts, event: told }, { event }) };
  }
  if (extra.kind === 'event' && options.patternMatch === 'equivalent') {
    const { event } = extra;
    return { kind: 'finding', finding: found('FILTER_BROADER', { ...facts, event }, { event }) };
  }
  return undecided(facts, comparison.reason ?? 'the comparison is open');
}

/** A missed event in as few words as still prove it. */
function shortExample(
  event: string,
  filterPatterns: readonly string[],
  { control, inventory }: Pick<Context, 'control' | 'inventory'>,
): string {
  const required = readPattern(control.filterPattern);
  return shortenMissed(event, required, filterPatterns.map(readPattern), premisesOf(control, inventory));
}

interface Visibility {
  readonly finding?: Finding<Code>;
  readonly needs?: readonly PartKey[];
}

/**
 * Whether the filter sees the events as they come, whatever its pattern. It may look at transformed events, if there is
 * a transformer, or only at those whose system fields fit; which fields an event of CloudTrail has is not documented.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
function judgeVisibility(
  filter: MetricFilter,
  logGroupArn: string,
  { control, options, inventory }: Context,
): Visibility {
  if (options.assurance === 'configured') return {};
  const facts = { filter: filter.filterName, required: control.filterPattern };
  const { applyOnTransformedLogs = false, fieldSelectionCriteria } = filter;
  if (fieldSelectionCriteria !== undefined) {
    return { finding: found('FILTER_MAY_BE_BLIND', { ...facts, blind: `it selects by ${fieldSelectionCriteria}` }) };
  }
  if (!applyOnTransformedLogs) return {};
  const key = logTransformersKey(logGroupArn);
  const part = partOf<'log-transformers'>(inventory, key);
  if (part === undefined) return { needs: [key] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure) };
  const { ofLogGroup, ofAccount } = part.value;
  if (!ofLogGroup && !ofAccount) return {};
  return { finding: found('FILTER_MAY_BE_BLIND', { ...facts, blind: 'it applies to transformed logs' }) };
}

const covering: readonly Relation[] = ['equivalent', 'broader'];

function fits({ relation, missed }: Comparison, patternMatch: 'equivalent' | 'covers'): boolean {
  if (patternMatch === 'equivalent') return relation === 'equivalent';
  return covering.includes(relation) || missed.kind === 'none';
}

function undecided(facts: Facts, doubt: string): FilterVerdict {
  return { kind: 'finding', finding: found('FILTER_UNDECIDED', { ...facts, doubt }) };
}
