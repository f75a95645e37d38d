import type { MetricDataQuery } from '../../inventory/resources.ts';
import type { Names } from '../names.ts';
import { redactNumber } from '../redact-value.ts';

/** `METRICS("part of an id")`, a text, a number, or a word. A number is read first: the `e3` of `1e3` is no id. */
const PIECE =
  /METRICS\s*\(\s*(?:"([^"]*)"|'([^']*)')\s*\)|"[^"]*"|'[^']*'|(?:%[0-9A-Fa-f]{2})+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*/g;

/**
 * A formula with other ids of its queries. AWS's own words in it stay, and so do short numbers. Texts in it name
 * things, and what a search looks for is not shown, since no verdict depends on it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function redactExpression(expression: string, queries: readonly MetricDataQuery[], names: Names): string {
  const [all, select = '', query = ''] = /^(\s*SELECT\b)(.*)$/is.exec(expression) ?? [];
  // A query of Metrics Insights names its metric. Its words have no other meaning in a verdict.
  if (all !== undefined) return `${select}${names.text(query)}`;
  if (/\bSELECT\b/i.test(expression)) return 'redacted SELECT';
  return expression.replace(PIECE, (piece, double: string | undefined, single: string | undefined) => {
    const part = double ?? single;
    if (part !== undefined) {
      const meant = queries.filter(({ id, metricStat }) => metricStat !== undefined && id.includes(part));
      return `[${meant.map(({ id }) => redactQueryId(id, names)).join(', ')}]`;
    }
    if (/^["']/.test(piece)) return "'redacted'";
    if (piece.startsWith('%')) return names.text(piece);
    if (/^[\d.]/.test(piece)) return redactNumber(piece, names);
    return mathWords.has(piece) ? piece : redactQueryId(piece, names);
  });
}

/** The words of metric math. */
const mathWords: ReadonlySet<string> = new Set([
  ...[
    'ABS',
    'ANOMALY_DETECTION_BAND',
    'AVG',
    'CEIL',
    'DATAPOINT_COUNT',
    'DAY',
    'DB_PERF_INSIGHTS',
    'DIFF',
    'DIFF_TIME',
  ],
  ...[
    'EPOCH',
    'FILL',
    'FIRST',
    'FLOOR',
    'HOUR',
    'IF',
    'INSIGHT_RULE_METRIC',
    'LAMBDA',
    'LAST',
    'LINEAR',
    'LOG',
    'LOG10',
  ],
  ...['MAX', 'METRIC_COUNT', 'METRICS', 'MIN', 'MINUTE', 'MONTH', 'PERIOD', 'RATE', 'REMOVE_EMPTY', 'REPEAT'],
  ...['RUNNING_SUM', 'SEARCH', 'SERVICE_QUOTA', 'SLICE', 'SORT', 'STDDEV', 'SUM', 'TIME_SERIES', 'YEAR', 'ASC', 'DESC'],
  ...['AND', 'OR', 'and', 'or', 'NOT'],
]);

/** An id of a query begins with a small letter, and other characters than letters, digits and `_` are not allowed in it. */
export function redactQueryId(id: string, names: Names): string {
  return names.text(id);
}
