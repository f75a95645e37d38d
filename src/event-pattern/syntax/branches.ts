import type { EventPattern, ObjectPattern, ValueTest } from './pattern.ts';

/** One way to match a pattern: what is asked of each field, by its path. A pattern is the alternative of its branches. */
export type Branch = ReadonlyMap<string, readonly ValueTest[]>;

/** What separates the names of a path: "EventBridge uses dot (.) as the joining character". */
export const JOINER = '.';

/**
 * The branches of a pattern, one for each choice among the objects of its `$or`. Members are taken in their order, and "if
 * multiple patterns are specified for the same JSON field, EventBridge only uses the last one", as Event Ruler does it:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 * https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/JsonRuleCompiler.java
 */
export function branchesOf({ root }: EventPattern): readonly Branch[] {
  return extended([new Map()], root, []);
}

function extended(branches: readonly Branch[], members: ObjectPattern, path: readonly string[]): readonly Branch[] {
  return members.reduce((found, member) => {
    if (member.kind === 'or') return member.alternatives.flatMap((alternative) => extended(found, alternative, path));
    const { of } = member;
    const inside = [...path, member.name];
    if (of.kind === 'object') return extended(found, of.members, inside);
    return found.map((branch) => new Map(branch).set(inside.join(JOINER), of.tests));
  }, branches);
}

/** How many branches a pattern has, without making them. */
export function countBranches(members: ObjectPattern): number {
  return members.reduce((count, member) => {
    if (member.kind === 'or') {
      return count * member.alternatives.reduce((sum, alternative) => sum + countBranches(alternative), 0);
    }
    return member.of.kind === 'object' ? count * countBranches(member.of.members) : count;
  }, 1);
}

/** What is asked below one field, as a tree: the form in which objects within arrays are followed. */
export interface PathNode {
  readonly tests?: readonly ValueTest[];
  readonly children: ReadonlyMap<string, PathNode>;
}

export function pathTreeOf(branch: Branch): PathNode {
  let root: PathNode = { children: new Map() };
  for (const [path, tests] of branch) root = withTests(root, path.split(JOINER), tests);
  return root;
}

function withTests(node: PathNode, [name, ...rest]: readonly string[], tests: readonly ValueTest[]): PathNode {
  if (name === undefined) return { ...node, tests };
  const child = node.children.get(name) ?? { children: new Map<string, PathNode>() };
  return { ...node, children: new Map(node.children).set(name, withTests(child, rest, tests)) };
}

/** Whether a leaf asks for absence and nothing else. */
export function asksForAbsence(tests: readonly ValueTest[]): boolean {
  return tests.every((test) => test.kind === 'exists' && !test.wanted);
}

/** Whether a leaf can hold for a field that is missing. */
export function admitsAbsence(tests: readonly ValueTest[]): boolean {
  return tests.some((test) => test.kind === 'exists' && !test.wanted);
}

/** All tests at and below a node. */
export function leavesOf(node: PathNode): readonly (readonly ValueTest[])[] {
  return [...(node.tests === undefined ? [] : [node.tests]), ...[...node.children.values()].flatMap(leavesOf)];
}
