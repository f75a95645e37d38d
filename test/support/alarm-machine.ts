/** A datapoint as an alarm sees it: breaching, not breaching, or missing. */
export type Point = 'X' | '0' | '-';
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type Treatment = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface Machine {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: Treatment;
}

/**
 * One evaluation of an alarm over its evaluation range, the newest datapoint last, as AWS's page on alarms and missing
 * data tells it: real datapoints first, as few fillings as possible, and the rule against premature alarms.
 */
export function evaluate(range: readonly Point[], before: AlarmState, machine: Machine): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = machine;
  const real = range.filter((point) => point !== '-').slice(-evaluationPeriods);
  const breaching = real.filter((point) => point === 'X').length;
  if (breaching >= datapointsToAlarm) return 'ALARM';

  const toFill = evaluationPeriods - real.length;
  if (toFill <= 0) return 'OK';
  if (treatMissingData === 'breaching') return breaching + toFill >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (treatMissingData === 'notBreaching') return 'OK';
  // From here on missing data is `missing` or `ignore`.
  if (real.length === 0) return treatMissingData === 'ignore' ? before : 'INSUFFICIENT_DATA';
  if (breaching < real.length) return 'OK';
  const oldest = range.length - range.indexOf('X');
  if (oldest < datapointsToAlarm) return treatMissingData === 'ignore' ? before : 'INSUFFICIENT_DATA';
  return treatMissingData === 'ignore' ? before : 'ALARM';
}

/** The states that an alarm passes through, one for each datapoint. */
export function run(points: readonly Point[], rangeLength: number, machine: Machine): readonly AlarmState[] {
  const states: AlarmState[] = [];
  let state: AlarmState = 'INSUFFICIENT_DATA';
  for (const index of points.keys()) {
    const seen = points.slice(Math.max(0, index + 1 - rangeLength), index + 1);
    const range = [...Array.from({ length: rangeLength - seen.length }, (): Point => '-'), ...seen];
    state = evaluate(range, state, machine);
    states.push(state);
  }
  return states;
}
