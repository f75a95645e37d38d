import { expect } from 'chai';

import type { Context } from '../../../src/chain/base/link.ts';
import { publishersOf } from '../../../src/chain/alarm/publishers.ts';
import type { MetricAlarm, MetricFilter, MetricTransformation } from '../../../src/inventory/resources.ts';
import { OTHER_LOG_GROUP, findingsIn, publishing, withFilters } from '../../support/alarm-link.ts';
import { contextOf } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import { LOG_GROUP_ARN, alarm, filter, keyName, onlyParts, snapshotOf, trail } from '../../support/worlds/world.ts';

const covers = { patternMatch: 'covers' };

describe('an alarm with other filters on the metric', () => {
  const logins = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
  const other = (filterPattern: string, change: Partial<MetricTransformation> = {}) =>
    publishing(change, { filterName: 'other', filterPattern });
  const same = '{ $.eventName = "DeactivateMFADevice" }';
  const everything = { filterName: 'other', filterPattern: '' };

  const inSameGroup: readonly (readonly [
    claim: string,
    other: MetricFilter,
    expected: string,
    raw?: Readonly<Record<string, unknown>>,
  ])[] = [
    ['for the same events', other(same), 'holds'],
    ['for other events', other(logins), 'ALARM_UNCERTAIN'],
    ['for other events, where a filter may match more', other(logins), 'holds', covers],
    ['for every event', other('{ $.eventName = "*" }'), 'ALARM_UNCERTAIN', covers],
    ['for any text', other(''), 'ALARM_UNCERTAIN', covers],
    ['for every write event', other('{ $.readOnly IS FALSE }'), 'ALARM_UNCERTAIN', covers],
    ['for other events with a default that breaches', other(logins, { defaultValue: 1 }), 'ALARM_UNCERTAIN', covers],
    ['that take away from it', other(logins, { metricValue: '-1' }), 'ALARM_UNCERTAIN', covers],
    ['of the same name, for every event', filter({ filterPattern: '' }), 'ALARM_UNCERTAIN'],
    ['with a pattern that cannot be read', other('{ $.eventName = '), 'ALARM_UNCERTAIN', covers],
    ['with the region as a dimension', filter({ ...everything, emitSystemFieldDimensions: ['@aws.region'] }), 'holds'],
  ];
  for (const [claim, one, expected, raw] of inSameGroup) {
    it(`of its log group ${claim}: ${expected}`, () => {
      expect(findingsIn(withFilters([filter(), one]), raw)).to.deep.equal([`mfa-alarm: ${expected}`]);
    });
  }

  const elsewhere: readonly (readonly [
    claim: string,
    other: MetricFilter,
    expected: string,
    change?: Partial<MetricAlarm>,
  ])[] = [
    ['for the same events', other(same), 'holds'],
    ['of the same name, for the same events', filter(), 'holds'],
    ['for every event', other('{ $.eventName = "*" }'), 'ALARM_UNCERTAIN'],
    ['for other events with a default that breaches', other(logins, { defaultValue: 1 }), 'ALARM_UNCERTAIN'],
    ['for the same events with a default that breaches', other(same, { defaultValue: 1 }), 'ALARM_UNCERTAIN'],
    ['that counts one event a second time', other(same), 'ALARM_UNCERTAIN', { threshold: 2 }],
    ['for the same events, which Maximum counts once', other(same), 'holds', { statistic: 'Maximum' }],
    ['on another metric', other('{ $.eventName = "*" }', { metricName: 'Other' }), 'holds'],
    ['with dimensions', other('{ $.eventName = "*" }', { dimensions: { Event: '$.eventName' } }), 'holds'],
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html: "additional dimensions"
    [
      'with the account as a dimension',
      filter({ ...everything, emitSystemFieldDimensions: ['@aws.account'] }),
      'holds',
    ],
  ];
  for (const [claim, one, expected, change] of elsewhere) {
    it(`of another log group ${claim}: ${expected}`, () => {
      expect(findingsIn(withFilters([filter()], [one], alarm(change)))).to.deep.equal([`mfa-alarm: ${expected}`]);
    });
  }

  it('of a log group without a trail does not know what its events are, also where a filter may match more', () => {
    expect(findingsIn(withFilters([filter()], [other(logins)]), covers)).to.deep.equal(['mfa-alarm: ALARM_UNCERTAIN']);
    const world = withFilters([filter()], [other(logins)]);
    const second = trail({ trailArn: `${trail().trailArn}-2`, cloudWatchLogsLogGroupArn: OTHER_LOG_GROUP });
    expect(findingsIn({ ...world, trails: [trail(), second] }, covers)).to.deep.equal(['mfa-alarm: holds']);
  });

  it('says the same of two filters as of one with both conditions', () => {
    const one = filter({ filterPattern: `{ ($.eventName = DeactivateMFADevice) || (${logins.slice(2, -2)}) }` });
    expect(findingsIn(withFilters([filter(), other(logins)]), covers)).to.deep.equal(
      findingsIn(withFilters([one]), covers),
    );
  });

  it('does not know what the events are where a trail sends to a log group of that name elsewhere', () => {
    for (const elsewhere of [
      OTHER_LOG_GROUP.replace('eu-west-1', 'us-east-1'),
      OTHER_LOG_GROUP.replace('1111', '9999'),
    ]) {
      const world = withFilters([filter()], [other(logins)]);
      const second = trail({ trailArn: `${trail().trailArn}-2`, cloudWatchLogsLogGroupArn: elsewhere });
      expect(findingsIn({ ...world, trails: [trail(), second] }, covers)).to.deep.equal(['mfa-alarm: ALARM_UNCERTAIN']);
    }
  });
});

describe('the filters that publish to the metric of another', () => {
  const named = (filterName: string, change: Partial<MetricTransformation> = {}, filterPattern = '{ $.a = b }') =>
    publishing(change, { filterName, filterPattern });
  const contextIn = (world: World, raw = {}, keep: (kind: string) => boolean = () => true): Context =>
    contextOf(onlyParts(snapshotOf(world), keep), raw);
  const others = (own: MetricFilter, context: Context) => {
    const { source, needs } = publishersOf({ trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: own }, context);
    const found = source.otherFilters.map(({ filter: one, isInOtherLogGroup, matchesOnlyWanted }) =>
      [one.filterName, isInOtherLogGroup ? 'elsewhere' : 'here', matchesOnlyWanted ? 'wanted' : 'any'].join(' '),
    );
    return [...found, ...needs.map(keyName)];
  };
  const own = filter();

  it('are those of its log group, and of others, without itself, by group and name', () => {
    const same = named('b', {}, own.filterPattern);
    const world = withFilters(
      [named('c'), own, same, named('x', { metricName: 'Other' })],
      [named('a'), named('y', { metricName: 'Other' })],
    );
    const expected = ['b here wanted', 'c here any', 'a elsewhere any'];
    expect(others(own, contextIn(world))).to.deep.equal(expected);
    const turned = withFilters([same, own, named('c')], [named('a')]);
    expect(others(own, contextIn(turned))).to.deep.equal(expected);
  });

  it('are none where it is the only one', () => {
    expect(others(own, contextIn(withFilters([own])))).to.deep.equal([]);
    expect(others(own, contextIn(withFilters([own, named('x', { metricName: 'Other' })])))).to.deep.equal([]);
  });

  it('are those on its own metric, whichever filter of the log group was asked about before', () => {
    const [x, y] = [named('x', { metricName: 'Other' }), named('y', { metricName: 'Other' })];
    const context = contextIn(withFilters([own, named('b'), x, y]));
    expect(others(own, context)).to.deep.equal(['b here any']);
    expect(others(x, context)).to.deep.equal(['y here any']);
    expect(others(own, context)).to.deep.equal(['b here any']);
  });

  it('are not known of a filter that names no metric, or two', () => {
    const nameless = filter({ filterName: 'nameless', metricTransformations: [] });
    const twin = filter({ filterName: 'twin', metricTransformations: [] });
    expect(others(nameless, contextIn(withFilters([nameless, twin])))).to.have.lengthOf(1);
    const { source } = publishersOf(
      { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: nameless },
      contextIn(withFilters([nameless, twin])),
    );
    expect(source.otherFilters).to.deep.equal([]);
  });

  it('are read for other log groups, and are those that are known until then', () => {
    const world = withFilters([own, named('b')], [named('a')]);
    const key = 'metric-publishers 111122223333 eu-west-1 ["Security","MfaDeactivated"]';
    expect(
      others(
        own,
        contextIn(world, {}, (kind) => kind !== 'metric-publishers'),
      ),
    ).to.deep.equal(['b here any', key]);
    const elsewhereOnly = contextIn(world, {}, (kind) => kind !== 'metric-filters');
    expect(others(own, elsewhereOnly)).to.deep.equal(['a elsewhere any']);
  });

  it('are not compared when the time is over', () => {
    const late = named('b', {}, '{ $.eventName = DeactivateMFADevice && $.requestID != "publishers" }');
    const context = { ...contextIn(withFilters([own, late])), isOver: () => true };
    expect(others(own, context)).to.deep.equal(['b here any']);
    expect(others(own, contextIn(withFilters([own, late])))).to.deep.equal(['b here wanted']);
  });

  it('are compared as long as they are a thousand', () => {
    const many = (count: number) => {
      const some = Array.from({ length: count }, (_, index) => named(`n-${index}`, {}, own.filterPattern));
      const context = contextIn(withFilters(some));
      const [first = own] = some;
      return new Set(others(first, context).map((text) => text.replace(/^\S+ /, '')));
    };
    expect([...many(1000)]).to.deep.equal(['here wanted']);
    expect([...many(1001)]).to.deep.equal(['here any']);
  });

  it('are open to question under `covers` where nothing is known of the trails', () => {
    const world = withFilters([own], [named('a')]);
    const context = contextIn(world, covers, (kind) => kind !== 'trails');
    expect(others(own, context)).to.deep.equal(['a elsewhere any']);
  });
});
