import { readFileSync } from 'node:fs';

import type { Cell } from '../../test/moto/remediation-matrix.ts';
import { cellOf, fixedReasons, ways, whyNotBuilt } from '../../test/moto/remediation-matrix.ts';

const BEGIN = '<!-- Made by `npm run docs` from what the tests run: begin -->';
const END = '<!-- end -->';

const words: Readonly<Record<Cell, string>> = { run: '✓', refused: 'refused', 'same fix': '=', 'not run': '–' };

/**
 * The page on remediation with its table of what the tests run, for every reason that commands fix.
 *
 * @throws Error if the page has no place for the table
 */
export function remediationPage(): string {
  const page = readFileSync(new URL('../remediation.md', import.meta.url), 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (before === undefined || after === undefined) throw new Error(`docs/remediation.md has no place \`${BEGIN}\``);
  return `${before}${BEGIN}\n\n${tableOfCells()}\n\n${END}${after}`;
}

function tableOfCells(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = fixedReasons.map((code) => {
    const cells = ways.map((way) => words[cellOf(code, way)]);
    return line([`\`${code}\``, ...cells, whyNotBuilt(code) ?? '']);
  });
  const head = ['reason', ...ways.map((way) => `\`${way}\``), 'why its account is not built'];
  return [line(head), line(head.map(() => '---')), ...rows].join('\n');
}
