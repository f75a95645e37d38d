import type { Selector, SelectorStep } from '../../conditions/event/selector.ts';
import type { Readings } from '../../conditions/formula/statement.ts';
import { and, type Claim, type Formula, or } from '../../conditions/formula/formula.ts';
import { kindSet, ofKinds, type Predicate } from '../../conditions/formula/predicate.ts';
import { admitsAbsence, asksForAbsence, type Branch, leavesOf, type PathNode, pathTreeOf } from '../syntax/branches.ts';
import type { ValueTest } from '../syntax/pattern.ts';
import { leafPredicate, NO_VALUE } from './leaf-predicate.ts';

/** Which places of an event may hold arrays, and how many elements of each are looked at. */
export interface Shape {
  readonly mayBeArray: (path: readonly string[]) => boolean;
  readonly elements: number;
}

interface View {
  readonly shape: Shape;
  readonly wanted: boolean;
  readonly unknown: 'every' | 'some';
  readonly readings: Readings;
  /** Joins formulas as `and`, or as `or` where the denial is asked for; and the other way round. */
  readonly all: (operands: readonly Formula[]) => Formula;
  readonly any: (operands: readonly Formula[]) => Formula;
}

/** A place of an event: the names that lead to it, and the steps, with the elements of arrays among them. */
interface Place {
  readonly names: readonly string[];
  readonly steps: Selector;
  /** The innermost element that was chosen of an array: what is missing has to be missing in it. */
  readonly chosen: { readonly depth: number; readonly steps: Selector };
}

const ROOT: Place = { names: [], steps: [], chosen: { depth: 0, steps: [] } };

/**
 * What has to hold of an event so that a pattern matches it, or does not if that is not `wanted`. Follows `match`, with each
 * array written out as so many elements.
 */
export function branchesFormula(
  branches: readonly Branch[],
  wanted: boolean,
  unknown: 'every' | 'some',
  readings: Readings,
  shape: Shape,
): Formula {
  const view: View = { shape, wanted, unknown, readings, all: wanted ? and : or, any: wanted ? or : and };
  return view.any(branches.map((branch) => nodeFormula(pathTreeOf(branch), ROOT, view)));
}

function nodeFormula(node: PathNode, place: Place, view: View): Formula {
  return view.all([
    ...(node.tests === undefined ? [] : [leafFormula(node.tests, place, view)]),
    ...(node.children.size === 0 ? [] : [childrenFormula(node, place, view)]),
  ]);
}

function leafFormula(tests: readonly ValueTest[], place: Place, view: View): Formula {
  const places = [place.steps, ...elementSteps(place, view)];
  return view.any([
    ...(asksForAbsence(tests) ? [] : places.map((steps) => testsAt(tests, steps, view))),
    ...(admitsAbsence(tests) ? [absenceFormula(place, view)] : []),
  ]);
}

function testsAt(tests: readonly ValueTest[], steps: Selector, view: View): Formula {
  const { wanted, unknown, readings } = view;
  const predicate = leafPredicate(tests, wanted, unknown, readings);
  if (predicate !== undefined) {
    return {
      kind: 'condition',
      claims: claimsOf(tests, steps, wanted),
      formula: { kind: 'at', path: steps, predicate },
    };
  }
  return view.any(tests.map((test) => testsAt([test], steps, view)));
}

/** That the tests together hold or do not, and each of them does not. No way to take a doubt makes both true. */
function claimsOf(tests: readonly ValueTest[], steps: Selector, wanted: boolean): readonly Claim[] {
  const place = JSON.stringify(steps);
  const claim = (some: readonly ValueTest[]): Claim => {
    return { condition: `${place} ${JSON.stringify(some)}`, holds: wanted };
  };
  return [claim(tests), ...(wanted || tests.length === 1 ? [] : tests.map((test) => claim([test])))];
}

function childrenFormula(node: PathNode, place: Place, view: View): Formula {
  const together = (steps: Selector, chosen: Place['chosen']) =>
    view.all(
      [...node.children].map(([name, child]) =>
        nodeFormula(child, { names: [...place.names, name], steps: [...steps, fieldStep(name)], chosen }, view),
      ),
    );
  const elements = elementSteps(place, view);
  if (elements.length === 0) return together(place.steps, place.chosen);
  const leaves = [...node.children.values()].flatMap(leavesOf);
  const missing = () => view.all(absences(node, place, view));
  if (leaves.every(asksForAbsence)) return missing();
  const formula = view.any([
    together(place.steps, place.chosen),
    ...elements.map((steps) => together(steps, { depth: place.names.length, steps })),
    ...(leaves.every(admitsAbsence) ? [missing()] : []),
  ]);
  const condition = JSON.stringify([place.steps, place.chosen.steps, contentOf(node)]);
  return { kind: 'condition', claims: [{ condition, holds: view.wanted }], formula };
}

/** All that is asked at and below a node, as plain data. */
function contentOf({ tests, children }: PathNode): unknown {
  return [tests, [...children].map(([name, child]) => [name, contentOf(child)])];
}

/** That all leaves below a node are missing. */
function absences(node: PathNode, place: Place, view: View): readonly Formula[] {
  return [...node.children].flatMap(([name, child]) => {
    const below: Place = { ...place, names: [...place.names, name], steps: [...place.steps, fieldStep(name)] };
    return [...(child.tests === undefined ? [] : [absenceFormula(below, view)]), ...absences(child, below, view)];
  });
}

/** For certain, no element of any array has the field; possibly, only the element that was chosen has it not. */
function absenceFormula({ names, chosen }: Place, view: View): Formula {
  const isCertain = (view.unknown === 'every') === view.wanted;
  const from = isCertain ? ROOT.chosen : chosen;
  const places = placesOf(names, from, view.shape);
  const kinds = view.wanted ? NO_VALUE : kindSet('null', 'true', 'false', 'string', 'number');
  return view.all(places.map((path): Formula => ({ kind: 'at', path, predicate: ofKinds(kinds) })));
}

function elementSteps({ names, steps }: Place, { shape }: View): readonly Selector[] {
  if (names.length === 0 || !shape.mayBeArray(names)) return [];
  return Array.from({ length: shape.elements }, (_, index): Selector => [...steps, { kind: 'index', index }]);
}

/** All places that names may lead to, behind one place on the way. */
function placesOf(names: readonly string[], from: Place['chosen'], shape: Shape): readonly Selector[] {
  let places: readonly Selector[] = [from.steps];
  for (let depth = from.depth; depth < names.length; depth += 1) {
    const name = names[depth] ?? '';
    const reached = places.map((steps): Selector => [...steps, fieldStep(name)]);
    const elements = shape.mayBeArray(names.slice(0, depth + 1))
      ? reached.flatMap((steps) =>
          Array.from({ length: shape.elements }, (_, index): Selector => [...steps, { kind: 'index', index }]),
        )
      : [];
    places = [...reached, ...elements];
  }
  return places;
}

function at(path: Selector, predicate: Predicate): Formula {
  return { kind: 'at', path, predicate };
}

function fieldStep(name: string): SelectorStep {
  return { kind: 'field', name };
}

/**
 * That arrays on the way to a path have no more elements than are looked at, and no arrays as elements, and that there are
 * no others.
 */
export function shapeConstraints(names: readonly string[], shape: Shape): readonly Formula[] {
  const found: Formula[] = [];
  for (let depth = 1; depth <= names.length; depth += 1) {
    const way = names.slice(0, depth);
    if (!shape.mayBeArray(way)) {
      const predicate = ofKinds(~kindSet('array'));
      if (depth < names.length) found.push(...placesOf(way, ROOT.chosen, shape).map((path) => at(path, predicate)));
      continue;
    }
    for (const place of placesOf(way, ROOT.chosen, shape)) {
      const isElement = place.at(-1)?.kind === 'index';
      const path: Selector = isElement ? place : [...place, { kind: 'index', index: shape.elements }];
      const kinds = isElement ? ~kindSet('array') : kindSet('missing', 'broken');
      found.push(at(path, ofKinds(kinds)));
    }
  }
  return found;
}
