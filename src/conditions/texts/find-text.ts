import { type Budget, spend } from '../budget.ts';
import {
  clausesHold,
  type Clause,
  type FoundText,
  isWritten,
  NO_TEXT,
  simplified,
  stepsToTry,
  type WrittenTest,
} from './clause.ts';
import { findNumber } from './find-number.ts';
import { numberGrammar } from '../languages/number-grammar.ts';
import type { Language } from '../languages/language.ts';
import { shortestText } from './shortest-text.ts';

/**
 * The text of a string that satisfies all clauses.
 *
 * @throws BudgetSpent
 */
export function findText(given: readonly Clause[], hints: readonly string[], budget: Budget): FoundText {
  const clauses = simplified(given);
  if (clauses === undefined) return NO_TEXT;
  const only = clauses.find(
    ([test, ...others]) =>
      others.length === 0 && test?.kind === 'written' && test.wanted && test.language.only !== undefined,
  );
  const steps = stepsToTry(clauses);
  for (const text of only === undefined ? suggestionsOf(clauses, hints) : onlyText(only)) {
    spend(budget, steps);
    if (clausesHold(clauses, text, 'string')) return { kind: 'text', text };
  }
  // All texts of such a clause are among the suggestions, and have been tried.
  if (only !== undefined || clauses.some(namesItsTexts)) return NO_TEXT;
  return search(clauses, budget);
}

/** Whether a clause wants one of several texts that it names. */
function namesItsTexts(clause: Clause): boolean {
  return clause.every((test) => test.kind === 'written' && test.wanted && namesIt(test.language));
}

function namesIt({ only, suggestions }: Language): boolean {
  return only !== undefined && suggestions.includes(only);
}

function search(clauses: readonly Clause[], budget: Budget): FoundText {
  const written = clauses.filter((clause) => clause.every(isWritten));
  if (written.length === clauses.length) return shortestText(written, budget);
  const noDigits = shortestText([...clauses.map(denied), [spelled(false)]], budget);
  if (noDigits.kind === 'text') return noDigits;
  return findNumber([...clauses, [spelled(true)]], 'digits', budget);
}

/** For a text that is not a number, every comparison is false. */
function denied(clause: Clause): readonly WrittenTest[] {
  const holds = clause.some((test) => test.kind === 'compared' && !test.wanted);
  return holds ? [spelled(true), spelled(false)] : clause.filter(isWritten);
}

function spelled(wanted: boolean): WrittenTest {
  return { kind: 'written', language: numberGrammar('loose'), as: 'source', wanted };
}

function onlyText([test]: Clause): readonly string[] {
  return test?.kind === 'written' && test.language.only !== undefined ? [test.language.only] : [];
}

/** What the hints and the wanted languages propose, and all wanted pieces in a row. */
function* suggestionsOf(clauses: readonly Clause[], hints: readonly string[]): Iterable<string> {
  yield* hints;
  const wanted = clauses.flat().flatMap((test) => (test.kind === 'written' && test.wanted ? [test.language] : []));
  yield* new Set(wanted.flatMap(({ suggestions }) => suggestions));
  yield [...new Set(wanted.map(({ suggestions }) => suggestions[0] ?? ''))].join('');
}
