import type { AlarmMuteRule, Dimension, MetricDataQuery } from '../../../resources.ts';
import type { DeclarationOf } from '../../declaration.ts';
import type { Maybe } from '../../value.ts';
import { firstUnknown, isUnknown, unknown } from '../../value.ts';
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
    metrics: queriesOf(given['Metrics']),
    ...inCamelCase(Object.fromEntries(settings)),
    ...evaluationOf(given),
  } as unknown as DeclarationOf<'metric-alarm'>['alarm'];
}

/** How an alarm is evaluated: by a window or a query of PromQL, and when it begins. */
function evaluationOf(given: Properties): Properties {
  const { EvaluationWindow: window, EvaluationCriteria: criteria, WarmUpConfiguration: warmUp } = given;
  const promQl = isUnknown(criteria) ? criteria : (criteria as Properties | undefined)?.['PromQLCriteria'];
  const query = isUnknown(promQl) || promQl === undefined ? promQl : (promQl as Properties)['Query'];
  return {
    ...(window === undefined
      ? {}
      : { evaluationWindow: isUnknown(window) ? window : Object.keys(window as object)[0] }),
    ...(query === undefined ? {} : { promQuery: query }),
    ...warmUpOf(warmUp),
  };
}

function warmUpOf(value: unknown): Properties {
  if (value === undefined) return {};
  if (isUnknown(value)) return { warmUpConfiguration: value };
  const minutes = numberOf((value as Properties)['WarmUpPeriodDurationInMinutes']);
  return { warmUpConfiguration: minutes === undefined ? {} : { warmUpPeriodDurationInMinutes: minutes } };
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

/**
 * The settings of an `AWS::CloudWatch::LogAlarm`. A query in another language than that of CloudWatch Logs Insights is not
 * known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-logalarm.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-logalarm-scheduledqueryconfiguration.html
 */
export function logAlarmOf(given: Properties, alarmName: string): DeclarationOf<'log-alarm'>['alarm'] {
  const settings = {
    scheduledQueryConfiguration: scheduledQueryOf(given['ScheduledQueryConfiguration']),
    queryResultsToEvaluate: numberOf(given['QueryResultsToEvaluate']),
    queryResultsToAlarm: numberOf(given['QueryResultsToAlarm']),
    threshold: numberOf(given['Threshold']),
    comparisonOperator: textOf(given['ComparisonOperator']),
    treatMissingData: textOf(given['TreatMissingData']),
    ...warmUpOf(given['WarmUpConfiguration']),
  };
  return {
    alarmName,
    actionsEnabled: booleanOf(given['ActionsEnabled'], true),
    alarmActions: given['AlarmActions'] ?? [],
    ...defined(settings),
  } as unknown as DeclarationOf<'log-alarm'>['alarm'];
}

function scheduledQueryOf(value: unknown): unknown {
  if (value === undefined) return unknown('the query of a log alarm');
  if (isUnknown(value)) return value;
  const query = value as Properties;
  const language = textOf(query['QueryLanguage']) ?? 'CWLI';
  if (language !== 'CWLI') return unknown('the language of the query of a log alarm');
  const schedule = (query['ScheduleConfiguration'] ?? {}) as Maybe<Properties>;
  return defined({
    queryString: query['QueryString'] ?? unknown('the query of a log alarm'),
    logGroupIdentifiers: query['LogGroupIdentifiers'] ?? [],
    scheduledQueryRoleARN: roleOf(query['ScheduledQueryRoleARN']),
    aggregationExpression: textOf(query['AggregationExpression']),
    scheduleConfiguration: isUnknown(schedule)
      ? schedule
      : defined({
          scheduleExpression: textOf(schedule['ScheduleExpression']),
          startTimeOffset: numberOf(schedule['StartTimeOffset']),
          endTimeOffset: numberOf(schedule['EndTimeOffset']),
        }),
  });
}

/** A role that the template makes has no ARN yet. What counts is that there is one. */
function roleOf(value: unknown): unknown {
  return isUnknown(value) ? 'a role' : textOf(value);
}

function defined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/**
 * The settings of an `AWS::CloudWatch::AlarmMuteRule`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarmmuterule.html
 */
export function muteRuleOf(given: Properties, name: string): Pick<DeclarationOf<'mute-rule'>, 'rule' | 'alarmNames'> {
  const { Rule: settings, StartDate, ExpireDate } = given;
  const [startDate, expireDate] = [textOf(StartDate), textOf(ExpireDate)];
  const doubt = firstUnknown([settings, startDate, expireDate]);
  const { Schedule: schedule = {} } = (settings ?? {}) as { readonly Schedule?: Properties };
  const rule = {
    name,
    ...{ expression: schedule['Expression'] ?? '', duration: schedule['Duration'] ?? '' },
    ...(schedule['Timezone'] === undefined ? {} : { timezone: schedule['Timezone'] }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(expireDate === undefined ? {} : { expireDate }),
  } as AlarmMuteRule;
  const targets = given['MuteTargets'] as Maybe<Properties> | undefined;
  const alarmNames = isUnknown(targets)
    ? targets
    : (targets?.['AlarmNames'] as Maybe<readonly Maybe<string>[]> | undefined);
  return { rule: doubt ?? rule, alarmNames: alarmNames ?? unknown('the alarms that the mute rule is for') };
}

function queriesOf(value: unknown): Maybe<readonly Maybe<MetricDataQuery>[]> {
  if (isUnknown(value)) return value;
  return ((value ?? []) as readonly Properties[]).map((one) => firstUnknown(one) ?? queryOf(one));
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
  return defined(converted) as unknown as MetricDataQuery;
}

function dimensionsOf(value: unknown): Maybe<readonly Dimension[]> {
  if (isUnknown(value)) return value;
  return Array.isArray(value)
    ? (value as readonly Properties[]).map(({ Name, Value }) => ({ name: Name, value: Value }) as Dimension)
    : [];
}
