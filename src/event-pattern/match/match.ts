import type { EventValue, Scalar } from '../../conditions/event/event.ts';
import { readEvent } from '../../conditions/event/read-event.ts';
import { NO_READINGS, type Readings, type StatementAnswer } from '../../conditions/formula/statement.ts';
import type { Trivalent } from '../../filter-pattern/index.ts';
import { admitsAbsence, asksForAbsence, branchesOf, leavesOf, type PathNode, pathTreeOf } from '../syntax/branches.ts';
import type { EventPattern, ValueTest } from '../syntax/pattern.ts';
import { DOUBTS, type Doubtful, every, readingsOf, some } from './doubtful.ts';
import { fieldsOf } from './nested-event.ts';
import { isTooDeep } from './nesting.ts';
import { testHolds } from './test-holds.ts';

export interface EventMatch {
  readonly matches: Trivalent;
  /** What an undecided answer depends on. */
  readonly reason?: string;
}

/**
 * Whether the pattern matches an event, a whole envelope as JSON text. What is no JSON object is no event and matches
 * nothing. Undecided where the documentation of EventBridge and the engine that AWS publishes differ, or say nothing.
 *
 * "Arrays of the event" match by any of their elements; the fields of objects in an array match together, in one element:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
 * https://github.com/aws/event-ruler#json-array-matching
 */
export function match(pattern: EventPattern, event: string): EventMatch {
  const { matches, reason } = matchUnder(pattern, event, NO_READINGS);
  return { matches, ...(reason !== undefined && { reason }) };
}

/** The same where it is given how doubts are taken. Says on which doubt an undecided answer depends. */
export function matchUnder(pattern: EventPattern, event: string, readings: Readings): StatementAnswer {
  const read = readEvent(event);
  if (read.kind === 'no-json' || read.value.kind !== 'object') return { matches: false };
  const { value } = read;
  if (isTooDeep(value)) return { matches: 'undecided', reason: 'the event is nested deeper than is certainly read' };
  const answer = some(branchesOf(pattern), (branch) =>
    nodeHolds(pathTreeOf(branch), value, { event: value, path: [], isWhole: true, readings }),
  );
  if (typeof answer === 'boolean') return { matches: answer };
  return {
    matches: 'undecided',
    reason: `AWS does not document ${DOUBTS[answer]}`,
    doubt: { name: answer, readings: readingsOf(answer) },
  };
}

/** Where a node is looked at: within which event, under which path, and whether in all of the event that has this path. */
interface Place {
  readonly event: EventValue;
  readonly path: readonly string[];
  readonly isWhole: boolean;
  readonly readings: Readings;
}

/** Whether what is asked at and below a node holds for the value there; undefined is a missing field. */
function nodeHolds(node: PathNode, value: EventValue | undefined, place: Place): Doubtful {
  const parts: (() => Doubtful)[] = [];
  const { tests } = node;
  if (tests !== undefined) {
    if (node.children.size > 0 && value?.kind === 'array' && value.elements.some(({ kind }) => kind === 'array')) {
      return 'nestedTests';
    }
    parts.push(() => leafHolds(tests, value, place));
  }
  if (node.children.size > 0) parts.push(() => childrenHold(node, value, place));
  return every(parts, (part) => part());
}

function leafHolds(tests: readonly ValueTest[], value: EventValue | undefined, place: Place): Doubtful {
  const found = leavesIn(value);
  const present = some(tests, (test) => some(found, (leaf) => testHolds(test, leaf, place.readings)));
  if (present === true || !admitsAbsence(tests) || found.length > 0) return present;
  return place.isWhole ? true : isAbsent(place.path, place.event) || 'absence';
}

/** The values that a field stands for: its own, or those of an array and of arrays in it. */
function leavesIn(value: EventValue | undefined): readonly Scalar[] {
  if (value === undefined || value.kind === 'object') return [];
  return value.kind === 'array' ? value.elements.flatMap(leavesIn) : [value];
}

function childrenHold(node: PathNode, value: EventValue | undefined, place: Place): Doubtful {
  switch (value?.kind) {
    case 'object': {
      const { values, repeated } = fieldsOf(value);
      return every(node.children, ([name, child]) => {
        if (repeated.has(name)) return 'equalKeys';
        return nodeHolds(child, values.get(name), { ...place, path: [...place.path, name] });
      });
    }
    case 'array':
      return elementsHold(node, value.elements, place);
    case undefined:
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return every(node.children, ([name, child]) =>
        nodeHolds(child, undefined, { ...place, path: [...place.path, name] }),
      );
  }
}

/** One element has to satisfy all fields together. Where every field may be missing, they may be missing from all elements. */
function elementsHold(node: PathNode, elements: readonly EventValue[], place: Place): Doubtful {
  const containers = elements.filter(({ kind }) => kind === 'object' || kind === 'array');
  const leaves = [...node.children.values()].flatMap(leavesOf);
  const inElement = { ...place, isWhole: false };
  const together = some(containers, (element) => childrenHold(node, element, inElement));
  const allMissing = !leaves.every(admitsAbsence)
    ? false
    : every(containers, (element) => every(node.children, ([name, child]) => areMissing(child, [name], element)));
  if (leaves.every(asksForAbsence))
    return allMissing === true && !place.isWhole ? wholeOrDoubt(node, place) : allMissing;
  if (allMissing === true) return place.isWhole ? true : some([together, wholeOrDoubt(node, place)], (one) => one);
  return together;
}

/** What is missing here is missing for certain only if the whole event has it nowhere. */
function wholeOrDoubt(node: PathNode, { event, path }: Place): Doubtful {
  const holds = every(node.children, ([name, child]) => areMissing(child, [...path, name], event));
  return holds === true ? true : 'absence';
}

/** Whether no path of the leaves at and below a node has a value. */
function areMissing(node: PathNode, path: readonly string[], value: EventValue): Doubtful {
  if (node.tests !== undefined && !isAbsent(path, value)) return false;
  return every(node.children, ([name, child]) => areMissing(child, [...path, name], value));
}

/** Whether a path leads to no value, through any element of any array. */
function isAbsent([name, ...rest]: readonly string[], value: EventValue | undefined): boolean {
  if (value?.kind === 'array') {
    return name === undefined
      ? leavesIn(value).length === 0
      : value.elements.every((element) => isAbsent([name, ...rest], element));
  }
  if (name === undefined) return value === undefined || value.kind === 'object';
  return value?.kind !== 'object' || isAbsent(rest, fieldsOf(value).values.get(name));
}
