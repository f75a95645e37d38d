import { expect } from 'chai';

import {
  type Answer,
  type Comparison,
  compare,
  compareTexts,
  matchesUnderAll,
  parse,
  type Pattern,
  type Relation,
} from '../../../src/filter-pattern/index.ts';

function patternOf(text: string): Pattern {
  const result = parse(text);
  if (result.kind !== 'parsed') throw new Error(`${text} is not read`, { cause: result });
  return result.pattern;
}

const DEACTIVATE = '{ $.eventName = DeactivateMFADevice }';
const DEVICE = '{"eventName":"DeactivateMFADevice"}';

/** Candidate, required, and what comes of it: the very event, or the kind of the answer. */
const rows: readonly (readonly [
  string,
  string,
  Relation | 'invalid',
  { missed?: string; extra?: string; shared?: string }?,
])[] = [
  ['{ $.eventName = %Deactivate% }', DEACTIVATE, 'broader', { missed: 'none', shared: DEVICE }],
  ['{ $.eventName = %^DeactivateMFADevice$% }', DEACTIVATE, 'equivalent'],
  ['{ $.eventName = %^Deactivate|^Enable% }', DEACTIVATE, 'broader', { extra: '{"eventName":"EnableMFADevice"}' }],
  ['{ $.eventName != %Deactivate% }', DEACTIVATE, 'disjoint', { missed: DEVICE }],
  ['{ $.eventName = %Deactivate% }', '{ $.eventName = "*Deactivate*" }', 'equivalent'],
  ['{ $.eventName = %^(Deactivate)% }', DEACTIVATE, 'invalid'],
  ['{ $.a = "*4*" }', '{ $.a = %4% }', 'undecided', { missed: 'none', extra: 'undecided', shared: 'event' }],
  ['{ $.a = %4% }', '{ $.a = "*4*" }', 'undecided', { missed: 'undecided', extra: 'none' }],
  ['{ $.a = %a{0,200}b{0,200}% }', '{ $.a = %b{0,200}a{0,200}% }', 'equivalent'],
  [
    '{ $.a = %^a{0,200}b{0,200}$% }',
    '{ $.a = %^a{0,201}b{0,200}$% }',
    'narrower',
    { missed: `{"a":"${'a'.repeat(201)}"}` },
  ],
  ['{ $.a = %[ab]{12}c% }', '{ $.a = %[ab]{13}c% }', 'broader', { extra: '{"a":"aaaaaaaaaaaac"}' }],
  ['{ $.a = %^\\w+$% }', '{ $.a = %^[0-9_a-zA-Z]+$% }', 'equivalent'],
  ['{ $.a = %^\\d+$% }', '{ $.a = %^[0-9]+$% }', 'undecided', { missed: 'none' }],
  ['{ $.a = %x% && $.a != %x% }', '{ $.a = %x% }', 'never'],
  ['{ $.a = %p% || $.a = %q% }', '{ $.a = %[pq]% }', 'equivalent'],
  ['{ $.a = %[ab]{700}% }', '{ $.a = %[ab]{701}% }', 'undecided'],

  [
    '{ $.a = %.{0,250}a.{0,250}b% }',
    '{ $.a = %.{0,250}b.{0,250}a% }',
    'overlapping',
    { missed: 'event', extra: 'event' },
  ],

  // A name says nothing of which word a field takes:
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-term-space-delimited-log-events
  ['[ip, ..., status = 4* && status != 404]', '[w1, ..., w2 = 4* && w2 != 404]', 'equivalent'],
  ['[, a = x,]', '[p, q = x, r]', 'equivalent'],
  ['[a, b = x, ...]', '[a, b, c = x, ...]', 'undecided'],

  ['DeactivateMFADevice', DEACTIVATE, 'broader', { missed: 'none', shared: DEVICE }],
  ['MFA', DEACTIVATE, 'broader', { missed: 'none' }],
  ['eventName', DEACTIVATE, 'broader', { missed: 'none' }],
  ['"DeactivateMFADevice" eventName', DEACTIVATE, 'broader', { missed: 'none' }],
  ['?DeactivateMFADevice ?EnableMFADevice', DEACTIVATE, 'broader', { missed: 'none' }],
  ['?Deactivate ?Enable', '{ $.eventName = DeactivateIt || $.eventName = EnableIt }', 'broader', { missed: 'none' }],
  ['%Deactivate[A-Z]%', DEACTIVATE, 'broader', { missed: 'none' }],
  [
    'DeactivateMFADevice',
    '{ $.eventName = "Deactivate*" }',
    'overlapping',
    { missed: '{"eventName":"DeactivateType"}' },
  ],
  ['Deactivate', '{ $.eventName = "Deactivate*" }', 'broader', { missed: 'none' }],
  ['errorCode', '{ $.errorCode != "x" }', 'broader', { missed: 'none' }],
  ['userIdentity', '{ $.userIdentity.type = "Root" }', 'broader', { missed: 'none' }],
  ['errorCode', '{ $.errorCode NOT EXISTS }', 'overlapping', { missed: 'event', shared: 'event' }],
  ['12', '{ $.n = 12 }', 'undecided', { missed: 'undecided' }],
  ['"\\"eventName\\""', DEACTIVATE, 'undecided', { missed: 'undecided', shared: DEVICE }],
  ['Other', DEACTIVATE, 'overlapping', { missed: DEVICE, shared: 'event' }],
  [
    'DeactivateMFADevice -x',
    DEACTIVATE,
    'overlapping',
    { missed: '{"eventName":"DeactivateMFADevice","errorMessage":"x"}' },
  ],
  ['-DeactivateMFADevice', DEACTIVATE, 'disjoint', { missed: DEVICE, extra: 'event', shared: 'none' }],
  ['Deactivate -MFA Deactivate', DEACTIVATE, 'disjoint', { missed: DEVICE }],
  ['Device -Device', DEACTIVATE, 'never'],
  ['?Deactivate -x', DEACTIVATE, 'overlapping', { missed: '{"eventName":"DeactivateMFADevice","errorMessage":"x"}' }],
  ['?Deactivate -x', '-x', 'equivalent'],
  ['" "', DEACTIVATE, 'broader', { missed: 'none' }],
  ['" "', '', 'equivalent'],
  ['-" "', DEACTIVATE, 'never'],
  ['"  "', DEACTIVATE, 'undecided'],
  [DEACTIVATE, 'DeactivateMFADevice', 'narrower', { extra: 'none' }],
  ['a b', 'b a', 'equivalent'],
  ['Device', 'DeactivateMFADevice', 'broader'],
  ['Alpha -Gamma2', 'Alpha -Gamma', 'broader', { missed: 'none' }],
  ['?first ?second', 'second', 'broader'],
  ['%abc%', 'abc', 'undecided', { missed: 'undecided' }],

  ['', DEACTIVATE, 'broader', { missed: 'none', extra: '{"eventName":"ListUsers"}' }],
  [DEACTIVATE, '', 'narrower', { missed: '{"eventName":"ListUsers"}' }],
  ['', '[]', 'equivalent'],
  ['[]', DEACTIVATE, 'broader', { missed: 'none' }],
  ['[event = *Deactivate*]', DEACTIVATE, 'undecided', { missed: 'undecided', extra: 'undecided', shared: 'undecided' }],
  ['[..., event, size]', DEACTIVATE, 'undecided'],
  ['[level = ERROR, ...]', DEACTIVATE, 'never', { missed: DEVICE }],
  ['[..., status = 404]', DEACTIVATE, 'never'],
  ['[..., status = 404, size]', DEACTIVATE, 'undecided'],
  ['[a, b = x && b = y, ...]', DEACTIVATE, 'never'],
  ['[a != "{*", b]', DEACTIVATE, 'never'],
  ['[a = %^[0-9]%, ...]', DEACTIVATE, 'never'],
];

function short(answer: Answer, expected: string): string {
  return answer.kind === 'event' && expected !== 'event' ? answer.event : answer.kind;
}

describe('comparing patterns of all kinds', () => {
  for (const [candidate, required, relation, expected = {}] of rows) {
    it(`${candidate.slice(0, 80) || 'the empty pattern'} | ${required || 'the empty pattern'}: ${relation}`, () => {
      const comparison = compareTexts(candidate, required);
      expect(comparison.relation).to.equal(relation);
      for (const [name, answer] of Object.entries(expected)) {
        if (comparison.relation === 'invalid') return expect.fail();
        expect(short(comparison[name as 'missed' | 'extra' | 'shared'], answer), name).to.equal(answer);
      }
    });
  }

  const unions: readonly (readonly [string, readonly string[], string, string])[] = [
    ['two halves', ['{ $.e = Alpha }', '{ $.e = Beta }'], '{ $.e = Alpha || $.e = Beta }', 'none'],
    ['one half', ['{ $.e = Alpha }'], '{ $.e = Alpha || $.e = Beta }', '{"e":"Beta"}'],
    ['a half as a term', ['Alpha', '{ $.e = %^Beta$% }'], '{ $.e = Alpha || $.e = Beta }', 'none'],
    ['both halves as terms', ['Alpha', 'Beta'], '{ $.e = Alpha || $.e = Beta }', 'none'],
    [
      'a term that excludes',
      ['Alpha -x', '{ $.e = Beta }'],
      '{ $.e = Alpha || $.e = Beta }',
      '{"e":"Alpha","errorMessage":"x"}',
    ],
    ['a filter on everything', ['', '{ $.e = Gamma }'], '{ $.e = Alpha || $.e = Beta }', 'none'],
    ['one that never matches', ['[a = x, ...]', '{ $.e = Alpha }'], '{ $.e = Alpha || $.e = Beta }', '{"e":"Beta"}'],
    ['one that may match', ['[a, b]', '{ $.e = Alpha }'], '{ $.e = Alpha || $.e = Beta }', 'undecided'],
    ['one that may match what is covered', ['[a, b]', '{ $.e = "*" }'], '{ $.e = Alpha || $.e = Beta }', 'none'],
  ];
  for (const [what, candidates, required, missed] of unions) {
    it(`takes together ${what}`, () => {
      const comparison = compare({ candidates: candidates.map(patternOf), required: patternOf(required) });
      expect(short(comparison.missed, missed)).to.equal(missed);
    });
  }
});

/** Small patterns of every kind that get into each other's way. */
const table = [
  '{ $.a = x }',
  '{ $.a = %x% }',
  '{ $.a = %^x$% }',
  '{ $.a != %x% }',
  '{ $.a = %^.$% }',
  '{ $.a = %^[^x]% || $.b = 1 }',
  '{ $.a = "x*" && $.b NOT EXISTS }',
  '{ $.a = %1% }',
  '{ $.* = %y% }',
  'x',
  'xy',
  'x -y',
  '-x',
  '?x ?y',
  '?x -y',
  '%xy?%',
  '" "',
  '"\\"a\\":\\"x\\""',
  '',
  '[]',
  '[w = x, ...]',
  '[w]',
].map(patternOf);

const values = [
  '"x"',
  '"xy"',
  '"y"',
  '""',
  '"x y"',
  '"é"',
  '"x\\ny"',
  '1',
  '12.0',
  'true',
  'null',
  '["x"]',
  '{"x":"y"}',
];
const world = [
  '{}',
  ...values.flatMap((value) => [`{"a":${value}}`, `{"b":${value}}`, `{"a":${value},"b":1}`, `{"a":"x","c":${value}}`]),
];

/** Every pattern of the table as candidate against every one as required; nothing where a required one never matches. */
function comparisons(): readonly (readonly (Comparison | undefined)[])[] {
  return table.map((candidate) =>
    table.map((required) => {
      try {
        return compare({ candidates: [candidate], required, universe: 'any-json' });
      } catch (error) {
        expect(error).to.be.instanceOf(TypeError);
        return undefined;
      }
    }),
  );
}

describe('all pairs of a table of all kinds', () => {
  let compared: ReturnType<typeof comparisons> = [];
  before(() => {
    compared = comparisons();
  });

  it('are compared as a small world of events says, and 66 of 484 are undecided', () => {
    const answers = table.map((pattern) => world.map((event) => matchesUnderAll(pattern, event).matches));
    let open = 0;
    for (const [c, candidate] of table.entries()) {
      for (const [r, required] of table.entries()) {
        const seen = (ofRequired: boolean, ofCandidate: boolean) =>
          world.find((_, index) => answers[r]?.[index] === ofRequired && answers[c]?.[index] === ofCandidate);
        const comparison = compared[c]?.[r];
        if (comparison === undefined) {
          expect(answers[r]).to.not.include(true);
          continue;
        }
        const claims = { missed: [true, false], extra: [false, true], shared: [true, true] } as const;
        for (const [name, [ofRequired, ofCandidate]] of Object.entries(claims)) {
          const answer = comparison[name as keyof typeof claims];
          if (answer.kind === 'none') expect(seen(ofRequired, ofCandidate), `${c} | ${r} ${name}`).to.equal(undefined);
          if (answer.kind !== 'event') continue;
          expect(matchesUnderAll(required, answer.event).matches, answer.event).to.equal(ofRequired);
          expect(matchesUnderAll(candidate, answer.event).matches, answer.event).to.equal(ofCandidate);
        }
        if (comparison.relation === 'undecided') open += 1;
        if (c === r) expect(comparison.relation).to.equal('equivalent');
      }
    }
    expect(open).to.equal(66);
  });

  it('get the same answers with candidate and required in each other’s place, as far as both are decided', () => {
    const mirrored = [
      ['missed', 'extra'],
      ['extra', 'missed'],
      ['shared', 'shared'],
    ] as const;
    let held = 0;
    for (const [c, row] of compared.entries()) {
      for (const [r, comparison] of row.entries()) {
        const turned = compared[r]?.[c];
        if (comparison === undefined || turned === undefined) continue;
        for (const [here, there] of mirrored) {
          const kinds = [comparison[here].kind, turned[there].kind];
          if (kinds.includes('undecided')) continue;
          expect(kinds[0], `${c} | ${r} ${here}`).to.equal(kinds[1]);
          held += 1;
        }
      }
    }
    expect(held).to.be.greaterThan(800);
  });

  it('cover what is covered by what they cover', () => {
    const covers = (c: number, r: number) => compared[c]?.[r]?.missed.kind;
    let held = 0;
    for (const a of table.keys()) {
      for (const b of table.keys()) {
        if (a === b || covers(a, b) !== 'none') continue;
        for (const c of table.keys()) {
          if (b === c || covers(b, c) !== 'none') continue;
          expect(covers(a, c), `${a} covers ${b} covers ${c}`).not.to.equal('event');
          held += 1;
        }
      }
    }
    expect(held).to.be.greaterThan(100);
  });
});
