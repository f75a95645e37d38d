import type { AlarmRule } from '../../chain/alarm/composite/rule.ts';
import { parseAlarmRule } from '../../chain/alarm/composite/rule.ts';
import type { Alarm, MetricAlarm, MetricDataQuery } from '../../inventory/resources.ts';
import {
  alarmStates,
  comparisonOperators,
  evaluationStates,
  evaluationWindows,
  isStatistic,
  lowSampleTreatments,
  missingDataTreatments,
  statistics,
  units,
} from '../choices.ts';
import type { Names } from '../names.ts';
import { redactArn } from '../redact-arn.ts';
import { redactExpression, redactQueryId } from './redact-expression.ts';
import { redactLogAlarm } from './redact-log-alarm.ts';
import { redactDimension, redactMetric, redactMetricName, redactNamespace } from './redact-metric.ts';
import { redactChoice } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';

/** An alarm with other names, on the metric and the topics that stand in for its own. */
export function redactAlarm(alarm: Alarm, redactor: Redactor): Alarm {
  switch (alarm.kind) {
    case 'metric-alarm':
      return redactMetricAlarm(alarm, redactor);
    case 'composite-alarm': {
      const { actionsSuppressor } = alarm;
      return {
        ...alarm,
        ...redactBase(alarm, redactor),
        alarmRule: redactRule(alarm.alarmRule, redactor),
        ...(actionsSuppressor === undefined
          ? {}
          : { actionsSuppressor: redactAlarmReference(actionsSuppressor, redactor.names) }),
      };
    }
    case 'log-alarm':
      return { ...alarm, ...redactBase(alarm, redactor), ...redactLogAlarm(alarm, redactor) };
  }
}

function redactBase({ alarmName, alarmArn, alarmActions, stateValue, evaluationState }: Alarm, { names }: Redactor) {
  return {
    alarmName: names.text(alarmName),
    alarmArn: redactArn(alarmArn, names),
    alarmActions: alarmActions.map((action) => redactArn(action, names)),
    ...(stateValue === undefined ? {} : { stateValue: redactChoice(stateValue, alarmStates, names) }),
    ...(evaluationState === undefined
      ? {}
      : { evaluationState: redactChoice(evaluationState, evaluationStates, names) }),
  };
}

/** The settings of a metric alarm that AWS has words for, each with those words. */
const choices = {
  statistic: statistics,
  unit: units,
  comparisonOperator: comparisonOperators,
  treatMissingData: missingDataTreatments,
  evaluateLowSampleCountPercentile: lowSampleTreatments,
  evaluationWindow: evaluationWindows,
} as const satisfies Partial<Record<keyof MetricAlarm, ReadonlySet<string>>>;

export function redactMetricAlarm(alarm: MetricAlarm, redactor: Redactor): MetricAlarm {
  const { names, known } = redactor;
  const { namespace, metricName, dimensions, extendedStatistic, promQuery, metrics, thresholdMetricId } = alarm;
  const settings = Object.entries(choices).flatMap(([name, allowed]) => {
    const value = alarm[name as keyof typeof choices];
    return value === undefined ? [] : [[name, redactChoice(value, allowed, names)]];
  });
  return {
    ...alarm,
    ...redactBase(alarm, redactor),
    ...(Object.fromEntries(settings) as Pick<MetricAlarm, keyof typeof choices>),
    ...(namespace === undefined ? {} : { namespace: redactNamespace(namespace, names) }),
    ...(metricName === undefined ? {} : { metricName: redactMetricName(metricName, names) }),
    ...(extendedStatistic === undefined ? {} : { extendedStatistic: redactStatistic(extendedStatistic, names) }),
    dimensions: dimensions.map((dimension) => redactDimension(dimension, redactor)),
    // Of a query it matters only which metrics it names.
    ...(promQuery === undefined
      ? {}
      : {
          promQuery: known.metricNames
            .filter((name) => promQuery.includes(name))
            .map((name) => names.text(name))
            .join(' + '),
        }),
    ...(thresholdMetricId === undefined ? {} : { thresholdMetricId: redactQueryId(thresholdMetricId, names) }),
    metrics: metrics.map((query) => redactQuery(query, metrics, redactor)),
  };
}

function redactStatistic(text: string, names: Names): string {
  return isStatistic(text) ? text : names.text(text);
}

function redactQuery(query: MetricDataQuery, queries: readonly MetricDataQuery[], redactor: Redactor): MetricDataQuery {
  const { id, expression, accountId, metricStat } = query;
  const { names } = redactor;
  return {
    ...query,
    id: redactQueryId(id, names),
    ...(expression === undefined ? {} : { expression: redactExpression(expression, queries, names) }),
    ...(accountId === undefined ? {} : { accountId: names.text(accountId) }),
    ...(metricStat === undefined
      ? {}
      : {
          metricStat: {
            metric: redactMetric(metricStat.metric, redactor),
            period: metricStat.period,
            stat: redactStatistic(metricStat.stat, names),
            ...(metricStat.unit === undefined ? {} : { unit: redactChoice(metricStat.unit, units, names) }),
          },
        }),
  };
}

function redactAlarmReference(nameOrArn: string, names: Names): string {
  return nameOrArn.startsWith('arn:') ? redactArn(nameOrArn, names) : names.text(nameOrArn);
}

/** A rule with other alarms. Of what is not understood in it only those alarms are shown that it mentions. */
function redactRule(text: string, redactor: Redactor): string {
  const rule = parseAlarmRule(text);
  const mentioned = () => {
    const { alarmNames, alarmArns } = redactor.known;
    const found = [...alarmNames, ...alarmArns].filter((name) => text.includes(name));
    return found.map((name) => quotedAlarm(name, redactor)).join(', ');
  };
  return rule === undefined ? `redacted: ${mentioned()}` : ruleText(rule, mentioned, redactor);
}

/** In an alarm's name in quotes, a quotation mark and a backslash are escaped. */
function quotedAlarm(nameOrArn: string, { names }: Redactor): string {
  return `"${redactAlarmReference(nameOrArn, names).replace(/["\\]/g, '\\$&')}"`;
}

function ruleText(rule: AlarmRule, mentioned: () => string, redactor: Redactor): string {
  const inner = (part: AlarmRule) => `(${ruleText(part, mentioned, redactor)})`;
  switch (rule.kind) {
    case 'constant':
      return rule.value ? 'TRUE' : 'FALSE';
    case 'unknown':
      return `${redactor.names.text(rule.name)}(${mentioned()})`;
    case 'state':
      return `${rule.state}(${quotedAlarm(rule.alarm, redactor)})`;
    case 'not':
      return `NOT ${inner(rule.of)}`;
    case 'joined':
      return rule.of.map((part, at) => (at === 0 ? inner(part) : ` ${rule.by[at - 1] ?? ''} ${inner(part)}`)).join('');
    case 'at-least': {
      const { threshold, unit, negated, state, alarms } = rule;
      const count = `${threshold}${unit === 'percent' ? '%' : ''}`;
      const listed = alarms.map((alarm) => quotedAlarm(alarm, redactor)).join(', ');
      return `AT_LEAST(${count}, ${negated ? 'NOT ' : ''}${state}, (${listed}))`;
    }
  }
}
