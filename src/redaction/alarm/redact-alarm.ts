import type { AlarmRule } from '../../chain/alarm/composite/rule.ts';
import { parseAlarmRule } from '../../chain/alarm/composite/rule.ts';
import type { Alarm, MetricAlarm, MetricDataQuery } from '../../inventory/resources.ts';
import {
  comparisonOperators,
  evaluationWindows,
  isStatistic,
  lowSampleTreatments,
  missingDataTreatments,
  statistics,
  units,
} from '../choices.ts';
import type { Names } from '../names.ts';
import { alarmBaseRules } from './alarm-base-rules.ts';
import { redactArn } from '../redact-arn.ts';
import { redactExpression, redactQueryId } from './redact-expression.ts';
import { redactLogAlarm } from './redact-log-alarm.ts';
import { redactDimension, redactMetric, redactMetricName, redactNamespace } from './redact-metric.ts';
import { kept, redactMembers } from '../redact-members.ts';
import { redactChoice } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';

/** An alarm with other names, on the metric and the topics that stand in for its own. */
export function redactAlarm(alarm: Alarm, redactor: Redactor): Alarm {
  switch (alarm.kind) {
    case 'metric-alarm':
      return redactMetricAlarm(alarm, redactor);
    case 'composite-alarm':
      return redactMembers(alarm, {
        kind: () => 'composite-alarm',
        ...alarmBaseRules(redactor),
        alarmRule: (rule) => redactRule(rule, redactor),
        actionsSuppressor: (suppressor) => redactAlarmReference(suppressor, redactor.names),
        actionsSuppressorWaitPeriod: kept,
      });
    case 'log-alarm':
      return redactLogAlarm(alarm, redactor);
  }
}

export function redactMetricAlarm(alarm: MetricAlarm, redactor: Redactor): MetricAlarm {
  const { names, known } = redactor;
  /** A setting that AWS has words for. */
  const oneOf = (allowed: ReadonlySet<string>) => (value: string) => redactChoice(value, allowed, names);
  return redactMembers(alarm, {
    kind: () => 'metric-alarm',
    ...alarmBaseRules(redactor),
    namespace: (namespace) => redactNamespace(namespace, names),
    metricName: (name) => redactMetricName(name, names),
    dimensions: (dimensions) => dimensions.map((dimension) => redactDimension(dimension, redactor)),
    statistic: oneOf(statistics),
    extendedStatistic: (statistic) => redactStatistic(statistic, names),
    period: kept,
    unit: oneOf(units),
    evaluationPeriods: kept,
    datapointsToAlarm: kept,
    threshold: kept,
    comparisonOperator: oneOf(comparisonOperators),
    treatMissingData: oneOf(missingDataTreatments),
    evaluateLowSampleCountPercentile: oneOf(lowSampleTreatments),
    thresholdMetricId: (id) => redactQueryId(id, names),
    evaluationWindow: oneOf(evaluationWindows),
    // Of a query it matters only which metrics it names.
    promQuery: (query) =>
      known.metricNames
        .filter((name) => query.includes(name))
        .map((name) => names.text(name))
        .join(' + '),
    metrics: (metrics) => metrics.map((query) => redactQuery(query, metrics, redactor)),
  });
}

function redactStatistic(text: string, names: Names): string {
  return isStatistic(text) ? text : names.text(text);
}

function redactQuery(query: MetricDataQuery, queries: readonly MetricDataQuery[], redactor: Redactor): MetricDataQuery {
  const { names } = redactor;
  return redactMembers(query, {
    id: (id) => redactQueryId(id, names),
    expression: (expression) => redactExpression(expression, queries, names),
    returnData: kept,
    period: kept,
    accountId: names.text,
    metricStat: (metricStat) =>
      redactMembers(metricStat, {
        metric: (metric) => redactMetric(metric, redactor),
        period: kept,
        stat: (statistic) => redactStatistic(statistic, names),
        unit: (unit) => redactChoice(unit, units, names),
      }),
  });
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
    case 'joined': {
      const [only, ...others] = rule.of;
      // One rule alone is written without parentheses, as it was.
      if (only !== undefined && others.length === 0) return ruleText(only, mentioned, redactor);
      return rule.of.map((part, at) => (at === 0 ? inner(part) : ` ${rule.by[at - 1] ?? ''} ${inner(part)}`)).join('');
    }
    case 'at-least': {
      const { threshold, unit, negated, state, alarms } = rule;
      const count = `${threshold}${unit === 'percent' ? '%' : ''}`;
      const listed = alarms.map((alarm) => quotedAlarm(alarm, redactor)).join(', ');
      return `AT_LEAST(${count}, ${negated ? 'NOT ' : ''}${state}, (${listed}))`;
    }
  }
}
