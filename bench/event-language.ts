import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { catalog } from '../src/controls/catalog.ts';
import type * as eventLanguage from '../src/event-pattern/index.ts';
import type { EventQuestion } from '../src/event-pattern/index.ts';
import type { Pattern } from '../src/filter-pattern/index.ts';
import { newMemory, parse as parseFilter } from '../src/filter-pattern/index.ts';
import { randomQuestions } from '../test/event-pattern/compare/random-questions.ts';
import { HOSTILE_EVENT_PATTERNS } from '../test/support/hostile-event-patterns.ts';
import type { BenchRow } from './table.ts';
import { bundle, quantiles, repeated, timeOf } from './timing.ts';

/** The language as it ships: bundled, so that no loader costs anything. */
type Language = typeof eventLanguage;

const SEEDS = 2;
const PAIRS = 150;
/** Of the catalog, so many controls are enough to see what a rule takes. */
const CONTROLS = 6;
/** A comparison of a rule takes some milliseconds, so that few repetitions tell its time. */
const [WARM_UP, ROUNDS] = [1, 3];

/** What is required of the record, and the rule that is compared with it. */
interface Question {
  readonly required: string;
  readonly premises: string;
  readonly rule: string;
}

/** How fast the patterns of EventBridge rules are compared: such as people write, random ones, and hostile ones. */
export async function benchEventLanguage(): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-event-language-'));
  try {
    const file = join(directory, 'language.mjs');
    const size = await bundle('src/event-pattern/index.ts', file);
    const language = (await import(pathToFileURL(file).href)) as Language;
    return [
      ...benchRules(language),
      ...benchHostile(language),
      ...benchRandom(language),
      { name: 'both pattern languages, minified', value: size, unit: 'bytes' },
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function benchRules(language: Language): readonly BenchRow[] {
  const questions = catalog
    .slice(0, CONTROLS)
    .flatMap(({ filterPattern: required, premises }) =>
      rulesFor(required, premises).map((rule) => ({ required, premises, rule })),
    );
  const fresh = quantiles(
    questions.map((question) => repeated(() => prepare(language, question, true), WARM_UP, ROUNDS)),
  );
  const cold = quantiles(
    questions.map((question) => repeated(() => prepare(language, question, false), WARM_UP, ROUNDS)),
  );
  const parsing = quantiles(questions.map(({ rule }) => repeated(() => () => language.parse(rule))));
  const rows = (name: string, of: typeof fresh): readonly BenchRow[] =>
    Object.entries(of).map(([quantile, value]: [string, number]) => ({
      name: `${name}, ${quantile}`,
      value,
      unit: 'µs',
      note: `${(value / parsing.p50).toFixed(1)} × parsing the median rule`,
    }));
  return [
    ...rows(`fresh rule, remembered requirement (${questions.length} pairs)`, fresh),
    ...rows('nothing remembered', cold),
    ...rows('parsing a rule', parsing),
  ];
}

/** The rule that a careful person writes for a control, and what people write in its place. */
function rulesFor(filterPattern: string, premises: string): readonly string[] {
  const service = /eventSource = "([a-z0-9]+)\.amazonaws\.com"/.exec(premises)?.[1] ?? 'iam';
  const names = [...filterPattern.matchAll(/\$\.eventName\s*=\s*"?(\w+)/g)].map(([, name = '']) => name);
  const eventName = names.length === 0 ? [{ exists: true }] : names;
  const source = [`aws.${service}`];
  const type = ['AWS API Call via CloudTrail'];
  const eventSource = [`${service}.amazonaws.com`];
  return [
    { source, 'detail-type': type, detail: { eventSource, eventName } },
    { source, 'detail-type': type, detail: { eventName: [...eventName, 'ListUsers'] } },
    { source, detail: { eventName: eventName.slice(0, 1) } },
    { source },
    { detail: { eventName: [{ prefix: 'De' }, { wildcard: '*Device' }] } },
    { source, detail: { eventName, errorCode: [{ exists: false }] } },
    { source, detail: { eventName: [{ 'anything-but': ['ListUsers', 'GetUser'] }] } },
    { source, detail: { $or: [{ eventName }, { userIdentity: { type: ['Root'] } }] } },
    { source, detail: { eventName, sourceIPAddress: [{ cidr: '10.0.0.0/8' }] } },
    { source, detail: { eventName, userIdentity: { type: [{ 'equals-ignore-case': 'iamuser' }] } } },
  ].map((rule) => JSON.stringify(rule));
}

/** Each hostile pattern against a control, and against the next one. */
function benchHostile(language: Language): readonly BenchRow[] {
  const texts = Object.entries(HOSTILE_EVENT_PATTERNS);
  const [control] = catalog;
  const timed = texts.flatMap(([name, rule], index) => {
    const [, next = rule] = texts[index + 1] ?? [];
    const { filterPattern: required, premises } = control;
    const questions = [
      () => prepare(language, { required, premises, rule }, false),
      () => againstRule(language, rule, next),
    ];
    return questions.map((question) => ({ name, time: repeated(question, 0, ROUNDS) }));
  });
  const slowest = timed.reduce((left, right) => (right.time > left.time ? right : left));
  const { p50 } = quantiles(timed.map(({ time }) => time));
  return [
    { name: `hostile question (${timed.length}), p50`, value: p50 / 1000, unit: 'ms' },
    { name: 'hostile question, max', value: slowest.time / 1000, unit: 'ms', note: slowest.name },
  ];
}

function benchRandom(language: Language): readonly BenchRow[] {
  const times: number[] = [];
  const givenUp = Array.from({ length: SEEDS }, (_, seed) => {
    const random = randomQuestions(seed + 1);
    let count = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const rule = random.eventPattern();
      const ask = againstRule(language, rule, random.changed(rule));
      times.push(
        timeOf(() => {
          if (ask()?.reason?.startsWith('no answer within') === true) count += 1;
        }),
      );
    }
    return count;
  });
  const { p50, p95, max } = quantiles(times);
  return [
    { name: `random pair, p50 of ${times.length}`, value: p50, unit: 'µs' },
    { name: 'random pair, p95', value: p95, unit: 'µs' },
    { name: 'random pair, max', value: max / 1000, unit: 'ms' },
    {
      name: `given up of ${PAIRS} random pairs`,
      value: Math.max(...givenUp),
      unit: 'pairs',
      note: `the most of ${SEEDS} seeds`,
    },
  ];
}

/** With or without what an earlier comparison with the same requirement worked out. The rule is parsed beforehand. */
function prepare(language: Language, { required, premises, rule }: Question, isRemembered: boolean): () => unknown {
  const requirement = { required: filterOf(required), premises: filterOf(premises) };
  const memory = newMemory();
  const [first] = rulesFor(required, premises);
  if (isRemembered) language.compare({ ...requirement, candidates: [ruleOf(language, first ?? '')] }, memory);
  const candidate = ruleOf(language, rule);
  return () => language.compare({ ...requirement, candidates: [candidate] }, memory);
}

/** A requirement that no event satisfies is an error, which takes its time as well. */
function againstRule(
  language: Language,
  required: string,
  rule: string,
): () => ReturnType<Language['compare']> | undefined {
  const question: EventQuestion = { required: ruleOf(language, required), candidates: [ruleOf(language, rule)] };
  const memory = newMemory();
  return () => {
    try {
      return language.compare(question, memory);
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

function filterOf(text: string): Pattern {
  const parsed = parseFilter(text);
  if (parsed.kind !== 'parsed') throw new Error(`not a filter pattern: ${text}`);
  return parsed.pattern;
}

function ruleOf(language: Language, text: string): EventQuestion['candidates'][number] {
  const parsed = language.parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`not an event pattern: ${text}: ${parsed.issue.expected}`);
  return parsed.pattern;
}
