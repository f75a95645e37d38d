import { expect } from 'chai';
import fc from 'fast-check';

import { countingOf } from '../../../src/chain/log-alarm/counting.ts';
import type { LogAlarm, ScheduledQueryConfiguration } from '../../../src/inventory/resources.ts';
import { logAlarm } from '../../support/worlds/world.ts';

type Schedule = Partial<ScheduledQueryConfiguration['scheduleConfiguration']>;

const counting = (change: Partial<LogAlarm> = {}, schedule: Schedule = {}, limit?: number) => {
  const alarm = logAlarm(change, {}, schedule);
  if (alarm.scheduledQueryConfiguration === undefined) throw new Error('no query');
  return countingOf(alarm, alarm.scheduledQueryConfiguration, 'results', limit);
};

/** One alarm as a simulation: runs at each multiple of its period, and an event that arrives late. */
function firesOn(
  { times, late }: { readonly times: readonly number[]; readonly late: number },
  { start, end, every }: { readonly start: number; readonly end: number; readonly every: number },
  { fewest, needed, of }: { readonly fewest: number; readonly needed: number; readonly of: number },
): boolean {
  const results: boolean[] = [];
  for (let run = 0; run <= Math.max(...times) + late + start + every * of; run += every) {
    const counted = times.filter((time) => time >= run - start && time < run - end && time + late <= run).length;
    results.push(counted >= fewest);
    if (results.slice(-of).filter(Boolean).length >= needed) return true;
  }
  return false;
}

describe('the counting of a log alarm', () => {
  it('fires on one event, and is silent for its window', () => {
    expect(counting()).to.deep.equal({
      kind: 'counts',
      events: 1,
      // 1200 seconds less 900 are one run of 300.
      eventsIfLate: 1,
      neededSeconds: 1200,
      delaySeconds: 300,
      staysSeconds: 1200,
    });
  });

  const rows: readonly (readonly [claim: string, find: () => ReturnType<typeof counting>, expected: object])[] = [
    [
      'leaves a gap of one second',
      () => counting({}, { startTimeOffset: 299 }),
      { kind: 'gaps', looks: 299, every: 300 },
    ],
    [
      'leaves a gap by its end offset',
      () => counting({}, { startTimeOffset: 360, endTimeOffset: 61 }),
      { kind: 'gaps' },
    ],
    ['leaves none with an end offset', () => counting({}, { startTimeOffset: 360, endTimeOffset: 60 }), { events: 1 }],
    ['may miss late events', () => counting({}, { startTimeOffset: 1199 }), { events: 1, eventsIfLate: Infinity }],
    ['needs three events for more than two', () => counting({ threshold: 2 }), { events: 3 }],
    ['needs three events for 2.5', () => counting({ threshold: 2.5 }), { events: 3 }],
    [
      'needs one event for at least one',
      () => counting({ threshold: 1, comparisonOperator: 'GreaterThanOrEqualToThreshold' }),
      { events: 1 },
    ],
    [
      'rests in ALARM for at least none',
      () => counting({ threshold: 0, comparisonOperator: 'GreaterThanOrEqualToThreshold' }),
      { kind: 'rests-in-alarm' },
    ],
    [
      'rests in ALARM below one',
      () => counting({ threshold: 1, comparisonOperator: 'LessThanThreshold' }),
      { kind: 'rests-in-alarm' },
    ],
    [
      'never fires below none',
      () => counting({ threshold: 0, comparisonOperator: 'LessThanThreshold' }),
      { kind: 'never' },
    ],
    ['never fires beyond its limit', () => counting({ threshold: 5 }, {}, 5), { kind: 'never' }],
    ['fires at its limit', () => counting({ threshold: 4 }, {}, 5), { events: 5 }],
    // An event is in four results of 300 seconds.
    [
      'fires on one event in four results',
      () => counting({ queryResultsToEvaluate: 4, queryResultsToAlarm: 4 }),
      { events: 1, delaySeconds: 1200 },
    ],
    [
      'needs two events for five results',
      () => counting({ queryResultsToEvaluate: 5, queryResultsToAlarm: 5 }),
      { events: 2 },
    ],
    [
      'stays in ALARM for all its results',
      () => counting({ queryResultsToEvaluate: 10 }),
      { staysSeconds: 1200 + 9 * 300 },
    ],
    [
      'is open with another schedule',
      () => counting({}, { scheduleExpression: 'cron(0 * * * ? *)' }),
      { kind: 'undecided' },
    ],
    ['is open without a start', () => counting({}, { startTimeOffset: 0 }), { kind: 'undecided' }],
    [
      'is open with another operator',
      () => counting({ comparisonOperator: 'GreaterThanUpperThreshold' }),
      { kind: 'undecided' },
    ],
    [
      'is open where it needs more results than it looks at',
      () => counting({ queryResultsToAlarm: 2 }),
      { kind: 'undecided' },
    ],
    ['runs every minute', () => counting({}, { scheduleExpression: 'rate(1 minute)' }), { delaySeconds: 60 }],
    [
      'runs every two hours',
      () => counting({}, { scheduleExpression: 'rate(2 hours)', startTimeOffset: 7200 }),
      { delaySeconds: 7200 },
    ],
    [
      'runs every day',
      () => counting({}, { scheduleExpression: 'rate(1 day)', startTimeOffset: 86_400 }),
      { delaySeconds: 86_400, staysSeconds: 86_400 },
    ],
    [
      'counts the delay from the end of what it looks at',
      () => counting({}, { startTimeOffset: 1800, endTimeOffset: 1000 }),
      { delaySeconds: 1300, neededSeconds: 1300, staysSeconds: 800 },
    ],
    [
      'needs more events for several results if they arrive late',
      () => counting({ queryResultsToEvaluate: 4, queryResultsToAlarm: 4 }, { startTimeOffset: 1500 }),
      { events: 1, eventsIfLate: 2, neededSeconds: 2100 },
    ],
    [
      'takes a schedule without an end offset to look up to the run',
      () => {
        const { scheduledQueryConfiguration: query } = logAlarm();
        if (query === undefined) throw new Error('no query');
        const scheduleConfiguration = { scheduleExpression: 'rate(5 minutes)', startTimeOffset: 1200 };
        return countingOf(logAlarm(), { ...query, scheduleConfiguration }, 'results', undefined);
      },
      { kind: 'counts', delaySeconds: 300 },
    ],
    ...['rate(0 minutes)', 'at rate(5 minutes)', 'rate(5 minutes) daily', 'rate(5 weeks)'].map(
      (scheduleExpression) =>
        [
          `is open with the schedule ${scheduleExpression}`,
          () => counting({}, { scheduleExpression }),
          { kind: 'undecided', why: `its schedule is ${scheduleExpression}` },
        ] as const,
    ),
    [
      'is open where it looks at what comes after the run',
      () => counting({}, { endTimeOffset: -60 }),
      { kind: 'undecided', why: 'its query looks from 1200 to -60 seconds before each run' },
    ],
    [
      'is open where it looks at no time',
      () => counting({}, { startTimeOffset: 600, endTimeOffset: 600 }),
      { kind: 'undecided', why: 'its query looks from 600 to 600 seconds before each run' },
    ],
    ...([0, -1, 1.5] as const).map(
      (queryResultsToAlarm) =>
        [
          `is open where it needs ${queryResultsToAlarm} results`,
          () => counting({ queryResultsToAlarm, queryResultsToEvaluate: 2 }),
          { kind: 'undecided', why: `it needs ${queryResultsToAlarm} of 2 results` },
        ] as const,
    ),
    [
      'is open where it looks at half a result',
      () => counting({ queryResultsToEvaluate: 1.5 }),
      { kind: 'undecided', why: 'it needs 1 of 1.5 results' },
    ],
    ['is open with another treatment', () => counting({ treatMissingData: 'sometimes' }), { kind: 'undecided' }],
  ];
  for (const [claim, find, expected] of rows) {
    it(claim, () => {
      expect(find()).to.deep.include(expected);
    });
  }

  it('names what is not given', () => {
    const without = (...names: readonly string[]) => {
      const alarm = Object.fromEntries(Object.entries(logAlarm()).filter(([name]) => !names.includes(name)));
      const { scheduledQueryConfiguration: query } = logAlarm();
      if (query === undefined) throw new Error('no query');
      const scheduleConfiguration = Object.fromEntries(
        Object.entries(query.scheduleConfiguration).filter(([name]) => !names.includes(name)),
      );
      return countingOf(alarm as unknown as LogAlarm, { ...query, scheduleConfiguration }, 'results', undefined);
    };
    const whyWithout = (...names: readonly string[]) => {
      const found = without(...names);
      return found.kind === 'undecided' ? found.why : found.kind;
    };
    expect(whyWithout('scheduleExpression')).to.equal('its schedule is not given');
    expect(whyWithout('startTimeOffset')).to.equal(
      'its query looks from an unknown number of to 0 seconds before each run',
    );
    expect(whyWithout('comparisonOperator')).to.equal('its comparison operator is not given');
    expect(whyWithout('threshold')).to.equal('its threshold is not given');
    expect(whyWithout('queryResultsToAlarm')).to.equal('it needs an unknown number of 1 results');
    expect(whyWithout('queryResultsToEvaluate')).to.equal('it needs 1 of an unknown number of results');
    expect(without('treatMissingData')).to.deep.include({ kind: 'counts', events: 1 });
  });

  it('says why it never goes into ALARM, or always is in it', () => {
    expect(counting({ threshold: 5 }, {}, 5)).to.deep.equal({
      kind: 'never',
      why: 'its query gives 5 results at most, and 6 breach its threshold',
    });
    expect(counting({ threshold: 0, comparisonOperator: 'LessThanThreshold' })).to.deep.equal({
      kind: 'never',
      why: 'no count breaches its threshold',
    });
    expect(counting({ threshold: 1, comparisonOperator: 'LessThanThreshold' })).to.deep.equal({
      kind: 'rests-in-alarm',
      why: 'a count of 0 breaches its threshold',
    });
    expect(counting({ treatMissingData: 'sometimes' })).to.deep.equal({
      kind: 'undecided',
      why: 'it treats missing data as sometimes',
    });
  });

  it('of a number that `stats` gives is open where a number for no events, or a missing one, would make a difference', () => {
    const ofNumber = (change: Partial<LogAlarm>) => {
      const alarm = logAlarm(change);
      if (alarm.scheduledQueryConfiguration === undefined) throw new Error('no query');
      return countingOf(alarm, alarm.scheduledQueryConfiguration, 'number', undefined).kind;
    };
    expect(ofNumber({ treatMissingData: 'notBreaching' })).to.equal('counts');
    expect(ofNumber({ treatMissingData: 'missing' })).to.equal('counts');
    expect(ofNumber({ treatMissingData: 'breaching' })).to.equal('undecided');
    expect(ofNumber({ treatMissingData: 'ignore' })).to.equal('undecided');
    expect(ofNumber({ threshold: 1, comparisonOperator: 'LessThanThreshold' })).to.equal('undecided');
  });

  it('is that of a simulation, at whatever time the events come', () => {
    const arbitrary = fc.record({
      every: fc.constantFrom(60, 300),
      looks: fc.integer({ min: 1, max: 12 }),
      end: fc.integer({ min: 0, max: 6 }),
      threshold: fc.integer({ min: 0, max: 2 }),
      of: fc.integer({ min: 1, max: 4 }),
      missing: fc.integer({ min: 0, max: 3 }),
      at: fc.integer({ min: 5000, max: 5600 }),
      late: fc.constantFrom(0, 900),
    });
    fc.assert(
      fc.property(arbitrary, ({ every, looks, end, threshold, of, missing, at, late }) => {
        const needed = Math.max(1, of - missing);
        const start = (end + looks) * 60;
        const found = counting(
          { threshold, queryResultsToEvaluate: of, queryResultsToAlarm: needed },
          { scheduleExpression: `rate(${every / 60} minutes)`, startTimeOffset: start, endTimeOffset: end * 60 },
        );
        const schedule = { start, end: end * 60, every };
        const settings = { fewest: threshold + 1, needed, of };
        // All events of one moment: so many suffice if one moment does.
        const once = { times: Array.from({ length: threshold + 1 }, () => at), late };
        const isEnough = found.kind === 'counts' && (late === 0 ? found.events : found.eventsIfLate) === threshold + 1;
        if (isEnough) expect(firesOn(once, schedule, settings)).to.equal(true);
        if (found.kind === 'gaps') {
          const times = Array.from({ length: every }, (_, second) => 5000 + second);
          const isSeen = (time: number) =>
            firesOn({ times: [time], late: 0 }, schedule, { fewest: 1, needed: 1, of: 1 });
          expect(times.every(isSeen)).to.equal(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
