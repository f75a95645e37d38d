import { expect } from 'chai';

import { parseStatistic } from '../../../../src/chain/alarm/firing/statistic.ts';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
describe('the name of a statistic', () => {
  const rows: readonly (readonly [name: string, base: string, trims: string, percent?: number])[] = [
    ['p0', 'percentile', 'none', 0],
    ['p99', 'percentile', 'none', 99],
    ['p99.95', 'percentile', 'none', 99.95],
    ['p100', 'percentile', 'none', 100],
    ['IQM', 'Average', 'share'],
    ['tm90', 'Average', 'share'],
    ['tm99.95', 'Average', 'share'],
    ['wm98', 'Average', 'clamps share'],
    ['tc90', 'SampleCount', 'share'],
    ['ts90', 'Sum', 'share'],
    ['TM(10%:90%)', 'Average', 'share'],
    ['TM(:95%)', 'Average', 'share'],
    ['TM(5%:)', 'Average', 'share'],
    ['WM(:95%)', 'Average', 'clamps share'],
    ['TC(0.5%:10%)', 'SampleCount', 'share'],
    ['TS(80%:)', 'Sum', 'share'],
    ['TM(150:1000)', 'Average', 'none'],
    ['TC(:0.07)', 'SampleCount', 'none'],
    ['PR(:300)', 'Average', 'none'],
  ];
  for (const [name, base, trims, percent] of rows) {
    it(`may be ${name}`, () => {
      expect(parseStatistic(name)).to.include({ name, base, trims, extended: true }).and.to.have.property('valueOf');
      expect(parseStatistic(name)?.percent).to.equal(percent);
    });
  }

  it('may be that of a plain statistic', () => {
    for (const name of ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount']) {
      expect(parseStatistic(name)).to.include({ name, base: name, trims: 'none', extended: false });
    }
  });

  for (const name of [
    '',
    'Mode',
    'sum',
    'p101',
    'pp99',
    'p99th',
    'p99.',
    'p99.x',
    'IQMs',
    'an IQM',
    'atm90',
    'tm90s',
    'tm90.',
    'TM()',
    'TM(:)',
    'TM(5)',
    'TM(5%:10)',
    'TM(5:10%)',
    'PR(5%:10%)',
    'PR(:10%)',
  ]) {
    it(`is none: ${JSON.stringify(name)}`, () => {
      expect(parseStatistic(name)).to.equal(undefined);
    });
  }
});

describe('a range by value', () => {
  const values = (name: string, ...samples: readonly number[]) =>
    samples.map((sample) => parseStatistic(name)?.valueOf(sample));

  it('leaves out its lower bound and keeps its upper one', () => {
    expect(values('TM(2:10)', 1, 2, 3, 10, 11)).to.deep.equal([undefined, undefined, 3, 10, undefined]);
    expect(values('TS(2:)', 1, 11)).to.deep.equal([undefined, 11]);
    expect(values('TC(:10)', 1, 11)).to.deep.equal([1, undefined]);
  });

  it('takes samples outside for its bounds if it is winsorized', () => {
    expect(values('WM(2:10)', 1, 5, 12)).to.deep.equal([2, 5, 10]);
  });

  it('counts samples in it in percent if it is a percentile rank', () => {
    expect(values('PR(2:10)', 2, 10, 11)).to.deep.equal([0, 100, 0]);
  });
});
