import type { MetricDataQuery } from '../../../../inventory/resources.ts';
import type { Datapoint } from '../datapoint.ts';
import { certain, missing } from '../datapoint.ts';
import type { Interval } from '../interval.ts';
import { absolute, anyValue, exactly, increasing, negated } from '../interval.ts';
import type { MathExpression } from './metric-math.ts';
import { parseMetricMath } from './metric-math.ts';
import { aggregate, conditional, fillMissing } from './metric-math-functions.ts';
import type { MathValue } from './metric-math-operators.ts';
import { operate } from './metric-math-operators.ts';
import type { Moment, Series } from '../series.ts';

/** The queries of an alarm, and what is known of their metrics. */
export interface MathInput {
  readonly queries: readonly MetricDataQuery[];
  /** In seconds. */
  readonly period: number;
  /** The series of a query's metric; `undefined` if nothing is known of the metric; or why the series is not known. */
  readonly seriesOf: (query: MetricDataQuery) => Series | string | undefined;
}

/** A value, or why it is not computed. */
type Computed<T = MathValue> = T | string;

/**
 * The values that the expressions of one alarm may have in all. An alarm has at most ten metrics, so no real one comes
 * near it; a list that names lists would grow without bound.
 */
const MOST_VALUES = 1000;

/** How deep queries may name each other: far more than an alarm has queries, and shallow enough for the stack. */
const DEEPEST_QUERY = 100;

/** How deep values may be within each other, over all expressions: a sum of as many parts is, and the stack is not endless. */
const DEEPEST_VALUE = 1000;

const unknownSeries: Series = () => ({ values: anyValue, mayBeMissing: true });

/** The state of one computation: each query is computed once, however often it is named. */
interface Computation {
  readonly input: MathInput;
  readonly byId: ReadonlyMap<string, MetricDataQuery>;
  readonly known: Map<MetricDataQuery, Computed>;
  /** The queries that are being computed. One that names itself, directly or not, goes in a circle. */
  readonly open: Set<MetricDataQuery>;
  values: number;
  depth: number;
  fillsMissing: boolean;
}

/**
 * The value of a query of metric math, and of all queries that it refers to by id.
 *
 * @returns the value, or why it is not computed; and whether missing data is filled in on the way
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function valueOfQuery(
  query: MetricDataQuery,
  input: MathInput,
): { readonly value: Computed; readonly fillsMissing: boolean } {
  // Of several queries with one id the first counts.
  const byId = new Map([...input.queries].reverse().map((one) => [one.id, one]));
  const computation: Computation = {
    input,
    byId,
    known: new Map(),
    open: new Set(),
    values: 0,
    depth: 0,
    fillsMissing: false,
  };
  const value = computeQuery(query, computation);
  return { value, fillsMissing: computation.fillsMissing };
}

function computeQuery(query: MetricDataQuery, computation: Computation): Computed {
  const known = computation.known.get(query);
  if (known !== undefined) return known;
  if (computation.open.has(query)) return `its metric math goes in a circle at ${query.id}`;
  if (computation.open.size >= DEEPEST_QUERY) return 'its metric math names too many expressions within each other';
  computation.open.add(query);
  const value = rememberSeries(computeUnknownQuery(query, computation));
  computation.open.delete(query);
  computation.known.set(query, value);
  return value;
}

function computeUnknownQuery(query: MetricDataQuery, computation: Computation): Computed {
  if (query.metricStat !== undefined) {
    const series = computation.input.seriesOf(query) ?? unknownSeries;
    return typeof series === 'string' ? series : { kind: 'series', series };
  }
  const text = query.expression ?? '';
  if (/^\s*SELECT\b/i.test(text)) return 'it is a query of Metrics Insights';
  const expression = parseMetricMath(text);
  if (expression === undefined) return `its metric math is not understood: ${text}`;
  return valueOf(expression, computation);
}

/** The same value, of which each datapoint is computed once. */
function rememberSeries(value: Computed): Computed {
  if (typeof value === 'string' || value.kind === 'scalar') return value;
  if (value.kind === 'list') {
    const items = value.items.map((item) => rememberSeries(item)).filter((item) => typeof item !== 'string');
    return { kind: 'list', items };
  }
  const { series } = value;
  const known = new Map<Moment, Datapoint>();
  return {
    kind: 'series',
    series: (moment) => {
      const before = known.get(moment);
      if (before !== undefined) return before;
      const datapoint = series(moment);
      known.set(moment, datapoint);
      return datapoint;
    },
  };
}

function valueOf(expression: MathExpression, computation: Computation): Computed {
  if (computation.depth >= DEEPEST_VALUE) return 'its metric math has too many expressions within each other';
  computation.depth += 1;
  const value = computeExpression(expression, computation);
  computation.depth -= 1;
  if (typeof value === 'string') return value;
  computation.values += value.kind === 'list' ? value.items.length : 1;
  return computation.values > MOST_VALUES ? `its metric math has more than ${MOST_VALUES} values` : value;
}

function computeExpression(expression: MathExpression, computation: Computation): Computed {
  const compute = (one: MathExpression) => valueOf(one, computation);
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: exactly(expression.value) };
    case 'text':
      return `its metric math has a text where a value is expected: ${expression.value}`;
    case 'name': {
      const query = computation.byId.get(expression.name);
      return query ? computeQuery(query, computation) : `its metric math refers to ${expression.name}`;
    }
    case 'negation': {
      const operand = compute(expression.of);
      return typeof operand === 'string' ? operand : mapValues(operand, negated);
    }
    case 'binary': {
      const left = compute(expression.left);
      if (typeof left === 'string') return left;
      const right = compute(expression.right);
      return typeof right === 'string' ? right : operate(expression.operator, left, right);
    }
    case 'list': {
      const items = allComputed(expression.items.map(compute));
      return typeof items === 'string' ? items : { kind: 'list', items: items.flatMap(itemsOf) };
    }
    case 'call':
      return callFunction(expression, computation);
  }
}

type Call = MathExpression & { readonly kind: 'call' };

/** The functions that are computed from values alone. */
const functions: ReadonlySet<string> = new Set([
  ...['ABS', 'CEIL', 'FLOOR', 'TIME_SERIES', 'METRIC_COUNT', 'FILL', 'IF'],
  ...['SUM', 'AVG', 'MIN', 'MAX'],
]);

function callFunction({ name, given }: Call, computation: Computation): Computed {
  const [first, second] = given;
  if (name === 'METRICS') return allMetrics(first, computation);
  if (name === 'PERIOD') return { kind: 'scalar', value: exactly(computation.input.period) };
  if (name === 'FILL' && second?.kind === 'name' && ['REPEAT', 'LINEAR'].includes(second.name)) {
    return `its metric math fills with ${second.name}`;
  }
  if (!functions.has(name)) return `${name} of its metric math is not computed`;
  const values = allComputed(given.map((one) => valueOf(one, computation)));
  if (typeof values === 'string') return values;
  const [a, b, c] = values;
  if (a === undefined) return `${name} of its metric math has no argument`;
  switch (name) {
    case 'ABS':
      return mapValues(a, absolute);
    case 'CEIL':
      return mapValues(a, (value) => increasing(Math.ceil, value));
    case 'FLOOR':
      return mapValues(a, (value) => increasing(Math.floor, value));
    case 'TIME_SERIES':
      if (a.kind !== 'scalar') return 'TIME_SERIES of a series, in its metric math, is not computed';
      return { kind: 'series', series: () => certain(a.value) };
    case 'METRIC_COUNT':
      if (a.kind !== 'list') return 'METRIC_COUNT of one series, in its metric math, is not computed';
      return { kind: 'scalar', value: exactly(a.items.length) };
    case 'FILL':
      computation.fillsMissing = true;
      return b ? fillMissing(a, b) : 'FILL of its metric math has no filler';
    case 'IF':
      return b ? conditional(a, b, c, isComparisonWithNumber(first)) : 'IF of its metric math has no value';
    default:
      // Over one series these depend on how many datapoints CloudWatch retrieves, which is not documented.
      return a.kind === 'list' ? aggregate(name, a.items) : `${name} over time, in its metric math, is not computed`;
  }
}

/** Whether an expression has the form `TS > S`, for which AWS documents rules of their own in a condition. */
function isComparisonWithNumber(expression: MathExpression | undefined): boolean {
  if (expression?.kind !== 'binary') return false;
  const isNumber = ({ kind }: MathExpression) => kind === 'number' || kind === 'negation';
  const isComparison = ['<', '<=', '>', '>=', '==', '!='].includes(expression.operator);
  return isComparison && (isNumber(expression.left) || isNumber(expression.right));
}

/** All metrics of the request, or those whose id contains a text. */
function allMetrics(part: MathExpression | undefined, computation: Computation): Computed {
  const text = part?.kind === 'text' ? part.value : '';
  const queries = computation.input.queries.filter(
    ({ id, metricStat }) => metricStat !== undefined && id.includes(text),
  );
  const items = allComputed(queries.map((query) => computeQuery(query, computation)));
  return typeof items === 'string' ? items : { kind: 'list', items };
}

function allComputed(values: readonly Computed[]): Computed<readonly MathValue[]> {
  const reason = values.find((value) => typeof value === 'string');
  return reason ?? values.filter((value) => typeof value !== 'string');
}

function itemsOf(value: MathValue): readonly MathValue[] {
  return value.kind === 'list' ? value.items : [value];
}

/** Applies a function of one value to every datapoint that is present. */
function mapValues(value: MathValue, compute: (values: Interval) => Interval): MathValue {
  switch (value.kind) {
    case 'scalar':
      return { kind: 'scalar', value: compute(value.value) };
    case 'list':
      return { kind: 'list', items: value.items.map((item) => mapValues(item, compute)) };
    case 'series': {
      const series = (moment: Moment): Datapoint => {
        const { values, mayBeMissing } = value.series(moment);
        return values ? { values: compute(values), mayBeMissing } : missing;
      };
      return { kind: 'series', series };
    }
  }
}
