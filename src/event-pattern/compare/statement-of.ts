import type { Selector } from '../../conditions/event/selector.ts';
import type { Formula } from '../../conditions/formula/formula.ts';
import type { Statement } from '../../conditions/formula/statement.ts';
import { RECORD_FIELD } from '../../conditions/formula/envelope-fields.ts';
import { mayBeArray } from '../../conditions/formula/universe.ts';
import { conditionsOf, type JsonPattern } from '../../filter-pattern/index.ts';
import { matchUnder } from '../match/match.ts';
import { admitsAbsence, branchesOf, JOINER } from '../syntax/branches.ts';
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

/** So many elements of an array are looked at, at most: one for each thing that some element has to satisfy. */
const MOST_ELEMENTS = 4;

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
    const answer =
      known.get(key) ??
      (mayBeArray('eventbridge', selectorOf(names), selectors) &&
        !OBJECT_PLACES.has(key) &&
        !isObjectTo(filterSelectors, names));
    known.set(key, answer);
    return answer;
  };
  const wildcards = filterSelectors.filter((selector) => selector.some(({ kind }) => kind !== 'field'));
  const indexes = wildcards.flat().map((step) => (step.kind === 'index' ? step.index + 1 : 0));
  const isThroughArrays = (path: string) => {
    const names = path.split(JOINER);
    return names.some((_, depth) => isArray(names.slice(0, depth + 1)));
  };
  const needs = patterns.reduce((sum, pattern) => sum + elementsNeeded(pattern, isThroughArrays), 0);
  const needed = needs === 0 ? 0 : Math.max(needs + wildcards.length, ...indexes);
  const elements = Math.min(MOST_ELEMENTS, Math.max(1, needed));
  const shape: Shape = { mayBeArray: isArray, elements };
  const size = pathsByPattern.flat().reduce((sum, path) => sum + placesIn(path.split(JOINER), shape), 0);
  if (size > MAX_PLACES) return undefined;
  return {
    statements: new Map(patterns.map((pattern) => [pattern, statementOf(pattern, shape)])),
    given: paths.flatMap((names) => shapeConstraints(names, shape)),
    isComplete: needed <= elements,
  };
}

/**
 * So that a pattern matches, one element satisfies its fields. So that it does not match, each of its branches that asks
 * for absence may need an element that has what is to be absent; what else is asked for is simply not there.
 */
function elementsNeeded(pattern: EventPattern, isThroughArrays: (path: string) => boolean): number {
  const branches = branchesOf(pattern).filter((branch) => [...branch.keys()].some(isThroughArrays));
  const withAbsence = branches.filter((branch) =>
    [...branch].some(([path, tests]) => isThroughArrays(path) && admitsAbsence(tests)),
  );
  return branches.length === 0 ? 0 : Math.max(1, withAbsence.length);
}

/**
 * What a call was given and what it answered: an object, or null, in every record that the reference shows. Lists are deeper.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const OBJECT_PLACES: ReadonlySet<string> = new Set(
  ['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails'].map(
    (name) => `${RECORD_FIELD}${JOINER}${name}`,
  ),
);

/** Whether filter patterns go into a place by the name of a field, and none of them by the place of an element. */
function isObjectTo(selectors: readonly Selector[], names: readonly string[]): boolean {
  const next = selectors
    .filter((selector) =>
      names.every((name, depth) => {
        const step = selector[depth];
        return step?.kind === 'field' && step.name === name;
      }),
    )
    .map((selector) => selector[names.length]?.kind);
  return next.includes('field') && !next.includes('any-element') && !next.includes('index');
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
