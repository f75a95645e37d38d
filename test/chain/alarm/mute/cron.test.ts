import { expect } from 'chai';

import { parseCron } from '../../../../src/chain/alarm/mute/cron.ts';

const DAY = 86_400_000;
/** The days of November and December 2026; the first of November is a Sunday. */
const days = Array.from({ length: 61 }, (_, day) => new Date(Date.UTC(2026, 10, 1) + day * DAY));
const daysOf = (text: string) =>
  parseCron(text).map(({ isDay }) => days.filter(isDay).map((date) => date.toISOString().slice(5, 10)));
const every = (...names: readonly string[]) => names.map((name) => `11-${name}`);
const inBoth = (...names: readonly string[]) =>
  ['11', '12'].flatMap((month) => names.map((name) => `${month}-${name}`));

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html */
describe('the days of a cron expression', () => {
  const rows: readonly (readonly [text: string, ...meanings: (readonly string[])[]])[] = [
    ['0 0 4,15 * *', inBoth('04', '15')],
    ['0 0 1-3 NOV *', every('01', '02', '03')],
    ['0 0 1-7/3 11 ?', every('01', '04', '07')],
    ['0 0 L * *', ['11-30', '12-31']],
    ['0 0 l,2 12 *', ['12-02', '12-31']],
    ['0 0 ? NOV SUN', every('01', '08', '15', '22', '29')],
    ['0 0 ? NOV 7', every('01', '08', '15', '22', '29')],
    ['0 0 ? NOV sat-SUN', every('01', '07', '08', '14', '15', '21', '22', '28', '29')],
    ['0 0 ? NOV 6-0', every('01', '07', '08', '14', '15', '21', '22', '28', '29')],
    ['0 0 * NOV MON,WED', every('02', '04', '09', '11', '16', '18', '23', '25', '30')],
    ['0 0 ? * SUN#4', ['11-22', '12-27']],
    ['0 0 ? * 7#5', ['11-29']],
    ['0 0 ? * MON#1', ['11-02', '12-07']],
    ['0 0 ? * FRIL', ['11-27', '12-25']],
    ['0 0 ? * 0L', ['11-29', '12-27']],
    ['0 0 ? * 7L', ['11-29', '12-27']],
    // The last Friday, the days from Friday to Saturday, or those from Friday to Sunday.
    [
      '0 0 ? NOV FRI-L',
      every('27'),
      every('06', '07', '13', '14', '20', '21', '27', '28'),
      every('01', '06', '07', '08', '13', '14', '15', '20', '21', '22', '27', '28', '29'),
    ],
    // Both days must fit, or one of them.
    ['0 0 2 NOV MON', every('02'), every('02', '09', '16', '23', '30')],
    ['0 0 3 NOV MON', [], every('02', '03', '09', '16', '23', '30')],
  ];
  for (const [text, ...meanings] of rows) {
    it(text, () => {
      expect(daysOf(text)).to.deep.equal(meanings);
    });
  }
});

describe('the times of a cron expression', () => {
  const timesOf = (text: string) => parseCron(text).map(({ hours, minutes }) => [hours, minutes]);

  it('are its hours and minutes, whichever of its meanings', () => {
    expect(timesOf('5,10 */12 * * *')).to.deep.equal([
      [
        [0, 12],
        [5, 10],
      ],
    ]);
    expect(timesOf('50/5 8-18/5 * * *')).to.deep.equal([
      [
        [8, 13, 18],
        [50, 55],
      ],
    ]);
    expect(timesOf('0 2 1 * MON')).to.deep.equal([
      [[2], [0]],
      [[2], [0]],
    ]);
  });

  it('are between blanks, however many', () => {
    expect(timesOf('  0   2 * *\t* ')).to.deep.equal([[[2], [0]]]);
  });
});

describe('a cron expression that AWS does not document', () => {
  for (const text of [
    '',
    '0 2 * *',
    '0 2 * * * *',
    '60 2 * * *',
    '0 24 * * *',
    '0 2 0 * *',
    '0 2 32 * *',
    '0 2 * 0 *',
    '0 2 * 13 *',
    '0 2 * MAI *',
    '0 2 X * *',
    '0 2 7-1 * *',
    '0 2 1-32 * *',
    '0 *-5 * * *',
    '0 0x5 * * *',
    '0 1e1 * * *',
    '0 2/0 * * *',
    '0 2 1, * *',
    '0 2 ? * 8',
    '0 2 ? * ANY',
    '0 2 ? * MON/2',
    '0 2 ? * SUN#6',
    '0 2 ? * SUN#12',
    '0 2 ? * MON-SUN#2',
    '0 2 ? * ANY#2',
    '0 2 ? * 07#2',
    '0 2 ? * 70#2',
    '0 2 ? * ANYL',
    '0 2 ? * MON-FRIL',
    '0 2 ? * FRILY',
    '0 2 ? * MON,ANY',
  ]) {
    it(`is not understood: ${JSON.stringify(text)}`, () => {
      expect(parseCron(text)).to.deep.equal([]);
    });
  }
});

describe('the time within which a cron expression certainly matches', () => {
  const rows: readonly (readonly [text: string, ...days: number[]])[] = [
    ['0 0 * * *', 35],
    ['0 0 28 * *', 35],
    ['0 0 L * *', 35],
    ['0 0 ? * MON', 35],
    ['0 0 ? * MON,THU', 35],
    ['0 0 29 * *', 65],
    ['0 0 1,31 * *', 65],
    ['0 0 1 JAN *', 400],
    ['0 0 31 JAN *', 400],
    ['0 0 28 FEB *', 400],
    ['0 0 29 FEB,MAR *', 400],
    ['0 0 ? * SUN#5', 400],
    ['0 0 ? * MON,SUN#5', 400],
    ['0 0 ? * SUN#5,MON', 400],
    ['0 0 ? * FRIL', 400],
    ['0 0 ? * FRI-L', 400, 35, 35],
    ['0 0 29 FEB *', 3000],
    // Both days fall together only now and then.
    ['0 0 1 * MON', 3000, 35],
  ];
  for (const [text, ...horizons] of rows) {
    it(`${text}: ${horizons.join(', ')} days`, () => {
      expect(parseCron(text).map(({ horizon }) => horizon / DAY)).to.deep.equal(horizons);
    });
  }

  it('holds a day of each expression, wherever it begins, also where a century skips a leap day', () => {
    for (const [text] of rows) {
      for (const { isDay, horizon } of parseCron(text)) {
        for (const from of [
          Date.UTC(2026, 0, 31),
          Date.UTC(2028, 1, 1),
          Date.UTC(2096, 2, 1),
          Date.UTC(2026, 10, 30),
        ]) {
          const within = Array.from({ length: horizon / DAY }, (_, day) => new Date(from + day * DAY));
          expect(within.some(isDay), `${text} from ${new Date(from).toISOString()}`).to.equal(true);
        }
      }
    }
  });
});
