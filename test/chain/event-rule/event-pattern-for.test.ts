import { expect } from 'chai';

import { compareRule } from '../../../src/chain/event-rule/compare-rule.ts';
import { eventPatternFor } from '../../../src/chain/event-rule/event-pattern-for.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import { EVENT_PATTERN } from '../../support/worlds/event-world.ts';
import { parametersOf } from '../../support/judging.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';

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

  const written: readonly (readonly [claim: string, filterPattern: string, detail: object])[] = [
    ['one condition', '{ $.eventName = A }', { eventName: ['A'] }],
    ['any value', '{ $.errorCode = * }', { errorCode: [{ exists: true }] }],
    ['no value', '{ $.errorCode != * }', { errorCode: [{ exists: false }] }],
    ['another value', '{ $.errorCode != A }', { errorCode: [{ 'anything-but': 'A' }, { exists: false }] }],
    ['a backslash and an asterisk', '{ $.a = "x\\\\*" }', { a: [{ wildcard: 'x\\\\*' }] }],
    ['null', '{ $.a IS NULL }', { a: [null] }],
    ['true', '{ $.a IS TRUE }', { a: [true] }],
    ['false', '{ $.a IS FALSE }', { a: [false] }],
    ['alternatives on one field', '{ $.a = A || $.a = B }', { a: ['A', 'B'] }],
    ['alternatives on two fields', '{ $.a = A || $.b = B }', { $or: [{ a: ['A'] }, { b: ['B'] }] }],
    [
      'alternatives within a conjunction',
      '{ $.a.b = A && ($.a.c = C || $.d = D) }',
      { $or: [{ a: { b: ['A'], c: ['C'] } }, { a: { b: ['A'] }, d: ['D'] }] },
    ],
  ];
  const plain = (filterPattern: string, premises = '{ $.eventCategory = "Management" }') =>
    eventPatternFor({ ...parametersOf().control, filterPattern, premises });
  for (const [claim, filterPattern, detail] of written) {
    it(`is written for ${claim}`, () => {
      expect(plain(filterPattern)).to.deep.equal({ detail });
    });
  }

  it('names the service and the type that the premises name, and nothing where they name none', () => {
    expect(plain('{ $.a = A }', '{ $.eventSource = "ec2.amazonaws.com" }')).to.deep.equal({
      source: ['aws.ec2'],
      detail: { eventSource: ['ec2.amazonaws.com'], a: ['A'] },
    });
    for (const source of ['ec2.amazonaws.com.cn', 'x/ec2.amazonaws.com']) {
      expect(plain('{ $.a = A }', `{ $.eventSource = "${source}" }`)).to.deep.equal({
        detail: { eventSource: [source], a: ['A'] },
      });
    }
    const negated = '{ $.eventType != "AwsApiCall" && $.eventSource != "ec2.amazonaws.com" && $.eventSource IS TRUE }';
    expect(plain('{ $.a = A }', negated)).to.deep.equal({ detail: { a: ['A'] } });
  });

  it('is not written for what event patterns cannot say', () => {
    for (const filterPattern of [
      'DeactivateMFADevice',
      '{ $.a = 1 }',
      '{ $.a = A || $.b > 1 }',
      '{ $.a = A && $.b > 1 }',
      '{ $.b > 1 && $.a = A }',
      '{ ($.a = A || $.b = B) && $.b = C }',
    ]) {
      expect(plain(filterPattern), filterPattern).to.equal(undefined);
    }
  });

  it('is not written where it would have more alternatives than a rule may hold', () => {
    const choices = (count: number) =>
      Array.from({ length: count }, (_, at) => `($.a${at} = A || $.b${at} = B)`).join(' && ');
    expect(plain(`{ ${choices(2)} }`)).not.to.equal(undefined);
    expect(plain(`{ ${choices(12)} }`)).to.equal(undefined);
  });

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
