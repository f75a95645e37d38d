import type { Interval } from './interval.ts';
import { hull, zero } from './interval.ts';
import type { Statistic } from './statistic.ts';

/** What is published to a metric in one period. */
export interface Samples {
  /** The number of matching events in the period; each publishes `value`. */
  readonly events: number;
  readonly value: number;
  /** What else may be published in the period, each value any number of times: defaults, and values of other filters. */
  readonly background: readonly number[];
  /** Whether at least one value of the background is certainly published. */
  readonly backgroundCertain: boolean;
}

/** One datapoint, as far as it is known. Without values it is certainly missing. */
export interface Datapoint {
  readonly values?: Interval;
  readonly mayBeMissing: boolean;
}

export const missing: Datapoint = { mayBeMissing: true };

export function certain(values: Interval): Datapoint {
  return { values, mayBeMissing: false };
}

/** A datapoint that is one of two. */
export function either(a: Datapoint, b: Datapoint): Datapoint {
  const values = a.values && b.values ? hull(a.values, b.values) : (a.values ?? b.values);
  return { ...(values ? { values } : {}), mayBeMissing: a.mayBeMissing || b.mayBeMissing };
}

/**
 * The datapoint that a statistic computes from the samples of one period.
 *
 * The number of background samples in a period depends on traffic, so it is unknown. A percentile of different samples
 * lies somewhere between them, since CloudWatch does not document how it interpolates.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function datapointOf(statistic: Statistic, samples: Samples): Datapoint {
  const own = statistic.valueOf(samples.value);
  const others = [...new Set(samples.background.map((sample) => statistic.valueOf(sample)))];
  const background = others.filter((value) => value !== undefined);
  const used: Samples = {
    events: own === undefined ? 0 : samples.events,
    value: own ?? 0,
    background,
    backgroundCertain: samples.backgroundCertain && background.length === others.length,
  };
  const unused = datapointWithoutSamples(statistic, samples);
  if (used.events === 0 && background.length === 0) return unused;
  const values = statistic.trims === 'none' ? plainValues(statistic, used) : trimmedValues(statistic, used);
  const some: Datapoint = { values, mayBeMissing: statistic.trims === 'share' };
  return used.events > 0 || used.backgroundCertain ? some : either(some, unused);
}

/** The datapoint if no sample is used: none, but a count or sum of samples that were all left out may be 0 as well. */
function datapointWithoutSamples({ base }: Statistic, { events, backgroundCertain }: Samples): Datapoint {
  const leftOut = events > 0 || backgroundCertain;
  const counts = base === 'SampleCount' || base === 'Sum';
  return leftOut && counts ? { values: zero, mayBeMissing: true } : missing;
}

/** The possible values of a statistic that leaves out, or clamps, a share of the samples. */
function trimmedValues({ base }: Statistic, samples: Samples): Interval {
  const all = extremes(samples);
  if (base === 'Average') return all;
  const most = samples.background.length > 0 ? Infinity : samples.events;
  if (base === 'SampleCount') return { low: 0, high: most };
  // None of the samples is negative: CloudWatch computes no such statistic of negative values.
  return { low: 0, high: all.high > 0 ? all.high * most : 0 };
}

/** The least interval around at least one sample. */
function extremes({ events, value, background }: Samples): Interval {
  const all = events > 0 ? [value, ...background] : background;
  return { low: Math.min(...all), high: Math.max(...all) };
}

/** The possible values of a plain statistic over at least one sample. */
function plainValues({ base }: Statistic, samples: Samples): Interval {
  const { events, value, background } = samples;
  const all = extremes(samples);
  // Without an event there is a datapoint only if there is at least one background sample.
  const withBackground = samples.backgroundCertain || events === 0;
  const [least, most] = [Math.min(...background), Math.max(...background)];
  switch (base) {
    case 'Sum': {
      const low = least < 0 ? -Infinity : withBackground ? least : 0;
      const high = most > 0 ? Infinity : withBackground ? most : 0;
      return { low: events * value + low, high: events * value + high };
    }
    case 'SampleCount':
      return { low: events + (withBackground ? 1 : 0), high: background.length > 0 ? Infinity : events };
    case 'Minimum':
      return {
        low: all.low,
        high: withBackground ? Math.min(events > 0 ? value : Infinity, most) : value,
      };
    case 'Maximum':
      return {
        low: withBackground ? Math.max(events > 0 ? value : -Infinity, least) : value,
        high: all.high,
      };
    case 'Average':
      return averageOf(samples, withBackground);
    case 'percentile':
      return all;
  }
}

/**
 * The more background samples there are, the nearer the average is to them, without reaching them. A single background
 * sample leaves it nearest to the value of the events.
 */
function averageOf(samples: Samples, withBackground: boolean): Interval {
  const { events, value, background } = samples;
  if (events === 0) return extremes(samples);
  const [least, most] = [Math.min(...background), Math.max(...background)];
  const withOne = (other: number) => (withBackground ? (events * value + other) / (events + 1) : value);
  const lower = least < value ? { low: least, lowOpen: true } : { low: withOne(least) };
  const upper = most > value ? { high: most, highOpen: true } : { high: withOne(most) };
  return { ...lower, ...upper };
}
