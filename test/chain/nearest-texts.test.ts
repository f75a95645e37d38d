import { expect } from 'chai';

import type { Path, RouteName } from '../../src/chain/base/link.ts';
import { nearestTexts } from '../../src/chain/nearest-texts.ts';
import type { UnsatisfiedChain } from '../../src/chain/verdict.ts';
import { unsatisfied } from '../support/chains.ts';
import { EVENT_BUS_ARN, eventRule } from '../support/worlds/event-world.ts';
import { LOG_GROUP_ARN, TRAIL_ARN, alarm, filter, logAlarm, trail } from '../support/worlds/world.ts';

const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: filter() };
const ofFilter = (codes: Parameters<typeof unsatisfied>[1], change: Path = {}) =>
  unsatisfied('metric-filter', codes, { ...path, ...change });
const near = ofFilter({ subscriber: 'NO_SUBSCRIBER' }, { alarm: alarm({ alarmName: 'near' }) });
const middle = ofFilter({ alarm: 'ALARM_ACTIONS_DISABLED' }, { alarm: alarm({ alarmName: 'middle' }) });
const far = ofFilter({ 'metric filter': 'FILTER_NARROWER' });

describe('the chains of a control with several texts', () => {
  it('are for each filter those of the text that it is nearest to, whichever text comes first', () => {
    expect(nearestTexts([[far], [middle]])).to.deep.equal([middle]);
    expect(nearestTexts([[middle], [far]])).to.deep.equal([middle]);
    expect(nearestTexts([[middle], [near], [far]])).to.deep.equal([near]);
  });

  it('are all that the filter has for that text, of which the nearest decides', () => {
    for (const chains of [
      [near, far],
      [far, near],
      [far, near, far],
    ]) {
      expect(nearestTexts([[middle], chains])).to.deep.equal(chains);
      expect(nearestTexts([chains, [middle]])).to.deep.equal(chains);
    }
  });

  it('are those of the first text where several are equally near', () => {
    const first = { ...near, finding: { ...near.finding, sentence: 'what the first text makes of it' } };
    const links = near.links.map((link) => (link.finding === undefined ? link : { ...link, finding: first.finding }));
    expect(nearestTexts([[{ ...first, links }], [near]])).to.deep.equal([{ ...first, links }]);
  });

  const others: readonly (readonly [what: string, one: UnsatisfiedChain, other: UnsatisfiedChain])[] = [
    ['trail', near, ofFilter({ alarm: 'NO_ALARM' }, { trail: trail({ trailArn: `${TRAIL_ARN}-2` }) })],
    ['log group', near, ofFilter({ alarm: 'NO_ALARM' }, { logGroupArn: `${LOG_GROUP_ARN}-2` })],
    ['filter', near, ofFilter({ alarm: 'NO_ALARM' }, { filter: filter({ filterName: 'other' }) })],
    [
      'pattern of a filter',
      near,
      ofFilter({ alarm: 'NO_ALARM' }, { filter: filter({ filterPattern: '{ $.a = 1 }' }) }),
    ],
    ['rule', ofRule('one', 'EVENT_RULE_DISABLED'), ofRule('other', 'EVENT_RULE_NARROWER')],
    ['log alarm', ofLogAlarm('one', 'LOG_ALARM_TOO_SLOW'), ofLogAlarm('other', 'LOG_ALARM_NARROWER')],
    [
      'route',
      unsatisfied('metric-filter', { trail: 'TRAIL_NOT_LOGGING' }, { trail: trail() }),
      unsatisfied('eventbridge', { trail: 'TRAIL_NOT_LOGGING' }, { trail: trail() }),
    ],
  ];
  for (const [what, one, other] of others) {
    it(`stay next to those of another ${what}`, () => {
      expect(nearestTexts([[one], [other]])).to.deep.equal([one, other]);
      expect(nearestTexts([[one, other]])).to.deep.equal([one, other]);
    });
  }

  it('are one for a rule, or a log alarm, that two texts speak of', () => {
    const rule = ofRule('one', 'EVENT_RULE_DISABLED');
    expect(nearestTexts([[ofRule('one', 'EVENT_RULE_NARROWER')], [rule]])).to.deep.equal([rule]);
    const query = ofLogAlarm('one', 'LOG_ALARM_TOO_SLOW');
    expect(nearestTexts([[ofLogAlarm('one', 'LOG_ALARM_NARROWER')], [query]])).to.deep.equal([query]);
  });

  const places: readonly (readonly [RouteName, UnsatisfiedChain, UnsatisfiedChain])[] = [
    ['metric-filter', near, unsatisfied('metric-filter', { 'metric filter': 'FILTER_UNRELATED' }, placeOf(near))],
    [
      'eventbridge',
      ofRule('one', 'EVENT_RULE_DISABLED'),
      unsatisfied('eventbridge', { 'event rule': 'NO_EVENT_RULE' }, { trail: trail() }),
    ],
    [
      'log-alarm',
      ofLogAlarm('one', 'LOG_ALARM_TOO_SLOW'),
      unsatisfied('log-alarm', { 'log alarm': 'NO_LOG_ALARM' }, placeOf(near)),
    ],
  ];
  for (const [route, one, none] of places) {
    it(`do not say that there is none by the route ${route} where there is one for another text`, () => {
      expect(nearestTexts([[none], [one]])).to.deep.equal([one]);
      expect(nearestTexts([[one], [none]])).to.deep.equal([one]);
    });

    it(`say that there is none by the route ${route} where that is so for each text, and in another place`, () => {
      expect(nearestTexts([[none], [none]])).to.deep.equal([none]);
      const elsewhere = { ...none, path: { ...none.path, trail: trail({ trailArn: `${TRAIL_ARN}-2` }) } };
      expect(nearestTexts([[one, elsewhere]])).to.deep.equal([one, elsewhere]);
      const inOtherGroup = { ...none, path: { ...none.path, logGroupArn: `${LOG_GROUP_ARN}-2` } };
      expect(nearestTexts([[one, inOtherGroup]])).to.deep.equal([one, inOtherGroup]);
    });
  }

  it('say of one route that there is none where another route has one', () => {
    const noRule = unsatisfied('eventbridge', { 'event rule': 'NO_EVENT_RULE' }, { trail: trail() });
    expect(nearestTexts([[near, noRule]])).to.deep.equal([near, noRule]);
    const noQuery = unsatisfied('log-alarm', { 'log alarm': 'NO_LOG_ALARM' }, placeOf(near));
    expect(nearestTexts([[near, noQuery]])).to.deep.equal([near, noQuery]);
  });

  it('may end before there is a trail', () => {
    const noTrail = unsatisfied('metric-filter', { trail: 'NO_TRAIL' });
    expect(nearestTexts([[noTrail], [noTrail]])).to.deep.equal([noTrail]);
  });
});

function ofRule(name: string, code: 'EVENT_RULE_DISABLED' | 'EVENT_RULE_NARROWER'): UnsatisfiedChain {
  const eventRuleOnBus = { eventBusArn: EVENT_BUS_ARN, rule: eventRule({ name }) };
  return unsatisfied('eventbridge', { 'event rule': code }, { trail: trail(), eventRule: eventRuleOnBus });
}

function ofLogAlarm(alarmName: string, code: 'LOG_ALARM_TOO_SLOW' | 'LOG_ALARM_NARROWER'): UnsatisfiedChain {
  const { logGroupArn } = path;
  return unsatisfied(
    'log-alarm',
    { 'log alarm': code },
    { trail: trail(), logGroupArn, alarm: logAlarm({ alarmName }) },
  );
}

function placeOf({ path: { trail: ofTrail = trail(), logGroupArn = '' } }: UnsatisfiedChain): Path {
  return { trail: ofTrail, logGroupArn };
}
