import { type Budget, spend } from '../budget.ts';
import { type Clause, clauseKey, type FoundText, type TextRole } from '../texts/clause.ts';
import { findSpelling } from '../texts/find-spelling.ts';
import { findText } from '../texts/find-text.ts';
import { constrainAll, EMPTY_TRIE, type Need, type Trie } from '../formula/path-trie.ts';
import { ANY_KIND, type KindSet, kindSet, PRESENT } from '../formula/predicate.ts';

/** What one search has worked out so far, and may still spend. */
export interface Search {
  readonly budget: Budget;
  /** Whether a text counts as found where none was found and none is ruled out. */
  readonly unknown: 'found' | 'none';
  readonly kinds: WeakMap<Trie, KindSet>;
  readonly texts: TextOutcomes;
}

/** What was found for clauses. The same in all searches of one question. */
export interface TextOutcomes {
  /** By the numbers of the clauses. */
  readonly outcomes: Map<string, FoundText['kind']>;
  readonly numbers: WeakMap<Clause, number>;
  readonly numbersByKey: Map<string, number>;
}

export function newTextOutcomes(): TextOutcomes {
  return { outcomes: new Map(), numbers: new WeakMap(), numbersByKey: new Map() };
}

/** The same for equal clauses: a number is shorter than what the clause says. */
function clauseNumber(clause: Clause, { numbers, numbersByKey }: TextOutcomes): number {
  const known = numbers.get(clause);
  if (known !== undefined) return known;
  const key = clauseKey(clause);
  const number = numbersByKey.get(key) ?? numbersByKey.size;
  numbersByKey.set(key, number);
  numbers.set(clause, number);
  return number;
}

export function newSearch(budget: Budget, unknown: Search['unknown'], texts: TextOutcomes): Search {
  return { budget, unknown, kinds: new WeakMap(), texts };
}

/** So many fields or clauses of a place are looked through in the time of one step. */
const PARTS_PER_STEP = 16;

const MISSING = kindSet('missing');
const BROKEN = kindSet('broken');
const STRING = kindSet('string');
const NUMBER = kindSet('number');
const LITERAL = kindSet('null', 'true', 'false');
const OBJECT = kindSet('object');
const ARRAY = kindSet('array');

/**
 * The kinds that the value at this place may have so that all that is asked of it and below it holds. Below a missing
 * value everything is missing; below null, a scalar or the wrong container it is broken.
 *
 * @throws BudgetSpent
 */
export function possibleKinds(trie: Trie, search: Search): KindSet {
  const known = search.kinds.get(trie);
  if (known !== undefined) return known;
  const { string, number } = trie.own;
  spend(search.budget, 1 + Math.floor((trie.fields.size + string.length + number.length) / PARTS_PER_STEP));
  const possible =
    trie.elements.size === 0 && trie.needs.length === 0 ? kindsWithFields(trie, search) : kindsOfAny(trie, search);
  search.kinds.set(trie, possible);
  return possible;
}

/** Of a place of which nothing is asked but of fields with names, as most are: each of these is looked at once. */
function kindsWithFields(trie: Trie, search: Search): KindSet {
  const { kinds, string, number } = trie.own;
  let common: KindSet = ANY_KIND;
  let possible = 0;
  if (kinds & OBJECT) {
    possible |= OBJECT;
    for (const child of trie.fields.values()) {
      const ofChild = possibleKinds(child, search);
      common &= ofChild;
      if ((ofChild & (PRESENT | MISSING)) === 0) possible = 0;
    }
  } else {
    common =
      (allCanBe(trie.fields, BROKEN, search) ? BROKEN : 0) | (allCanBe(trie.fields, MISSING, search) ? MISSING : 0);
  }
  possible |= kinds & MISSING & common;
  if ((common & BROKEN) === 0) return possible;
  possible |= kinds & (BROKEN | LITERAL | ARRAY);
  if (kinds & STRING && textExists(string, 'string', search)) possible |= STRING;
  if (kinds & NUMBER && textExists(number, 'number', search)) possible |= NUMBER;
  return possible;
}

function kindsOfAny(trie: Trie, search: Search): KindSet {
  const { kinds, string, number } = trie.own;
  const childless = trie.needs.every(({ of }) => of === 'every');
  const canBreak = childless && allCanBe(trie.fields, BROKEN, search) && allCanBe(trie.elements, BROKEN, search);
  const canMiss = childless && allCanBe(trie.fields, MISSING, search) && allCanBe(trie.elements, MISSING, search);
  let possible = canMiss ? kinds & MISSING : 0;
  if (canBreak) {
    possible |= kinds & (BROKEN | LITERAL);
    if (kinds & STRING && textExists(string, 'string', search)) possible |= STRING;
    if (kinds & NUMBER && textExists(number, 'number', search)) possible |= NUMBER;
  }
  if (kinds & OBJECT && objectPlan(trie, search) !== undefined) possible |= OBJECT;
  if (kinds & ARRAY && arrayPlan(trie, search) !== undefined) possible |= ARRAY;
  return possible;
}

function textExists(clauses: readonly Clause[], role: TextRole, search: Search): boolean {
  if (clauses.length === 0) return true;
  const key = `${role} ${clauses.map((clause) => clauseNumber(clause, search.texts)).join()}`;
  const known = search.texts.outcomes.get(key);
  const kind =
    known ?? (role === 'string' ? findText(clauses, [], search.budget) : findSpelling(clauses, search.budget)).kind;
  search.texts.outcomes.set(key, kind);
  return kind === 'text' || (kind === 'unknown' && search.unknown === 'found');
}

function allCanBe(children: ReadonlyMap<unknown, Trie>, kind: KindSet, search: Search): boolean {
  for (const child of children.values()) if (!(possibleKinds(child, search) & kind)) return false;
  return true;
}

function canBe(trie: Trie, kinds: KindSet, search: Search): boolean {
  return (possibleKinds(trie, search) & kinds) !== 0;
}

/** How an object can be filled. A field under its name may be there, be missing, or both. */
export interface ObjectPlan {
  readonly members: readonly { readonly name: string; readonly present?: Trie; readonly canMiss: boolean }[];
  /** Fields under any other name. */
  readonly others: readonly Trie[];
}

export function objectPlan(trie: Trie, search: Search): ObjectPlan | undefined {
  if (!allCanBe(trie.elements, BROKEN, search) || needsOf(trie, 'some', 'any-element').length > 0) return undefined;
  const every = needsOf(trie, 'every', 'any-field');
  const others = needsOf(trie, 'some', 'any-field').map((need) => constrainAll(EMPTY_TRIE, [need, ...every]));
  if (!others.every((other) => canBe(other, PRESENT, search))) return undefined;
  const members = [...trie.fields].map(([name, child]) => {
    const there = constrainAll(child, every);
    const present = canBe(there, PRESENT, search) ? { present: there } : {};
    return { name, ...present, canMiss: canBe(child, MISSING, search) };
  });
  return members.every(({ present, canMiss }) => canMiss || present !== undefined) ? { members, others } : undefined;
}

/** How an array can be filled: so many elements, these at their places, and all others like `filler`. */
export interface ArrayPlan {
  readonly length: number;
  readonly places: ReadonlyMap<number, Trie>;
  readonly filler: Trie;
}

/** An element is there exactly if its index is below the length. So each length is tried that makes a difference. */
export function arrayPlan(trie: Trie, search: Search): ArrayPlan | undefined {
  if (!allCanBe(trie.fields, BROKEN, search) || needsOf(trie, 'some', 'any-field').length > 0) return undefined;
  const every = needsOf(trie, 'every', 'any-element');
  const some = needsOf(trie, 'some', 'any-element');
  const children = [...trie.elements].sort(([left], [right]) => left - right);
  const there = children.map(([index, child]) => [index, constrainAll(child, every)] as const);
  const filler = constrainAll(EMPTY_TRIE, every);
  for (let count = 0; count <= children.length; count += 1) {
    const before = there.slice(0, count);
    if (!children.slice(count).every(([, child]) => canBe(child, MISSING, search))) continue;
    if (!before.every(([, child]) => canBe(child, PRESENT, search))) return undefined;
    const atLeast = (before.at(-1)?.[0] ?? -1) + 1;
    const atMost = children[count]?.[0] ?? Infinity;
    if (atLeast > count && !canBe(filler, PRESENT, search)) continue;
    const plan = placed(some, new Map(before), { filler, atLeast, atMost }, search);
    if (plan !== undefined) return plan;
  }
  return undefined;
}

interface Room {
  readonly filler: Trie;
  readonly atLeast: number;
  readonly atMost: number;
}

/** Finds an element for each thing that some element has to satisfy: one of its own if there is room, or a shared one. */
function placed(
  some: readonly Need[],
  places: ReadonlyMap<number, Trie>,
  room: Room,
  search: Search,
): ArrayPlan | undefined {
  const [need, ...others] = some;
  if (need === undefined) {
    const length = Math.max(room.atLeast, ...[...places.keys()].map((index) => index + 1));
    return { length, places, filler: room.filler };
  }
  spend(search.budget);
  let free = 0;
  while (places.has(free)) free += 1;
  const fresh = free < room.atMost ? [[free, room.filler] as const] : [];
  const choices = [...fresh, ...(room.atMost === Infinity ? [] : places)];
  for (const [index, trie] of choices) {
    const chosen = constrainAll(trie, [need]);
    if (!canBe(chosen, PRESENT, search)) continue;
    const plan = placed(others, new Map(places).set(index, chosen), room, search);
    if (plan !== undefined) return plan;
  }
  return undefined;
}

function needsOf(trie: Trie, of: Need['of'], step: Need['step']): readonly Need[] {
  return trie.needs.filter((need) => need.of === of && need.step === step);
}
