import type { Alarm, CompositeAlarm } from '../../../inventory/resources.ts';
import type { AlarmRule } from './rule.ts';
import { indexAlarms } from '../alarm-index.ts';
import { parseAlarmRule, unquote } from './rule.ts';
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
  /** Its place in the order: higher than that of everything that it depends on, except in a circle. */
  readonly position: number;
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
  // An ARN counts only where it is nobody's name.
  for (const alarm of alarms) byName.set(alarm.alarmArn, alarm);
  for (const alarm of alarms) byName.set(alarm.alarmName, alarm);
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
  return { inOrder, alarmNamed, above: (alarms) => compositesAbove(alarms, parentsOf) };
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

/** What might be names in a rule that is not understood: texts in quotes, and those between quotes, parentheses and commas. */
function mentionsIn(alarmRule: string): readonly string[] {
  const quoted = [...alarmRule.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = '']) => unquote(text));
  return [...quoted, ...alarmRule.split(/["(),]/).map((text) => text.trim())];
}

/**
 * Visits every composite alarm after its children, without recursion, since rules may be nested as deep as somebody
 * likes. A child that is still being visited closes a circle.
 */
function indexInOrder(parsed: ReadonlyMap<Alarm, ParsedComposite>): readonly IndexedComposite[] {
  const done = new Map<Alarm, IndexedComposite>();
  const open = new Set<Alarm>();
  for (const start of parsed.values()) {
    const stack = [start];
    for (let one = stack.at(-1); one !== undefined; one = stack.at(-1)) {
      const { composite, children } = one;
      if (open.has(composite)) {
        done.set(composite, finish(one, done, open));
        open.delete(composite);
      } else if (!done.has(composite)) {
        open.add(composite);
        for (const child of children) {
          const below = parsed.get(child);
          if (below !== undefined && !open.has(child)) stack.push(below);
        }
        continue;
      }
      stack.pop();
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
  return { composite, rule, children, doubt, circle, position: done.size };
}

function compositesAbove(
  alarms: readonly Alarm[],
  parentsOf: (alarm: Alarm) => readonly IndexedComposite[],
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
  return [...above].sort((a, b) => a.position - b.position);
}
