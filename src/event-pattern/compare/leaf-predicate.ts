import { CONTAINER, type KindSet, kindSet, type Predicate } from '../../conditions/formula/predicate.ts';
import type { Clause, TextTest as Literal } from '../../conditions/texts/clause.ts';
import type { Readings } from '../../conditions/formula/statement.ts';
import type { ValueTest } from '../syntax/pattern.ts';
import { type Side, type Sides, sidesOf } from './test-sides.ts';

const LITERALS = kindSet('null', 'true', 'false');

/** What is not a value of its own: a field that is missing, an object, or an array, which stands for its elements. */
export const NO_VALUE: KindSet = kindSet('missing', 'broken') | CONTAINER;

/** More clauses than any pattern in use needs. */
const MAX_CLAUSES = 256;

/**
 * What has to be found at one place so that one of the tests holds for the value there, or none of them if they are not
 * `wanted`. Undefined if that takes too many clauses. `exists: false` is left to the caller.
 */
export function leafPredicate(
  tests: readonly ValueTest[],
  wanted: boolean,
  unknown: 'every' | 'some',
  readings: Readings,
): Predicate | undefined {
  const how = (unknown === 'every') === wanted ? 'certain' : 'possible';
  const sides = tests.map((test) => sidesOf(test, how, readings));
  const string = clausesOf(sides, 'string', wanted);
  const number = clausesOf(sides, 'number', wanted);
  if (string === undefined || number === undefined) return undefined;
  const literals = sides.reduce((kinds, side) => kinds | side.kinds, 0);
  return {
    kinds:
      (wanted ? literals : (LITERALS & ~literals) | NO_VALUE) |
      (isFalse(string) ? 0 : kindSet('string')) |
      (isFalse(number) ? 0 : kindSet('number')),
    string,
    number,
  };
}

function isFalse(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => clause.length === 0);
}

/** That one of the sides holds, or none: clauses of which all have to hold. */
function clausesOf(sides: readonly Sides[], role: 'string' | 'number', wanted: boolean): readonly Clause[] | undefined {
  if (!wanted) return sides.flatMap((side) => denied(side[role]));
  let clauses: readonly Clause[] = [[]];
  for (const side of sides) {
    const more = asserted(side[role]);
    if (clauses.length * more.length > MAX_CLAUSES) return undefined;
    clauses = more.flatMap((clause) => clauses.map((known) => [...known, ...clause]));
  }
  return clauses;
}

function asserted({ joiner, literals }: Side): readonly Clause[] {
  return joiner === 'or' ? [literals] : literals.map((literal) => [literal]);
}

function denied({ joiner, literals }: Side): readonly Clause[] {
  const opposites = literals.map(opposite);
  return joiner === 'and' ? [opposites] : opposites.map((literal) => [literal]);
}

function opposite(literal: Literal): Literal {
  return literal.kind === 'constant' ? { ...literal, holds: !literal.holds } : { ...literal, wanted: !literal.wanted };
}
