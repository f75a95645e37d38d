import type { Clause, ComparedTest, WrittenTest } from '../../../src/conditions/texts/clause.ts';
import type { SpellingInterpretation } from '../../../src/conditions/event/number-text.ts';
import { wordLanguage } from '../../../src/conditions/languages/word-language.ts';

/** That the text matches a word with asterisks, or does not. */
export const word = (text: string, wanted = true, as: SpellingInterpretation = 'source'): WrittenTest => ({
  kind: 'written',
  language: wordLanguage(text, 'glob'),
  as,
  wanted,
});

/** That the text is a number that compares so. */
export const number = (
  operator: ComparedTest['operator'],
  constant: string,
  change: Partial<Pick<ComparedTest, 'precision' | 'wanted'>> = {},
): ComparedTest => ({ kind: 'compared', operator, with: constant, precision: 'exact', wanted: true, ...change });

/** Clauses of one test each. */
export const each = (...tests: readonly Clause[number][]): readonly Clause[] => tests.map((test) => [test]);
