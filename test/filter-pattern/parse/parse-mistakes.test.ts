import { expect } from 'chai';
import fc from 'fast-check';

import { parse, print, renderIssue } from '../../../src/filter-pattern/index.ts';
import { HINTS } from '../../../src/filter-pattern/parse/hints.ts';
import examples from '../data/filter-pattern-examples.json' with { type: 'json' };

type Kind = 'invalid' | 'undecided';

/** Text, what becomes of it, where, what stands there, and the hint. */
type Mistake = readonly [string, Kind, number, string, keyof typeof HINTS | undefined];

const mistakes: readonly Mistake[] = [
  ["{ $.a = 'x' }", 'undecided', 8, "'x'", 'singleQuotes'],
  ["{ $.a = 'x y' && $.b = 1 }", 'undecided', 8, "'x", 'singleQuotes'],
  ["{ $.a = 'x }", 'undecided', 8, "'x", 'singleQuotes'],
  ['{ $.a == x }', 'invalid', 6, '==', 'doubleEquals'],
  ['{ $.a === x }', 'invalid', 6, '===', 'doubleEquals'],
  ['{ $.a <> x }', 'invalid', 6, '<>', 'notEquals'],
  ['{ $.a !== x }', 'invalid', 6, '!==', 'notEquals'],
  ['{ $.a =! x }', 'invalid', 6, '=!', 'notEquals'],
  ['{ $.a ! = x }', 'invalid', 6, '!', 'notEquals'],
  ['{ $.a => 1 }', 'invalid', 6, '=>', undefined],
  ['{ $.a =~ x }', 'invalid', 6, '=~', 'regexOperator'],
  ['{ $.a IS NOT NULL }', 'invalid', 9, 'NOT', 'isNot'],
  ['{ $.a NOT NULL }', 'invalid', 10, 'NULL', 'isNot'],
  ['{ $.a IS }', 'invalid', 9, '}', undefined],
  ['{ $.a IS MAYBE }', 'invalid', 9, 'MAYBE', undefined],
  ['{ $.a IS NULLABLE }', 'invalid', 9, 'NULLABLE', undefined],
  ['{ $.a IS NULL_ }', 'invalid', 9, 'NULL_', undefined],
  ['{ $.a EXISTS }', 'invalid', 6, 'EXISTS', 'exists'],
  ['{ $.aNOT EXISTS }', 'invalid', 9, 'EXISTS', 'lostBlank'],
  ['{ $.aIS NULL }', 'invalid', 8, 'NULL', 'lostBlank'],
  ['{ $.a NOTEXISTS }', 'invalid', 6, 'NOTEXISTS', 'lostBlank'],
  ['{ $.a ISNULL }', 'invalid', 6, 'ISNULL', 'lostBlank'],
  ['{ $.a IsTrue }', 'invalid', 6, 'IsTrue', 'lostBlank'],
  ['{ $.a ISFALSE }', 'invalid', 6, 'ISFALSE', 'lostBlank'],
  ['{ $.a NOT }', 'invalid', 10, '}', 'not'],
  ['{ $.a NOT EXISTSX }', 'invalid', 10, 'EXISTSX', 'not'],
  ['{ NOT ($.a = x) }', 'invalid', 2, 'NOT', 'not'],
  ['{ !($.a = x) }', 'invalid', 2, '!', 'not'],
  ['{ $.a = x AND $.b = y }', 'invalid', 10, 'AND', 'and'],
  ['{ ($.a = x) and ($.b = y) }', 'invalid', 12, 'and', 'and'],
  ['{ $.a = x & $.b = y }', 'invalid', 10, '&', 'and'],
  ['{ $.a = x OR $.b = y }', 'invalid', 10, 'OR', 'or'],
  ['{ $.a = x | $.b = y }', 'invalid', 10, '|', 'or'],
  ['{ ($.a = x) ($.b = y) }', 'invalid', 12, '(', 'joiner'],
  ['{ $.a = 1  $.b = 2 }', 'invalid', 11, '$.b', 'joiner'],
  ['{ $.a = x, $.b = y }', 'invalid', 9, ',', 'comma'],
  ['{ ($.a = x), ($.b = y) }', 'invalid', 11, ',', 'comma'],
  ['{ $.a IN (x, y) }', 'invalid', 6, 'IN', 'wordOperator'],
  ['{ $.a like x }', 'invalid', 6, 'like', 'wordOperator'],
  ['{ $.a contains x }', 'invalid', 6, 'contains', 'wordOperator'],
  ['{ $.a matches x }', 'invalid', 6, 'matches', 'wordOperator'],
  ['{ $.a startsWith x }', 'invalid', 6, 'startsWith', 'wordOperator'],
  ['{ $.a endsWith x }', 'invalid', 6, 'endsWith', 'wordOperator'],
  ['{ $.a = $.b }', 'invalid', 8, '$.b', 'otherSelector'],
  ['{ $.a = x', 'invalid', 9, 'end of pattern', 'unclosedBrace'],
  ['{ $.a = x \n', 'invalid', 9, 'end of pattern', 'unclosedBrace'],
  ['{ $.a = 1 } x', 'invalid', 13, 'end of pattern', 'unclosedBrace'],
  ['{ $.a = 1 }}', 'invalid', 10, '}', undefined],
  ['{ $.a = 1 } || { $.b = 1 }', 'invalid', 10, '}', undefined],
  ['{ $.a = x) }', 'invalid', 9, ')', undefined],
  ['$.a = 1', 'invalid', 0, '$.a', 'braces'],
  ['($.a = 1)', 'invalid', 0, '($.a', 'braces'],
  [' $.a = 1', 'invalid', 1, '$.a', 'braces'],
  [' { $.a = 1 }', 'undecided', 0, ' ', 'outerBlanks'],
  ['{ $.a = 1 }\n', 'undecided', 11, 'U+000A', 'outerBlanks'],
  ['\ufeff{ $.a = 1 }', 'undecided', 0, 'U+FEFF', 'outerBlanks'],
  ['{\u00a0$.a = 1 }', 'undecided', 1, 'U+00A0', 'otherBlanks'],
  ['{ $.a NOT  EXISTS }', 'undecided', 9, ' ', 'keywordBlanks'],
  ['{ $.a IS\r\nNULL }', 'undecided', 8, 'U+000D', 'keywordBlanks'],
  ['{ $.a is null }', 'undecided', 6, 'is', 'keywordCase'],
  ['{ $.a IS null }', 'undecided', 6, 'IS', 'keywordCase'],
  ['{ $.a not exists }', 'undecided', 6, 'not', 'keywordCase'],
  ['{ $.a NOT Exists }', 'undecided', 6, 'NOT', 'keywordCase'],
  ['{ $.a = Failed authentication }', 'undecided', 8, 'Failed', 'blankInValue'],
  ['{ $.a = 1 2 }', 'undecided', 8, '1', 'blankInValue'],
  ['{ $.a = NULL }', 'undecided', 8, 'NULL', 'keyword'],
  ['{ $.a = EXISTS }', 'undecided', 8, 'EXISTS', 'keyword'],
  ['{ $.a = us-east-1 }', 'undecided', 10, '-east-1', 'quoteValue'],
  ['{ $.a = a:b }', 'undecided', 9, ':', 'quoteValue'],
  ['{ $.a = a+b }', 'undecided', 9, '+', 'quoteValue'],
  ['{ $.a = a@b }', 'invalid', 9, '@', 'quoteValue'],
  ['{ $.a = a\\b }', 'invalid', 9, '\\', 'quoteValue'],
  ['{ $.a = é }', 'invalid', 8, 'é', 'quoteValue'],
  ['{ $.a = “x” }', 'invalid', 8, '“', 'curlyQuotes'],
  ['{ $.a = "x }', 'invalid', 8, '"', 'unclosedQuote'],
  ['{ $.a = x" }', 'invalid', 9, '"', 'unclosedQuote'],
  ['{ $.a = "x"y }', 'invalid', 11, 'y', undefined],
  ['{ $.a = "x\\n" }', 'undecided', 10, '\\', 'escape'],
  ['{ $.a = }', 'invalid', 8, '}', undefined],
  ['{ $.a }', 'invalid', 6, '}', undefined],
  ['{ $.a > x }', 'invalid', 8, 'x', 'orderNumber'],
  ['{ $.a <= "5" }', 'invalid', 9, '"', 'orderNumber'],
  ['{ $.a = .5 }', 'undecided', 8, '.5', 'numberForm'],
  ['{ $.a > 5. }', 'undecided', 8, '5.', 'numberForm'],
  ['{ $.a > 0x10 }', 'invalid', 8, '0x10', 'orderNumber'],
  ['{ a = 1 }', 'invalid', 2, 'a', 'dollar'],
  ['{ "a" = 1 }', 'invalid', 2, '"', 'dollar'],
  ['{ $a = 1 }', 'undecided', 3, 'a', 'dollar'],
  ['{ $ = 1 }', 'invalid', 3, ' ', 'dollar'],
  ["{ $['a'] = 1 }", 'undecided', 3, '[', 'dollar'],
  ['{ $.["a"] = 1 }', 'invalid', 3, '.', 'doubleQuotedBracket'],
  ['{ $["a"] = 1 }', 'invalid', 3, '[', 'doubleQuotedBracket'],
  ['{ $.a["b"] = 1 }', 'invalid', 5, '[', 'doubleQuotedBracket'],
  ['{ $.a.["b.c"] NOT EXISTS }', 'invalid', 5, '.', 'doubleQuotedBracket'],
  ["{ $.a['b'] = 1 }", 'undecided', 5, '[', 'quotedKey'],
  ["{ $.['a] = 1 }", 'invalid', 4, '[', undefined],
  ["{ $.[''] = 1 }", 'undecided', 4, '[', undefined],
  ["{ $.['a'b'] = 1 }", 'undecided', 4, '[', undefined],
  ['{ $."a" = 1 }', 'invalid', 4, '"', 'quotedKey'],
  ['{ $.a/b = 1 }', 'undecided', 4, 'a', 'quotedKey'],
  ['{ $.é = 1 }', 'undecided', 4, 'é', 'quotedKey'],
  ['{ $. = 1 }', 'undecided', 4, ' ', undefined],
  ['{ $.a..b = 1 }', 'undecided', 6, '.b', undefined],
  ['{ $.a[] = 1 }', 'undecided', 5, '[', undefined],
  ['{ $.a[-1] = 1 }', 'undecided', 5, '[', undefined],
  ['{ $.a[0]b = 1 }', 'undecided', 8, 'b', undefined],
  ['{ $.a[ = 1 }', 'invalid', 5, '[', undefined],
  ['{ ($.a = x }', 'invalid', 11, '}', undefined],
  ['{ && $.a = 1 }', 'invalid', 2, '&&', undefined],
  ['{ $.a = 1 && }', 'invalid', 13, '}', undefined],
  ['{ $.a = 1 || || $.b = 2 }', 'invalid', 13, '||', undefined],
  ['{ () }', 'invalid', 3, ')', undefined],
  ['{}', 'undecided', 1, '}', undefined],
];

describe('a mistake in a pattern', () => {
  for (const [text, kind, offset, found, hint] of mistakes) {
    it(`in ${JSON.stringify(text)} is ${kind}, at ${offset}${hint === undefined ? '' : `, and the hint is ${hint}`}`, () => {
      const result = parse(text);
      if (result.kind === 'parsed') throw new Error('it is read', { cause: result });
      const { issue } = result;
      // An open parenthesis has a hint of its own, with the place.
      const expected = text === '{ ($.a = x }' ? 'the parenthesis at offset 2 is not closed' : hint && HINTS[hint];
      expect([result.kind, issue.offset, issue.found, issue.hint]).to.deep.equal([kind, offset, found, expected]);
    });
  }

  const accepted = [
    '{$.a=1&&$.b!=2}',
    '{ $.a\t=\r\n1 }',
    '{(($.a = x))}',
    '{ $.a IS NULL && ($.b IS TRUE || $.c IS FALSE) && $.d NOT EXISTS }',
    '{ $.a-b_c.D9[0][12].*.e = *x* }',
    "{ $.['a.b'].['c d'][*] = \"\\\"\\\\\" }",
    '{ $.a = +1000 && $.b >= -1.5e-3 && $.c < 007 }',
    '{ $.a = true && $.b = null && $.NOT = x && $.IS NOT EXISTS }',
    '{ $.a = kms.amazonaws.com && $.b = 4* && $.c = * }',
    '{ $.a="x"&&$.b="y" }',
    '{ $.a = ORDER && $.b = ANDROID }',
  ];
  for (const text of accepted) {
    it(`is not seen in ${JSON.stringify(text)}`, () => {
      expect(parse(text).kind).to.equal('parsed');
    });
  }

  it('that the guide documents is refused', () => {
    for (const { pattern } of examples.invalid) expect(parse(pattern).kind, pattern).to.equal('invalid');
  });

  it('that the live service was seen to refuse is never read', () => {
    expect(examples.observed_invalid).to.have.lengthOf(17);
    for (const { pattern } of examples.observed_invalid) expect(parse(pattern).kind, pattern).to.not.equal('parsed');
  });

  it('far to the right of a long line is shown with what is around it', () => {
    const text = `{ ${'$.a = 1 && '.repeat(20)}$.b == 1 }`;
    const result = parse(text);
    if (result.kind !== 'invalid') throw new Error('it is read');
    const [line = '', caret = ''] = renderIssue(text, result.issue).split('\n');
    expect(line).to.have.lengthOf.at.most(100);
    expect(line.slice(caret.length - 1)).to.match(/^== 1/);
  });

  it('on a later line is shown on its line', () => {
    const text = '{ $.a = 1 &&\n\t$.b == 2 &&\n$.c = 3 }';
    const result = parse(text);
    if (result.kind !== 'invalid') throw new Error('it is read');
    expect(renderIssue(text, result.issue).split('\n').slice(0, 2)).to.deep.equal([' $.b == 2 &&', '     ^']);
  });
});

describe('the limits of the service', () => {
  const limits = [
    ['1,024 characters are read', `{ $.a = "${'x'.repeat(1012)}" }`, 'parsed'],
    ['1,025 characters are refused', `{ $.a = "${'x'.repeat(1013)}" }`, 'invalid'],
    ['1,024 characters of two UTF-16 units each may be too many', `{ $.a = "${'😀'.repeat(1012)}" }`, 'undecided'],
    ['1,025 of them are refused', `{ $.a = "${'😀'.repeat(1013)}" }`, 'invalid'],
    ['three wildcards are read', '{ $.a.* = 1 && $.b[*] = 1 && $.c.* = 1 }', 'parsed'],
    ['a fourth wildcard is refused', '{ $.a.* = 1 && $.b[*] = 1 && $.c.* = 1 && $.d.* = 1 }', 'invalid'],
    ['a second wildcard in a selector is refused', '{ $.a.*.b[*] = 1 }', 'invalid'],
    ['two regular expressions are read', '{ $.a = %x% && $.b != %y% }', 'parsed'],
    ['a third regular expression is refused', '{ $.a = %x% && $.b = %y% && $.c = %z% }', 'invalid'],
    ['a large index is read', '{ $.a[999999999] = 1 }', 'parsed'],
    ['an index beyond any array may be refused', '{ $.a[99999999999999999999] = 1 }', 'undecided'],
  ] as const;
  for (const [claim, text, kind] of limits) {
    it(claim, () => {
      expect(parse(text).kind).to.equal(kind);
    });
  }
});

describe('hostile text', () => {
  const hostile = [
    '('.repeat(1024),
    `{${'('.repeat(1022)}}`,
    `{${'('.repeat(507)}$.a=1${')'.repeat(507)}}`,
    `{${'!'.repeat(1022)}}`,
    `{${'"'.repeat(1022)}}`,
    `{${"'".repeat(1022)}}`,
    `{${'\\'.repeat(1022)}}`,
    `{${'$'.repeat(1022)}}`,
    `{${'$.'.repeat(511)}}`,
    `{ $${'.a'.repeat(508)}=1}`,
    `{ $.a${'[0]'.repeat(338)}=1}`,
    `{ $.a=${'*'.repeat(1015)} }`,
    `{ $.a=${'x '.repeat(507)} }`,
    `{ $.a=${'9'.repeat(1015)} }`,
    `{ $.a=1e${'9'.repeat(1014)} }`,
    `{${'$.a=1||'.repeat(145)}$.a=1}`,
    `{${' '.repeat(1022)}}`,
    '\ud800',
    '{\ud800}',
    '{ $.a = "\ud800" }',
    '\0',
  ];
  for (const text of hostile) {
    it(`such as ${JSON.stringify(text.slice(0, 16))} of ${text.length} characters has a result`, () => {
      const result = parse(text);
      if (result.kind !== 'parsed') expect(renderIssue(text, result.issue)).to.be.a('string');
    });
  }

  it('never throws, and an issue lies within it', () => {
    const tokens = [
      '{',
      '}',
      '(',
      ')',
      '$',
      '.',
      '[',
      ']',
      '*',
      '"',
      "'",
      '%',
      '\\',
      '=',
      '!',
      '<',
      '>',
      '&&',
      '||',
      ' ',
    ];
    const words = ['$.a', 'IS', 'NULL', 'NOT', 'EXISTS', 'x', '1', '1e3', '-', ',', '\n', '😀', '\u00a0', '[0]', '.*'];
    const text = fc.array(fc.constantFrom(...tokens, ...words), { maxLength: 24 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((inside) => `{${inside}}`),
        ),
        (any) => {
          const result = parse(any);
          if (result.kind === 'parsed') return;
          expect(result.issue.offset).to.be.within(0, any.length);
          expect(renderIssue(any, result.issue)).to.contain('^');
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('that is read can be printed within the limit, and read again', () => {
    const word = fc.constantFrom('x', 'true', 'is', '*', 'a.b', '"x y"', '"NULL"', '"1"', '"\\""', '1', '-1e3');
    const condition = word.map((value) => `$.a=${value}`);
    const text = fc
      .array(fc.tuple(condition, fc.constantFrom('&&', '||')), { minLength: 90, maxLength: 140 })
      .map((parts) => `{${parts.flat().join('')}$.z=1}`)
      .filter(({ length }) => length <= 1024);
    fc.assert(
      fc.property(text, (any) => {
        const result = parse(any);
        if (result.kind !== 'parsed') throw new Error(`not read: ${any}`, { cause: result });
        expect(parse(print(result.pattern))).to.deep.equal(result);
      }),
      { numRuns: 30 },
    );
  });
});
