import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomRows } from '../random-rows.ts';
import { HANDMADE_ROWS } from './handmade-rows.ts';

const ENGINE = 'software.amazon.event.ruler:event-ruler:1.7.3';
const SEED = 20_260_131;
/** Most random pairs do not match, so that many are asked and as many of either answer are kept. */
const ASKED = 16_000;
const KEPT = 1100;

type Row = readonly [pattern: string, event: string];

/**
 * Asks Event Ruler, the engine that AWS publishes, about seeded patterns and events, and keeps its answers. Needs Java and
 * Maven, which get the engine from Maven Central in the version that `pom.xml` names.
 */
function main(): void {
  const directory = mkdtempSync(join(tmpdir(), 'ruler-'));
  try {
    const here = 'test/event-pattern/ruler';
    execFileSync('mvn', [
      '--quiet',
      '--file',
      `${here}/pom.xml`,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${directory}`,
    ]);
    const ask = (rows: readonly Row[]): readonly unknown[] => {
      const input = rows.map(([pattern, event]) => `${JSON.stringify({ pattern, event })}\n`).join('');
      const answers = execFileSync('java', ['-cp', `${directory}/*`, `${here}/AskRuler.java`], {
        input,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      return answers
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    };
    const random = randomRows(SEED);
    const asked = Array.from({ length: ASKED }, (): Row => [random.pattern(), random.event()]);
    const answers = ask(asked);
    const withAnswer = (wanted: boolean) =>
      asked.flatMap((row, index) => (answers[index] === wanted ? [[...row, wanted]] : []));
    const handmade = ask(HANDMADE_ROWS);
    const rows = [
      ...HANDMADE_ROWS.map((row, index) => [...row, typeof handmade[index] === 'string' ? 'invalid' : handmade[index]]),
      ...withAnswer(true).slice(0, KEPT),
      ...withAnswer(false).slice(0, KEPT),
    ];
    const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
    mkdirSync('test/event-pattern/data', { recursive: true });
    writeFileSync(
      'test/event-pattern/data/ruler.json',
      `{\n  "engine": "${ENGINE}",\n  "seed": ${SEED},\n  "rows": [\n${lines}\n  ]\n}\n`,
    );
    process.stdout.write(`${rows.length} answers of ${ENGINE}\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

main();
