import type { Alarm, MetricAlarm } from '../../inventory/resources.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';

/** The alarms of a listing, in the order of their ARNs, by the metrics that they watch. */
export interface AlarmIndex {
  readonly alarms: readonly Alarm[];
  /** The metric alarms that may depend on a metric of a name: directly, through metric math, or in an unknown way. */
  readonly mayWatch: (metricName: string) => readonly MetricAlarm[];
}

/** The alarms of so many metrics are remembered: several filters publish to one metric, and each asks for its alarms. */
const MOST_ASKED = 200;

const known = new WeakMap<readonly Alarm[], AlarmIndex>();

/**
 * Indexes a listing of alarms. A judgement looks up the alarms of many metrics, again after each reading, so the index
 * is built once for each list.
 */
export function indexAlarms(listed: readonly Alarm[]): AlarmIndex {
  const before = known.get(listed);
  if (before !== undefined) return before;
  const index = buildIndex(listed);
  known.set(listed, index);
  return index;
}

function buildIndex(listed: readonly Alarm[]): AlarmIndex {
  const alarms = inTotalOrder(listed);
  const byMetricName = new Map<string, number[]>();
  const unknown: number[] = [];
  for (const [position, alarm] of alarms.entries()) {
    if (alarm.kind !== 'metric-alarm') continue;
    if (alarm.promQuery !== undefined || alarm.metrics.some(({ expression }) => namesMetricsItself(expression))) {
      unknown.push(position);
    }
    const ofMath = alarm.metrics.flatMap(({ metricStat }) => (metricStat ? [metricStat.metric.metricName] : []));
    for (const name of new Set([...(alarm.metricName === undefined ? [] : [alarm.metricName]), ...ofMath])) {
      const positions = byMetricName.get(name);
      if (positions === undefined) byMetricName.set(name, [position]);
      else positions.push(position);
    }
  }
  const asked = new Map<string, readonly MetricAlarm[]>();
  return {
    alarms,
    mayWatch: (metricName) => {
      const before = asked.get(metricName);
      if (before !== undefined) return before;
      const positions = [...new Set([...(byMetricName.get(metricName) ?? []), ...unknown])].sort((a, b) => a - b);
      const watching = positions.flatMap((position) => {
        const alarm = alarms[position];
        return alarm?.kind === 'metric-alarm' ? [alarm] : [];
      });
      if (asked.size >= MOST_ASKED) asked.clear();
      asked.set(metricName, watching);
      return watching;
    },
  };
}

/** Metrics Insights and search expressions name metrics in ways that are not followed. */
export function namesMetricsItself(expression: string | undefined): boolean {
  return expression !== undefined && /\b(SELECT|SEARCH)\b/i.test(expression);
}

const texts = new WeakMap<Alarm, string>();

/** By ARN. Two alarms with one ARN, which AWS never lists, are ordered by all that they hold. */
function inTotalOrder(listed: readonly Alarm[]): readonly Alarm[] {
  const textOf = (alarm: Alarm) => {
    const text = texts.get(alarm) ?? JSON.stringify(alarm);
    texts.set(alarm, text);
    return text;
  };
  return [...listed].sort((a, b) => byCodeUnit(a.alarmArn, b.alarmArn) || byCodeUnit(textOf(a), textOf(b)));
}
