import { judge } from '../src/chain/judge.ts';
import type { Alarm, MetricAlarm, MetricDataQuery } from '../src/inventory/resources.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { alarm, compositeAlarm, snapshotOf, withAlarms } from '../test/support/worlds/world.ts';
import { boundRow, growthRow } from './growth.ts';
import type { BenchRow } from './table.ts';

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));

/** An alarm that watches the metric without an action, and never goes into ALARM. */
const silent = (alarmName: string): Alarm => alarm({ alarmName, alarmActions: [], unit: 'Bytes' });

/** Judges an account with some alarms. Each run gets alarms of its own, so that nothing is remembered. */
function judging(alarms: () => readonly Alarm[]): () => unknown {
  const parsed = parseParameters(undefined);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  const { control, options } = parsed.parameters;
  const inventory = snapshotOf(withAlarms(...alarms()));
  return () => judge(control, options, inventory);
}

/** Expressions of which each names the one before several times. */
function mathAlarm(levels: number, expressionOf: (before: string) => string): Alarm {
  const metric = { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] };
  const first: MetricDataQuery = { id: 'e0', returnData: false, metricStat: { metric, period: 300, stat: 'Sum' } };
  const expressions = many(levels, (index) => ({
    id: `e${index + 1}`,
    expression: expressionOf(`e${index}`),
    returnData: index === levels - 1,
  }));
  const ofMetric = ['namespace', 'metricName', 'statistic', 'period'];
  const rest = Object.fromEntries(Object.entries(alarm()).filter(([name]) => !ofMetric.includes(name)));
  return { ...(rest as unknown as MetricAlarm), metrics: [first, ...expressions] };
}

/** Composite alarms of which each names the one before twice; only the last has an action. */
function nested(depth: number): readonly Alarm[] {
  return many(depth, (index) => {
    const before = index === 0 ? 'mfa-alarm' : `level-${index - 1}`;
    return compositeAlarm({
      alarmName: `level-${index}`,
      alarmRule: `ALARM("${before}") AND NOT OK("${before}")`,
      ...(index === depth - 1 ? {} : { alarmActions: [] }),
    });
  });
}

const pairs = (count: number): readonly Alarm[] =>
  many(count, (index) => [
    silent(`alarm-${index}`),
    compositeAlarm({ alarmName: `composite-${index}`, alarmRule: `ALARM("alarm-${index}")` }),
  ]).flat();

const sumOfFive = (before: string) => many(5, () => before).join(' + ');
const alternatingFive = (before: string) => `${before} - ${before} + ${before} - ${before} + 0 * ${before}`;

/** How the time to judge alarms grows, and questions that once took seconds, or all memory. */
export function benchAlarmGrowth(): readonly BenchRow[] {
  const bound = 0.3;
  return [
    growthRow('alarms on the metric', [500, 1000, 2000, 4000], (size) =>
      judging(() => many(size, (index) => silent(`alarm-${index}`))),
    ),
    growthRow('alarms × composite alarms', [300, 600, 1200, 2400], (size) => judging(() => pairs(size))),
    growthRow('composite alarms over one alarm', [300, 600, 1200, 2400], (size) =>
      judging(() => [
        silent('mfa-alarm'),
        ...many(size, (index) => compositeAlarm({ alarmName: `composite-${index}` })),
      ]),
    ),
    growthRow('nested composite alarms', [500, 1000, 2000, 4000], (size) =>
      judging(() => [silent('mfa-alarm'), ...nested(size)]),
    ),
    growthRow('metric math expressions', [12, 24, 48, 96], (size) =>
      judging(() => [mathAlarm(size, (before) => `MIN([${before}, ${before}, TIME_SERIES(0)])`)]),
    ),
    boundRow('10 expressions that name the one before 5 times', () => judging(() => [mathAlarm(10, sumOfFive)]), bound),
    boundRow(
      '10 such expressions that never cross the threshold',
      () => judging(() => [mathAlarm(10, alternatingFive)]),
      bound,
    ),
    boundRow('39 nested composite alarms', () => judging(() => [silent('mfa-alarm'), ...nested(39)]), bound),
    boundRow('600 alarms × 600 composite alarms', () => judging(() => pairs(600)), bound),
    boundRow(
      '10,000 alarms of one name and a composite alarm',
      () => judging(() => [...many(10_000, () => silent('mfa-alarm')), compositeAlarm()]),
      bound,
    ),
  ];
}
