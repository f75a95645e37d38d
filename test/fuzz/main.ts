import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { check } from './check.ts';
import { checkEvent } from './check-event.ts';
import { watchCoverage } from './coverage.ts';
import { mutated, randomFrom } from './mutate.ts';
import { eventSeeds, MAX_LENGTH, seeds } from './seeds.ts';

/**
 * Fuzzes the parsers, the matchers and the comparisons of both pattern languages, guided by coverage: `npm run fuzz --
 * [seconds] [seed]`. A text that begins with a brace and a quote is held to the laws of event patterns. An input that
 * runs code as no other did is kept, in reports/fuzz/corpus/ from run to run, and changed further. What breaks a law ends
 * the run; it is made smaller, printed, and belongs in the table of test/fuzz/laws.test.ts. If a run hangs, reports/fuzz/current
 * holds the input.
 */
const FOLDER = 'reports/fuzz';

const [seconds = 60, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
if (!(seconds > 0) || !Number.isInteger(seed)) throw new Error('usage: npm run fuzz -- [seconds] [seed]');

/** No filter pattern begins as the JSON of an event pattern does. */
function isOfEvents(text: string): boolean {
  return /^\s*\{\s*"/.test(text);
}

function problemOf(text: string): string | undefined {
  try {
    if (isOfEvents(text)) checkEvent(text);
    else check(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** The input without the characters that it takes no part of to break a law. */
function smaller(text: string): string {
  let smallest = text;
  for (let size = Math.ceil(text.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.length;) {
      const shorter = smallest.slice(0, from) + smallest.slice(from + size);
      if (problemOf(shorter) === undefined) from += size;
      else smallest = shorter;
    }
  }
  return smallest;
}

const corpusFolder = join(FOLDER, 'corpus');
mkdirSync(corpusFolder, { recursive: true });
const corpus = [
  ...seeds(),
  ...eventSeeds(),
  ...readdirSync(corpusFolder).map((name) => readFileSync(join(corpusFolder, name), 'utf8')),
];
const random = randomFrom(seed);
const isNew = watchCoverage(['/src/conditions/', '/src/filter-pattern/', '/src/event-pattern/']);
const end = Date.now() + seconds * 1000;
const begun = corpus.length;
let runs = 0;
for (; Date.now() < end; runs += 1) {
  const text = runs < begun ? (corpus[runs] ?? '') : mutated(corpus, random, MAX_LENGTH);
  writeFileSync(join(FOLDER, 'current'), text);
  const problem = problemOf(text);
  if (problem !== undefined) {
    const found = smaller(text);
    process.stdout.write(`seed ${seed}, run ${runs}: ${JSON.stringify(found)}\n${problemOf(found) ?? problem}\n`);
    process.exitCode = 1;
    break;
  }
  if (!isNew() || runs < begun) continue;
  corpus.push(text);
  writeFileSync(join(corpusFolder, createHash('sha256').update(text).digest('hex').slice(0, 16)), text);
}
process.stdout.write(`seed ${seed}: ${runs} runs, ${corpus.length - begun} inputs that reached new code\n`);
