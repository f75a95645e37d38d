import { catalog } from '../src/controls/catalog.ts';
import type * as eventLanguage from '../src/event-pattern/index.ts';
import type { EventQuestion } from '../src/event-pattern/index.ts';
import type { Pattern } from '../src/filter-pattern/index.ts';
import { newMemory, parse as parseFilter } from '../src/filter-pattern/index.ts';
import { randomQuestions } from '../test/event-pattern/compare/random-questions.ts';
import { HOSTILE_EVENT_PATTERNS } from '../test/support/hostile-event-patterns.ts';
import { hostileRows, quantileRows, randomRows, unlessImpossible, withBundled } from './language-rows.ts';
import type { BenchRow } from './table.ts';
import { quantiles, repeated } from './timing.ts';

type Language = typeof eventLanguage;

const SEEDS = [1, 2];
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
export function benchEventLanguage(): Promise<readonly BenchRow[]> {
  return withBundled('src/event-pattern/index.ts', (loaded, size) => {
    const language = loaded as Language;
    return [
      ...benchRules(language),
      ...benchHostile(language),
      ...benchRandom(language),
      { name: 'both pattern languages, minified', value: size, unit: 'bytes' },
    ];
  });
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
  return [
    ...quantileRows(`fresh rule, remembered requirement (${questions.length} pairs)`, fresh, parsing, 'rule', {
      p50: 1000,
    }),
    ...quantileRows('nothing remembered', cold, parsing, 'rule'),
    ...quantileRows('parsing a rule', parsing, parsing, 'rule'),
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
  return hostileRows(timed);
}

function benchRandom(language: Language): readonly BenchRow[] {
  return randomRows(SEEDS, PAIRS, (seed) => {
    const random = randomQuestions(seed);
    return Array.from({ length: PAIRS }, () => {
      const rule = random.eventPattern();
      const ask = againstRule(language, rule, random.changed(rule));
      return () => ({ isGivenUp: ask()?.reason?.startsWith('no answer within') === true });
    });
  });
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

function againstRule(
  language: Language,
  required: string,
  rule: string,
): () => ReturnType<Language['compare']> | undefined {
  const question: EventQuestion = { required: ruleOf(language, required), candidates: [ruleOf(language, rule)] };
  const memory = newMemory();
  return () => unlessImpossible(() => language.compare(question, memory));
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
