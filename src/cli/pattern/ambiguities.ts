import { Command, Option } from 'commander';

import { type Corner, CORNERS, type Settlements, SETTLEMENTS } from '../../filter-pattern/index.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';

const LESSON: HelpText = {
  about: [
    'An answer about patterns is certain only if every reading of every open corner gives it. `pattern probe` asks AWS ' +
      'which reading it follows.',
  ],
  examples: [
    ['{cli} pattern corners'],
    ["{cli} pattern corners --format json | jq '.[] | select(.settled == null) | .corner'", 'what is open'],
  ],
  notes: [
    'JSON: [{"corner", "question", "readings", "sources", "settled": {"reading", "date", "by"} or null}]; the first ' +
      'reading is the one for which there is most evidence.',
  ],
};

/** The command that lists what AWS leaves open, and what of it was settled, when and by what. */
export function cornersCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(new Command('corners'), LESSON)
    .summary('list what AWS leaves open, and what of it is settled')
    .description('Lists the corners of the language that AWS does not describe, with every way to read them.')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .action(({ format }: { readonly format: 'text' | 'json' }) => {
      io.out(
        format === 'json'
          ? `${JSON.stringify(listing(SETTLEMENTS), undefined, 2)}\n`
          : listingText(SETTLEMENTS, columns),
      );
    });
}

function listing(settlements: Settlements) {
  return (Object.keys(CORNERS) as Corner[]).map((corner) => ({
    corner,
    ...CORNERS[corner],
    settled: settlements[corner] ?? null,
  }));
}

/** One corner after the other, for people. */
export function listingText(settlements: Settlements, columns?: number): string {
  const blocks = listing(settlements).map(({ corner, question, readings, sources, settled }) =>
    [
      wrapText(`${corner}: `, question, columns),
      settled === null
        ? `  open: ${readings.join(', ')}`
        : `  settled: ${settled.reading}, on ${settled.date}, by ${settled.by}`,
      ...sources.map((source) => `  ${source}`),
    ].join('\n'),
  );
  return `${blocks.join('\n')}\n`;
}
