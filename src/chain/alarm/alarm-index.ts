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

/** A metric alarm, and its place in the order. */
interface Placed {
  readonly position: number;
  readonly alarm: MetricAlarm;
}

function buildIndex(listed: readonly Alarm[]): AlarmIndex {
  const alarms = inTotalOrder(listed);
  const byMetricName = new Map<string | undefined, Placed[]>();
  const unknown: Placed[] = [];
  for (const [position, alarm] of alarms.entries()) {
    if (alarm.kind !== 'metric-alarm') continue;
    const placed: Placed = { position, alarm };
    if (alarm.promQuery !== undefined || alarm.metrics.some(({ expression }) => namesMetricsItself(expression))) {
      unknown.push(placed);
    }
    const ofMath = alarm.metrics.map(({ metricStat }) => metricStat?.metric.metricName);
    for (const name of new Set([alarm.metricName, ...ofMath])) {
      const ofName = byMetricName.get(name);
      if (ofName === undefined) byMetricName.set(name, [placed]);
      else ofName.push(placed);
    }
  }
  const asked = new Map<string, readonly MetricAlarm[]>();
  return {
    alarms,
    mayWatch: (metricName) => {
      const before = asked.get(metricName);
      if (before !== undefined) return before;
      const placed = [...new Set([...(byMetricName.get(metricName) ?? []), ...unknown])];
      const watching = placed.sort((a, b) => a.position - b.position).map(({ alarm }) => alarm);
      if (asked.size >= MOST_ASKED) asked.clear();
      asked.set(metricName, watching);
      return watching;
    },
  };
}

/** Metrics Insights and search expressions name metrics in ways that are not followed. */
export function namesMetricsItself(expression = ''): boolean {
  return /\b(SELECT|SEARCH)\b/i.test(expression);
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
