import type { Alarm, MetricAlarm, Trail } from '../../src/inventory/resources.ts';

/** One page of a list, and the token of the next: opaque to the caller, a position to us. */
export function paged<T>(list: readonly T[], token: unknown, size: number) {
  const from = typeof token === 'string' ? Number(Buffer.from(token, 'base64').toString()) : 0;
  const to = from + size;
  const next = to < list.length ? Buffer.from(String(to)).toString('base64') : undefined;
  return { page: list.slice(from, to), next };
}

/** JSON protocols carry times as seconds. */
export function seconds(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time) / 1000;
}

export function sdkTrail(trail: Trail): unknown {
  const { trailArn, cloudWatchLogsLogGroupArn, ...rest } = trail;
  const logGroup =
    cloudWatchLogsLogGroupArn === undefined ? {} : { CloudWatchLogsLogGroupArn: `${cloudWatchLogsLogGroupArn}:*` };
  return { ...(capitalized(rest) as object), TrailARN: trailArn, ...logGroup };
}

export const typeNames = {
  'metric-alarm': 'MetricAlarm',
  'composite-alarm': 'CompositeAlarm',
  'log-alarm': 'LogAlarm',
} as const;

export function sdkAlarm(alarm: Alarm): unknown {
  const { kind, stateTransitionedTimestamp, alarmConfigurationUpdatedTimestamp, ...rest } = alarm;
  const times = {
    StateTransitionedTimestamp: seconds(stateTransitionedTimestamp),
    AlarmConfigurationUpdatedTimestamp: seconds(alarmConfigurationUpdatedTimestamp),
  };
  if (kind !== 'metric-alarm') return { ...(capitalized(rest) as object), ...times };
  const { evaluationWindow, promQuery, metrics, ...plain } = rest as Omit<MetricAlarm, 'kind'>;
  return {
    ...(capitalized(plain) as object),
    ...times,
    Metrics: capitalized(metrics),
    ...(evaluationWindow === undefined ? {} : { EvaluationWindow: { [evaluationWindow]: {} } }),
    ...(promQuery === undefined ? {} : { EvaluationCriteria: { PromQLCriteria: { Query: promQuery } } }),
  };
}

/** AWS's names begin in upper case where the model's do not. */
export function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalized(inner)] as const,
  );
  return Object.fromEntries(entries);
}
