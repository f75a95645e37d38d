import { spend } from '../budget.ts';
import { type Constraint, constrain, EMPTY_TRIE, type Trie } from '../formula/path-trie.ts';
import { kindSet } from '../formula/predicate.ts';
import { possibleKinds, type Search } from './possible-kinds.ts';
import type { Claim, Formula } from '../formula/formula.ts';

const OBJECT = kindSet('object');

/** A branch of the search: what it has settled on, and the alternatives that are still to be chosen from. */
interface Branch {
  readonly trie: Trie;
  readonly claims: Claims;
  readonly goals: readonly Formula[];
  readonly alternatives: readonly (readonly Formula[])[];
}

/** Which conditions are true and which are false. */
type Claims = ReadonlyMap<string, boolean>;

/**
 * What has to hold of an event so that the formula is true; undefined if no event makes it so. Walks one branch after
 * the other, with its own stack, and gives one up as soon as its claims or its paths contradict each other.
 *
 * @throws BudgetSpent
 */
export function solve(formula: Formula, search: Search): Trie | undefined {
  const branches: Branch[] = [{ trie: EMPTY_TRIE, claims: new Map(), goals: [formula], alternatives: [] }];
  for (let branch = branches.pop(); branch !== undefined; branch = branches.pop()) {
    const settled = settle(branch, search);
    if (settled === undefined) continue;
    const [choice, ...others] = [...settled.alternatives].sort((left, right) => left.length - right.length);
    if (choice === undefined) return settled.trie;
    for (const operand of [...choice].reverse()) {
      branches.push({ trie: settled.trie, claims: settled.claims, goals: [operand], alternatives: others });
    }
  }
  return undefined;
}

/** Takes up all that has no alternative, until nothing of the kind is left. Undefined if that contradicts itself. */
function settle(branch: Branch, search: Search): Omit<Branch, 'goals'> | undefined {
  let { trie, alternatives, goals } = branch;
  const claims = new Map(branch.claims);
  for (;;) {
    const parts = goals.map(partsOf);
    for (const part of parts) {
      if (contradicts(part.claims, claims)) return undefined;
      for (const { condition, holds } of part.claims) claims.set(condition, holds);
      trie = constrain(trie, part.constraints);
    }
    if (!isPossible(trie, search)) return undefined;
    const open: (readonly Formula[])[] = [];
    const forced: Formula[] = [];
    for (const operands of [...alternatives, ...parts.flatMap(({ choices }) => choices)]) {
      const possible = operands.filter((operand) => canHold(operand, trie, claims, search));
      const [first, second] = possible;
      if (first === undefined) return undefined;
      // What holds already needs no choice: to choose it later would add nothing.
      if (holdsAlready(first, claims)) continue;
      if (second === undefined) forced.push(first);
      else open.push(possible);
    }
    alternatives = open;
    if (forced.length === 0) return { trie, claims, alternatives };
    goals = forced;
  }
}

/** Whether an operand can hold, as far as what it asks for without alternative shows. */
function canHold(operand: Formula, trie: Trie, claims: Claims, search: Search): boolean {
  spend(search.budget);
  const part = partsOf(operand);
  return !contradicts(part.claims, claims) && isPossible(constrain(trie, part.constraints), search);
}

function holdsAlready(formula: Formula, claims: Claims): boolean {
  return (
    formula.kind === 'condition' && formula.claims.every(({ condition, holds }) => claims.get(condition) === holds)
  );
}

function contradicts(news: readonly Claim[], claims: Claims): boolean {
  return news.some(({ condition, holds }) => claims.get(condition) === !holds);
}

function isPossible(trie: Trie, search: Search): boolean {
  spend(search.budget);
  return (possibleKinds(trie, search) & OBJECT) !== 0;
}

/** What a formula asks for without alternative, and its alternatives. */
interface Parts {
  readonly claims: readonly Claim[];
  readonly constraints: readonly Constraint[];
  readonly choices: readonly (readonly Formula[])[];
}

/** Worked out once for each formula, because a formula is looked at in many branches. */
const partsByFormula = new WeakMap<Formula, Parts>();

function partsOf(formula: Formula): Parts {
  const known = partsByFormula.get(formula);
  if (known !== undefined) return known;
  const parts = newParts(formula);
  partsByFormula.set(formula, parts);
  return parts;
}

function newParts(formula: Formula): Parts {
  const claims: Claim[] = [];
  const constraints: Constraint[] = [];
  const choices: (readonly Formula[])[] = [];
  const todo = [formula];
  for (let goal = todo.pop(); goal !== undefined; goal = todo.pop()) {
    switch (goal.kind) {
      case 'and':
        for (const operand of goal.operands.toReversed()) todo.push(operand);
        break;
      case 'or':
        choices.push(flattened(goal.operands));
        break;
      case 'condition':
        claims.push(...goal.claims);
        todo.push(goal.formula);
        break;
      case 'at':
      case 'need':
        constraints.push(goal);
    }
  }
  return { claims, constraints, choices };
}

/** The operands of an `or`, those of an `or` among them included. */
function flattened(operands: readonly Formula[]): readonly Formula[] {
  const flat: Formula[] = [];
  const todo = operands.toReversed();
  for (let operand = todo.pop(); operand !== undefined; operand = todo.pop()) {
    if (operand.kind === 'or') for (const inner of operand.operands.toReversed()) todo.push(inner);
    else flat.push(operand);
  }
  return flat;
}
