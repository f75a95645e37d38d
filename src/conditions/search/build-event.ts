import type { EventObject, EventValue, Member } from '../event/event.ts';
import type { Clause, FoundText } from '../texts/clause.ts';
import { arrayPlan, objectPlan, possibleKinds, type Search } from './possible-kinds.ts';
import { findSpelling } from '../texts/find-spelling.ts';
import { findText } from '../texts/find-text.ts';
import type { Trie } from '../formula/path-trie.ts';
import { type Kind, kindSet } from '../formula/predicate.ts';
import { likelyEnvelopeTexts, RECORD_FIELD } from '../formula/envelope-fields.ts';
import { alwaysThere, likelyTexts } from '../formula/record-fields.ts';
import type { UniverseName } from '../relation.ts';

/** More elements than a log event could hold with anything in them. */
const MAX_ELEMENTS = 2000;

/** The kinds of a value that is there, the plainest first. */
const CHOICES = ['string', 'number', 'true', 'false', 'object', 'array', 'null'] as const satisfies readonly Kind[];

/**
 * A small event that the trie admits: what may be missing is left out, but for the fields that every CloudTrail record
 * has. Undefined if it cannot be written down: too many elements, or a text of which it is not known whether it exists.
 */
export function buildEvent(root: Trie, search: Search, universe: UniverseName): EventObject | undefined {
  const value = buildValue(root, ['object'], '', { ...search, universe });
  return value?.kind === 'object' ? value : undefined;
}

function buildValue(
  trie: Trie,
  choices: readonly (typeof CHOICES)[number][],
  name: string,
  search: Building,
): EventValue | undefined {
  const possible = possibleKinds(trie, search);
  for (const kind of choices) {
    if (!(possible & kindSet(kind))) continue;
    const value = buildKind(kind, trie, name, search);
    if (value !== undefined) return value;
  }
  return undefined;
}

function buildKind(kind: (typeof CHOICES)[number], trie: Trie, name: string, search: Building): EventValue | undefined {
  switch (kind) {
    case 'null':
      return { kind };
    case 'true':
    case 'false':
      return { kind: 'boolean', value: kind === 'true' };
    case 'string': {
      const text = foundText(trie.own.string, (clauses) => findText(clauses, textsFor(name, search), search.budget));
      return text === undefined ? undefined : { kind, text };
    }
    case 'number': {
      const spelling = foundText(trie.own.number, (clauses) => findSpelling(clauses, search.budget));
      return spelling === undefined ? undefined : { kind, spelling };
    }
    case 'object':
      return buildObject(trie, name === recordName(search), search);
    case 'array':
      return buildArray(trie, name, search);
  }
}

/** A search, with the universe that decides which texts are likely. */
interface Building extends Search {
  readonly universe: UniverseName;
}

/** The name under which the record of CloudTrail is; the empty one for the event itself. */
function recordName({ universe }: Building): string {
  return universe === 'eventbridge' ? RECORD_FIELD : '';
}

function textsFor(name: string, { universe }: Building): readonly string[] {
  return (universe === 'eventbridge' ? likelyEnvelopeTexts(name) : undefined) ?? likelyTexts(name);
}

function foundText(clauses: readonly Clause[], find: (clauses: readonly Clause[]) => FoundText): string | undefined {
  const found = find(clauses);
  return found.kind === 'text' ? found.text : undefined;
}

function buildObject(trie: Trie, isRecord: boolean, search: Building): EventValue | undefined {
  const plan = objectPlan(trie, search);
  if (plan === undefined) return undefined;
  const members: Member[] = [];
  for (const { name, present, canMiss } of plan.members) {
    if (canMiss && (present === undefined || !isRecord || !alwaysThere(name))) continue;
    const value = present === undefined ? undefined : buildValue(present, CHOICES, name, search);
    if (value === undefined && !canMiss) return undefined;
    if (value !== undefined) members.push({ name, value });
  }
  const names = new Set(trie.fields.keys());
  for (const other of plan.others) {
    const name = freshName(names);
    const value = buildValue(other, CHOICES, name, search);
    if (value === undefined) return undefined;
    names.add(name);
    members.push({ name, value });
  }
  return { kind: 'object', members };
}

function buildArray(trie: Trie, name: string, search: Building): EventValue | undefined {
  const plan = arrayPlan(trie, search);
  if (plan === undefined || plan.length > MAX_ELEMENTS) return undefined;
  const elements: EventValue[] = [];
  for (let index = 0; index < plan.length; index += 1) {
    const value = buildValue(plan.places.get(index) ?? plan.filler, CHOICES, name, search);
    if (value === undefined) return undefined;
    elements.push(value);
  }
  return { kind: 'array', elements };
}

function freshName(taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? 'other' : `other${count}`;
    if (!taken.has(name)) return name;
  }
}
