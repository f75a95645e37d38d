import { readFileSync } from 'node:fs';

import { build } from 'esbuild';

import { compare, parse, type Pattern } from '../src/filter-pattern/index.ts';
import type { BenchRow } from './table.ts';

interface CorpusRow {
  readonly control: string;
  readonly pattern: string;
  readonly baseline?: boolean;
}

interface Pair {
  readonly required: Pattern;
  readonly candidate: Pattern;
}

/** How fast patterns are compared: those in use, and those that are meant to take long; and what the language weighs. */
export async function benchLanguage(): Promise<readonly BenchRow[]> {
  const pairs = corpusPairs();
  for (const pair of pairs) milliseconds(pair);
  const times = pairs.map(milliseconds).sort((left, right) => left - right);
  const total = times.reduce((sum, time) => sum + time, 0);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const slowest = times.at(-1) ?? 0;
  const adversarial = Math.max(...adversarialPairs().map(milliseconds));
  const kinds = kindPairs().map(([kind, pair]) => ({ kind, time: warmMilliseconds(pair) }));
  const parseTime = timeOf(() => {
    pairs.forEach(({ candidate }) => JSON.stringify(candidate));
  });
  const [language, parser] = [
    await bytesOf('src/filter-pattern/index.ts'),
    await bytesOf('src/filter-pattern/parse.ts'),
  ];
  return [
    {
      name: 'comparisons of the corpus',
      value: (pairs.length * 1000) / total,
      unit: '1/s',
      note: `${(total / parseTime).toFixed(0)} × writing its patterns as JSON`,
    },
    {
      name: 'median comparison',
      value: median,
      unit: 'ms',
      note: `${(median / (total / times.length)).toFixed(2)} × the mean`,
    },
    {
      name: 'slowest comparison of the corpus',
      value: slowest,
      unit: 'ms',
      note: `${(slowest / median).toFixed(0)} × the median`,
    },
    ...kinds.map(({ kind, time }) => ({
      name: `comparison with ${kind}`,
      value: time,
      unit: 'ms',
      note: `${(time / median).toFixed(1)} × the median`,
    })),
    {
      name: 'slowest adversarial comparison',
      value: adversarial,
      unit: 'ms',
      note: `${(adversarial / median).toFixed(0)} × the median`,
    },
    {
      name: 'filter-pattern language, minified',
      value: language,
      unit: 'bytes',
      note: `${(language / parser).toFixed(1)} × its parser`,
    },
  ];
}

function corpusPairs(): readonly Pair[] {
  const text = readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8');
  const { patterns } = JSON.parse(text) as { readonly patterns: readonly CorpusRow[] };
  return patterns.flatMap((row) => {
    const baseline = patterns.find(({ control, baseline: is }) => is && control === row.control);
    const [required, candidate] = [parse(baseline?.pattern ?? ''), parse(row.pattern)];
    if (required.kind !== 'parsed' || candidate.kind !== 'parsed') return [];
    return [{ required: required.pattern, candidate: candidate.pattern }];
  });
}

function adversarialPairs(): readonly Pair[] {
  const stars = Array.from({ length: 40 }, (_, index) => `$.a=*${index}*`);
  const clause = (seed: number, index: number) =>
    [1, 2, 3].map((step) => `$.f${(index * step + seed) % 9}=${(index + step) % 2}*`).join('||');
  const clauses = (seed: number) => Array.from({ length: 14 }, (_, index) => `(${clause(seed, index)})`).join('&&');
  return [
    [stars.join('&&'), stars.slice(1).join('&&')],
    [stars.join('||'), stars.slice(1).join('||')],
    [clauses(0), clauses(1)],
  ].map(([required = '', candidate = '']) => ({ required: patternOf(required), candidate: patternOf(candidate) }));
}

/** One typical question of each other kind of pattern, asked of the control's own. */
function kindPairs(): readonly (readonly [string, Pair])[] {
  const required = '{ $.eventName = DeactivateMFADevice }';
  return [
    ['a regular expression', '{ $.eventName = %^De[a-z]+[A-Za-z]*Device$% }'],
    ['terms', '?DeactivateMFADevice ?DeleteVirtualMFADevice'],
    ['terms that exclude', 'DeactivateMFADevice -AwsServiceEvent'],
    ['a regular expression over the line', '%Deactivate[A-Z]+%'],
    ['space-delimited fields', '[..., name = *Deactivate*, size]'],
  ].map(([kind = '', text = '']) => [kind, { required: patternIn(required), candidate: patternIn(text) }]);
}

function patternOf(text: string): Pattern {
  return patternIn(`{ ${text} }`);
}

function patternIn(text: string): Pattern {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`not a filter pattern: ${text}`);
  return parsed.pattern;
}

function milliseconds({ required, candidate }: Pair): number {
  return timeOf(() => compare({ candidates: [candidate], required }));
}

/** As long as it takes once its code is warm, as that of the corpus is. */
function warmMilliseconds(pair: Pair): number {
  for (let round = 0; round < 5; round += 1) milliseconds(pair);
  return milliseconds(pair);
}

function timeOf(once: () => unknown): number {
  const start = performance.now();
  once();
  return performance.now() - start;
}

async function bytesOf(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  return outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
}
