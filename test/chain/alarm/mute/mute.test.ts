import { expect } from 'chai';

import { mutingBy } from '../../../../src/chain/alarm/mute/mute.ts';
import type { AlarmMuteRule } from '../../../../src/inventory/resources.ts';

/** A Friday. */
const NOW = '2026-11-20T10:00:00.000Z';

const rule = (expression: string, duration: string, change: Partial<AlarmMuteRule> = {}): AlarmMuteRule => ({
  name: 'quiet',
  expression,
  duration,
  ...change,
});

/** `never`, `at times 4`, `for long 48`, `undecided`. */
function muting(...rules: readonly AlarmMuteRule[]): string {
  const result = mutingBy(rules, NOW);
  return 'hours' in result ? `${result.kind} ${result.hours}` : result.kind;
}

describe('the mute rules of an alarm', () => {
  const rows: readonly (readonly [claim: string, rules: readonly AlarmMuteRule[], is: string])[] = [
    ['none never mute', [], 'never'],
    ['of a night mute at times', [rule('cron(0 23 * * *)', 'PT2H')], 'at-times 2'],
    ['of a weekly hour mute at times', [rule('cron(0 2 * * SUN)', 'PT4H')], 'at-times 4'],
    ['of a weekend mute for long', [rule('cron(0 18 * * FRI)', 'P2DT12H')], 'for-long 60'],
    ['of a day mute at times', [rule('cron(0 2 * * SUN)', 'P1D')], 'at-times 24'],
    ['of every hour, for an hour, mute for ever', [rule('cron(0 * * * *)', 'PT1H')], 'for-long 854'],
    ['of every day, for a day, mute for ever', [rule('cron(0 0 * * *)', 'PT24H')], 'for-long 854'],
    ['of every day, but for a minute', [rule('cron(0 0 * * *)', 'PT23H59M')], 'for-long 854'],
    ['of every day, but for three hours', [rule('cron(0 0 * * *)', 'PT21H')], 'at-times 21'],
    ['of workdays, for a day, mute for five days', [rule('cron(0 0 * * MON-FRI)', 'P1D')], 'for-long 120'],
    ['of every other hour leave an hour', [rule('cron(0 0,2,4,6,8,10,12,14,16,18,20,22 * * *)', 'PT1H')], 'at-times 1'],
    [
      'that follow on each other are one stretch',
      [rule('cron(0 0 * * SAT)', 'PT16H'), rule('cron(0 16 * * SAT)', 'PT16H')],
      'for-long 32',
    ],
    ['of once a year mute for long, whenever it comes', [rule('cron(0 0 24 DEC *)', 'P7D')], 'for-long 168'],
    ['of once a month mute at times', [rule('cron(0 1 1 * *)', 'PT6H')], 'at-times 6'],
    ['of a day that not every month has', [rule('cron(0 0 31 * *)', 'P3D')], 'for-long 72'],
    ['of days that not every month has side by side', [rule('cron(0 0 1,31 * *)', 'PT24H')], 'for-long 48'],
    ['of a leap day', [rule('cron(0 0 29 FEB *)', 'P2D')], 'for-long 48'],
    ['of a day that never comes', [rule('cron(0 0 30 2 *)', 'P2D')], 'never'],
    ['that begin once, later', [rule('at(2026-12-23T00:00)', 'P7D')], 'for-long 168'],
    ['that began once, and are not over', [rule('at(2026-11-19T10:00)', 'PT30H')], 'at-times 6'],
    ['that began once, and are over', [rule('at(2026-11-10T10:00)', 'P1D')], 'never'],
    [
      'that begin once by the clock of another place',
      [rule('at(2026-11-20T10:00)', 'PT2H', { timezone: 'Asia/Tokyo' })],
      'never',
    ],
    [
      'that are active by the clock of another place',
      [rule('at(2026-11-20T04:30)', 'PT2H', { timezone: 'America/New_York' })],
      'at-times 1.5',
    ],
    [
      'that have expired never mute',
      [rule('cron(0 * * * *)', 'PT1H', { expireDate: '2026-11-20T09:00:00.000Z' })],
      'never',
    ],
    [
      'that expire soon mute until then',
      [rule('cron(0 * * * *)', 'PT1H', { expireDate: '2026-11-20T20:00:00.000Z' })],
      'at-times 10',
    ],
    // "End timestamps prevent rules from being applied beyond the specified date and time":
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
    [
      'that expire within their time mute until then',
      [rule('at(2026-12-23T00:00)', 'P7D', { expireDate: '2026-12-23T12:00:00.000Z' })],
      'at-times 12',
    ],
    [
      'that recur and expire within their time mute until then',
      [rule('cron(0 18 * * FRI)', 'P2D', { expireDate: '2026-11-21T18:00:00.000Z' })],
      'at-times 24',
    ],
    // "The date and time after which the mute rule takes effect":
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html
    [
      'that start within a long window of their schedule',
      [rule('at(2026-12-23T00:00)', 'P7D', { startDate: '2026-12-24T00:00:00.000Z' })],
      'undecided',
    ],
    [
      'that start within a short window of their schedule',
      [rule('at(2026-12-23T00:00)', 'PT12H', { startDate: '2026-12-23T06:00:00.000Z' })],
      'at-times 6',
    ],
    [
      'that started within a window and are in a later one',
      [rule('cron(0 0 * * *)', 'PT20H', { startDate: '2026-11-19T12:00:00.000Z' })],
      'at-times 20',
    ],
    [
      'that start later mute from then on',
      [rule('cron(0 23 * * *)', 'PT2H', { startDate: '2026-12-01T00:00:00.000Z' })],
      'at-times 2',
    ],
    // "Start timestamps ensure that mute rules don't activate before a specific date and time", however far away it is:
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
    [
      'that start in a year and then mute every day for a day',
      [rule('cron(0 0 * * *)', 'PT24H', { startDate: '2027-11-20T00:00:00.000Z' })],
      'for-long 864',
    ],
    [
      'of the nights, and in a year of the days as well',
      [rule('cron(0 18 * * *)', 'PT12H'), rule('cron(0 6 * * *)', 'PT12H', { startDate: '2027-11-20T00:00:00.000Z' })],
      'for-long 876',
    ],
    [
      'that start in a year and then mute an hour a week',
      [rule('cron(0 2 * * SUN)', 'PT1H', { startDate: '2027-11-20T00:00:00.000Z' })],
      'at-times 1',
    ],
    [
      'that start at many times are undecided',
      Array.from({ length: 12 }, (_, at) =>
        rule('cron(0 2 * * SUN)', 'PT1H', { startDate: `2027-${String(at + 1).padStart(2, '0')}-01T00:00:00.000Z` }),
      ),
      'undecided',
    ],
    [
      'of a place that is not known are undecided',
      [rule('cron(0 2 * * *)', 'PT4H', { timezone: 'Mars/Base' })],
      'undecided',
    ],
    ['of every five minutes mute for ever', [rule('cron(*/5 * * * *)', 'PT4H')], 'for-long 857.9'],
    ['of every half hour of a night mute at times', [rule('cron(0/30 2 * * *)', 'PT10M')], 'at-times 0.2'],
    ['of every sixth hour mute at times', [rule('cron(0 */6 * * *)', 'PT1H')], 'at-times 1'],
    ['of every sixth hour for six hours mute for ever', [rule('cron(0 0/6 * * *)', 'PT6H')], 'for-long 854'],
    ['of some hours in steps mute at times', [rule('cron(0 8-18/5 * * *)', 'PT1H')], 'at-times 1'],
    ['of every other month mute for long', [rule('cron(0 0 1 1/2 *)', 'P3D')], 'for-long 72'],
    ['of the last day of the month mute at times', [rule('cron(0 2 L * *)', 'PT4H')], 'at-times 4'],
    ['of the last and first day of the month mute for two days', [rule('cron(0 0 1,L * *)', 'P1D')], 'for-long 48'],
    ['of a Sunday without a day of the month', [rule('cron(0 2 ? * SUN)', 'PT4H')], 'at-times 4'],
    ['of a day of the month without a weekday', [rule('cron(0 0 15 * ?)', 'P2D')], 'for-long 48'],
    ['of the fourth Sunday of the month', [rule('cron(0 9 * * SUN#4)', 'P2D')], 'for-long 48'],
    ['of the fifth Sunday, which not every month has', [rule('cron(0 9 ? * 0#5)', 'P2D')], 'for-long 48'],
    ['of the last Friday of the month', [rule('cron(0 18 ? * FRIL)', 'P3D')], 'for-long 72'],
    ['of the last Friday by number', [rule('cron(0 18 ? * 5L)', 'PT12H')], 'at-times 12'],
    ['of FRI-L, whatever it means', [rule('cron(0 18 ? * FRI-L)', 'PT4H')], 'at-times 4'],
    ['of FRI-L for a day, where the meaning counts', [rule('cron(0 0 ? * FRI-L)', 'P1D')], 'undecided'],
    ['of a week that ends with Sunday', [rule('cron(0 0 * * SAT-SUN)', 'P1D')], 'for-long 48'],
    ['of both kinds of days for a short time', [rule('cron(0 0 1 * MON)', 'PT4H')], 'at-times 4'],
    ['of both kinds of days, where the meaning counts', [rule('cron(0 0 1-30 * MON)', 'P1D')], 'undecided'],
    ['with a step of nothing are undecided', [rule('cron(0/0 * * * *)', 'PT4H')], 'undecided'],
    ['with a step of weekdays are undecided', [rule('cron(0 0 ? * MON/2)', 'PT4H')], 'undecided'],
    ['with a question mark for an hour are undecided', [rule('cron(0 ? * * *)', 'PT4H')], 'undecided'],
    ['with a sixth week are undecided', [rule('cron(0 0 ? * SUN#6)', 'PT4H')], 'undecided'],
    ['that last longer than AWS allows are undecided', [rule('cron(0 0 1 * *)', 'P16D')], 'undecided'],
    ['with six fields are undecided', [rule('cron(0 0 * * ? *)', 'PT4H')], 'undecided'],
    ['with an hour that is none are undecided', [rule('cron(0 24 * * *)', 'PT4H')], 'undecided'],
    ['that begin at no date are undecided', [rule('at(2026-13-23T00:00)', 'P7D')], 'undecided'],
    ['without a duration are undecided', [rule('cron(0 0 * * *)', 'P')], 'undecided'],
    ['with another duration are undecided', [rule('cron(0 0 * * *)', 'PT2HX')], 'undecided'],
    ['with a text before their duration are undecided', [rule('cron(0 0 * * *)', 'inPT2H')], 'undecided'],
    ['with an expression of another kind are undecided', [rule('rate(1 day)', 'PT2H')], 'undecided'],
    ['with a text after their schedule are undecided', [rule('cron(0 0 * * *) or so', 'PT2H')], 'undecided'],
    ['with a text before their schedule are undecided', [rule('not cron(0 0 * * *)', 'PT2H')], 'undecided'],
    ['with a text after their date are undecided', [rule('at(2026-12-23T00:00) or so', 'P7D')], 'undecided'],
    ['with a text before their date are undecided', [rule('not at(2026-12-23T00:00)', 'P7D')], 'undecided'],
    ['that begin once may name the second', [rule('at(2026-12-23T00:00:00)', 'P7D')], 'for-long 168'],
    ['that last for weeks mute for long', [rule('at(2026-12-23T00:00)', 'P2W')], 'for-long 336'],
    ['that last for days mute for long', [rule('at(2026-12-23T00:00)', 'P12D')], 'for-long 288'],
    ['that last as long as AWS allows mute for long', [rule('at(2026-12-23T00:00)', 'P15D')], 'for-long 360'],
    [
      'that began as long ago as AWS allows are active',
      [rule('cron(0 11 5 NOV *)', 'P15D', { expireDate: '2026-12-01T00:00:00.000Z' })],
      'at-times 1',
    ],
    [
      'that end now, and begin again in a year, mute then',
      [rule('cron(0 8 20 NOV *)', 'PT2H', { expireDate: '2026-12-01T00:00:00.000Z' })],
      'never',
    ],
    [
      'that begin by the clock of a place that is half an hour off',
      [rule('at(2026-11-20T15:00)', 'PT2H', { timezone: 'Asia/Kolkata' })],
      'at-times 1.5',
    ],
    [
      'that begin each day by the clock of another place',
      [
        rule('cron(30 4 * * *)', 'PT2H', {
          timezone: 'America/New_York',
          expireDate: '2026-11-20T12:00:00.000Z',
        }),
      ],
      'at-times 1.5',
    ],
    [
      'that expired while they muted do not mute any more',
      [rule('at(2026-11-20T08:00)', 'PT5H', { expireDate: '2026-11-20T09:00:00.000Z' })],
      'never',
    ],
    [
      'that expire now do not mute any more',
      [rule('at(2026-11-20T08:00)', 'PT5H', { expireDate: '2026-11-20T10:00:00.000Z' })],
      'never',
    ],
    [
      'that would begin before their first day never mute',
      [rule('at(2026-11-25T00:00)', 'P2D', { startDate: '2026-12-01T00:00:00.000Z' })],
      'never',
    ],
    [
      'that begin on their first day mute',
      [rule('at(2026-12-01T00:00)', 'P2D', { startDate: '2026-12-01T00:00:00.000Z' })],
      'for-long 48',
    ],
    [
      'are one stretch in whatever order they are listed',
      [rule('cron(0 16 * * SAT)', 'PT16H'), rule('cron(0 0 * * SAT)', 'PT16H')],
      'for-long 32',
    ],
    [
      'that leave a tenth of the next time mute at times',
      [rule('at(2026-11-28T00:00)', 'PT20H'), rule('at(2026-11-28T22:00)', 'PT20H')],
      'at-times 20',
    ],
    [
      'that leave less than a tenth of the next time are one stretch',
      [rule('at(2026-11-28T00:00)', 'PT20H'), rule('at(2026-11-28T21:59)', 'PT20H')],
      'for-long 42',
    ],
    [
      'of both kinds of days, of which one never comes before they expire',
      [rule('cron(0 0 1 * MON)', 'PT4H', { expireDate: '2026-12-02T00:00:00.000Z' })],
      'at-times 4',
    ],
    [
      'with few meanings are tried in each',
      Array.from({ length: 5 }, () => rule('cron(0 0 1 * MON)', 'PT4H')),
      'at-times 4',
    ],
    [
      'with too many meanings are undecided',
      Array.from({ length: 6 }, () => rule('cron(0 0 1 * MON)', 'PT4H')),
      'undecided',
    ],
  ];
  for (const [claim, rules, is] of rows) {
    it(`${claim}: ${is}`, () => {
      expect(muting(...rules)).to.equal(is);
    });
  }

  it('that are undecided say why', () => {
    const why = (...rules: readonly AlarmMuteRule[]) => {
      const result = mutingBy(rules, NOW);
      return result.kind === 'undecided' ? result.why : result.kind;
    };
    expect(why(rule('sometimes', 'PT2H'))).to.equal('the schedule of mute rule quiet is not understood');
    expect(why(rule('cron(0 0 ? * FRI-L)', 'P1D'))).to.equal(
      'AWS does not document on which days the schedules of its mute rules begin',
    );
  });

  it('that mute for long together are named together', () => {
    const rules = [rule('cron(0 0 * * SAT)', 'PT20H'), rule('cron(0 19 * * SAT)', 'PT20H', { name: 'late' })];
    expect(mutingBy(rules, NOW)).to.deep.equal({ kind: 'for-long', hours: 39, rules: 'late, quiet' });
  });
});
