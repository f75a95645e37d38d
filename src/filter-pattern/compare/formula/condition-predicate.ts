import { conditionHoldsFor } from '../../match/condition-holds.ts';
import type { Condition, Equality, Numeral, Ordering, Word } from '../../syntax/pattern.ts';
import type { Selected } from '../../event/select.ts';
import { isStarOpen } from '../../../conditions/event/stars.ts';
import {
  type Clause,
  type ComparedTest,
  type TextRole,
  type TextTest,
  testKey,
} from '../../../conditions/texts/clause.ts';
import type { Language } from '../../../conditions/languages/language.ts';
import { regexTests } from './regex-tests.ts';
import { countsAs, countedInterpretations, type View } from './view.ts';
import { wordLanguage } from '../../../conditions/languages/word-language.ts';
import { conditionKey } from '../../print/canonical.ts';
import { type Kind, kindSet, type Predicate } from '../../../conditions/formula/predicate.ts';

/**
 * What has to be found for the condition to be true, or false if it is not `wanted`. Wildcards of the selector are left to
 * the caller. The same condition is looked at once in each view.
 */
export function predicateOf(condition: Condition, wanted: boolean, view: View): Predicate {
  const hasRegex = condition.kind === 'equality' && condition.value.kind === 'regex';
  const memory = hasRegex ? view.regexPredicates : view.predicates;
  const key = conditionKey(condition);
  let pair = memory.get(key);
  if (pair === undefined) memory.set(key, (pair = {}), CONDITION_WEIGHT);
  if (wanted) return (pair.wanted ??= newPredicate(condition, wanted, view));
  return (pair.unwanted ??= newPredicate(condition, wanted, view));
}

/** A predicate takes far more memory than the text of its condition. */
const CONDITION_WEIGHT = 100;

function newPredicate(condition: Condition, wanted: boolean, view: View): Predicate {
  const admits = (selected: Selected) =>
    countsAs(view, wanted, (interpret) => conditionHoldsFor(condition, selected, interpret));
  const simple = SAMPLES.filter(([, sample]) => admits(sample)).map(([kind]) => kind);
  const texts = textClauses(condition, wanted, view, 'string');
  const numbers = textClauses(condition, wanted, view, 'number');
  return {
    kinds: kindSet(
      ...simple,
      ...(isFalse(texts) ? [] : ['string' as const]),
      ...(isFalse(numbers) ? [] : ['number' as const]),
    ),
    string: texts,
    number: numbers,
  };
}

/** One value of each kind that has only one, or that conditions do not look into. */
const SAMPLES: readonly (readonly [Kind, Selected])[] = [
  ['missing', { kind: 'nothing', broken: false }],
  ['broken', { kind: 'nothing', broken: true }],
  ['null', { kind: 'value', value: { kind: 'null' } }],
  ['true', { kind: 'value', value: { kind: 'boolean', value: true } }],
  ['false', { kind: 'value', value: { kind: 'boolean', value: false } }],
  ['object', { kind: 'value', value: { kind: 'object', members: [] } }],
  ['array', { kind: 'value', value: { kind: 'array', elements: [] } }],
];

function isFalse(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => clause.every((test) => test.kind === 'constant' && !test.holds));
}

/** In every interpretation: all tests hold, each a clause of its own. In some interpretation: one of them does. */
function textClauses(condition: Condition, wanted: boolean, view: View, role: TextRole): readonly Clause[] {
  const tests = testsOf(condition, wanted, view, role).filter(distinctTests());
  return view.unknown === 'every' ? tests.map((test) => [test]) : [tests];
}

function distinctTests(): (test: TextTest) => boolean {
  const seen = new Set<string>();
  return (test) => {
    const key = testKey(test);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  };
}

/** One test for each interpretation of the condition. */
function testsOf(condition: Condition, wanted: boolean, view: View, role: TextRole): readonly TextTest[] {
  switch (condition.kind) {
    case 'equality':
      return equalityTests(condition, condition.operator === '=' ? wanted : !wanted, view, role);
    case 'ordering':
      return role === 'number' ? comparedTests(condition, wanted, view) : orderedTextTests(condition, wanted, view);
    case 'state':
    case 'absence':
      return [constant(!wanted)];
  }
}

function equalityTests(condition: Equality, wanted: boolean, view: View, role: TextRole): readonly TextTest[] {
  const { value, operator } = condition;
  if (value.kind === 'regex') return regexTests(condition, value, wanted === (operator === '='), view, role);
  if (value.kind === 'word') return wordTests(value, wanted, view, role);
  if (role === 'number') return comparedTests({ operator: '=', value }, wanted, view);
  return countedInterpretations(view, 'digitString').flatMap((interpretation): readonly TextTest[] => {
    switch (interpretation) {
      case 'text':
        return [{ kind: 'written', language: wordLanguage(value.spelling, 'glob'), as: 'source', wanted }];
      case 'numeric':
        return comparedTests({ operator: '=', value }, wanted, view);
      case 'never':
        return [constant(!wanted)];
    }
  });
}

function orderedTextTests(condition: Ordering, wanted: boolean, view: View): readonly TextTest[] {
  return countedInterpretations(view, 'digitString').flatMap((interpretation) =>
    interpretation === 'numeric' ? comparedTests(condition, wanted, view) : [constant(!wanted)],
  );
}

function wordTests(word: Word, wanted: boolean, view: View, role: TextRole): readonly TextTest[] {
  const spellings = role === 'string' ? (['source'] as const) : countedInterpretations(view, 'numberSpelling');
  return languagesOf(word, view).flatMap((language) =>
    spellings.map((as): TextTest => ({ kind: 'written', language, as, wanted })),
  );
}

function languagesOf({ text }: Word, view: View): readonly Language[] {
  if (!isStarOpen(text)) return [wordLanguage(text, 'glob')];
  return countedInterpretations(view, 'innerStar').map((interpretation) => wordLanguage(text, interpretation));
}

function comparedTests(
  { operator, value }: { readonly operator: ComparedTest['operator']; readonly value: Numeral },
  wanted: boolean,
  view: View,
): readonly TextTest[] {
  return countedInterpretations(view, 'numberPrecision').map((precision) => ({
    kind: 'compared',
    operator,
    with: value.spelling,
    precision,
    wanted,
  }));
}

function constant(holds: boolean): TextTest {
  return { kind: 'constant', holds };
}
