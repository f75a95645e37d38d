import type { AlarmRule } from '../chain/alarm/composite/rule.ts';
import { parseAlarmRule } from '../chain/alarm/composite/rule.ts';
import type {
  Alarm,
  AlarmAction,
  Dimension,
  MetricAlarm,
  MetricDataQuery,
  MetricName,
} from '../inventory/resources.ts';
import { redactArn } from './redact-arn.ts';
import { redactCompared } from './redact-pattern.ts';
import { redactMessage, redactText } from './redact-text.ts';
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
  const { namespace, metricName, dimensions, promQuery, metrics, thresholdMetricId } = alarm;
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
    ...(thresholdMetricId === undefined ? {} : { thresholdMetricId: standIn('query', thresholdMetricId) }),
    metrics: metrics.map((query) => redactQuery(query, metrics, redactor)),
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
  if (isOfAws(namespace)) return { name, value: standIn('value', value) };
  // It is held against what a filter compares the same field with. Of several fields, one that may hold a name counts.
  const [first, ...others] = known.dimensions.get(name) ?? [];
  const redacted = first === undefined ? standIn('value', value) : redactCompared(value, first, standIn);
  const another = others.map((selector) => redactCompared(value, selector, standIn)).find((one) => one !== value);
  return { name: redactDimensionName(name, redactor), value: another ?? redacted };
}

function redactQuery(query: MetricDataQuery, queries: readonly MetricDataQuery[], redactor: Redactor): MetricDataQuery {
  const { id, expression, accountId, metricStat } = query;
  return {
    ...query,
    id: redactor.standIn('query', id),
    ...(expression === undefined ? {} : { expression: redactExpression(expression, queries, redactor) }),
    ...(accountId === undefined ? {} : { accountId: redactText(accountId, redactor.standIn) }),
    ...(metricStat === undefined
      ? {}
      : { metricStat: { ...metricStat, metric: redactMetric(metricStat.metric, redactor) } }),
  };
}

/** `METRICS("part of an id")`, a text, or a word. */
const MATH = /METRICS\s*\(\s*(?:"([^"]*)"|'([^']*)')\s*\)|"[^"]*"|'[^']*'|[A-Za-z_]\w*/g;

/**
 * A formula with the other ids of its queries. The words of AWS in it are in capitals; texts in it name things, and what
 * a search looks for is not shown, since no judgement follows it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function redactExpression(expression: string, queries: readonly MetricDataQuery[], { standIn }: Redactor): string {
  if (/\bSELECT\b/i.test(expression)) return 'SELECT redacted';
  return expression.replace(MATH, (piece, double: string | undefined, single: string | undefined) => {
    const part = double ?? single;
    if (part !== undefined) {
      const meant = queries.filter(({ id, metricStat }) => metricStat !== undefined && id.includes(part));
      return `[${meant.map(({ id }) => standIn('query', id)).join(', ')}]`;
    }
    if (/^["']/.test(piece)) return "'redacted'";
    return /^(?:[A-Z_]+|and|or)$/.test(piece) ? piece : standIn('query', piece);
  });
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

/** What became of an action. AWS's texts begin alike; what follows may name things. */
export function redactAction(action: AlarmAction, redactor: Redactor): AlarmAction {
  const { summary, notificationResource, error } = action;
  return {
    ...action,
    summary: redactMessage(summary, redactor),
    ...(notificationResource === undefined
      ? {}
      : { notificationResource: redactMessage(notificationResource, redactor) }),
    ...(error === undefined ? {} : { error: redactMessage(error, redactor) }),
  };
}
