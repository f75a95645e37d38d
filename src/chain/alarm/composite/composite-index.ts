import type { Alarm, CompositeAlarm } from '../../../inventory/resources.ts';
import type { AlarmRule } from './rule.ts';
import { indexAlarms } from '../alarm-index.ts';
import { parseAlarmRule } from './rule.ts';
import { namesIn, unknownFunctionsIn } from './rule-truth.ts';

/** A composite alarm with its rule, which is parsed once. */
export interface IndexedComposite {
  readonly composite: CompositeAlarm;
  /** `undefined` if the rule is not understood. */
  readonly rule: AlarmRule | undefined;
  /** The alarms that the rule names and that exist, each once. */
  readonly children: readonly Alarm[];
  /** The first thing about the rule, or about a rule below it, that is not understood. */
  readonly doubt: string | undefined;
  /** Where the rule goes in a circle, if it does: CloudWatch stops evaluating such alarms. */
  readonly circle: string | undefined;
}

/** The composite alarms of an account and region, and what each of them depends on. */
export interface CompositeIndex {
  /** Every composite alarm after those that it depends on. */
  readonly inOrder: readonly IndexedComposite[];
  /** The alarm that a rule means by a name or an ARN. */
  readonly alarmNamed: (nameOrArn: string) => Alarm | undefined;
  /** The composite alarms that depend on any of some alarms, directly or through others, those they depend on first. */
  readonly above: (alarms: readonly Alarm[]) => readonly IndexedComposite[];
}

const known = new WeakMap<readonly Alarm[], CompositeIndex>();

/**
 * Indexes the composite alarms of a listing. A judgement asks for the same listing many times, so the index is built
 * once for each list; the time is linear in the length of all rules.
 */
export function indexComposites(listed: readonly Alarm[]): CompositeIndex {
  const before = known.get(listed);
  if (before !== undefined) return before;
  const index = buildIndex(indexAlarms(listed).alarms);
  known.set(listed, index);
  return index;
}

interface ParsedComposite {
  readonly composite: CompositeAlarm;
  readonly rule: AlarmRule | undefined;
  readonly children: readonly Alarm[];
  readonly ownDoubts: readonly string[];
}

function buildIndex(alarms: readonly Alarm[]): CompositeIndex {
  const byName = new Map<string, Alarm>();
  // The first of several alarms with one name counts; an ARN counts only where it is nobody's name.
  for (const alarm of [...alarms].reverse()) byName.set(alarm.alarmArn, alarm);
  for (const alarm of [...alarms].reverse()) byName.set(alarm.alarmName, alarm);
  const alarmNamed = (nameOrArn: string) => byName.get(nameOrArn);

  const parsed = new Map<Alarm, ParsedComposite>();
  for (const alarm of alarms) {
    if (alarm.kind === 'composite-alarm') parsed.set(alarm, parseComposite(alarm, alarmNamed));
  }
  const inOrder = indexInOrder(parsed);
  const parents = new Map<Alarm, IndexedComposite[]>();
  for (const indexed of inOrder) {
    for (const child of indexed.children) {
      const list = parents.get(child);
      if (list === undefined) parents.set(child, [indexed]);
      else list.push(indexed);
    }
  }
  const withoutRule = inOrder.filter(({ composite }) => !isGiven(composite));
  const parentsOf = (alarm: Alarm) => [...(parents.get(alarm) ?? []), ...withoutRule];
  const rank = new Map(inOrder.map((indexed, position) => [indexed, position]));
  return { inOrder, alarmNamed, above: (alarms) => compositesAbove(alarms, parentsOf, rank) };
}

function parseComposite(
  composite: CompositeAlarm,
  alarmNamed: (nameOrArn: string) => Alarm | undefined,
): ParsedComposite {
  const { alarmName, alarmRule } = composite;
  const rule = parseAlarmRule(alarmRule);
  if (rule === undefined) {
    const children = mentionsIn(alarmRule).flatMap((name) => alarmNamed(name) ?? []);
    const doubt = isGiven(composite) ? `is not understood: ${alarmRule}` : 'is not given';
    const ownDoubts = [`the rule of ${alarmName} ${doubt}`];
    return { composite, rule, children: [...new Set(children)], ownDoubts };
  }
  const names = namesIn(rule);
  const missing = names.filter((name) => alarmNamed(name) === undefined);
  const [unknown] = unknownFunctionsIn(rule);
  const mentioned = unknown === undefined ? [] : mentionsIn(alarmRule);
  return {
    composite,
    rule,
    children: [...new Set([...names, ...mentioned].flatMap((name) => alarmNamed(name) ?? []))],
    ownDoubts: [
      ...missing.map((name) => `its rule names the alarm ${name}, which does not exist`),
      ...(unknown === undefined ? [] : [`${unknown} in the rule of ${alarmName} is not known`]),
    ],
  };
}

/** A composite alarm always has a rule. Where AWS did not say which, it may depend on every alarm. */
function isGiven({ alarmRule }: CompositeAlarm): boolean {
  return alarmRule.trim() !== '';
}

/** What might be names in a rule that is not understood: the texts between its quotes, parentheses and commas. */
function mentionsIn(alarmRule: string): readonly string[] {
  return alarmRule
    .split(/["(),]/)
    .map((text) => text.trim().replace(/\\$/, ''))
    .filter((text) => text !== '');
}

/**
 * Visits every composite alarm after its children, without recursion, since rules may be nested as deep as somebody
 * likes. A child that is still being visited closes a circle.
 */
function indexInOrder(parsed: ReadonlyMap<Alarm, ParsedComposite>): readonly IndexedComposite[] {
  const done = new Map<Alarm, IndexedComposite>();
  const open = new Set<Alarm>();
  for (const start of parsed.keys()) {
    const stack = [start];
    for (let alarm = stack.at(-1); alarm !== undefined; alarm = stack.at(-1)) {
      const one = parsed.get(alarm);
      if (one === undefined || done.has(alarm)) {
        stack.pop();
        continue;
      }
      if (open.has(alarm)) {
        done.set(alarm, finish(one, done, open));
        open.delete(alarm);
        stack.pop();
        continue;
      }
      open.add(alarm);
      for (const child of one.children)
        if (parsed.has(child) && !done.has(child) && !open.has(child)) stack.push(child);
    }
  }
  return [...done.values()];
}

function finish(
  { composite, rule, children, ownDoubts }: ParsedComposite,
  done: ReadonlyMap<Alarm, IndexedComposite>,
  open: ReadonlySet<Alarm>,
): IndexedComposite {
  const below = children.flatMap((child) => done.get(child) ?? []);
  const closing = children.find((child) => open.has(child));
  const circle =
    closing === undefined
      ? below.find((child) => child.circle !== undefined)?.circle
      : `its rule goes in a circle at ${closing.alarmName}`;
  const doubt = ownDoubts[0] ?? below.find((child) => child.doubt !== undefined)?.doubt;
  return { composite, rule, children, doubt, circle };
}

function compositesAbove(
  alarms: readonly Alarm[],
  parentsOf: (alarm: Alarm) => readonly IndexedComposite[],
  rank: ReadonlyMap<IndexedComposite, number>,
): readonly IndexedComposite[] {
  const above = new Set<IndexedComposite>();
  const waiting = [...alarms];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const parent of parentsOf(next)) {
      if (above.has(parent)) continue;
      above.add(parent);
      waiting.push(parent.composite);
    }
  }
  return [...above].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}
