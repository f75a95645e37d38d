import { type Search, possibleKinds } from './possible-kinds.ts';
import type { Formula } from '../formula/formula.ts';
import { type Constraint, constrain, EMPTY_TRIE, type Trie } from '../formula/path-trie.ts';
import { spend } from '../budget.ts';
import { kindSet } from '../formula/predicate.ts';

const OBJECT = kindSet('object');

/** A branch of the search: what it has settled on, and the alternatives that are still to be chosen from. */
interface Branch {
  readonly trie: Trie;
  readonly goals: readonly Formula[];
  readonly alternatives: readonly (readonly Formula[])[];
}

/**
 * What has to hold of an event so that the formula is true; undefined if no event makes it so. Walks one branch after
 * the other, with its own stack, and gives one up as soon as its paths contradict each other. Throws BudgetSpent.
 */
export function solve(formula: Formula, search: Search): Trie | undefined {
  const branches: Branch[] = [{ trie: EMPTY_TRIE, goals: [formula], alternatives: [] }];
  for (let branch = branches.pop(); branch !== undefined; branch = branches.pop()) {
    const settled = settle(branch, search);
    if (settled === undefined) continue;
    const [choice, ...others] = [...settled.alternatives].sort((left, right) => left.length - right.length);
    if (choice === undefined) return settled.trie;
    for (const operand of [...choice].reverse()) {
      branches.push({ trie: settled.trie, goals: [operand], alternatives: others });
    }
  }
  return undefined;
}

/** Takes up all that has no alternative, until nothing of the kind is left. Undefined if that contradicts itself. */
function settle(branch: Branch, search: Search): Omit<Branch, 'goals'> | undefined {
  let { trie, alternatives } = branch;
  let goals = branch.goals;
  for (;;) {
    const { constraints, choices } = unpack(goals);
    for (const constraint of constraints) trie = constrain(trie, constraint);
    if (!isPossible(trie, search)) return undefined;
    const open: (readonly Formula[])[] = [];
    const forced: Formula[] = [];
    for (const operands of [...alternatives, ...choices]) {
      const possible = operands.filter((operand) => isPossible(withConstraints(trie, operand), search));
      const [only, second] = possible;
      if (only === undefined) return undefined;
      if (second === undefined) forced.push(only);
      else open.push(possible);
    }
    alternatives = open;
    if (forced.length === 0) return { trie, alternatives };
    goals = forced;
  }
}

function isPossible(trie: Trie, search: Search): boolean {
  spend(search.budget);
  return (possibleKinds(trie, search) & OBJECT) !== 0;
}

interface Unpacked {
  readonly constraints: readonly Constraint[];
  readonly choices: readonly (readonly Formula[])[];
}

/** What joined goals ask for without alternative, and their alternatives. */
function unpack(goals: readonly Formula[]): Unpacked {
  const constraints: Constraint[] = [];
  const choices: (readonly Formula[])[] = [];
  const todo = [...goals].reverse();
  for (let goal = todo.pop(); goal !== undefined; goal = todo.pop()) {
    switch (goal.kind) {
      case 'and':
        todo.push(...[...goal.operands].reverse());
        break;
      case 'or':
        choices.push(flattened(goal.operands));
        break;
      case 'at':
      case 'need':
        constraints.push(goal);
    }
  }
  return { constraints, choices };
}

/** The operands of an `or`, those of an `or` among them included. */
function flattened(operands: readonly Formula[]): readonly Formula[] {
  const flat: Formula[] = [];
  const todo = [...operands].reverse();
  for (let operand = todo.pop(); operand !== undefined; operand = todo.pop()) {
    if (operand.kind === 'or') todo.push(...[...operand.operands].reverse());
    else flat.push(operand);
  }
  return flat;
}

/** A look ahead: what an operand asks for without alternative. */
function withConstraints(trie: Trie, operand: Formula): Trie {
  return unpack([operand]).constraints.reduce(constrain, trie);
}
