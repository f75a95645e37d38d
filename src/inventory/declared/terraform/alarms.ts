import type { AlarmMuteRule, Dimension, MetricDataQuery } from '../../resources.ts';
import type { DeclarationOf } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';
import type { ResourceValues } from './resource-values.ts';

type Block = Readonly<Record<string, unknown>>;

/** The settings of an `aws_cloudwatch_metric_alarm`. */
export function metricAlarmOf(
  { text, list, boolean, get }: ResourceValues,
  alarmName: string,
): DeclarationOf<'metric-alarm'>['alarm'] {
  const settings = {
    namespace: text('namespace'),
    metricName: text('metric_name'),
    statistic: text('statistic'),
    extendedStatistic: text('extended_statistic'),
    unit: text('unit'),
    comparisonOperator: text('comparison_operator'),
    treatMissingData: text('treat_missing_data'),
    evaluateLowSampleCountPercentile: text('evaluate_low_sample_count_percentiles'),
    thresholdMetricId: text('threshold_metric_id'),
    period: positive(get('period')),
    evaluationPeriods: number(get('evaluation_periods')),
    datapointsToAlarm: positive(get('datapoints_to_alarm')),
    threshold: number(get('threshold')),
  };
  const alarm = {
    alarmName,
    actionsEnabled: boolean('actions_enabled', true),
    alarmActions: list('alarm_actions'),
    dimensions: dimensionsOf(get('dimensions')),
    metrics: queriesOf(get('metric_query')),
    ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
  };
  return alarm as DeclarationOf<'metric-alarm'>['alarm'];
}

/** The settings of an `aws_cloudwatch_composite_alarm`. */
export function compositeAlarmOf(
  { text, list, boolean, get }: ResourceValues,
  alarmName: string,
): DeclarationOf<'composite-alarm'>['alarm'] {
  const suppressors = (get('actions_suppressor') ?? []) as Maybe<readonly Maybe<Block>[]>;
  const [first] = isUnknown(suppressors) ? [suppressors] : suppressors;
  const suppressor = isUnknown(first) ? { alarm: first } : first;
  const alarm = {
    alarmName,
    actionsEnabled: boolean('actions_enabled', true),
    alarmActions: list('alarm_actions'),
    alarmRule: text('alarm_rule') ?? '',
    ...(suppressor === undefined
      ? {}
      : { actionsSuppressor: suppressor['alarm'], actionsSuppressorWaitPeriod: number(suppressor['wait_period']) }),
  };
  return alarm as DeclarationOf<'composite-alarm'>['alarm'];
}

/**
 * The settings of an `aws_cloudwatch_alarm_mute_rule`.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/alarmmuterule/
 */
export function muteRuleOf(
  { text, get, resource }: ResourceValues,
  name: string,
): Pick<DeclarationOf<'mute-rule'>, 'rule' | 'alarmNames'> {
  const schedule = blockOf(blockOf(get('rule'))?.['schedule']);
  const [startDate, expireDate] = [text('start_date'), text('expire_date')];
  const doubt = firstUnknown([get('rule'), startDate, expireDate]);
  const rule = {
    name,
    ...{ expression: schedule?.['expression'] ?? '', duration: schedule?.['duration'] ?? '' },
    ...(typeof schedule?.['timezone'] === 'string' ? { timezone: schedule['timezone'] } : {}),
    ...(startDate === undefined ? {} : { startDate }),
    ...(expireDate === undefined ? {} : { expireDate }),
  } as AlarmMuteRule;
  const alarmNames = blockOf(get('mute_targets'))?.['alarm_names'] as Maybe<readonly Maybe<string>[]> | undefined;
  return { rule: doubt ?? rule, alarmNames: alarmNames ?? unknown(`the alarms that ${resource.address} mutes`) };
}

/** A block, which a plan holds as an object or as a list of one. */
function blockOf(value: unknown): Block | undefined {
  const [only] = [value].flat() as readonly unknown[];
  return typeof only === 'object' && only !== null && !isUnknown(only) ? (only as Block) : undefined;
}

/** A number of the provider. */
function number(value: unknown): unknown {
  if (isUnknown(value)) return value;
  return typeof value === 'number' ? value : undefined;
}

function dimensionsOf(value: unknown): Maybe<readonly Dimension[]> {
  if (isUnknown(value)) return value;
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, one]) => ({ name, value: one as string }));
}

function queriesOf(value: unknown): Maybe<readonly Maybe<MetricDataQuery>[]> {
  if (isUnknown(value)) return value;
  return ((value ?? []) as readonly Block[]).map((one) => firstUnknown(one) ?? queryOf(one));
}

function queryOf(block: Block): MetricDataQuery {
  const [metric] = (block['metric'] ?? []) as readonly Block[];
  const query = {
    id: block['id'],
    expression: textOf(block['expression']),
    returnData: block['return_data'] ?? undefined,
    period: positive(block['period']),
    accountId: textOf(block['account_id']),
    metricStat:
      metric === undefined
        ? undefined
        : {
            metric: {
              namespace: metric['namespace'] ?? '',
              metricName: metric['metric_name'],
              dimensions: dimensionsOf(metric['dimensions']),
            },
            period: metric['period'],
            stat: metric['stat'],
            ...(textOf(metric['unit']) === undefined ? {} : { unit: metric['unit'] }),
          },
  };
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as unknown as MetricDataQuery;
}

function textOf(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}

/** A number of the provider, which writes 0 where it is not set in an alarm that exists. */
function positive(value: unknown): unknown {
  return value === 0 || value === null ? undefined : value;
}
