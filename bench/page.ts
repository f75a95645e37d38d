import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { catalog } from '../src/controls/catalog.ts';
import { evaluateSource } from '../src/cli/run/evaluate-source.ts';
import { parseSnapshot, snapshotReader } from '../src/inventory/snapshot-reader.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { htmlPage } from '../src/report/formats/html/page.ts';
import type { Result, ResultDocument } from '../src/report/result.ts';
import { chromiumPath, startChromium } from '../test/browser/chromium.ts';
import type { BenchRow } from './table.ts';

const ACCOUNTS = 300;
const SAMPLES = 'events/accounts';

/** What the results page weighs, and how long a large one takes to open in a browser, if there is one. */
export async function benchPage(): Promise<readonly BenchRow[]> {
  const empty = htmlPage({ formatVersion: 1, results: [], failed: [] });
  const document = await largeDocument();
  const page = htmlPage(document);
  const weights: readonly BenchRow[] = [
    { name: 'results page without data', value: Buffer.byteLength(empty) / 1000, unit: 'kB', goal: { atMost: 60 } },
    {
      name: `results page of ${ACCOUNTS} × ${catalog.length}`,
      value: Buffer.byteLength(page) / 1e6,
      unit: 'MB',
      note: `the JSON has ${(JSON.stringify(document).length / 1e6).toFixed(0)} MB`,
    },
  ];
  return chromiumPath === undefined ? weights : [...weights, ...(await openingTimes(page))];
}

/** The sample accounts under every control, with their remediation, as if there were many more of them. */
async function largeDocument(): Promise<ResultDocument> {
  const questions = catalog.flatMap(({ id }) => {
    const parsed = parseParameters({ controlId: id });
    return parsed.kind === 'parsed' ? [parsed.parameters] : [];
  });
  const texts: string[] = [];
  for (const file of await readdir(SAMPLES)) {
    const snapshot = parseSnapshot(await readFile(join(SAMPLES, file), 'utf8'));
    const source = { name: file, title: file, open: () => Promise.resolve(snapshotReader(snapshot)) };
    const results: Result[] = [];
    for (const { result, remediate } of await evaluateSource(source, questions)) {
      const remediation = await remediate?.({ email: 'oncall@example.com' });
      results.push(remediation === undefined ? result : { ...result, remediation });
    }
    texts.push(JSON.stringify(results));
  }
  const results = Array.from({ length: ACCOUNTS }, (_, at) => {
    const text = texts[at % texts.length] ?? '[]';
    return JSON.parse(text.replaceAll('111122223333', String(100_000_000_000 + at))) as readonly Result[];
  }).flat();
  return { formatVersion: 1, results, failed: [] };
}

/**
 * The time that scripts take, by the browser's own count, and all of its work until the page stands.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Performance/
 */
async function openingTimes(text: string): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
  const browser = await startChromium();
  try {
    const file = join(folder, 'page.html');
    await writeFile(file, text);
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const measure = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string) => (metrics.find((one) => one.name === name)?.value ?? 0) * 1000;
      return { script: of('ScriptDuration'), all: of('TaskDuration') };
    };
    await page.goto(`file://${file}`);
    const opened = await measure();
    await page.locator('.matrix button').nth(20).click();
    await page.locator('#selected h3').waitFor();
    const selected = await measure();
    return [
      {
        name: 'opening it, script',
        value: opened.script,
        unit: 'ms',
        note: `all work of the browser ${opened.all.toFixed(0)} ms`,
        goal: { atMost: 1000 },
      },
      { name: 'selecting its first cell, script', value: selected.script - opened.script, unit: 'ms' },
    ];
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}
