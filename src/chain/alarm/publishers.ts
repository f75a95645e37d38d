import { logGroupName, parseArn } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import type { PartKey } from '../../inventory/model.ts';
import { metricFiltersKey, metricPublishersKey, trailsKey } from '../../inventory/part-keys.ts';
import type { FilterOfLogGroup, MetricFilter } from '../../inventory/resources.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { Context, FilterPath, Finding } from '../base/link.ts';
import { readStoredPattern } from '../base/stored-pattern.ts';
import { dimensionNamesOf, transformationOf } from '../base/transformation.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { compareInTime } from '../required/compare-in-time.ts';
import { premisesText, readPattern } from '../required/premises.ts';
import { routineCallIn } from '../required/routine-events.ts';
import type { MetricSource, OtherFilter } from './firing/metric-source.ts';

/** Everything that is known to publish to the metric of a path, and what must be read to know all. */
export interface Publishers {
  readonly source: MetricSource;
  readonly needs: readonly PartKey[];
  /** Why the publishers of other log groups could not be read. */
  readonly finding: Finding<keyof typeof unreadableReasons> | undefined;
}

/** Of so many filters on one metric it is worked out what they publish. A list of more is not. */
const MOST_PUBLISHERS = 1000;

/**
 * Collects the filters that publish to the metric of a path: the filter of the path, others of its log group, and those
 * of other log groups in the account and region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
 */
export function publishersOf(path: FilterPath, context: Context): Publishers {
  const { inventory } = context;
  const { filter, logGroupArn } = path;
  const ownName = logGroupName(logGroupArn);
  const ofLogGroup = partOf<'metric-filters'>(inventory, metricFiltersKey(logGroupArn));
  const listedHere = ofLogGroup?.kind === 'present' ? (ofLogGroup.value ?? []) : [];
  const { metricNamespace = '', metricName = '' } = transformationOf(filter) ?? {};
  const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
  const key = metricPublishersKey({ accountId, region, namespace: metricNamespace, metricName });
  const listed = partOf<'metric-publishers'>(inventory, key);
  const known = publishersIn.get(context) ?? new Map<string, readonly OtherFilter[]>();
  publishersIn.set(context, known);
  const metric = metricOf(filter);
  const knownAs = JSON.stringify([logGroupArn, metric]);
  const ofMetric =
    known.get(knownAs) ??
    publishersOn(metric, listedHere, listed?.kind === 'present' ? listed.value : [], {
      ownName,
      judge: (other) => matchesOnlyWanted(other, { accountId, region }, context),
    });
  known.set(knownAs, ofMetric);
  return {
    source: { filter, otherFilters: ofMetric.filter((other) => other.filter !== filter) },
    needs: listed === undefined ? [key] : [],
    finding: listed?.kind === 'unreadable' ? unreadable(listed.failure) : undefined,
  };
}

/** For each judgement of a link the filters on each metric of a log group: the same for all filters on it. */
const publishersIn = new WeakMap<Context, Map<string, readonly OtherFilter[]>>();

/** The filters of a log group, and those listed for other log groups, that publish to a metric. */
function publishersOn(
  metric: string,
  here: readonly MetricFilter[],
  listed: readonly FilterOfLogGroup[],
  group: { readonly ownName: string; readonly judge: (other: FilterOfLogGroup) => boolean },
): readonly OtherFilter[] {
  const { ownName, judge } = group;
  if (metric === '') return [];
  const ofGroup = (byMetric(here).get(metric) ?? []).map((filter) => ({ logGroupName: ownName, filter }));
  const elsewhere = listed.filter((one) => one.logGroupName !== ownName && metricOf(one.filter) === metric);
  // The only one of the log group is the filter of the path.
  if (ofGroup.length === 1 && elsewhere.length === 0) return [];
  const all = [...ofGroup, ...elsewhere].map((one) => ({ one, name: nameOf(one) }));
  const isCompared = all.length <= MOST_PUBLISHERS;
  return all
    .sort((a, b) => byCodeUnit(a.name, b.name))
    .map(({ one }) => ({
      filter: one.filter,
      isInOtherLogGroup: one.logGroupName !== ownName,
      matchesOnlyWanted: isCompared && judge(one),
    }));
}

function nameOf({ logGroupName: group, filter }: FilterOfLogGroup): string {
  return JSON.stringify([group, filter.filterName, filter.filterPattern]);
}

/**
 * A text that is the same for filters that publish to one metric: with the same dimension names, since the values come from
 * the events. Empty for a filter whose metric is not known.
 */
function metricOf(filter: MetricFilter): string {
  const known = metrics.get(filter);
  if (known !== undefined) return known;
  const one = transformationOf(filter);
  const metric =
    one === undefined ? '' : JSON.stringify([one.metricNamespace, one.metricName, ...dimensionNamesOf(filter)]);
  metrics.set(filter, metric);
  return metric;
}

const metrics = new WeakMap<MetricFilter, string>();

/** The filters of a list by their metric. Each of them asks for those on its own metric, again after each reading. */
function byMetric(filters: readonly MetricFilter[]): ReadonlyMap<string, readonly MetricFilter[]> {
  const known = indexes.get(filters);
  if (known !== undefined) return known;
  const index = new Map<string, MetricFilter[]>();
  for (const filter of filters) {
    const onMetric = index.get(metricOf(filter));
    if (onMetric === undefined) index.set(metricOf(filter), [filter]);
    else onMetric.push(filter);
  }
  indexes.set(filters, index);
  return index;
}

const indexes = new WeakMap<readonly MetricFilter[], ReadonlyMap<string, readonly MetricFilter[]>>();

/**
 * Whether a filter certainly matches only events that may take the alarm to ALARM: those that the control requires.
 * Under `patternMatch=covers` an alarm may also notify about other events, so two filters on one metric mean the same
 * as one filter with both conditions. But a filter that matches what every account does all the time keeps the alarm in
 * ALARM, and nothing is known about the events of a log group that no trail sends to.
 */
function matchesOnlyWanted(
  { filter, logGroupName: group }: FilterOfLogGroup,
  place: { readonly accountId: string; readonly region: string },
  context: Context,
): boolean {
  const { control, inventory, options } = context;
  const stored = readStoredPattern(filter);
  if (stored.kind === 'unread') return false;
  const comparison = compareInTime(context, stored.text, control.filterPattern, premisesText(control, inventory));
  if (comparison === undefined) return false;
  if (comparison.extra.kind === 'none') return true;
  if (options.patternMatch === 'equivalent' || !receivesTrail(group, place, context)) return false;
  return routineCallIn(stored.pattern, readPattern(control.filterPattern), inventory) === undefined;
}

function receivesTrail(
  group: string,
  place: { readonly accountId: string; readonly region: string },
  { inventory }: Context,
): boolean {
  const trails = partOf<'trails'>(inventory, trailsKey);
  const targets = trails?.kind === 'present' ? trails.value.map((trail) => trail.cloudWatchLogsLogGroupArn ?? '') : [];
  return targets.some((arn) => {
    const { accountId, region } = parseArn(arn) ?? {};
    return logGroupName(arn) === group && accountId === place.accountId && region === place.region;
  });
}
