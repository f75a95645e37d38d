import type { Firing } from './firing.ts';
import { undecided } from './firing.ts';
import type { Series } from './series.ts';
import type { AlarmSettings } from './settings.ts';
import type { OutcomesAt } from './threshold.ts';
import { certainlyBreaches, isCertainlyMissing } from './threshold.ts';

/**
 * The state of an alarm while no matching event comes, if the alarm cannot go into ALARM from it, or not a second time.
 *
 * @param what - what the alarm watches, for people: `its Sum`
 * @returns `undefined` if the alarm certainly rests outside ALARM, and returns there
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function problemAtRest(
  { treatMissingData }: AlarmSettings,
  outcomesAt: OutcomesAt,
  series: Series,
  what: string,
): Firing | undefined {
  const [quiet, traffic] = [outcomesAt('quiet'), outcomesAt('traffic')];
  if (certainlyBreaches(traffic)) {
    const hasQuietData = series('quiet').values !== undefined;
    if (hasQuietData && !certainlyBreaches(quiet)) {
      return undecided(`${what} breaches the threshold among other traffic`);
    }
    const why = hasQuietData
      ? `${what} breaches the threshold without any event`
      : 'the default value of the filter breaches the threshold';
    return { kind: 'rests-in-alarm', why };
  }
  if (traffic.breaching || quiet.breaching) {
    return undecided('whether it breaches the threshold without any event depends on the traffic');
  }
  const hasNoData = isCertainlyMissing(quiet) && isCertainlyMissing(traffic);
  switch (treatMissingData) {
    case 'breaching': {
      if (!quiet.missing && !traffic.missing) return undefined;
      const why = 'missing data counts as breaching, and the filter publishes nothing while nothing happens';
      return hasNoData
        ? { kind: 'rests-in-alarm', why }
        : undecided('missing data counts as breaching, so it is in ALARM in quiet times');
    }
    case 'ignore':
      if (hasNoData) return problemOfKeepingState(outcomesAt);
      return traffic.missing
        ? undecided('whether it leaves ALARM again depends on data that may be missing')
        : undefined;
    case 'missing':
    case 'notBreaching':
      return undefined;
  }
}

/**
 * An alarm that keeps its state while data is missing, on a metric that has no data while nothing happens. It leaves
 * ALARM only after a datapoint that does not breach, but only events make datapoints.
 */
function problemOfKeepingState(outcomesAt: OutcomesAt): Firing | undefined {
  if (!certainlyBreaches(outcomesAt(1))) return undefined;
  return {
    kind: 'stays-in-alarm',
    why: 'it keeps its state while data is missing, so it stays in ALARM after the first event',
  };
}
