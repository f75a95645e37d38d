import type { MetricAlarm } from '../../../inventory/resources.ts';
import { transformationOf } from '../../base/transformation.ts';
import { fewestEvents } from './fewest-events.ts';
import type { Firing } from './firing.ts';
import { undecided } from './firing.ts';
import type { MetricSource } from './metric-source.ts';
import { problemAtRest } from './rest-state.ts';
import type { Moment } from './series.ts';
import { RESOLUTION_SECONDS } from './series.ts';
import type { AlarmSettings } from './settings.ts';
import { settingsOf } from './settings.ts';
import type { Outcomes, OutcomesAt } from './threshold.ts';
import { outcomesOf } from './threshold.ts';
import { timingOf } from './timing.ts';
import type { Watched } from './watched-series.ts';
import { watchedSeries } from './watched-series.ts';

/**
 * Whether one matching event, among traffic that does not match, takes an alarm from rest to ALARM; how many events it
 * takes if one does not suffice; and how long.
 *
 * How far back CloudWatch retrieves data is not documented, so nothing here depends on it.
 *
 * @param alarm - an alarm on the metric, or on metric math that reads it
 * @param source - everything that publishes to the metric
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function willItFire(alarm: MetricAlarm, source: MetricSource): Firing {
  const watched = watchedSeries(alarm, source);
  if (watched.kind !== 'series') return watched;
  const settings = settingsOf(alarm, watched.period);
  if (typeof settings === 'string') return undecided(settings);
  const { series, what, fillsMissing, fewestSamples } = watched;
  if (fillsMissing && mayFillNewestMinute(settings)) {
    return undecided('FILL may take the place of the newest minute before its data arrives');
  }
  const outcomesAt = rememberOutcomes((moment) => outcomesOf(series(moment), settings.operator, settings.threshold));
  const doubt = doubtAbout(source);

  const problem = problemAtRest(settings, outcomesAt, series, what);
  if (problem) return problem.kind === 'undecided' && doubt !== undefined ? undecided(doubt) : problem;
  const { certain, possible } = fewestEvents(outcomesAt);
  if (certain === undefined && possible === undefined) {
    return { kind: 'never', why: whyNever(alarm, source, watched, settings.threshold) };
  }
  if (certain === undefined || possible !== undefined) {
    return undecided(doubt ?? 'whether an event takes it across the threshold depends on other traffic');
  }
  const timing = timingOf(settings, outcomesAt);
  if (typeof timing === 'string') return undecided(timing);
  return { kind: 'fires', events: Math.max(certain, fewestSamples) * timing.periods, ...timing };
}

/** Each kind of period is asked for several times. */
function rememberOutcomes(compute: OutcomesAt): OutcomesAt {
  const known = new Map<Moment, Outcomes>();
  return (moment) => {
    const before = known.get(moment);
    if (before !== undefined) return before;
    const outcomes = compute(moment);
    known.set(moment, outcomes);
    return outcomes;
  };
}

/**
 * "The latest data point for the metric [may] always be the FILL value, which can result in the alarm being stuck": AWS
 * advises to use M out of N.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (FILL)
 */
function mayFillNewestMinute({ period, datapointsToAlarm, evaluationPeriods }: AlarmSettings): boolean {
  return period === RESOLUTION_SECONDS && datapointsToAlarm === evaluationPeriods;
}

/** Another filter that publishes without any event that the control asks for. */
function doubtAbout({ filter, otherFilters }: MetricSource): string | undefined {
  const other = otherFilters.find(
    (one) => !one.matchesOnlyWanted || transformationOf(one.filter)?.defaultValue !== undefined,
  );
  if (other === undefined) return undefined;
  const name =
    other.isInOtherLogGroup || other.filter.filterName === filter.filterName
      ? `${other.filter.filterName} of another log group`
      : other.filter.filterName;
  return `metric filter ${name} publishes to the same metric`;
}

/** Why no number of events takes an alarm to ALARM: often because the default value counts in the same period. */
function whyNever(
  alarm: MetricAlarm,
  source: MetricSource,
  { what }: Watched & { readonly kind: 'series' },
  threshold: number,
): string {
  const transformation = transformationOf(source.filter);
  const withoutDefault = withoutDefaultValue(source);
  if (transformation?.defaultValue !== undefined && withoutDefault !== undefined) {
    const firing = willItFire(alarm, withoutDefault);
    if (firing.kind === 'fires') {
      const value = transformation.defaultValue;
      return `the default value ${value}, which other log events publish in the same period, keeps ${what} from crossing ${threshold}`;
    }
  }
  return `no number of events takes ${what} across ${threshold}`;
}

function withoutDefaultValue({ filter, otherFilters }: MetricSource): MetricSource | undefined {
  const transformation = transformationOf(filter);
  if (transformation === undefined) return undefined;
  const { metricNamespace, metricName, metricValue, unit, dimensions } = transformation;
  const rest = { metricNamespace, metricName, metricValue, ...(unit && { unit }), ...(dimensions && { dimensions }) };
  return { filter: { ...filter, metricTransformations: [rest] }, otherFilters };
}
