import type { MetricDataQuery } from '../../../inventory/resources.ts';
import type { Datapoint } from './datapoint.ts';
import { certain, either, missing } from './datapoint.ts';
import type { Interval } from './interval.ts';
import { absolute, anything, exactly, hull, negated, only, rising } from './interval.ts';
import type { MathExpression } from './metric-math.ts';
import { parseMetricMath } from './metric-math.ts';
import type { MathValue } from './metric-math-operators.ts';
import { operate } from './metric-math-operators.ts';
import type { Moment, Series } from './series.ts';

export interface MathContext {
  readonly queries: readonly MetricDataQuery[];
  /** In seconds. */
  readonly period: number;
  /** The series of a query's metric; nothing if nothing is known of it; why it cannot be told. */
  readonly metric: (query: MetricDataQuery) => Series | string | undefined;
  /** Called if missing data is filled in. */
  readonly onFill: () => void;
}

/** A value, or why it is not computed. */
type Computed<T = MathValue> = T | string;

const unknown: Series = () => ({ values: anything, mayBeMissing: true });

/**
 * The value of a query of metric math, and of all queries that it refers to by id.
 *
 * @returns the value, or why it is not computed
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function valueOfQuery(query: MetricDataQuery, context: MathContext): Computed {
  return ofQuery(query, context, []);
}

function ofQuery(query: MetricDataQuery, context: MathContext, within: readonly string[]): Computed {
  if (query.metricStat !== undefined) {
    const series = context.metric(query) ?? unknown;
    return typeof series === 'string' ? series : { kind: 'series', series };
  }
  if (within.includes(query.id)) return `its metric math goes round in a circle at ${query.id}`;
  const text = query.expression ?? '';
  if (/^\s*SELECT\b/i.test(text)) return 'it is a query of Metrics Insights';
  const expression = parseMetricMath(text);
  if (expression === undefined) return `its metric math is not understood: ${text}`;
  return valueOf(expression, context, [...within, query.id]);
}

function valueOf(expression: MathExpression, context: MathContext, within: readonly string[]): Computed {
  const inner = (one: MathExpression) => valueOf(one, context, within);
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: exactly(expression.value) };
    case 'text':
      return `its metric math has a text where a value is expected: ${expression.value}`;
    case 'name': {
      const query = context.queries.find(({ id }) => id === expression.name);
      return query ? ofQuery(query, context, within) : `its metric math refers to ${expression.name}`;
    }
    case 'negation': {
      const of = inner(expression.of);
      return typeof of === 'string' ? of : mapped(of, negated);
    }
    case 'binary': {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      if (typeof left === 'string') return left;
      return typeof right === 'string' ? right : operate(expression.operator, left, right);
    }
    case 'list': {
      const items = all(expression.items.map(inner));
      return typeof items === 'string' ? items : { kind: 'list', items: items.flatMap(flat) };
    }
    case 'call':
      return call(expression, context, within);
  }
}

type Call = MathExpression & { readonly kind: 'call' };

function call({ name, given }: Call, context: MathContext, within: readonly string[]): Computed {
  const [first, second] = given;
  if (name === 'METRICS') return metrics(first, context);
  if (name === 'PERIOD') return { kind: 'scalar', value: exactly(context.period) };
  if (name === 'FILL' && second?.kind === 'name' && ['REPEAT', 'LINEAR'].includes(second.name)) {
    return `its metric math fills with ${second.name}`;
  }
  if (!computed.has(name)) return `${name} of its metric math is not computed`;
  const values = all(given.map((one) => valueOf(one, context, within)));
  if (typeof values === 'string') return values;
  const [a, b, c] = values;
  if (a === undefined) return `${name} of its metric math has nothing to work on`;
  switch (name) {
    case 'ABS':
      return mapped(a, absolute);
    case 'CEIL':
      return mapped(a, (values) => rising(Math.ceil, values));
    case 'FLOOR':
      return mapped(a, (values) => rising(Math.floor, values));
    case 'TIME_SERIES':
      return a.kind === 'scalar' ? { kind: 'series', series: () => certain(a.value) } : a;
    case 'METRIC_COUNT':
      return a.kind === 'list' ? { kind: 'scalar', value: exactly(a.items.length) } : a;
    case 'FILL':
      context.onFill();
      return b ? filled(a, b) : 'FILL of its metric math has no filler';
    case 'IF':
      return b ? conditional(a, b, c) : 'IF of its metric math has no value';
    default:
      // Over one series these look at as many datapoints as CloudWatch happens to retrieve.
      return a.kind === 'list' ? overall(name, a.items) : `${name} over time, of its metric math, is not computed`;
  }
}

const computed = new Set([
  ...['ABS', 'CEIL', 'FLOOR', 'TIME_SERIES', 'METRIC_COUNT', 'FILL', 'IF'],
  ...['SUM', 'AVG', 'MIN', 'MAX'],
]);

/** All metrics of the request, or those whose id contains a text. */
function metrics(part: MathExpression | undefined, context: MathContext): Computed {
  const text = part?.kind === 'text' ? part.value : '';
  const queries = context.queries.filter(({ id, metricStat }) => metricStat !== undefined && id.includes(text));
  const items = all(queries.map((query) => ofQuery(query, context, [])));
  return typeof items === 'string' ? items : { kind: 'list', items };
}

function all(values: readonly Computed[]): Computed<readonly MathValue[]> {
  const reason = values.find((value) => typeof value === 'string');
  return reason ?? values.filter((value) => typeof value !== 'string');
}

function flat(value: MathValue): readonly MathValue[] {
  return value.kind === 'list' ? value.items : [value];
}

/** A function of one value, applied to every datapoint there is. */
function mapped(value: MathValue, of: (values: Interval) => Interval): MathValue {
  switch (value.kind) {
    case 'scalar':
      return { kind: 'scalar', value: of(value.value) };
    case 'list':
      return { kind: 'list', items: value.items.map((item) => mapped(item, of)) };
    case 'series': {
      const series = (moment: Moment): Datapoint => {
        const { values, mayBeMissing } = value.series(moment);
        return values ? { values: of(values), mayBeMissing } : missing;
      };
      return { kind: 'series', series };
    }
  }
}

/** The datapoint of a value at a moment; a number is there at every moment. */
function at(value: MathValue, moment: Moment): Datapoint {
  if (value.kind === 'list') throw new Error('a list has no one datapoint');
  return value.kind === 'scalar' ? certain(value.value) : value.series(moment);
}

/** What is missing takes the value of the filler. */
function filled(value: MathValue, filler: MathValue): Computed {
  if (filler.kind === 'list') return 'FILL of its metric math is not understood';
  if (value.kind === 'list') {
    const items = all(value.items.map((item) => filled(item, filler)));
    return typeof items === 'string' ? items : { kind: 'list', items };
  }
  const series = (moment: Moment): Datapoint => {
    const { values, mayBeMissing } = at(value, moment);
    const instead = at(filler, moment);
    if (values === undefined) return instead;
    return mayBeMissing ? either(certain(values), instead) : certain(values);
  };
  return { kind: 'series', series };
}

/**
 * `IF(condition, value, other)`. Where the condition is missing the datapoint is dropped; a value that is missing where
 * the condition holds is 0; another that is missing, or left out, is dropped.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#using-IF-expressions
 */
function conditional(condition: MathValue, value: MathValue, other: MathValue | undefined): Computed {
  if ([condition, value, other].some((one) => one?.kind === 'list'))
    return 'IF over a list, of its metric math, is not computed';
  const chosen = condition.kind === 'scalar';
  const series = (moment: Moment): Datapoint => {
    const { values, mayBeMissing } = at(condition, moment);
    const outcomes: Datapoint[] = mayBeMissing ? [missing] : [];
    if (values !== undefined && only(values) !== 0) {
      const taken = at(value, moment);
      outcomes.push(chosen || !taken.mayBeMissing ? taken : zeroIfMissing(taken));
    }
    if (values !== undefined && values.low <= 0 && values.high >= 0) outcomes.push(other ? at(other, moment) : missing);
    return outcomes.reduce(either);
  };
  return { kind: 'series', series };
}

function zeroIfMissing({ values }: Datapoint): Datapoint {
  return certain(values ? hull(values, exactly(0)) : exactly(0));
}

/**
 * SUM, AVG, MIN or MAX across several series. In a sum and an average what is missing is 0; in an extreme AWS does not
 * say, so that it is either left out or 0.
 */
function overall(name: string, items: readonly MathValue[]): Computed {
  if (items.length === 0) return `${name} of its metric math has nothing to work on`;
  const [sums, divisor] = [name === 'SUM' || name === 'AVG', name === 'AVG' ? items.length : 1];
  const series = (moment: Moment): Datapoint => {
    const points = items.map((item) => at(item, moment));
    const some = points.some(({ values }) => values !== undefined);
    if (!some) return missing;
    const present = points.flatMap(({ values, mayBeMissing }) => {
      if (sums) return [values ? (mayBeMissing ? hull(values, exactly(0)) : values) : exactly(0)];
      return values ? [values] : [];
    });
    const merged = present.reduce((a, b) => merge(name, a, b));
    const values = sums ? rising((value) => value / divisor, merged) : merged;
    const loose = !sums && points.some(({ mayBeMissing }) => mayBeMissing);
    return {
      values: loose ? hull(points.map(zeroOr).reduce(hull), values) : values,
      mayBeMissing: points.every(({ mayBeMissing }) => mayBeMissing),
    };
  };
  return { kind: 'series', series };
}

function zeroOr({ values, mayBeMissing }: Datapoint): Interval {
  const known = values ?? exactly(0);
  return mayBeMissing ? hull(known, exactly(0)) : known;
}

function merge(name: string, a: Interval, b: Interval): Interval {
  switch (name) {
    case 'MIN':
      return { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
    case 'MAX':
      return { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
    default:
      return { low: a.low + b.low, high: a.high + b.high };
  }
}
