import type { Alarm } from '../../../inventory/resources.ts';
import type { IndexedComposite } from './composite-index.ts';
import type { PossibleStates, States } from './possible-states.ts';
import type { AlarmState } from './rule.ts';

/** An alarm that watches the metric goes into ALARM. */
export interface AlarmChange {
  readonly child: Alarm;
  readonly atRest: PossibleStates['atRest'];
  readonly afterAlarm: (nameOrArn: string) => States;
}

/** What a composite alarm does when an alarm that watches the metric goes into ALARM. */
export type Effect =
  | { readonly kind: 'goes-into-alarm' }
  | { readonly kind: 'rests-in-alarm' | 'stays' | 'undecided'; readonly why: string };

/**
 * Whether a composite alarm goes into ALARM when one alarm that watches the metric does.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function effectOn({ composite, doubt, circle }: IndexedComposite, change: AlarmChange): Effect {
  if (circle !== undefined) return { kind: 'undecided', why: circle };
  const [before, after] = [change.atRest(composite.alarmArn), change.afterAlarm(composite.alarmArn)];
  if (isOnly(before, 'ALARM')) return { kind: 'rests-in-alarm', why: 'its rule is true while nothing happens' };
  if (!after.has('ALARM')) {
    return { kind: 'stays', why: `its rule does not become true when only ${change.child.alarmName} goes into ALARM` };
  }
  if (isOnly(after, 'ALARM') && !before.has('ALARM')) return { kind: 'goes-into-alarm' };
  return {
    kind: 'undecided',
    why: doubt ?? 'whether its rule becomes true depends on the states of other alarms',
  };
}

/** What the suppressor of a composite alarm does to its actions. */
export type Suppression =
  | { readonly kind: 'none'; readonly waitSeconds: number }
  | { readonly kind: 'suppressed' | 'undecided'; readonly why: string };

/**
 * Whether the suppressor of a composite alarm lets it act. The composite alarm takes no action while the suppressor is
 * in ALARM. While it is not, actions wait for the wait period, and are not taken if the composite alarm is back in OK
 * when it ends. The extension period begins only after a suppression, so it does not matter here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 */
export function suppressionOf({ composite }: IndexedComposite, change: AlarmChange): Suppression {
  const { actionsSuppressor: suppressor, actionsSuppressorWaitPeriod: waitSeconds } = composite;
  if (suppressor === undefined) return { kind: 'none', waitSeconds: 0 };
  const moments = [
    { states: change.atRest(suppressor), when: 'while nothing happens' },
    { states: change.afterAlarm(suppressor), when: 'when the composite alarm goes into ALARM' },
  ];
  for (const { states, when } of moments) {
    if (isOnly(states, 'ALARM')) return { kind: 'suppressed', why: `its suppressor ${suppressor} is in ALARM ${when}` };
    if (states.has('ALARM')) return { kind: 'undecided', why: `its suppressor ${suppressor} may be in ALARM ${when}` };
  }
  // AWS requires the wait period with a suppressor.
  if (waitSeconds === undefined)
    return { kind: 'undecided', why: 'how long its actions wait for its suppressor is unknown' };
  return { kind: 'none', waitSeconds };
}

function isOnly(states: States, state: AlarmState): boolean {
  return states.size === 1 && states.has(state);
}
