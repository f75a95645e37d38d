import { expect } from 'chai';
import fc from 'fast-check';

import type { Firing } from '../../../../src/chain/alarm/firing/firing.ts';
import { willItFire } from '../../../../src/chain/alarm/firing/will-it-fire.ts';
import type { MetricAlarm } from '../../../../src/inventory/resources.ts';
import type { AlarmState, Machine, Point } from '../../../support/alarm-machine.ts';
import { run } from '../../../support/alarm-machine.ts';
import { alarm, filter } from '../../../support/worlds/world.ts';

/** The settings of an alarm and of the filter under it, all taken at random. */
interface Setup extends Machine {
  readonly statistic: keyof typeof statistics;
  readonly comparisonOperator: keyof typeof operators;
  readonly threshold: number;
  readonly value: number;
  readonly defaultValue: number | undefined;
}

const sum = (samples: readonly number[]) => samples.reduce((a, b) => a + b, 0);
const statistics = {
  Sum: sum,
  Average: (samples: readonly number[]) => sum(samples) / samples.length,
  Minimum: (samples: readonly number[]) => Math.min(...samples),
  Maximum: (samples: readonly number[]) => Math.max(...samples),
  SampleCount: (samples: readonly number[]) => samples.length,
} as const;
const operators = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
} as const;

/** The datapoint of a period with so many matching and so many other log events. */
function point(setup: Setup, events: number, others: number): Point {
  const defaults =
    setup.defaultValue === undefined ? [] : Array.from({ length: others }, () => setup.defaultValue ?? 0);
  const samples = [...Array.from({ length: events }, () => setup.value), ...defaults];
  if (samples.length === 0) return '-';
  return operators[setup.comparisonOperator](statistics[setup.statistic](samples), setup.threshold) ? 'X' : '0';
}

function firingOf({ value, defaultValue, ...settings }: Setup): Firing {
  const [one = { metricNamespace: '', metricName: '', metricValue: '' }] = filter().metricTransformations;
  const transformation = {
    ...one,
    metricValue: String(value),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
  const change: Partial<MetricAlarm> = settings;
  return willItFire(alarm(change), { filter: filter({ metricTransformations: [transformation] }), otherFilters: [] });
}

const setups: fc.Arbitrary<Setup> = fc
  .record({
    statistic: fc.constantFrom('Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'),
    comparisonOperator: fc.constantFrom(
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanOrEqualToThreshold',
      'LessThanThreshold',
    ),
    threshold: fc.constantFrom(-1, 0, 0.5, 1, 2, 3),
    value: fc.constantFrom(-1, 0, 1, 2, 5),
    defaultValue: fc.constantFrom(undefined, -1, 0, 1),
    evaluationPeriods: fc.integer({ min: 1, max: 4 }),
    short: fc.nat({ max: 3 }),
    treatMissingData: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
  })
  .map(({ short, ...rest }) => ({ ...rest, datapointsToAlarm: Math.max(1, rest.evaluationPeriods - short) }));

/** Log events that do not match, period by period: some in each, so that no period is quiet. */
const traffic = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 16, maxLength: 16 });
const extraRange = fc.nat({ max: 3 });
const range = ({ evaluationPeriods }: Setup, extra: number) => evaluationPeriods + extra;

/** The states over periods of traffic, then periods with events among traffic, then traffic. */
function states(
  setup: Setup,
  others: readonly number[],
  events: readonly number[],
  extra: number,
): readonly AlarmState[] {
  const idle = others.map((count) => point(setup, 0, count));
  const busy = events.map((count, index) => point(setup, count, others[index] ?? 1));
  return run([...idle, ...busy, ...idle], range(setup, extra), setup);
}

describe('what is said of an alarm, against a machine that steps it over datapoints', () => {
  const kinds = { fires: 0, never: 0, 'rests-in-alarm': 0, 'stays-in-alarm': 0, undecided: 0 };

  it('fires from rest on as many events as are said to suffice, within as many periods', () => {
    fc.assert(
      fc.property(setups, traffic, extraRange, (setup, others, extra) => {
        const firing = firingOf(setup);
        kinds[firing.kind] += 1;
        if (firing.kind !== 'fires') return;
        const { events, periods } = firing;
        const each = Array.from({ length: periods }, () => events / periods);
        const all = states(setup, others, each, extra);
        expect(all[others.length - 1]).not.to.equal('ALARM');
        expect(all.slice(others.length, others.length + periods + setup.datapointsToAlarm)).to.include('ALARM');
      }),
      { numRuns: 600 },
    );
    for (const [kind, count] of Object.entries(kinds)) expect(count, kind).to.be.greaterThan(0);
  });

  it('never fires, on any number of events, where that is said', () => {
    const counts = fc.array(fc.nat({ max: 9 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(setups, traffic, counts, extraRange, (setup, others, events, extra) => {
        if (firingOf(setup).kind !== 'never') return;
        expect(states(setup, others, events, extra)).not.to.include('ALARM');
      }),
      { numRuns: 400 },
    );
  });

  it('is in ALARM among traffic where it is said to rest in ALARM', () => {
    fc.assert(
      fc.property(setups, traffic, extraRange, (setup, others, extra) => {
        if (firingOf(setup).kind !== 'rests-in-alarm') return;
        expect(states(setup, others, [], extra).at(-1)).to.equal('ALARM');
      }),
      { numRuns: 400 },
    );
  });

  it('stays in ALARM after its first event where that is said', () => {
    fc.assert(
      fc.property(setups, traffic, extraRange, (setup, others, extra) => {
        if (firingOf(setup).kind !== 'stays-in-alarm') return;
        const each = Array.from({ length: setup.datapointsToAlarm }, () => 1);
        expect(states(setup, others, each, extra).slice(others.length + setup.datapointsToAlarm)).not.to.include('OK');
        expect(states(setup, others, each, extra).at(-1)).to.equal('ALARM');
      }),
      { numRuns: 400 },
    );
  });
});
