const HOUR_SECONDS = 3600;

/**
 * The longest time for which a working alarm may be silent: a night, or a day of maintenance. The same limit holds for
 * everything that keeps it from notifying: mute rules, settings with which it stays in ALARM, and a state of ALARM that
 * it does not leave.
 */
export const LONGEST_SILENCE_HOURS = 24;

/** Whether a silence is longer than an alarm may be silent. */
export function isTooLongSilent(seconds: number): boolean {
  return seconds > LONGEST_SILENCE_HOURS * HOUR_SECONDS;
}
