import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

const FILE = new URL('RESULTS.md', import.meta.url);
const [BEGIN, END] = ['<!-- results: npm run bench -- --write -->', '<!-- end of results -->'];

/** What the figures depend on: versions, processors and what else the machine does. */
export function describeMachine(): string {
  const processors = cpus();
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
  return `Node.js ${process.versions.node} on ${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), load ${load}`;
}

/**
 * Replaces the figures in RESULTS.md, and leaves the words around them.
 *
 * @param machine - as it was before and after the run
 * @param summary - which goals are met
 * @throws Error if the file has no place for them
 */
export function writeResults(
  tables: readonly { readonly heading: string; readonly text: string }[],
  machine: readonly [before: string, after: string],
  summary: string,
): void {
  const file = readFileSync(FILE, 'utf8');
  const [begin, end] = [file.indexOf(BEGIN), file.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`no place for the results in ${FILE.pathname}`);
  const shown = tables.map(({ heading, text }) => `### ${heading}\n\n\`\`\`text\n${text}\n\`\`\``);
  const taken = `Before the run: ${machine[0]}. After it: ${machine[1]}.`;
  writeFileSync(FILE, [file.slice(0, begin) + BEGIN, taken, summary, ...shown, file.slice(end)].join('\n\n'));
}
