import { expect } from 'chai';

import type { Datapoint, Samples } from '../../../../src/chain/alarm/firing/datapoint.ts';
import { datapointOf } from '../../../../src/chain/alarm/firing/datapoint.ts';
import { parseStatistic } from '../../../../src/chain/alarm/firing/statistic.ts';

/** The datapoint of some matching events, and of what else may be published in the period. */
function datapoint(name: string, samples: Partial<Samples>): Datapoint {
  const statistic = parseStatistic(name);
  if (statistic === undefined) throw new Error(`no statistic: ${name}`);
  return datapointOf(statistic, { events: 0, value: 1, background: [], backgroundCertain: false, ...samples });
}
const is = (low: number, high: number, open: object = {}): Datapoint => ({
  values: { low, high, ...open },
  mayBeMissing: false,
});
const mayBe = (low: number, high: number): Datapoint => ({ values: { low, high }, mayBeMissing: true });
const missing: Datapoint = { mayBeMissing: true };
const certain = { backgroundCertain: true };

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
describe('a statistic of the samples of a period', () => {
  const rows: readonly (readonly [name: string, samples: Partial<Samples>, is: Datapoint])[] = [
    // The sum of all values.
    ['Sum', {}, missing],
    ['Sum', { events: 3, value: 2 }, is(6, 6)],
    ['Sum', { events: 1, background: [0], ...certain }, is(1, 1)],
    ['Sum', { events: 1, background: [2, 5], ...certain }, is(3, Infinity)],
    ['Sum', { events: 1, background: [2, 5] }, is(1, Infinity)],
    ['Sum', { background: [2, 5], ...certain }, is(2, Infinity)],
    ['Sum', { background: [2, 5] }, mayBe(2, Infinity)],
    ['Sum', { background: [-5, -2], ...certain }, is(-Infinity, -2)],
    ['Sum', { events: 1, background: [-5, -2] }, is(-Infinity, 1)],
    // The number of values.
    ['SampleCount', { events: 3 }, is(3, 3)],
    ['SampleCount', { events: 3, background: [0] }, is(3, Infinity)],
    ['SampleCount', { events: 3, background: [0], ...certain }, is(4, Infinity)],
    ['SampleCount', { background: [0] }, mayBe(1, Infinity)],
    // The least value.
    ['Minimum', { events: 1 }, is(1, 1)],
    ['Minimum', { events: 1, background: [0], ...certain }, is(0, 0)],
    ['Minimum', { events: 1, background: [5], ...certain }, is(1, 1)],
    ['Minimum', { events: 1, background: [0] }, is(0, 1)],
    ['Minimum', { events: 1, value: 7, background: [2, 9], ...certain }, is(2, 7)],
    ['Minimum', { value: 3, background: [2, 5], ...certain }, is(2, 5)],
    // The greatest value.
    ['Maximum', { events: 1 }, is(1, 1)],
    ['Maximum', { events: 1, background: [0], ...certain }, is(1, 1)],
    ['Maximum', { events: 1, background: [5], ...certain }, is(5, 5)],
    ['Maximum', { events: 1, background: [5] }, is(1, 5)],
    ['Maximum', { value: 3, background: [2, 5], ...certain }, is(2, 5)],
    // The sum of all values by their number: many of the background bring it near to theirs.
    ['Average', { events: 2, value: 3 }, is(3, 3)],
    ['Average', { background: [2, 5], ...certain }, is(2, 5)],
    ['Average', { events: 1, background: [0] }, is(0, 1, { lowOpen: true })],
    ['Average', { events: 1, background: [0], ...certain }, is(0, 0.5, { lowOpen: true })],
    ['Average', { events: 1, background: [0, 0.5], ...certain }, is(0, 0.75, { lowOpen: true })],
    ['Average', { events: 1, background: [5], ...certain }, is(3, 5, { highOpen: true })],
    ['Average', { events: 1, background: [4, 5], ...certain }, is(2.5, 5, { highOpen: true })],
    ['Average', { events: 1, background: [1], ...certain }, is(1, 1)],
    ['Average', { events: 1, background: [0, 5] }, is(0, 5, { lowOpen: true, highOpen: true })],
    // Between the samples; how CloudWatch interpolates is not documented.
    ['p50', { events: 2, value: 3, background: [1] }, is(1, 3)],
    // Samples outside of the range are left out: no average of none, and a count or a sum of none may be 0.
    ['TM(5:)', { events: 2 }, missing],
    ['TM(5:)', { events: 2, background: [6], ...certain }, is(6, 6)],
    ['TC(5:)', { events: 2 }, mayBe(0, 0)],
    ['TS(5:)', { events: 2 }, mayBe(0, 0)],
    ['TC(5:)', { background: [1], ...certain }, mayBe(0, 0)],
    ['TC(5:)', { background: [1] }, missing],
    ['TC(0:10)', { background: [0, 5], ...certain }, mayBe(0, Infinity)],
    ['TC(0:10)', { background: [5], ...certain }, is(1, Infinity)],
    // Which of a few samples are in a share is not documented.
    ['tm90', { events: 3 }, mayBe(1, 1)],
    ['tc90', { events: 3 }, mayBe(0, 3)],
    ['tc90', { events: 3, background: [0] }, mayBe(0, Infinity)],
    ['ts90', { events: 3, value: 2 }, mayBe(0, 6)],
    ['ts90', { events: 3, value: 2, background: [0] }, mayBe(0, Infinity)],
    ['ts90', { events: 3, value: 0, background: [0] }, mayBe(0, 0)],
    ['wm90', { events: 2, value: 3, background: [1] }, is(1, 3)],
  ];
  for (const [name, samples, expected] of rows) {
    it(`${name} of ${JSON.stringify(samples)}`, () => {
      expect(datapoint(name, samples)).to.deep.equal(expected);
    });
  }
});
