import { expect } from 'chai';

import {
  type Answer,
  compare,
  compareTexts,
  matchesUnderAll,
  parse,
  type Pattern,
  type Relation,
} from '../../../src/filter-pattern/index.ts';

function patternOf(text: string): Pattern {
  const result = parse(`{ ${text} }`);
  if (result.kind !== 'parsed') throw new Error(`${text} is not read`, { cause: result });
  return result.pattern;
}

interface Expected {
  readonly relation: Relation;
  /** `none`, `undecided`, `event`, or the very event. */
  readonly missed?: string;
  readonly extra?: string;
  readonly shared?: string;
}

/** Required pattern, candidate, what comes of it, and the premises if there are any. */
const rows: readonly (readonly [required: string, candidate: string, expected: Expected, premises?: string])[] = [
  [
    '$.eventName=DeactivateMFADevice',
    '$.eventName=DeactivateMFADevice || $.eventSource="s3.amazonaws.com"',
    { relation: 'broader', missed: 'none', extra: '{"eventName":"ListUsers","eventSource":"s3.amazonaws.com"}' },
    '$.eventSource="iam.amazonaws.com"',
  ],
  [
    '$.eventName=DeactivateMFADevice',
    '$.eventName=DeactivateMFADevice && $.eventSource="iam.amazonaws.com"',
    { relation: 'equivalent', shared: '{"eventName":"DeactivateMFADevice","eventSource":"iam.amazonaws.com"}' },
    '$.eventSource="iam.amazonaws.com"',
  ],
  ['$.a[*].k=x && $.a[*].k=y', '$.a[*].k=x', { relation: 'broader', extra: '{"a":[{"k":"x"}]}', shared: 'event' }],
  ['$.a[1]=x', '$.a[1]=x && $.a[0] NOT EXISTS', { relation: 'never', missed: 'event', extra: 'none', shared: 'none' }],
  ['$.a[0]=x', '$.a.b=y', { relation: 'disjoint', missed: '{"a":["x"]}', extra: '{"a":{"b":"y"}}', shared: 'none' }],
  ['$.n=12', '$.n="12"', { relation: 'undecided', missed: '{"n":12.0}', extra: 'undecided', shared: '{"n":12}' }],
  ['$.a="a*b*a"', '$.a="*ab*a"', { relation: 'undecided', missed: 'event', extra: 'event', shared: 'undecided' }],
  ['$.a!=x', '$.a!=x || $.a IS NULL', { relation: 'undecided', missed: 'none', extra: 'undecided' }],
  ['$.a>1', '$.a>=2', { relation: 'narrower', missed: '{"a":1.5}', extra: 'none' }],
  ['$.a NOT EXISTS || $.a!=x', '$.a!=x', { relation: 'narrower', missed: '{}', extra: 'none' }],
  ['$.b=y', '$.a=x || $.b=y', { relation: 'broader', missed: 'none', extra: '{"a":"x"}' }],
];

function short(answer: Answer, expected: string): string {
  return answer.kind === 'event' && expected !== 'event' ? answer.event : answer.kind;
}

describe('comparing what patterns mean', () => {
  for (const [required, candidate, expected, premises] of rows) {
    it(`${required} | ${candidate}${premises === undefined ? '' : ` with ${premises}`}: ${expected.relation}`, () => {
      const comparison = compare({
        candidates: [patternOf(candidate)],
        required: patternOf(required),
        ...(premises !== undefined && { premises: patternOf(premises) }),
      });
      const seen: Partial<Expected> = {
        relation: comparison.relation,
        ...(expected.missed !== undefined && { missed: short(comparison.missed, expected.missed) }),
        ...(expected.extra !== undefined && { extra: short(comparison.extra, expected.extra) }),
        ...(expected.shared !== undefined && { shared: short(comparison.shared, expected.shared) }),
      };
      expect(seen).to.deep.equal(expected);
    });
  }

  it('shows a missed and an extra event that hold however an inner asterisk is read', () => {
    const [required, candidate] = [patternOf('$.a="a*b*a"'), patternOf('$.a="*ab*a"')];
    const { missed, extra } = compare({ candidates: [candidate], required });
    if (missed.kind !== 'event' || extra.kind !== 'event') throw new Error('no event', { cause: { missed, extra } });
    expect(matchesUnderAll(required, missed.event).matches).to.equal(true);
    expect(matchesUnderAll(candidate, missed.event).matches).to.equal(false);
    expect(matchesUnderAll(required, extra.event).matches).to.equal(false);
    expect(matchesUnderAll(candidate, extra.event).matches).to.equal(true);
  });

  it('names the ambiguity on which an undecided relation rests', () => {
    const { reason } = compare({ candidates: [patternOf('$.a!=x || $.a IS NULL')], required: patternOf('$.a!=x') });
    expect(reason).to.equal('AWS does not document `=` and `!=` on null');
  });

  it('takes several candidates together', () => {
    const required = patternOf('$.a=x || $.a=y');
    const both = compare({ candidates: [patternOf('$.a=x'), patternOf('$.a=y')], required });
    expect(both.relation).to.equal('equivalent');
    const one = compare({ candidates: [patternOf('$.a=y')], required });
    expect([one.relation, one.missed]).to.deep.equal(['narrower', { kind: 'event', event: '{"a":"x"}' }]);
    const nothing = compare({ candidates: [], required });
    expect([nothing.relation, nothing.missed.kind]).to.deep.equal(['never', 'event']);
  });

  it('refuses a required pattern that contradicts itself or its premises', () => {
    expect(() => compareTexts('{ $.a = x }', '{ $.a = x && $.a = y }')).to.throw(TypeError, 'no event satisfies');
    expect(() => compareTexts('{ $.a = x }', '{ $.a = x }', '{ $.a = y }')).to.throw(TypeError, 'no event satisfies');
    expect(() => compareTexts('{ $.a = x }', '{ $.a }')).to.throw(TypeError, 'the required pattern cannot be read');
  });

  it('says within how many steps it found no answer', () => {
    const { reason } = compare({ candidates: [patternOf('$.a=x')], required: patternOf('$.a=y'), budget: 9 });
    expect(reason).to.equal('no answer within 3 steps');
  });

  it('of records lets a field be an object only where a pattern goes into it, of any JSON everywhere', () => {
    const question = { candidates: [patternOf('$.a=x || $.b=y')], required: patternOf('$.b=y') };
    expect(compare({ ...question, universe: 'any-json' }).reason).to.contain('object or array');
    expect(compare(question).relation).to.equal('broader');
    const walked = { candidates: [patternOf('$.a=x || $.b=y || $.a.c=z')], required: patternOf('$.b=y') };
    expect(compare(walked).reason).to.contain('object or array');
  });
});
