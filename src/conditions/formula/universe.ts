import type { UniverseName } from '../relation.ts';
import type { Constraint } from './path-trie.ts';
import { ANY_KIND, CONTAINER, kindSet, ofKinds } from './predicate.ts';
import { envelopeConstraints, isEnvelopeField, RECORD_FIELD } from './envelope-fields.ts';
import { kindsOfField } from './record-fields.ts';
import type { Selector, SelectorStep } from '../event/selector.ts';
import { isWildcard } from '../event/selector.ts';

/**
 * What is known of all events there are. Any JSON object; or a CloudTrail record: its fields have the types that AWS
 * names, and a selector that no other selector goes through names a scalar or nothing. What a wildcard selects may be
 * anything. Or such a record in the envelope of EventBridge.
 */
export function universeConstraints(universe: UniverseName, selectors: readonly Selector[]): readonly Constraint[] {
  const root: Constraint = { kind: 'at', path: [], predicate: ofKinds(kindSet('object')) };
  if (universe === 'any-json') return [root];
  const leaves = selectors.filter((selector) => isLeaf(selector, selectors));
  if (universe === 'cloudtrail') return [root, ...leaves.map(scalarAt), ...selectors.flatMap(typedField)];
  const ofRecord = selectors.filter(isOfRecord).flatMap((selector) => typedField(selector.slice(1)));
  return [
    root,
    ...envelopeConstraints(),
    ...leaves.filter(([first]) => first?.kind === 'field' && !isEnvelopeField(first.name)).map(scalarAt),
    ...leaves.filter((selector) => isOfRecord(selector) && selector.length > 1).map(scalarAt),
    ...ofRecord.map(inRecord),
  ];
}

/** Whether some event of the universe holds an array where the selector points. It has no wildcard. */
export function mayBeArray(universe: UniverseName, selector: Selector, selectors: readonly Selector[]): boolean {
  if (universe === 'any-json') return true;
  const [first] = selector;
  if (universe === 'eventbridge' && first?.kind === 'field' && isEnvelopeField(first.name)) {
    if (selector.length === 1) return first.name === 'resources';
    return isOfRecord(selector) && mayBeArray('cloudtrail', selector.slice(1), selectors.filter(isOfRecord).map(tail));
  }
  const kinds = selector.length === 1 && first?.kind === 'field' ? kindsOfField(first.name) : undefined;
  return (kinds === undefined || (kinds & kindSet('array')) !== 0) && !isLeaf(selector, selectors);
}

function isOfRecord([first]: Selector): boolean {
  return first?.kind === 'field' && first.name === RECORD_FIELD;
}

function tail(selector: Selector): Selector {
  return selector.slice(1);
}

function inRecord(constraint: Constraint): Constraint {
  return { ...constraint, path: [{ kind: 'field', name: RECORD_FIELD }, ...constraint.path] };
}

/** Whether some event of the universe holds an object or array where the selector points. */
export function mayBeContainer(universe: UniverseName, selector: Selector, selectors: readonly Selector[]): boolean {
  return universe === 'any-json' || !isLeaf(selector, selectors);
}

function isLeaf(selector: Selector, selectors: readonly Selector[]): boolean {
  const last = selector.at(-1);
  return last !== undefined && !isWildcard(last) && !selectors.some((other) => goesThrough(other, selector));
}

function goesThrough(other: Selector, selector: Selector): boolean {
  return other.length > selector.length && selector.every((step, depth) => mayBeSame(step, other[depth]));
}

function mayBeSame(left: SelectorStep, right: SelectorStep | undefined): boolean {
  switch (right?.kind) {
    case 'field':
      return left.kind === 'any-field' || (left.kind === 'field' && left.name === right.name);
    case 'index':
      return left.kind === 'any-element' || (left.kind === 'index' && left.index === right.index);
    case 'any-field':
      return left.kind === 'field' || left.kind === 'any-field';
    case 'any-element':
      return left.kind === 'index' || left.kind === 'any-element';
    case undefined:
      return false;
  }
}

function scalarAt(selector: Selector): Constraint {
  const predicate = ofKinds(ANY_KIND & ~CONTAINER);
  const wildcard = selector.findIndex(isWildcard);
  const step = selector[wildcard];
  if (step === undefined || !isWildcard(step)) return { kind: 'at', path: selector, predicate };
  const rest = selector.slice(wildcard + 1);
  return { kind: 'need', path: selector.slice(0, wildcard), need: { of: 'every', step: step.kind, rest, predicate } };
}

function typedField([first]: Selector): readonly Constraint[] {
  const kinds = first?.kind === 'field' ? kindsOfField(first.name) : undefined;
  return first === undefined || kinds === undefined ? [] : [{ kind: 'at', path: [first], predicate: ofKinds(kinds) }];
}
