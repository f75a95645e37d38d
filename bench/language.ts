import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type * as language from '../src/filter-pattern/index.ts';
import { randomPairs } from '../test/filter-pattern/compare/random-pairs.ts';
import { HOSTILE_PATTERNS } from '../test/support/hostile-patterns.ts';
import { hostileRows, quantileRows, randomRows, unlessImpossible, withBundled } from './language-rows.ts';
import type { BenchRow } from './table.ts';
import { bundle, quantiles, repeated, timeOf } from './timing.ts';

type Language = typeof language;
type Pattern = Extract<ReturnType<Language['parse']>, { kind: 'parsed' }>['pattern'];

interface TextPair {
  readonly required: string;
  readonly candidate: string;
}

const SEED_NUMBERS = Array.from({ length: 10 }, (_, index) => index + 1);
const PAIRS = 900;

/** How fast patterns are compared: those in use, small random ones, and those that are meant to take long. */
export function benchLanguage(): Promise<readonly BenchRow[]> {
  return withBundled('src/filter-pattern/index.ts', async (loaded, size, directory) => {
    const language = loaded as Language;
    const parserSize = await bundle('src/filter-pattern/parse/parse.ts', join(directory, 'parser.mjs'));
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
  });
}

function benchCorpus(language: Language): readonly BenchRow[] {
  const pairs = corpusPairs(language);
  const [firstPair] = pairs;
  if (firstPair === undefined) throw new Error('an empty corpus');
  const first = timeOf(prepareCold(language, firstPair));
  const fresh = quantiles(pairs.map((pair) => repeated(() => prepareFresh(language, pair))));
  const cold = quantiles(pairs.map((pair) => repeated(() => prepareCold(language, pair))));
  const parsing = quantiles(pairs.map(({ candidate }) => repeated(() => () => language.parse(candidate))));
  return [
    {
      name: 'first comparison after loading',
      value: first,
      unit: 'µs',
      note: `${(first / cold.p50).toFixed(0)} × a warm one`,
    },
    ...quantileRows(`fresh candidate, remembered requirement (${pairs.length} pairs)`, fresh, parsing, 'candidate', {
      p50: 60,
      p95: 1500,
    }),
    ...quantileRows('nothing remembered', cold, parsing, 'candidate'),
    ...quantileRows('parsing a candidate', parsing, parsing, 'candidate'),
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
  return () => unlessImpossible(() => language.compare(question, memory));
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
  return hostileRows(timed);
}

function benchRandomPairs(language: Language): readonly BenchRow[] {
  return randomRows(SEED_NUMBERS, PAIRS, (seed) =>
    randomPairs(seed, PAIRS).map(([required, candidate]) => {
      const ask = prepareCold(language, { required, candidate });
      return () => ({ isGivenUp: isGivenUp(ask()) });
    }),
  );
}

/**
 * A hash of all answers over the corpus in both universes and the random pairs. A change that is only meant to be faster must
 * not change it.
 */
function benchAnswers(language: Language): BenchRow {
  const pairs = [
    ...corpusPairs(language).map(({ required, candidate }) => [required, candidate] as const),
    ...SEED_NUMBERS.flatMap((seed) => randomPairs(seed, PAIRS)),
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
