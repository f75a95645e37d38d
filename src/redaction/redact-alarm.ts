import type { AlarmRule } from '../chain/alarm-rule.ts';
import { parseAlarmRule } from '../chain/alarm-rule.ts';
import type {
  Alarm,
  AlarmAction,
  Dimension,
  MetricAlarm,
  MetricDataQuery,
  MetricName,
} from '../inventory/resources.ts';
import { redactArn } from './redact-arn.ts';
import { redactPublished, redactText } from './redact-text.ts';
import type { Redactor } from './redactor.ts';

/** An alarm with other names, on the metric and the topics that stand in for its own. */
export function redactAlarm(alarm: Alarm, redactor: Redactor): Alarm {
  switch (alarm.kind) {
    case 'metric-alarm':
      return redactMetricAlarm(alarm, redactor);
    case 'composite-alarm':
      return {
        ...alarm,
        ...redactBase(alarm, redactor),
        alarmRule: redactRule(alarm.alarmRule, redactor),
        ...(alarm.actionsSuppressor === undefined
          ? {}
          : { actionsSuppressor: redactAlarmReference(alarm.actionsSuppressor, redactor) }),
      };
    case 'log-alarm':
      return { ...alarm, ...redactBase(alarm, redactor) };
  }
}

function redactBase({ alarmName, alarmArn, alarmActions }: Alarm, { standIn }: Redactor) {
  return {
    alarmName: standIn('alarm', alarmName),
    alarmArn: redactArn(alarmArn, standIn),
    alarmActions: alarmActions.map((action) => redactArn(action, standIn)),
  };
}

export function redactMetricAlarm(alarm: MetricAlarm, redactor: Redactor): MetricAlarm {
  const { namespace, metricName, dimensions, promQuery, metrics } = alarm;
  const { standIn, known } = redactor;
  return {
    ...alarm,
    ...redactBase(alarm, redactor),
    ...(namespace === undefined ? {} : { namespace: redactNamespace(namespace, redactor) }),
    ...(metricName === undefined ? {} : { metricName: redactMetricName(metricName, namespace, redactor) }),
    dimensions: dimensions.map((dimension) => redactDimension(dimension, namespace, redactor)),
    // Of a query it matters only which metrics it speaks of.
    ...(promQuery === undefined
      ? {}
      : {
          promQuery: known.metricNames
            .filter((name) => promQuery.includes(name))
            .map((name) => standIn('metric', name))
            .join(' + '),
        }),
    metrics: metrics.map((query) => redactQuery(query, redactor)),
  };
}

export function redactMetric({ namespace, metricName, dimensions }: MetricName, redactor: Redactor): MetricName {
  return {
    namespace: redactNamespace(namespace, redactor),
    metricName: redactMetricName(metricName, namespace, redactor),
    dimensions: dimensions.map((dimension) => redactDimension(dimension, namespace, redactor)),
  };
}

/** AWS's own namespaces, and the metrics in them, are no secret. */
const isOfAws = (namespace: string | undefined): boolean => namespace?.startsWith('AWS/') === true;

export function redactNamespace(namespace: string, { standIn }: Redactor): string {
  return isOfAws(namespace) ? namespace : standIn('namespace', namespace);
}

export function redactMetricName(name: string, namespace: string | undefined, { standIn }: Redactor): string {
  return isOfAws(namespace) ? name : standIn('metric', name);
}

export function redactDimensionName(name: string, { standIn }: Redactor): string {
  return name.startsWith('@') ? name : standIn('dimension', name);
}

function redactDimension({ name, value }: Dimension, namespace: string | undefined, redactor: Redactor): Dimension {
  const { standIn, known } = redactor;
  const selectors = known.dimensions.get(name);
  return {
    name: isOfAws(namespace) ? name : redactDimensionName(name, redactor),
    value: selectors === undefined ? standIn('value', value) : redactPublished(value, selectors, standIn),
  };
}

/** A query's id and its formula stay; what a search looks for goes, since no judgement follows it. */
function redactQuery(query: MetricDataQuery, redactor: Redactor): MetricDataQuery {
  const { expression, accountId, metricStat } = query;
  return {
    ...query,
    ...(expression === undefined ? {} : { expression: redactExpression(expression) }),
    ...(accountId === undefined ? {} : { accountId: redactText(accountId, redactor.standIn) }),
    ...(metricStat === undefined
      ? {}
      : { metricStat: { ...metricStat, metric: redactMetric(metricStat.metric, redactor) } }),
  };
}

function redactExpression(expression: string): string {
  if (/\bSELECT\b/i.test(expression)) return 'SELECT redacted';
  if (/\bSEARCH\b/i.test(expression)) return expression.replace(/'[^']*'|"[^"]*"/g, "'redacted'");
  return expression;
}

function redactAlarmReference(nameOrArn: string, { standIn }: Redactor): string {
  return nameOrArn.startsWith('arn:') ? redactArn(nameOrArn, standIn) : standIn('alarm', nameOrArn);
}

/** A rule with other alarms. Of what is not understood in it only those alarms are shown that it speaks of. */
function redactRule(text: string, redactor: Redactor): string {
  const { alarmNames, alarmArns } = redactor.known;
  const mentioned = [...alarmNames, ...alarmArns]
    .filter((name) => text.includes(name))
    .map((name) => quotedAlarm(name, redactor))
    .join(', ');
  const rule = parseAlarmRule(text);
  return rule === undefined ? `redacted: ${mentioned}` : ruleText(rule, mentioned, redactor);
}

function quotedAlarm(nameOrArn: string, redactor: Redactor): string {
  return `"${redactAlarmReference(nameOrArn, redactor)}"`;
}

function ruleText(rule: AlarmRule, mentioned: string, redactor: Redactor): string {
  const inner = (part: AlarmRule) => `(${ruleText(part, mentioned, redactor)})`;
  switch (rule.kind) {
    case 'constant':
      return rule.value ? 'TRUE' : 'FALSE';
    case 'unknown':
      return `${rule.name}(${mentioned})`;
    case 'state':
      return `${rule.state}(${quotedAlarm(rule.alarm, redactor)})`;
    case 'not':
      return `NOT ${inner(rule.of)}`;
    case 'joined':
      return rule.of.map((part, at) => (at === 0 ? inner(part) : ` ${rule.by[at - 1] ?? ''} ${inner(part)}`)).join('');
    case 'at least': {
      const { threshold, unit, negated, state, alarms } = rule;
      const count = `${threshold}${unit === 'percent' ? '%' : ''}`;
      const names = alarms.map((alarm) => quotedAlarm(alarm, redactor)).join(', ');
      return `AT_LEAST(${count}, ${negated ? 'NOT ' : ''}${state}, (${names}))`;
    }
  }
}

/** What became of an action. AWS's texts begin alike; what follows may name things that no judgement looks at. */
export function redactAction(action: AlarmAction, { standIn }: Redactor): AlarmAction {
  const { summary, notificationResource, error } = action;
  return {
    ...action,
    summary: redactText(summary, standIn),
    ...(notificationResource === undefined ? {} : { notificationResource: redactText(notificationResource, standIn) }),
    ...(error === undefined ? {} : { error: redactText(error, standIn) }),
  };
}
