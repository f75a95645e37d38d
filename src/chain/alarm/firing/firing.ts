import type { Control } from '../../../controls/catalog.ts';
import { compareTexts } from '../../../filter-pattern/index.ts';
import type { MetricAlarm, MetricFilter } from '../../../inventory/resources.ts';
import { partOf } from '../../../inventory/model.ts';
import { alarmReasons } from '../reasons.ts';
import type { Context, FilterPath, Finding } from '../../base/link.ts';
import { findingsOf } from '../../base/link.ts';
import { memoize } from '../../required/memoize.ts';
import type { MetricSource } from './series.ts';
import { willItFire } from './will-it-fire.ts';
import { metricFiltersKey } from '../../../inventory/part-keys.ts';
import { byCodeUnit } from '../../base/by-code-unit.ts';
import { transformationOf } from '../../base/transformation.ts';

const found = findingsOf(alarmReasons);

/**
 * What fills the metric: the filter, and the other filters of its log group that publish to it without dimensions.
 */
export function sourceOf({ filter, logGroupArn }: FilterPath, { inventory, control }: Context): MetricSource {
  const filters = partOf<'metric-filters'>(inventory, metricFiltersKey(logGroupArn));
  const others = filters?.kind === 'present' ? (filters.value ?? []) : [];
  const sharing = others
    .filter((other) => other.filterName !== filter.filterName && onSameMetric(other, filter))
    .sort((a, b) => byCodeUnit(a.filterName, b.filterName))
    .map((other) => ({ filter: other, onlyRequired: matchesOnlyRequired(other.filterPattern, control) }));
  return { filter, sharing };
}

/** Up to a hundred filters may share a metric, and are compared for each of them. */
const compare = memoize(compareTexts);

/** Whether a pattern certainly matches no event but those that the control requires. */
function matchesOnlyRequired(pattern: string, { filterPattern, premises }: Control): boolean {
  const comparison = compare(pattern, filterPattern, premises);
  return comparison.relation !== 'invalid' && comparison.extra.kind === 'none';
}

function onSameMetric(a: MetricFilter, b: MetricFilter): boolean {
  const [one, other] = [transformationOf(a), transformationOf(b)];
  const names = ({ dimensions = {} }: typeof one) => Object.keys(dimensions).sort(byCodeUnit).join(' ');
  return (
    one.metricNamespace === other.metricNamespace && one.metricName === other.metricName && names(one) === names(other)
  );
}

/**
 * Whether the alarm rings on few enough events and soon enough.
 *
 * @param whatIfOpen - how to say that it cannot be told: of the traffic, or of what the alarm computes
 * @param extraSeconds - what passes after the alarm rang until actions are taken, if it is in ALARM still
 */
export function judgeFiring(
  alarm: MetricAlarm,
  source: MetricSource,
  { options }: Context,
  whatIfOpen: 'ALARM_UNCERTAIN' | 'ALARM_NOT_COMPUTED',
  extraSeconds = 0,
): Finding<keyof typeof alarmReasons> | undefined {
  const firing = willItFire(alarm, source);
  const name = { alarm: alarm.alarmName };
  switch (firing.kind) {
    case 'never':
      return found('ALARM_NEVER_FIRES', { ...name, why: firing.why });
    case 'rests in alarm':
      return found('ALARM_RESTS_IN_ALARM', { ...name, why: firing.why });
    case 'stays in alarm':
      return found('ALARM_STAYS_IN_ALARM', { ...name, why: firing.why });
    case 'undecided':
      return found(whatIfOpen, { ...name, why: firing.why });
    case 'fires': {
      const { maxEventsToAlarm, maxAlarmDelayMinutes: most } = options;
      if (firing.events > maxEventsToAlarm)
        return found('ALARM_NEEDS_MORE_EVENTS', { ...name, events: firing.events, most: maxEventsToAlarm });
      const minutes = Math.floor((firing.atLeastSeconds + extraSeconds) / 60);
      if (minutes > most) return found('ALARM_TOO_SLOW', { ...name, minutes, most });
      if (extraSeconds > firing.staysSeconds) {
        const why = `it may be out of ALARM before actions are taken, which wait ${extraSeconds} seconds for a suppressor`;
        return found('ALARM_NOT_COMPUTED', { ...name, why });
      }
      const atMost = Math.ceil((firing.atMostSeconds + extraSeconds) / 60);
      if (atMost <= most) return undefined;
      return found('ALARM_UNCERTAIN', { ...name, why: `it may take up to ${atMost} minutes, and ${most} are allowed` });
    }
  }
}
