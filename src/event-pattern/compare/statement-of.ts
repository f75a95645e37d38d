import type { Selector } from '../../conditions/event/selector.ts';
import type { Formula } from '../../conditions/formula/formula.ts';
import type { Statement } from '../../conditions/formula/statement.ts';
import { mayBeArray } from '../../conditions/formula/universe.ts';
import { conditionsOf, type JsonPattern } from '../../filter-pattern/index.ts';
import { matchUnder } from '../match/match.ts';
import { branchesOf, JOINER } from '../syntax/branches.ts';
import type { EventPattern } from '../syntax/pattern.ts';
import { branchesFormula, type Shape, shapeConstraints } from './pattern-formula.ts';

/** What a question asks, in the form in which it is searched. */
export interface Prepared {
  readonly statements: ReadonlyMap<EventPattern, Statement>;
  /** That arrays are no longer than what is looked at. */
  readonly given: readonly Formula[];
  /** False if there may be events with longer arrays that matter. */
  readonly isComplete: boolean;
}

/** So many elements of an array are looked at, at least and at most: one for each thing that some element has to satisfy. */
const LEAST_ELEMENTS = 2;
const MOST_ELEMENTS = 3;

/** More conditions than this are not written out. */
const MAX_PLACES = 3000;

/** Undefined if the patterns are too large to be written out. */
export function prepare(patterns: readonly EventPattern[], filters: readonly JsonPattern[]): Prepared | undefined {
  const pathsByPattern = patterns.map(pathsOf);
  const filterSelectors = filters.flatMap(({ expression }) => conditionsOf(expression)).map(({ selector }) => selector);
  const paths = [...new Set(pathsByPattern.flat())].map((path) => path.split(JOINER));
  const selectors = [...paths.map(selectorOf), ...filterSelectors];
  const known = new Map<string, boolean>();
  const isArray = (names: readonly string[]): boolean => {
    const key = names.join(JOINER);
    const answer = known.get(key) ?? mayBeArray('eventbridge', selectorOf(names), selectors);
    known.set(key, answer);
    return answer;
  };
  const wildcards = filterSelectors.filter((selector) => selector.some(({ kind }) => kind !== 'field'));
  const indexes = wildcards.flat().map((step) => (step.kind === 'index' ? step.index + 1 : 0));
  const throughArrays = paths.some((names) => names.some((_, depth) => isArray(names.slice(0, depth + 1))));
  const needed = throughArrays ? Math.max(patterns.length + wildcards.length, ...indexes) : 0;
  const elements = Math.min(MOST_ELEMENTS, Math.max(LEAST_ELEMENTS, needed));
  const shape: Shape = { mayBeArray: isArray, elements };
  const size = pathsByPattern.flat().reduce((sum, path) => sum + placesIn(path.split(JOINER), shape), 0);
  if (size > MAX_PLACES) return undefined;
  return {
    statements: new Map(patterns.map((pattern) => [pattern, statementOf(pattern, shape)])),
    given: paths.flatMap((names) => shapeConstraints(names, shape)),
    isComplete: needed <= elements,
  };
}

function statementOf(pattern: EventPattern, shape: Shape): Statement {
  const branches = branchesOf(pattern);
  return {
    kind: 'statement',
    selectors: pathsOf(pattern).map((path) => selectorOf(path.split(JOINER))),
    formula: (wanted, unknown, readings) => branchesFormula(branches, wanted, unknown, readings, shape),
    holds: (event, readings) => matchUnder(pattern, event, readings),
  };
}

/** The paths that a pattern looks at, once for each branch. */
function pathsOf(pattern: EventPattern): readonly string[] {
  return branchesOf(pattern).flatMap((branch) => [...branch.keys()]);
}

function placesIn(names: readonly string[], { mayBeArray: isArray, elements }: Shape): number {
  return names.reduce((count, _, depth) => count * (isArray(names.slice(0, depth + 1)) ? elements + 1 : 1), 1);
}

function selectorOf(names: readonly string[]): Selector {
  return names.map((name) => ({ kind: 'field', name }));
}
