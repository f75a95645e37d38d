import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type * as language from '../src/filter-pattern/index.ts';
import { randomPairs } from '../test/filter-pattern/compare/random-pairs.ts';
import { HOSTILE_PATTERNS } from '../test/support/hostile-patterns.ts';
import type { BenchRow } from './table.ts';
import type { Quantiles } from './timing.ts';
import { bundle, quantiles, repeated, timeOf } from './timing.ts';

/** The language as it ships: bundled, so that no loader costs anything. */
type Language = typeof language;
type Pattern = Extract<ReturnType<Language['parse']>, { kind: 'parsed' }>['pattern'];

interface TextPair {
  readonly required: string;
  readonly candidate: string;
}

const SEEDS = 10;
const PAIRS = 900;

/** How fast patterns are compared: those in use, small random ones, and those that are meant to take long. */
export async function benchLanguage(): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-language-'));
  try {
    const file = join(directory, 'language.mjs');
    const size = await bundle('src/filter-pattern/index.ts', file);
    const parserSize = await bundle('src/filter-pattern/parse/parse.ts', join(directory, 'parser.mjs'));
    const language = (await import(pathToFileURL(file).href)) as Language;
    return [
      ...benchCorpus(language),
      ...benchKinds(language),
      ...benchHostile(language),
      ...benchRandomPairs(language),
      benchAnswers(language),
      {
        name: 'filter-pattern language, minified',
        value: size,
        unit: 'bytes',
        note: `${(size / parserSize).toFixed(1)} × its parser`,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function benchCorpus(language: Language): readonly BenchRow[] {
  const pairs = corpusPairs(language);
  const [firstPair] = pairs;
  if (firstPair === undefined) throw new Error('an empty corpus');
  const first = timeOf(prepareCold(language, firstPair));
  const fresh = quantiles(pairs.map((pair) => repeated(() => prepareFresh(language, pair))));
  const cold = quantiles(pairs.map((pair) => repeated(() => prepareCold(language, pair))));
  const parsing = quantiles(pairs.map(({ candidate }) => repeated(() => () => language.parse(candidate))));
  const rows = (name: string, { p50, p95, max }: Quantiles): readonly BenchRow[] =>
    Object.entries({ p50, p95, max }).map(([quantile, value]) => ({
      name: `${name}, ${quantile}`,
      value,
      unit: 'µs',
      note: `${(value / parsing.p50).toFixed(1)} × parsing the median candidate`,
    }));
  return [
    {
      name: 'first comparison after loading',
      value: first,
      unit: 'µs',
      note: `${(first / cold.p50).toFixed(0)} × a warm one`,
    },
    ...rows(`fresh candidate, remembered requirement (${pairs.length} pairs)`, fresh),
    ...rows('nothing remembered', cold),
    ...rows('parsing a candidate', parsing),
  ];
}

/** A candidate that was never seen, and a requirement that was compared before. The candidate is parsed beforehand. */
function prepareFresh(language: Language, pair: TextPair): () => unknown {
  const memory = language.newMemory();
  const required = patternOf(language, pair.required);
  language.compare({ required, candidates: [required] }, memory);
  const candidate = patternOf(language, pair.candidate);
  return () => language.compare({ required, candidates: [candidate] }, memory);
}

/** A requirement that no event satisfies is an error, which takes its time as well. */
function prepareCold(language: Language, pair: TextPair): () => ReturnType<Language['compare']> | undefined {
  const question = { required: patternOf(language, pair.required), candidates: [patternOf(language, pair.candidate)] };
  const memory = language.newMemory();
  return () => {
    try {
      return language.compare(question, memory);
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

/** One typical question of each other kind of pattern, asked of the control's own. */
function benchKinds(language: Language): readonly BenchRow[] {
  const required = '{ $.eventName = DeactivateMFADevice }';
  const kinds = {
    'a regular expression': '{ $.eventName = %^De[a-z]+[A-Za-z]*Device$% }',
    terms: '?DeactivateMFADevice ?DeleteVirtualMFADevice',
    'terms that exclude': 'DeactivateMFADevice -AwsServiceEvent',
    'a regular expression over the line': '%Deactivate[A-Z]+%',
    'space-delimited fields': '[..., name = *Deactivate*, size]',
  };
  return Object.entries(kinds).map(([kind, candidate]) => ({
    name: `fresh candidate with ${kind}`,
    value: repeated(() => prepareFresh(language, { required, candidate })),
    unit: 'µs',
  }));
}

/** Each hostile pattern as candidate and as requirement, against the control and against the next hostile one. */
function benchHostile(language: Language): readonly BenchRow[] {
  const texts = Object.entries(HOSTILE_PATTERNS);
  const control = '{ $.eventName = DeactivateMFADevice }';
  const timed = texts.flatMap(([name, text], index) => {
    const [, next = control] = texts[index + 1] ?? [];
    return [
      [control, text],
      [text, control],
      [text, next],
    ].map(([required = '', candidate = '']) => ({
      name,
      time: repeated(() => prepareCold(language, { required, candidate }), 0, 3),
    }));
  });
  const slowest = timed.reduce((left, right) => (right.time > left.time ? right : left));
  const { p50 } = quantiles(timed.map(({ time }) => time));
  return [
    { name: `hostile question (${timed.length}), p50`, value: p50 / 1000, unit: 'ms' },
    { name: 'hostile question, max', value: slowest.time / 1000, unit: 'ms', note: slowest.name },
  ];
}

function benchRandomPairs(language: Language): readonly BenchRow[] {
  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
  const times: number[] = [];
  const givenUp = seeds.map((seed) => {
    let count = 0;
    for (const [required, candidate] of randomPairs(seed, PAIRS)) {
      const ask = prepareCold(language, { required, candidate });
      times.push(
        timeOf(() => {
          if (isGivenUp(ask())) count += 1;
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

/**
 * A hash of all answers over the corpus in both universes and the random pairs. A change that is only meant to be faster must
 * not change it.
 */
function benchAnswers(language: Language): BenchRow {
  const pairs = [
    ...corpusPairs(language).map(({ required, candidate }) => [required, candidate] as const),
    ...Array.from({ length: SEEDS }, (_, index) => randomPairs(index + 1, PAIRS)).flat(),
  ];
  const hash = createHash('sha256');
  let count = 0;
  for (const [required, candidate] of pairs) {
    for (const universe of ['cloudtrail', 'any-json'] as const) {
      const question = {
        required: patternOf(language, required),
        candidates: [patternOf(language, candidate)],
        universe,
      };
      hash.update(JSON.stringify(answerTo(language, question)));
      count += 1;
    }
  }
  return {
    name: 'answers to the same questions',
    value: count,
    unit: 'answers',
    note: `SHA-256 ${hash.digest('hex').slice(0, 16)}…`,
  };
}

function answerTo(language: Language, question: Parameters<Language['compare']>[0]): unknown {
  try {
    return language.compare(question);
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

/** Undecided for another reason than what AWS does not document. */
function isGivenUp(comparison: ReturnType<Language['compare']> | undefined): boolean {
  return comparison?.relation === 'undecided' && !comparison.reason?.startsWith('AWS does not document');
}

function corpusPairs(language: Language): readonly TextPair[] {
  const text = readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8');
  const { patterns } = JSON.parse(text) as {
    readonly patterns: readonly { readonly control: string; readonly pattern: string; readonly baseline?: boolean }[];
  };
  const isRead = (pattern: string) => language.parse(pattern).kind === 'parsed';
  return patterns.flatMap(({ control, pattern }) => {
    const required = patterns.find((row) => row.baseline && row.control === control)?.pattern ?? '';
    return isRead(required) && isRead(pattern) ? [{ required, candidate: pattern }] : [];
  });
}

function patternOf(language: Language, text: string): Pattern {
  const parsed = language.parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`not a filter pattern: ${text}`);
  return parsed.pattern;
}
