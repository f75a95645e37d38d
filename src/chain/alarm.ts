import { parseArn } from '../inventory/arn.ts';
import type { Alarm, MetricAlarm, MetricFilter, MetricName } from '../inventory/model.ts';
import { alarmsOnMetric, partOf } from '../inventory/model.ts';
import type { AlarmPath, Context, FilterPath, Finding, LinkResult, Reasons, Step } from './link.ts';
import { compositesOver, computesWith } from './depends-on.ts';
import { byText, end, findingsOf, needs, step, steps, weightiest } from './link.ts';
import { metricFiltersKey } from './log-group.ts';
import type { unreadableReasons } from './unreadable.ts';
import { unreadable } from './unreadable.ts';
import { willItRing } from './will-it-ring.ts';

interface Facts {
  readonly alarm: string;
}
interface Why extends Facts {
  readonly why: string;
}
interface MetricFacts {
  readonly metric: string;
  readonly region: string;
}

const watchMetric = ({ alarm, metric }: Facts & MetricFacts) =>
  `let alarm ${alarm} watch metric ${metric}, without dimensions of its own`;

export const alarmReasons = {
  ALARM_TOO_SLOW: {
    outcome: 'broken',
    meaning: 'The alarm rings, and later than `maxAlarmDelayMinutes` after the event.',
    sentence: ({ alarm, minutes, most }: Facts & { readonly minutes: number; readonly most: number }) =>
      `alarm ${alarm} takes at least ${minutes} minutes to ring, and ${most} are allowed`,
    repair: ({ alarm }: Facts) => `let alarm ${alarm} look at fewer and shorter periods`,
  },
  ALARM_NEEDS_MORE_EVENTS: {
    outcome: 'broken',
    meaning: 'One event does not take the alarm to ALARM; it needs more than `maxEventsToAlarm`.',
    sentence: ({ alarm, events, most }: Facts & { readonly events: number; readonly most: number }) =>
      `alarm ${alarm} rings only after ${events} events, and ${most} may pass`,
    repair: ({ alarm }: Facts) => `let alarm ${alarm} ring on one event: Sum >= 1, one datapoint to alarm`,
  },
  ALARM_LATCHES: {
    outcome: 'broken',
    meaning: 'The alarm rings once and then stays in ALARM, so that nobody hears of the next event.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} rings once and never again: ${why}`,
    repair: ({ alarm }: Facts) => `let alarm ${alarm} treat missing data as notBreaching`,
  },
  ALARM_RESTS_IN_ALARM: {
    outcome: 'broken',
    meaning: 'The alarm is in ALARM while nothing happens, by its settings, so that an event takes it nowhere.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} is in ALARM while nothing happens: ${why}`,
    repair: ({ alarm }: Facts) => `let alarm ${alarm} rest in OK: Sum >= 1, missing data notBreaching`,
  },
  ALARM_NEVER_RINGS: {
    outcome: 'broken',
    meaning: 'The alarm watches the metric, and nothing that the filter publishes takes it to ALARM.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} never rings: ${why}`,
    repair: ({ alarm }: Facts) => `let alarm ${alarm} ring on one event: Sum >= 1, one datapoint to alarm, no unit`,
  },
  ALARM_ACTIONS_DISABLED: {
    outcome: 'broken',
    meaning: 'The alarm has an SNS action, and its actions are switched off.',
    sentence: ({ alarm }: Facts) => `the actions of alarm ${alarm} are switched off`,
    repair: ({ alarm }: Facts) => `enable the actions of alarm ${alarm}`,
  },
  ALARM_WITHOUT_SNS_ACTION: {
    outcome: 'broken',
    meaning: 'The alarm does something when it goes to ALARM, and none of it is an SNS topic.',
    sentence: ({ alarm, actions }: Facts & { readonly actions: string }) =>
      `alarm ${alarm} notifies no SNS topic; its ALARM actions are ${actions}`,
    repair: ({ alarm }: Facts) => `add an SNS topic to the ALARM actions of alarm ${alarm}`,
  },
  ALARM_WITHOUT_ACTION: {
    outcome: 'broken',
    meaning: 'The alarm does nothing when it goes to ALARM.',
    sentence: ({ alarm }: Facts) => `alarm ${alarm} has no ALARM action`,
    repair: ({ alarm }: Facts) => `add an SNS topic to the ALARM actions of alarm ${alarm}`,
  },
  ALARM_OTHER_DIMENSIONS: {
    outcome: 'broken',
    meaning: 'An alarm watches a metric of this name with dimensions that the filter does not publish.',
    sentence: ({ alarm, metric }: Facts & MetricFacts) =>
      `alarm ${alarm} watches ${metric} with other dimensions than the filter publishes`,
    repair: watchMetric,
  },
  ALARM_OTHER_NAMESPACE: {
    outcome: 'broken',
    meaning: 'An alarm watches a metric of this name in another namespace, so it never sees the filter count.',
    sentence: ({ alarm, metric, namespace }: Facts & MetricFacts & { readonly namespace: string }) =>
      `alarm ${alarm} watches namespace ${namespace}, and the filter publishes ${metric}`,
    repair: watchMetric,
  },
  NO_ALARM: {
    outcome: 'broken',
    meaning: 'No alarm watches the metric that the filter publishes, in the region of its log group.',
    sentence: ({ metric, region }: MetricFacts) => `no alarm in ${region} watches metric ${metric}`,
    repair: ({ metric, region }: MetricFacts) =>
      `create an alarm on metric ${metric} in ${region} with an SNS topic as its ALARM action`,
  },
  ALARM_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether one event takes the alarm to ALARM, or soon enough, depends on something that is not known. It is named.',
    sentence: ({ alarm, why }: Why) => `whether alarm ${alarm} rings on an event cannot be told: ${why}`,
    repair: ({ alarm }: Facts) =>
      `let alarm ${alarm} ring on one event whatever else happens: Sum >= 1, missing data notBreaching`,
  },
  ALARM_NOT_COMPUTED: {
    outcome: 'undecided',
    meaning:
      'An alarm depends on the metric in a way that is not computed: metric math, a composite alarm, or dimensions taken from the event.',
    sentence: ({ alarm, way }: Facts & { readonly way: string }) =>
      `alarm ${alarm} depends on the metric through ${way}, which is not computed`,
    repair: () => 'add an alarm right on the metric, with an SNS topic as its ALARM action',
  },
} as const satisfies Reasons;

const found = findingsOf(alarmReasons);

type Code = keyof typeof alarmReasons | keyof typeof unreadableReasons;

/**
 * The alarms that the filter's metric can set off, in the account and region of the log group, where the metric is.
 *
 * A filter with dimensions publishes only under them, and their values come from the event.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function judgeAlarms(path: FilterPath, context: Context): LinkResult<AlarmPath, Code> {
  const { accountId = '', region = '' } = parseArn(path.logGroupArn) ?? {};
  const [transformation] = path.filter.metricTransformations;
  if (transformation === undefined) throw new Error(`metric filter ${path.filter.filterName} has no transformation`);
  const metric = { namespace: transformation.metricNamespace, metricName: transformation.metricName, dimensions: [] };
  const dimensionNames = [
    ...Object.keys(transformation.dimensions ?? {}),
    ...(path.filter.emitSystemFieldDimensions ?? []),
  ];
  const watched: Watched = { metric, dimensionNames, region };

  const directKey = { kind: 'alarms-for-metric', accountId, region, metric } as const;
  const direct = partOf<'alarms-for-metric'>(context.inventory, directKey);
  if (context.alarms === 'direct') {
    // No alarm is right on a metric that exists under dimensions only, so nothing is asked.
    if (dimensionNames.length > 0) return steps();
    if (direct === undefined) return needs(directKey);
    if (direct.kind === 'unreadable') return steps(end('alarms', path, unreadable(direct.failure)));
    return steps(...inOrder(direct.value).map((alarm) => judgeAlarm(alarm, path, context)));
  }

  const allKey = { kind: 'alarms', accountId, region } as const;
  const all = partOf<'alarms'>(context.inventory, allKey);
  if (all === undefined) return needs(allKey);
  if (all.kind === 'unreadable') {
    const known = dimensionNames.length === 0 && direct?.kind === 'present' ? inOrder(direct.value) : [];
    const unseen = end('alarms', path, unreadable(all.failure));
    return steps(...known.map((alarm) => judgeAlarm(alarm, path, context)), unseen);
  }
  return steps(...judgeListing(inOrder(all.value), watched, path, context));
}

interface Watched {
  readonly metric: MetricName;
  /** Names of the dimensions that the filter publishes under; their values are the event's. */
  readonly dimensionNames: readonly string[];
  readonly region: string;
}

/** All alarms of a region: those on the metric, those that depend on it in ways not computed, and near misses. */
function judgeListing(
  alarms: readonly Alarm[],
  watched: Watched,
  path: FilterPath,
  context: Context,
): readonly Step<AlarmPath, Code>[] {
  const { metric, dimensionNames, region } = watched;
  const name = `${metric.namespace}/${metric.metricName}`;
  const facts = { metric: name, region };
  const onMetric = dimensionNames.length === 0 ? alarmsOnMetric(alarms, metric) : [];
  const judged: Step<AlarmPath, Code>[] = onMetric.map((alarm) => judgeAlarm(alarm, path, context));
  const watching = new Set<Alarm>(onMetric);

  const add = (alarm: Alarm, finding: Finding<Code>) => judged.push(end(alarm.alarmName, { ...path, alarm }, finding));
  for (const alarm of alarms) {
    if (alarm.kind !== 'metric-alarm' || watching.has(alarm)) continue;
    if (alarm.metricName === metric.metricName && alarm.namespace === metric.namespace) {
      const published = alarm.dimensions.every((one) => dimensionNames.includes(one.name));
      if (published && alarm.dimensions.length === dimensionNames.length) {
        watching.add(alarm);
        add(alarm, found('ALARM_NOT_COMPUTED', { alarm: alarm.alarmName, way: 'dimensions taken from the event' }));
      } else add(alarm, found('ALARM_OTHER_DIMENSIONS', { ...facts, alarm: alarm.alarmName }));
    } else if (alarm.metricName === metric.metricName && alarm.namespace !== undefined) {
      add(alarm, found('ALARM_OTHER_NAMESPACE', { ...facts, alarm: alarm.alarmName, namespace: alarm.namespace }));
    } else if (computesWith(alarm, metric)) {
      watching.add(alarm);
      add(alarm, found('ALARM_NOT_COMPUTED', { alarm: alarm.alarmName, way: 'metric math' }));
    }
  }
  for (const composite of compositesOver(watching, alarms)) {
    add(composite, found('ALARM_NOT_COMPUTED', { alarm: composite.alarmName, way: 'a composite alarm' }));
  }
  if (judged.length > 0) return judged;
  return [end('none', path, found('NO_ALARM', facts))];
}

/**
 * One alarm on the metric: whether it does something that reaches an SNS topic when it goes to ALARM.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
function judgeAlarm(alarm: MetricAlarm, path: FilterPath, context: Context): Step<AlarmPath, Code> {
  const { options } = context;
  const { alarmName, alarmActions, actionsEnabled } = alarm;
  const toTopics = alarmActions.some(isTopic);
  const finding = weightiest<Code>([
    alarmActions.length === 0 ? found('ALARM_WITHOUT_ACTION', { alarm: alarmName }) : undefined,
    alarmActions.length > 0 && !toTopics
      ? found('ALARM_WITHOUT_SNS_ACTION', { alarm: alarmName, actions: servicesOf(alarmActions) })
      : undefined,
    options.assurance === 'working' && !actionsEnabled
      ? found('ALARM_ACTIONS_DISABLED', { alarm: alarmName })
      : undefined,
    options.assurance === 'working' ? judgeRinging(alarm, path, context) : undefined,
  ]);
  return step(alarmName, { ...path, alarm }, finding);
}

/** Whether the alarm rings on few enough events and soon enough. */
function judgeRinging(
  alarm: MetricAlarm,
  path: FilterPath,
  { options, inventory }: Context,
): Finding<Code> | undefined {
  const filters = partOf<'metric-filters'>(inventory, metricFiltersKey(path.logGroupArn));
  const others = filters?.kind === 'present' ? (filters.value ?? []) : [];
  const sharing = others
    .filter((other) => other.filterName !== path.filter.filterName && onSameMetric(other, path.filter))
    .sort((a, b) => byText(a.filterName, b.filterName));
  const ringing = willItRing(alarm, path.filter, sharing);
  const name = { alarm: alarm.alarmName };
  switch (ringing.kind) {
    case 'never':
      return found('ALARM_NEVER_RINGS', { ...name, why: ringing.why });
    case 'rests in alarm':
      return found('ALARM_RESTS_IN_ALARM', { ...name, why: ringing.why });
    case 'latches':
      return found('ALARM_LATCHES', { ...name, why: ringing.why });
    case 'undecided':
      return found('ALARM_UNCERTAIN', { ...name, why: ringing.why });
    case 'rings': {
      const { events, atLeastSeconds, atMostSeconds } = ringing;
      const { maxEventsToAlarm, maxAlarmDelayMinutes: most } = options;
      if (events > maxEventsToAlarm)
        return found('ALARM_NEEDS_MORE_EVENTS', { ...name, events, most: maxEventsToAlarm });
      const minutes = Math.floor(atLeastSeconds / 60);
      if (minutes > most) return found('ALARM_TOO_SLOW', { ...name, minutes, most });
      if (atMostSeconds / 60 <= most) return undefined;
      const why = `it may take up to ${Math.ceil(atMostSeconds / 60)} minutes, and ${most} are allowed`;
      return found('ALARM_UNCERTAIN', { ...name, why });
    }
  }
}

function onSameMetric(
  { metricTransformations: [a] }: MetricFilter,
  { metricTransformations: [b] }: MetricFilter,
): boolean {
  return a?.metricNamespace === b?.metricNamespace && a?.metricName === b?.metricName;
}

/** Whether an action's ARN is that of an SNS topic, in any partition. */
export function isTopic(actionArn: string): boolean {
  return parseArn(actionArn)?.service === 'sns';
}

/** The services that an alarm's actions go to: `lambda, ssm`. */
function servicesOf(actions: readonly string[]): string {
  return [...new Set(actions.map((action) => parseArn(action)?.service ?? action))].sort(byText).join(', ');
}

function inOrder<A extends Alarm>(alarms: readonly A[]): readonly A[] {
  return [...alarms].sort((a, b) => byText(a.alarmArn, b.alarmArn));
}
