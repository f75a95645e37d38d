import type { Alarm, CompositeAlarm, MetricAlarm } from '../../../inventory/resources.ts';
import type { AlarmState } from './rule.ts';
import { alarmStates, namesIn, parseAlarmRule, truthOf, unknownIn } from './rule.ts';

/** An alarm that watches the metric goes to ALARM while every other alarm stays at rest. */
export interface Change {
  readonly child: MetricAlarm;
  /** All alarms that depend on the metric: the event may take any of them to ALARM as well. */
  readonly watching: ReadonlySet<Alarm>;
  /** Every alarm of the account and region. */
  readonly alarms: readonly Alarm[];
}

/** What a composite alarm makes of it. */
export type Effect =
  | { readonly kind: 'goes to alarm' }
  | { readonly kind: 'rests in alarm' | 'stays' | 'undecided'; readonly why: string };

type When = 'at rest' | 'after';

const any: ReadonlySet<AlarmState> = new Set(alarmStates);
const inAlarm: ReadonlySet<AlarmState> = new Set(['ALARM']);
const ok: ReadonlySet<AlarmState> = new Set(['OK']);
const atRest: ReadonlySet<AlarmState> = new Set(['OK', 'INSUFFICIENT_DATA']);

/**
 * Whether a composite alarm goes to ALARM when one alarm that watches the metric does, and no other alarm stirs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function effectOn(composite: CompositeAlarm, change: Change): Effect {
  const doubt = doubtAbout(composite, change, []);
  if (doubt?.circle) return { kind: 'undecided', why: doubt.why };
  const before = statesOf(composite.alarmArn, 'at rest', change, []);
  const after = statesOf(composite.alarmArn, 'after', change, []);
  if (isOnly(before, 'ALARM')) return { kind: 'rests in alarm', why: 'its rule is true while nothing happens' };
  if (!after.has('ALARM')) {
    return { kind: 'stays', why: `its rule does not become true when ${change.child.alarmName} alone goes to ALARM` };
  }
  if (isOnly(after, 'ALARM') && !before.has('ALARM')) return { kind: 'goes to alarm' };
  return {
    kind: 'undecided',
    why: doubt?.why ?? 'whether its rule becomes true depends on the states of other alarms',
  };
}

/** What the suppressor of a composite alarm does to its actions. */
export type Suppression =
  | { readonly kind: 'none'; readonly waitSeconds: number }
  | { readonly kind: 'suppressed' | 'undecided'; readonly why: string };

/**
 * Whether the suppressor lets the actions through. It holds them back while it is in ALARM; while it is not, they wait
 * for the wait period, and none is taken if the composite alarm is back in OK by then. The extension period comes after a suppression, and at rest there was none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
export function suppressionOf(composite: CompositeAlarm, change: Change): Suppression {
  const { actionsSuppressor: suppressor, actionsSuppressorWaitPeriod: waitSeconds = 0 } = composite;
  if (suppressor === undefined) return { kind: 'none', waitSeconds: 0 };
  for (const when of ['at rest', 'after'] as const) {
    const states = statesOf(suppressor, when, change, []);
    const why = `its suppressor ${suppressor} is in ALARM ${when === 'after' ? 'by then' : 'while nothing happens'}`;
    if (isOnly(states, 'ALARM')) return { kind: 'suppressed', why };
    if (states.has('ALARM')) return { kind: 'undecided', why: `whether its suppressor ${suppressor} is in ALARM` };
  }
  return { kind: 'none', waitSeconds };
}

function isOnly(states: ReadonlySet<AlarmState>, state: AlarmState): boolean {
  return states.size === 1 && states.has(state);
}

function named(name: string, alarms: readonly Alarm[]): Alarm | undefined {
  return alarms.find(({ alarmName, alarmArn }) => alarmName === name || alarmArn === name);
}

/** The states that an alarm may be in, at rest and after the child went to ALARM. */
function statesOf(name: string, when: When, change: Change, within: readonly string[]): ReadonlySet<AlarmState> {
  const alarm = named(name, change.alarms);
  if (alarm === undefined) return any;
  if (alarm.kind !== 'composite-alarm') return statesOfLeaf(alarm, when, change);
  // CloudWatch stops evaluating alarms in a circle; in which state they stop is not known.
  const rule = within.includes(alarm.alarmArn) ? undefined : parseAlarmRule(alarm.alarmRule);
  if (rule === undefined) return any;
  const truth = truthOf(rule, (one) => statesOf(one, when, change, [...within, alarm.alarmArn]));
  if (truth === undefined) return any;
  return truth ? inAlarm : ok;
}

/** An alarm that fills in missing data as not breaching is OK while there is none; others may lack data, or not. */
function statesOfLeaf(alarm: Alarm, when: When, { child, watching }: Change): ReadonlySet<AlarmState> {
  if (when === 'after' && alarm === child) return inAlarm;
  if (when === 'after' && watching.has(alarm)) return any;
  return alarm.kind === 'metric-alarm' && alarm.treatMissingData === 'notBreaching' ? ok : atRest;
}

interface Doubt {
  readonly circle: boolean;
  readonly why: string;
}

/** What in a rule, or in the rules under it, is not understood. */
function doubtAbout(composite: CompositeAlarm, change: Change, within: readonly string[]): Doubt | undefined {
  const { alarmName, alarmArn, alarmRule } = composite;
  if (within.includes(alarmArn)) return { circle: true, why: `its rule goes round in a circle at ${alarmName}` };
  const rule = parseAlarmRule(alarmRule);
  if (rule === undefined) return { circle: false, why: `the rule of ${alarmName} is not understood: ${alarmRule}` };
  const doubts = namesIn(rule).flatMap((name) => {
    const alarm = named(name, change.alarms);
    if (alarm === undefined) return [{ circle: false, why: `its rule names the alarm ${name}, which is not there` }];
    const doubt = alarm.kind === 'composite-alarm' && doubtAbout(alarm, change, [...within, alarmArn]);
    return doubt ? [doubt] : [];
  });
  const [unknown] = unknownIn(rule);
  if (unknown !== undefined) doubts.push({ circle: false, why: `${unknown} in the rule of ${alarmName} is not known` });
  return doubts.find(({ circle }) => circle) ?? doubts[0];
}

/**
 * The composite alarms that a rule ties to one of some alarms, by name or ARN, and those over them. Of a rule that is
 * not understood a mention is enough.
 */
export function compositesOver(watching: ReadonlySet<Alarm>, alarms: readonly Alarm[]): readonly CompositeAlarm[] {
  const composites = alarms.filter((alarm) => alarm.kind === 'composite-alarm');
  const over = new Set<CompositeAlarm>();
  let named: readonly Alarm[] = [...watching];
  while (named.length > 0) {
    const names = named;
    const next = composites.filter((composite) => !over.has(composite) && mentions(composite, names));
    for (const composite of next) over.add(composite);
    named = next;
  }
  return [...over];
}

function mentions({ alarmRule }: CompositeAlarm, alarms: readonly Alarm[]): boolean {
  const rule = parseAlarmRule(alarmRule);
  const known = rule && unknownIn(rule).length === 0 ? namesIn(rule) : undefined;
  return alarms.some(({ alarmName, alarmArn }) =>
    [alarmName, alarmArn].some((name) => (known ? known.includes(name) : alarmRule.includes(name))),
  );
}
