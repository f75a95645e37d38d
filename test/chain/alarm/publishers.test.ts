import { expect } from 'chai';

import type { MetricAlarm, MetricFilter, MetricTransformation } from '../../../src/inventory/resources.ts';
import { OTHER_LOG_GROUP, findingsIn, publishing, withFilters } from '../../support/alarm-link.ts';
import { alarm, filter, trail } from '../../support/worlds/world.ts';

describe('an alarm with other filters on the metric', () => {
  const logins = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
  const other = (filterPattern: string, change: Partial<MetricTransformation> = {}) =>
    publishing(change, { filterName: 'other', filterPattern });
  const same = '{ $.eventName = "DeactivateMFADevice" }';
  const everything = { filterName: 'other', filterPattern: '' };
  const covers = { patternMatch: 'covers' };

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
});
