import { expect } from 'chai';

import { compareRule } from '../../../src/chain/event-rule/compare-rule.ts';
import { eventPatternFor } from '../../../src/chain/event-rule/event-pattern-for.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import { EVENT_PATTERN } from '../../support/event-world.ts';
import { parametersOf } from '../../support/judging.ts';
import { snapshotOf, soundWorld } from '../../support/world.ts';

describe('the event pattern for a control', () => {
  const inventory = snapshotOf(soundWorld());
  const compared = (raw: Readonly<Record<string, string>>) => {
    const { control, options } = parametersOf(raw);
    const pattern = eventPatternFor(control);
    if (pattern === undefined) return undefined;
    const context = { control, options, inventory, alarms: 'direct', filters: 'alone', isOver: () => false } as const;
    const comparison = compareRule(JSON.stringify(pattern), context);
    return comparison.kind === 'compared' ? [comparison.missed.kind, comparison.extra.kind] : comparison.kind;
  };

  it('is what AWS documents for calls of IAM', () => {
    expect(eventPatternFor(parametersOf().control)).to.deep.equal(EVENT_PATTERN);
  });

  const ofCalls = catalog.filter(({ premises }) => premises.includes('AwsApiCall'));
  for (const { id } of ofCalls) {
    it(`means what is required of ${id}`, () => {
      expect(compared({ controlId: id })).to.deep.equal(['none', 'none']);
    });
  }

  const own: readonly (readonly [claim: string, filterPattern: string])[] = [
    ['a field that must be missing', '{ $.eventName = DeleteUser && $.errorCode NOT EXISTS }'],
    ['an asterisk', '{ $.eventName = "Delete*" }'],
    [
      'fields within fields, and alternatives of several',
      '{ ($.eventName = DeleteUser && $.userIdentity.type = Root) || $.eventName = DeleteGroup }',
    ],
    ['a boolean', '{ $.eventName = DeleteUser && $.readOnly IS FALSE }'],
  ];
  for (const [claim, filterPattern] of own) {
    it(`means the same with ${claim}`, () => {
      expect(compared({ filterPattern })).to.deep.equal(['none', 'none']);
    });
  }

  it('misses nothing with a condition that is true without the field', () => {
    // Of an array one element is enough for EventBridge, so it may match more.
    const [missed] = compared({ filterPattern: '{ $.eventName = DeleteUser && $.errorCode != AccessDenied }' }) ?? [];
    expect(missed).to.equal('none');
  });

  it('is not written where it would ask two things of one field, or of an element of an array', () => {
    for (const filterPattern of [
      '{ $.eventName = "Delete*" && $.eventName != DeleteUser }',
      '{ $.resources[0].ARN = "arn:aws:iam::111122223333:user/a" }',
      '{ $.eventVersion > 1 }',
    ]) {
      expect(eventPatternFor(parametersOf({ filterPattern }).control), filterPattern).to.equal(undefined);
    }
  });
});
