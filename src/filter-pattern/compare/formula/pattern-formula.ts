import { conditionsOf, isGroup } from '../../syntax/expression.ts';
import type { Condition, Expression, JsonPattern } from '../../syntax/pattern.ts';
import type { UniverseName } from '../../../conditions/relation.ts';
import type { Constraint, Need } from '../../../conditions/formula/path-trie.ts';
import { conditionKey } from '../../print/canonical.ts';
import { printCondition } from '../../print/print.ts';
import { predicateOf } from './condition-predicate.ts';
import { CONTAINER, ANY_KIND, ofKinds, PRESENT, type Predicate } from '../../../conditions/formula/predicate.ts';
import { mayBeContainer } from '../../../conditions/formula/universe.ts';
import { countedInterpretations, type View } from './view.ts';
import type { Selector } from '../../../conditions/event/selector.ts';
import { hasWildcard, isWildcard } from '../../../conditions/event/selector.ts';
import { and, type Claim, FALSE, type Formula, or, TRUE } from '../../../conditions/formula/formula.ts';

/** All that a formula has to know of the question it is part of. */
export interface Setting {
  readonly view: View;
  readonly universe: UniverseName;
  /** The selectors of all patterns of the question. */
  readonly selectors: readonly Selector[];
}

/** What has to be true of an event that the pattern matches, or that it does not match if it is not `wanted`. */
export function formulaOf(pattern: JsonPattern, wanted: boolean, setting: Setting): Formula {
  const operands = [expressionFormula(pattern.expression, wanted, setting), scopeFormula(pattern, wanted, setting)];
  return wanted ? and(operands) : or(operands);
}

function expressionFormula(expression: Expression, wanted: boolean, setting: Setting): Formula {
  if (!isGroup(expression)) {
    const formula = conditionFormula(expression, wanted, setting.view);
    return { kind: 'condition', claims: claimsOf(expression, wanted), formula };
  }
  const operands = expression.operands.map((operand) => expressionFormula(operand, wanted, setting));
  return (expression.kind === 'and') === wanted ? and(operands) : or(operands);
}

/** No value equals something and differs from it. Under wildcards it may be two values that do so. */
function claimsOf(condition: Condition, holds: boolean): readonly Claim[] {
  const claim: Claim = { condition: conditionKey(condition), holds };
  if (!holds || condition.kind !== 'equality' || hasWildcard(condition.selector)) return [claim];
  const opposite: Condition = { ...condition, operator: condition.operator === '=' ? '!=' : '=' };
  return [claim, { condition: printCondition(opposite), holds: false }];
}

/** That no selector without wildcard points to an object or array, where that voids the whole pattern. */
function scopeFormula({ expression }: JsonPattern, wanted: boolean, setting: Setting): Formula {
  const { view, universe, selectors } = setting;
  const plain = conditionsOf(expression)
    .map(({ selector }) => selector)
    .filter((selector) => !hasWildcard(selector) && mayBeContainer(universe, selector, selectors));
  if (plain.length === 0) return wanted ? TRUE : FALSE;
  const interpretations = countedInterpretations(view, 'containerScope');
  const [mayVoid, mayNot] = [interpretations.includes('pattern'), interpretations.includes('condition')];
  const some = view.unknown === 'some';
  if (wanted)
    return (some ? !mayNot : mayVoid) ? and(plain.map((path) => pointsTo(path, ANY_KIND & ~CONTAINER))) : TRUE;
  return (some ? mayVoid : !mayNot) ? or(plain.map((path) => pointsTo(path, CONTAINER))) : FALSE;
}

function pointsTo(path: Selector, kinds: number): Constraint {
  return { kind: 'at', path, predicate: ofKinds(kinds) };
}

function conditionFormula(condition: Condition, wanted: boolean, view: View): Formula {
  const { selector } = condition;
  const predicate = predicateOf(condition, wanted, view);
  const wildcard = selector.findIndex(isWildcard);
  const step = selector[wildcard];
  if (step === undefined || !isWildcard(step)) return { kind: 'at', path: selector, predicate };
  const place: WildcardPlace = {
    path: selector.slice(0, wildcard),
    step: step.kind,
    rest: selector.slice(wildcard + 1),
  };
  const formulas = quantifiersOf(condition, view).map((quantifier) => quantified(quantifier, wanted, predicate, place));
  return view.unknown === 'some' ? or(formulas) : and(formulas);
}

type Quantifier = 'any' | 'all' | 'vacuous';

function quantifiersOf(condition: Condition, view: View): readonly Quantifier[] {
  switch (condition.kind) {
    case 'equality':
      return condition.operator === '=' ? ['any'] : countedInterpretations(view, 'wildcardInequality');
    case 'ordering':
      return ['any'];
    case 'state':
      return countedInterpretations(view, 'wildcardState');
    case 'absence':
      return countedInterpretations(view, 'wildcardAbsence');
  }
}

interface WildcardPlace {
  readonly path: Selector;
  readonly step: Need['step'];
  readonly rest: Selector;
}

/** `predicate` is that of the condition itself, or of its denial if it is not `wanted`. */
function quantified(quantifier: Quantifier, wanted: boolean, predicate: Predicate, place: WildcardPlace): Formula {
  const { path, step, rest } = place;
  const need = (of: Need['of'], what: Predicate, below: Selector): Constraint => ({
    kind: 'need',
    path,
    need: { of, step, rest: below, predicate: what },
  });
  switch (quantifier) {
    case 'any':
      return need(wanted ? 'some' : 'every', predicate, rest);
    case 'vacuous':
      return need(wanted ? 'every' : 'some', predicate, rest);
    case 'all':
      return wanted
        ? and([need('some', ofKinds(PRESENT), []), need('every', predicate, rest)])
        : or([need('every', ofKinds(0), []), need('some', predicate, rest)]);
  }
}
