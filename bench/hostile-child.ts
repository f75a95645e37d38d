import { assessAll } from '../src/assessment/assess.ts';
import { catalog } from '../src/controls/catalog.ts';
import type { Control } from '../src/controls/control.ts';
import { snapshotReader } from '../src/inventory/snapshot-reader.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { hostileEventPatterns } from '../test/support/hostile-event-patterns.ts';
import { EVENT_BUS_ARN, EVENT_TOPIC_ARN, eventRule, eventWorld } from '../test/support/worlds/event-world.ts';
import { hostileRanges } from '../test/support/hostile-patterns.ts';
import type { World } from '../test/support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  alarm,
  compositeAlarm,
  filter,
  snapshotOf,
  soundWorld,
} from '../test/support/worlds/world.ts';

/**
 * Judges a hostile account in a process of its own, and prints what that took as JSON: `node hostile-child.mjs ACCOUNT
 * CONTROLS SECONDS`. So the memory is that of the judgement, and nothing was compared before.
 */
const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));

const [name = '', controls = '1', seconds = '5'] = process.argv.slice(2);
const place = `${ACCOUNT} ${REGION}`;

/** Filters that are hard to compare, an alarm for each, and behind them filters that carry some controls. */
function withFilters(sound: readonly Pick<Control, 'id' | 'filterPattern'>[]): World {
  const words = ['DeactivateMFADevice', 'CreateTrail', 'ConsoleLogin', 'DisableKey', 'CreateVpc'];
  const named = (filterName: string, filterPattern: string) =>
    filter({
      filterName,
      filterPattern,
      metricTransformations: [{ metricNamespace: 'Security', metricName: filterName, metricValue: '1' }],
    });
  const inOtherWords = (pattern: string) =>
    `{ ($.eventVersion = * || $.eventVersion NOT EXISTS) && (${pattern.replace(/^\{|\}$/g, '')}) }`;
  const filters = [
    ...hostileRanges(100, words).map((pattern, index) => named(`a-${index}`, pattern)),
    ...sound.map(({ id, filterPattern }) => named(`z-${id}`, inOtherWords(filterPattern))),
  ];
  const alarms = filters.map(({ filterName }) => alarm({ alarmName: filterName, metricName: filterName }));
  return soundWorld({ filters: { [LOG_GROUP_ARN]: filters }, alarms: { [place]: alarms } });
}

const accounts: Readonly<Record<string, () => World>> = {
  /** Filters that are hard to compare, and those that carry the controls. */
  filters: () => withFilters(catalog),
  /** The same without the filters that carry the controls. */
  unsound: () => withFilters([]),
  /** Filters on one metric, and alarms on it that nothing takes to ALARM, under composite alarms. */
  alarms: () => {
    const silent = many(5000, (index) => alarm({ alarmName: `a-${index}`, unit: 'Bytes' }));
    const rule = silent.slice(0, 300).map(({ alarmName }) => `ALARM("${alarmName}")`);
    const above = many(500, (index) => compositeAlarm({ alarmName: `c-${index}`, alarmRule: rule.join(' OR ') }));
    return soundWorld({
      filters: { [LOG_GROUP_ARN]: many(100, (index) => filter({ filterName: `f-${index}` })) },
      alarms: { [place]: [...silent, ...above] },
    });
  },
  /** EventBridge rules that are hard to compare. */
  rules: () => {
    const rules = hostileEventPatterns(300).map((eventPattern, index) =>
      eventRule({ name: `r-${index}`, eventPattern }),
    );
    const targets = rules.map(({ name: rule }) => [`${EVENT_BUS_ARN} ${rule}`, [{ id: '1', arn: EVENT_TOPIC_ARN }]]);
    return eventWorld({
      eventRules: { [EVENT_BUS_ARN]: rules },
      eventRuleTargets: Object.fromEntries(targets) as World['eventRuleTargets'] & object,
    });
  },
};

const world = accounts[name];
if (world === undefined) throw new Error(`no such account: ${name}`);
const acceptedRoutes = name === 'rules' ? 'eventbridge' : 'metric-filter';
const questions = catalog.slice(0, Number(controls)).flatMap(({ id }) => {
  const parsed = parseParameters({ controlId: id, acceptedRoutes });
  return parsed.kind === 'parsed' ? [parsed.parameters] : [];
});
const inventory = snapshotOf(world());

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const start = cpu();
let overAt: number | undefined;
let heap = 0;
let looks = 0;
const isOver = () => {
  looks += 1;
  // To look at the clock and at the memory takes more time than most of what is asked about.
  if (overAt !== undefined || looks % 16 !== 0) return overAt !== undefined;
  const now = cpu();
  heap = Math.max(heap, process.memoryUsage().heapUsed);
  if (now - start > Number(seconds)) overAt = now;
  return overAt !== undefined;
};
const { verdicts } = await assessAll(snapshotReader(inventory), questions, isOver);
const end = cpu();
process.stdout.write(
  JSON.stringify({
    answers: verdicts.length,
    found: verdicts.filter(({ kind }) => kind === 'satisfied').length,
    chains: verdicts[0]?.chains.length ?? 0,
    spent: end - start,
    after: overAt === undefined ? 0 : end - overAt,
    heap: Math.max(heap, process.memoryUsage().heapUsed) / 1e6,
    rss: process.resourceUsage().maxRSS / 1024,
  }),
);
