import { compareTexts } from '../../filter-pattern/index.ts';
import { logGroupName, parseArn } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import type { PartKey } from '../../inventory/model.ts';
import { metricFiltersKey, metricPublishersKey, trailsKey } from '../../inventory/part-keys.ts';
import type { FilterOfLogGroup, MetricFilter } from '../../inventory/resources.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { Context, FilterPath, Finding } from '../base/link.ts';
import { readStoredPattern } from '../base/stored-pattern.ts';
import { transformationOf } from '../base/transformation.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { memoize } from '../required/memoize.ts';
import { premisesText, readPattern } from '../required/premises.ts';
import { routineCallIn } from '../required/routine-events.ts';
import type { MetricSource, OtherFilter } from './firing/metric-source.ts';

/** Up to a hundred filters may publish to one metric, and each is compared for each of them. */
const compare = memoize(compareTexts);

/** Everything that is known to publish to the metric of a path, and what must be read to know all. */
export interface Publishers {
  readonly source: MetricSource;
  readonly needs: readonly PartKey[];
  /** Why the publishers of other log groups could not be read. */
  readonly finding: Finding<keyof typeof unreadableReasons> | undefined;
}

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
  const siblings = (ofLogGroup?.kind === 'present' ? (ofLogGroup.value ?? []) : [])
    .filter((other) => other !== filter)
    .map((other): FilterOfLogGroup => ({ logGroupName: ownName, filter: other }));

  const { metricNamespace = '', metricName = '' } = transformationOf(filter) ?? {};
  const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
  const key = metricPublishersKey({ accountId, region, namespace: metricNamespace, metricName });
  const listed = partOf<'metric-publishers'>(inventory, key);
  const elsewhere = (listed?.kind === 'present' ? listed.value : []).filter((one) => one.logGroupName !== ownName);

  const otherFilters = [...siblings, ...elsewhere]
    .filter((other) => isOnSameMetric(other.filter, filter))
    .sort((a, b) => byCodeUnit(nameOf(a), nameOf(b)))
    .map((other): OtherFilter => {
      const isInOtherLogGroup = other.logGroupName !== ownName;
      const isOnlyWanted = matchesOnlyWanted(other, { accountId, region }, context);
      return { filter: other.filter, isInOtherLogGroup, matchesOnlyWanted: isOnlyWanted };
    });
  return {
    source: { filter, otherFilters },
    needs: listed === undefined ? [key] : [],
    finding: listed?.kind === 'unreadable' ? unreadable(listed.failure) : undefined,
  };
}

function nameOf({ logGroupName: group, filter }: FilterOfLogGroup): string {
  return JSON.stringify([group, filter.filterName, filter.filterPattern]);
}

/** Whether two filters publish to one metric: with the same dimension names, since the values come from the events. */
function isOnSameMetric(a: MetricFilter, b: MetricFilter): boolean {
  const [one, other] = [transformationOf(a), transformationOf(b)];
  if (one === undefined || other === undefined) return false;
  const names = ({ dimensions = {} }: typeof one) => JSON.stringify(Object.keys(dimensions).sort(byCodeUnit));
  return (
    one.metricNamespace === other.metricNamespace && one.metricName === other.metricName && names(one) === names(other)
  );
}

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
  const { control, inventory, options, isOver } = context;
  const stored = readStoredPattern(filter);
  if (stored.kind === 'unread') return false;
  const question = [stored.text, control.filterPattern, premisesText(control, inventory)] as const;
  if (!compare.isKnown(...question) && isOver()) return false;
  const comparison = compare(...question);
  if (comparison.relation === 'invalid') return false;
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
