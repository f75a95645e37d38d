import { expect } from 'chai';

import type { Context } from '../../../src/chain/base/link.ts';
import { judgeMetricFilters } from '../../../src/chain/metric-filter/metric-filter.ts';
import type { MetricFilter } from '../../../src/inventory/resources.ts';
import { hostileRanges } from '../../support/hostile-patterns.ts';
import { contextOf } from '../../support/judging.ts';
import { LOG_GROUP_ARN, PATTERN, filter, snapshotOf, soundWorld, trail } from '../../support/worlds/world.ts';

const named = (filterName: string, filterPattern: string) => filter({ filterName, filterPattern });

/** Patterns that no other test compares, so that no answer is remembered. A longer text makes a longer pattern. */
const meant = (text: string) => `{ $.eventName = DeactivateMFADevice && $.requestID != "${text}" }`;
const unmeant = (text: string) => `{ $.eventName = Deactivate* || $.requestID = "${text}" }`;

/** The time is over once this has been asked so many times. */
const over = (asked: number) => {
  let left = asked;
  return () => {
    left -= 1;
    return left < 0;
  };
};

/** The filters that something is said of, each with the code, or `holds`. */
function judged(filters: readonly MetricFilter[], change: Partial<Context>): Readonly<Record<string, string>> {
  const inventory = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: filters } }));
  const context = contextOf(inventory, { patternMatch: 'covers' });
  const { steps } = judgeMetricFilters({ trail: trail(), logGroupArn: LOG_GROUP_ARN }, { ...context, ...change });
  return Object.fromEntries(
    steps.map(({ path, finding }) => [path.filter?.filterName ?? 'none', finding?.code ?? 'holds']),
  );
}
const compared = (codes: Readonly<Record<string, string>>) =>
  Object.entries(codes).flatMap(([name, code]) => (code === 'FILTER_NOT_COMPARED' ? [] : [name]));

describe('filters that are compared when the time is over', () => {
  it('are undecided, also one that cannot be read', () => {
    const unread = '{ ($.eventName = Late) && ($.errorCode NOT  EXISTS) }';
    const filters = [named('read', meant('late')), named('unread', unread)];
    expect(judged(filters, { isOver: () => true })).to.deep.equal({
      read: 'FILTER_NOT_COMPARED',
      unread: 'FILTER_NOT_COMPARED',
    });
  });

  it('do not keep back one that is written as the control writes it', () => {
    const turned = '{ ($.eventName = "DeactivateMFADevice") || ($.eventName = DeactivateMFADevice) }';
    const filters = [...['a', 'b', 'c'].map((name) => named(name, meant(`late ${name}`))), named('exact', PATTERN)];
    expect(judged([...filters, named('turned', turned)], { isOver: () => true })).to.include({ exact: 'holds' });
  });

  it('come after those that name what the control looks for, and among these after the short ones', () => {
    const [long, short] = [named('a-long', meant('first of two')), named('b-short', meant('1'))];
    const [wide, wider] = [named('d-wide', unmeant('2')), named('c-wider', unmeant('second of two'))];
    expect(compared(judged([wide, wider, long, short], { isOver: over(1) }))).to.deep.equal(['b-short']);
    expect(compared(judged([wide, wider, long, short], { isOver: over(2) }))).to.include('a-long');
    const others = [named('d-wide', unmeant('3')), named('c-wider', unmeant('third of the three'))];
    expect(compared(judged(others, { isOver: over(1) }))).to.deep.equal(['d-wide']);
  });
});

describe('a filter whose comparison takes many steps', () => {
  const hard = (word: string) => hostileRanges(1, [word, 'DeactivateMFADevice'])[0] ?? '';
  /** As long as AWS accepts, so that it comes last of those that are compared. */
  const easy = meant('e'.repeat(1024 - meant('').length));

  it('is compared after all others, however likely it is, so that these are known when the time is over', () => {
    const filters = [named('a-hard', hard('AfterOthers')), named('b-easy', easy)];
    expect(judged(filters, { isOver: over(2) })).to.deep.equal({
      'a-hard': 'FILTER_NOT_COMPARED',
      'b-easy': 'FILTER_NARROWER',
    });
  });

  it('is compared in the end while there is time', () => {
    expect(judged([named('hard', hard('InTheEnd'))], {})).to.deep.equal({ none: 'FILTER_UNRELATED' });
  });

  it('is not compared where only few steps are wanted', () => {
    for (const quick of ['likely', 'all'] as const) {
      const filters = [named('hard', hard(`Quick-${quick}`))];
      expect(judged(filters, { quick })).to.deep.equal({ hard: 'FILTER_NOT_COMPARED' });
    }
  });
});

describe('the filters of a log group that are looked at before all others', () => {
  const filters = [
    ...['a', 'b', 'c', 'd'].map((name) => named(name, unmeant(`likely ${name.repeat(name.charCodeAt(0) - 90)}`))),
    ...['x', 'y', 'z'].map((name) => named(name, meant(`likely ${name.repeat(300)}`))),
  ];
  const names = (quick: Context['quick']) => Object.keys(judged(filters, quick === undefined ? {} : { quick }));

  it('are the five that most likely carry the control', () => {
    expect(names('likely')).to.have.members(['x', 'y', 'z', 'a', 'b']);
  });

  it('are no limit to how many are looked at then', () => {
    expect(names('all')).to.have.lengthOf(7);
    expect(names(undefined)).to.have.lengthOf(7);
  });
});
