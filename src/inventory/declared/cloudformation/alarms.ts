import type { Dimension, MetricDataQuery } from '../../resources.ts';
import type { DeclarationOf } from '../declaration.ts';
import type { Properties } from './properties.ts';
import { booleanOf, inCamelCase, numberOf, textOf } from './properties.ts';

const numbers = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'];
const texts = [
  'Namespace',
  'MetricName',
  'Statistic',
  'ExtendedStatistic',
  'Unit',
  'ComparisonOperator',
  'TreatMissingData',
  'EvaluateLowSampleCountPercentile',
  'ThresholdMetricId',
];

/** The settings of an `AWS::CloudWatch::Alarm`. */
export function metricAlarmOf(given: Properties, alarmName: string): DeclarationOf<'metric-alarm'>['alarm'] {
  const settings = [
    ...numbers.map((name) => [name, numberOf(given[name])] as const),
    ...texts.map((name) => [name, textOf(given[name])] as const),
  ].filter(([, value]) => value !== undefined);
  return {
    alarmName,
    actionsEnabled: booleanOf(given['ActionsEnabled'], true),
    alarmActions: given['AlarmActions'] ?? [],
    dimensions: dimensionsOf(given['Dimensions']),
    metrics: ((given['Metrics'] ?? []) as readonly Properties[]).map(queryOf),
    ...inCamelCase(Object.fromEntries(settings)),
  } as unknown as DeclarationOf<'metric-alarm'>['alarm'];
}

/** The settings of an `AWS::CloudWatch::CompositeAlarm`. */
export function compositeAlarmOf(given: Properties, alarmName: string): DeclarationOf<'composite-alarm'>['alarm'] {
  const suppressor = textOf(given['ActionsSuppressor']);
  return {
    alarmName,
    actionsEnabled: booleanOf(given['ActionsEnabled'], true),
    alarmActions: given['AlarmActions'] ?? [],
    alarmRule: textOf(given['AlarmRule']) ?? '',
    ...(suppressor === undefined
      ? {}
      : { actionsSuppressor: suppressor, actionsSuppressorWaitPeriod: numberOf(given['ActionsSuppressorWaitPeriod']) }),
  } as unknown as DeclarationOf<'composite-alarm'>['alarm'];
}

function queryOf(query: Properties): MetricDataQuery {
  const stat = query['MetricStat'] as Properties | undefined;
  const metric = stat?.['Metric'] as Properties | undefined;
  const converted = {
    id: query['Id'],
    expression: query['Expression'],
    returnData: query['ReturnData'] === undefined ? undefined : booleanOf(query['ReturnData'], true),
    period: numberOf(query['Period']),
    accountId: query['AccountId'],
    metricStat:
      stat === undefined
        ? undefined
        : {
            metric: {
              namespace: metric?.['Namespace'] ?? '',
              metricName: metric?.['MetricName'],
              dimensions: dimensionsOf(metric?.['Dimensions']),
            },
            period: numberOf(stat['Period']),
            stat: stat['Stat'],
            ...(stat['Unit'] === undefined ? {} : { unit: stat['Unit'] }),
          },
  };
  return Object.fromEntries(
    Object.entries(converted).filter(([, value]) => value !== undefined),
  ) as unknown as MetricDataQuery;
}

function dimensionsOf(value: unknown): readonly Dimension[] {
  return Array.isArray(value)
    ? (value as readonly Properties[]).map(({ Name, Value }) => ({ name: Name, value: Value }) as Dimension)
    : [];
}
