import type { Alarm } from '../../../inventory/resources.ts';
import { isInAlarmForLong } from '../alarm-state.ts';
import type { CompositeIndex, IndexedComposite } from './composite-index.ts';
import type { AlarmState } from './rule.ts';
import { alarmStates } from './rule.ts';
import { truthOf } from './rule-truth.ts';

export type States = ReadonlySet<AlarmState>;

const anyState: States = new Set(alarmStates);
const inAlarm: States = new Set(['ALARM']);
const inOk: States = new Set(['OK']);
const notInAlarm: States = new Set(['OK', 'INSUFFICIENT_DATA']);
const okOrAlarm: States = new Set(['OK', 'ALARM']);

/** The states that the alarms of a listing may be in, before an event and after it. */
export interface PossibleStates {
  readonly atRest: (nameOrArn: string) => States;
  /** The states after one alarm that watches the metric went into ALARM, and no other alarm changed by itself. */
  readonly afterAlarm: (child: Alarm) => (nameOrArn: string) => States;
}

/** The states at rest do not depend on the metric: every filter asks for the same. */
const atRestIn = new WeakMap<CompositeIndex, { readonly readAt: string; readonly rest: Map<Alarm, States> }>();

/**
 * Computes the states of composite alarms from those of the alarms that they depend on. The state at rest is computed
 * once for all, the state after an event only for what depends on the alarm that changed.
 *
 * @param watching - all alarms that depend on the metric: the event may take any of them to ALARM
 * @param readAt - when the alarms were read (ISO 8601)
 */
export function possibleStates(index: CompositeIndex, watching: ReadonlySet<Alarm>, readAt: string): PossibleStates {
  const lookUp = (states: ReadonlyMap<Alarm, States>, leafStates: (alarm: Alarm) => States) => (nameOrArn: string) => {
    const alarm = index.alarmNamed(nameOrArn);
    return alarm === undefined ? anyState : (states.get(alarm) ?? leafStates(alarm));
  };
  const restOf = (alarm: Alarm) => statesAtRest(alarm, readAt);
  const known = atRestIn.get(index);
  const rest = known?.readAt === readAt ? known.rest : new Map<Alarm, States>();
  const atRest = lookUp(rest, restOf);
  if (rest !== known?.rest) {
    for (const indexed of index.inOrder) rest.set(indexed.composite, statesOfComposite(indexed, atRest, readAt));
    atRestIn.set(index, { readAt, rest });
  }

  // After the event an alarm on the metric may be in any state, unless it is the one that went into ALARM.
  const changed = new Map<Alarm, States>(rest);
  for (const alarm of watching) changed.set(alarm, anyState);
  for (const indexed of index.above([...watching])) {
    changed.set(indexed.composite, statesOfComposite(indexed, lookUp(changed, restOf), readAt));
  }
  return {
    atRest,
    afterAlarm: (child) => {
      const after = new Map<Alarm, States>([[child, inAlarm]]);
      const statesOf = (nameOrArn: string) => {
        const alarm = index.alarmNamed(nameOrArn);
        return alarm === undefined ? anyState : (after.get(alarm) ?? changed.get(alarm) ?? restOf(alarm));
      };
      for (const indexed of index.above([child])) {
        after.set(indexed.composite, statesOfComposite(indexed, statesOf, readAt));
      }
      return statesOf;
    },
  };
}

/** The states of a composite alarm. In which state a circle of rules stops is not known. */
function statesOfComposite(
  { composite, rule, circle }: IndexedComposite,
  statesOf: (nameOrArn: string) => States,
  readAt: string,
): States {
  if (isInAlarmForLong(composite, readAt)) return inAlarm;
  if (rule === undefined || circle !== undefined) return anyState;
  const truth = truthOf(rule, statesOf);
  if (truth === 'undecided') return anyState;
  return truth ? inAlarm : inOk;
}

/**
 * The states of a metric alarm or log alarm while nothing happens. While its data is missing, an alarm is in OK if missing data does not
 * breach, and in ALARM if missing data breaches; whether its data is missing is not known. An alarm of the last kind
 * that is not in ALARM now has data.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html#log-alarm-missing-data
 */
function statesAtRest(alarm: Alarm, readAt: string): States {
  if (isInAlarmForLong(alarm, readAt)) return inAlarm;
  // A snapshot of an earlier version holds no settings of log alarms.
  const isUnsaved = alarm.kind === 'log-alarm' && alarm.scheduledQueryConfiguration === undefined;
  if (isUnsaved && alarm.stateValue !== 'OK') return anyState;
  switch (alarm.kind === 'composite-alarm' ? undefined : alarm.treatMissingData) {
    case 'notBreaching':
      return inOk;
    case 'breaching':
      return alarm.stateValue === 'OK' ? notInAlarm : okOrAlarm;
    case undefined:
    case 'missing':
    case 'ignore':
      return notInAlarm;
    default:
      return anyState;
  }
}
