import type { MetricAlarm } from '../../inventory/resources.ts';
import type { Context, Finding } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';
import type { WatchingCandidate } from './candidates.ts';
import type { Firing } from './firing/firing.ts';
import type { MetricSource } from './firing/metric-source.ts';
import { watchedSeries } from './firing/watched-series.ts';
import { willItFire } from './firing/will-it-fire.ts';
import { alarmReasons } from './reasons.ts';
import { LONGEST_SILENCE_HOURS, isTooLongSilent } from './silence.ts';

const alarmFinding = findingsOf(alarmReasons);

/** What each alarm does on an event. A composite alarm asks about an alarm that was asked about before. */
export interface Firings {
  readonly source: MetricSource;
  readonly firingOf: (alarm: MetricAlarm) => Firing;
}

export function firingsOn(source: MetricSource): Firings {
  const known = new Map<MetricAlarm, Firing>();
  return {
    source,
    firingOf: (alarm) => {
      const before = known.get(alarm);
      if (before !== undefined) return before;
      const firing = willItFire(alarm, source);
      known.set(alarm, firing);
      return firing;
    },
  };
}

type FiringFinding = Finding<keyof typeof alarmReasons> | undefined;

/**
 * Why an alarm does not go into ALARM on few enough events, soon enough, and again after a day. With the assurance
 * `configured` only whether it is known what the alarm watches.
 *
 * @param extraSeconds - the time after the alarm went into ALARM until its actions are taken, if it is still in ALARM
 */
export function firingFinding(
  candidate: WatchingCandidate,
  { source, firingOf }: Firings,
  { options }: Context,
  extraSeconds = 0,
): FiringFinding {
  const { kind, alarm } = candidate;
  const name = { alarm: alarm.alarmName };
  if (kind === 'not-followed') return alarmFinding('ALARM_NOT_COMPUTED', { ...name, why: candidate.why });
  if (options.assurance === 'configured') {
    if (kind === 'on-metric') return undefined;
    const watched = watchedSeries(alarm, source);
    return watched.kind === 'undecided' ? alarmFinding('ALARM_NOT_COMPUTED', { ...name, why: watched.why }) : undefined;
  }
  const firing = firingOf(alarm);
  switch (firing.kind) {
    case 'never':
      return alarmFinding('ALARM_NEVER_FIRES', { ...name, why: firing.why });
    case 'rests-in-alarm':
      return alarmFinding('ALARM_RESTS_IN_ALARM', { ...name, why: firing.why });
    case 'stays-in-alarm':
      return alarmFinding('ALARM_STAYS_IN_ALARM', { ...name, why: firing.why });
    case 'undecided':
      return alarmFinding(kind === 'on-math' ? 'ALARM_NOT_COMPUTED' : 'ALARM_UNCERTAIN', { ...name, why: firing.why });
    case 'fires':
      return findingWithinLimits(firing, name, options, extraSeconds);
  }
}

function findingWithinLimits(
  firing: Firing & { readonly kind: 'fires' },
  name: { readonly alarm: string },
  { maxEventsToAlarm, maxAlarmDelayMinutes: most }: Context['options'],
  extraSeconds: number,
): FiringFinding {
  if (firing.events > maxEventsToAlarm) {
    return alarmFinding('ALARM_NEEDS_MORE_EVENTS', { ...name, events: firing.events, most: maxEventsToAlarm });
  }
  if (isTooLongSilent(firing.staysSeconds)) {
    const hours = Math.round(firing.staysSeconds / 3600);
    const why = `by its evaluation periods it stays in ALARM for ${hours} hours after an event, and at most ${LONGEST_SILENCE_HOURS} are allowed`;
    return alarmFinding('ALARM_STAYS_IN_ALARM', { ...name, why });
  }
  const minutes = Math.floor((firing.delayAtLeastSeconds + extraSeconds) / 60);
  if (minutes > most) return alarmFinding('ALARM_TOO_SLOW', { ...name, minutes, most });
  if (extraSeconds > firing.certainlyStaysSeconds) {
    const why = `it may leave ALARM before actions are taken, since they wait ${extraSeconds} seconds for a suppressor`;
    return alarmFinding('ALARM_NOT_COMPUTED', { ...name, why });
  }
  const atMost = Math.ceil((firing.delayAtMostSeconds + extraSeconds) / 60);
  if (atMost <= most) return undefined;
  return alarmFinding('ALARM_UNCERTAIN', {
    ...name,
    why: `it may take up to ${atMost} minutes, and at most ${most} are allowed`,
  });
}
