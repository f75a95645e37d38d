import { expect } from 'chai';
import fc from 'fast-check';

import type { CharacterInterpretation } from '../../../../src/filter-pattern/event/characters.ts';
import { AMBIGUITIES, parse } from '../../../../src/filter-pattern/index.ts';
import { matchesRegex } from '../../../../src/filter-pattern/match/match-regex.ts';
import type { Regex } from '../../../../src/filter-pattern/syntax/regex.ts';
import { BudgetSpent } from '../../../../src/conditions/budget.ts';
import { languageIncludes } from '../../../../src/conditions/languages/language.ts';
import { regexLanguage, type RegexLanguages } from '../../../../src/filter-pattern/compare/languages/regex-language.ts';
import type { Interpret } from '../../../../src/filter-pattern/ambiguities/interpret.ts';

function regexOf(text: string): Regex {
  const result = parse(`%${text}%`);
  const term = result.kind === 'parsed' && result.pattern.kind === 'terms' ? result.pattern.terms[0]?.text : undefined;
  if (term?.kind !== 'regex') throw new Error(`%${text}% is not read`, { cause: result });
  return term;
}

function askOf({ dot, units, verticalTab }: CharacterInterpretation): Interpret {
  const interpretation = { regexDot: dot, regexUnits: units, regexVerticalTab: verticalTab };
  return ((ambiguity: keyof typeof interpretation) => interpretation[ambiguity]) as Interpret;
}

/** So many steps may be spent. */
function withBudget(left: number): RegexLanguages {
  return { budget: { left }, languages: new Map() };
}

const likely: CharacterInterpretation = { dot: 'other', units: 'character', verticalTab: 'blank' };

const set = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\D', '\\s', '\\S', '\\w', '[\\dx]', '[^\\s]', '-');
const bounds = fc.constantFrom('', '', '?', '*', '+', '{2}', '{,2}', '{1,3}', '{2,}');
const item = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(set, bounds).map(([of, count]) => of + count) },
  { weight: 2, arbitrary: fc.constantFrom('^', '$') },
);
const sequence = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(''));
const arbitraryRegex = fc.array(sequence, { minLength: 1, maxLength: 2 }).map((all) => regexOf(all.join('|')));
const characters = [
  'a',
  'b',
  'x',
  '1',
  '-',
  '\n',
  '\v',
  ' ',
  'é',
  '٣',
  '\u00a0',
  '€',
  '😀',
  '\ud83d',
  '\ude00',
  '\u2028',
];
const arbitraryText = fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((all) => all.join(''));
const arbitraryInterpretations: fc.Arbitrary<CharacterInterpretation> = fc.record({
  dot: fc.constantFrom(...AMBIGUITIES.regexDot.interpretations),
  units: fc.constantFrom(...AMBIGUITIES.regexUnits.interpretations),
  verticalTab: fc.constantFrom(...AMBIGUITIES.regexVerticalTab.interpretations),
});

/** As good as chance, and always the same. */
function aOrB(length: number): string {
  let [text, seed] = ['', 1];
  while (text.length < length) {
    seed = (seed * 48271) % 2147483647;
    text += seed % 2 === 0 ? 'a' : 'b';
  }
  return text;
}

describe('the language of a regular expression', () => {
  it('holds the texts in which it is found, in every interpretation', () => {
    fc.assert(
      fc.property(
        arbitraryRegex,
        fc.array(arbitraryText, { minLength: 8 }),
        arbitraryInterpretations,
        (regex, texts, interpretation) => {
          const language = regexLanguage(regex, interpretation, withBudget(Infinity));
          for (const text of texts) {
            expect(languageIncludes(language, text), JSON.stringify(text)).to.equal(
              matchesRegex(regex, text, askOf(interpretation)),
            );
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('calls no state hopeless from which a text is accepted, and none full from which one is not', () => {
    fc.assert(
      fc.property(arbitraryRegex, arbitraryText, arbitraryInterpretations, (regex, text, interpretation) => {
        const language = regexLanguage(regex, interpretation, withBudget(Infinity));
        const found = matchesRegex(regex, text, askOf(interpretation));
        let state = language.start;
        for (let index = 0; index <= text.length; index += 1) {
          expect(language.isFull(state) && !found, 'full').to.equal(false);
          expect(language.isDead(state) && found, 'hopeless').to.equal(false);
          if (index < text.length) state = language.next(state, text.charCodeAt(index));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is of one text only for plain text between anchors', () => {
    expect(regexLanguage(regexOf('^ab{2}c$'), likely, withBudget(50_000)).only).to.equal('abbc');
    for (const text of ['^ab*$', '^a.$', 'ab$', '^ab', '^a$|^b$', '^[ab]$']) {
      expect(regexLanguage(regexOf(text), likely, withBudget(50_000)).only, text).to.equal(undefined);
    }
  });

  it('gives up where it grows too large', () => {
    expect(() => regexLanguage(regexOf('a{1000}'), likely, withBudget(50_000))).to.throw(BudgetSpent);
    const language = regexLanguage(regexOf('a[ab]{300}c'), likely, withBudget(50_000));
    expect(() => languageIncludes(language, aOrB(10_000))).to.throw(BudgetSpent);
  });
});
