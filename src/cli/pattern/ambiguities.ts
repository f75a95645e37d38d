import { Command, Option } from 'commander';

import { type Ambiguity, AMBIGUITIES, type Settlements, SETTLEMENTS } from '../../filter-pattern/index.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';

const LESSON: HelpText = {
  about: [
    'An answer about patterns is certain only if every interpretation of every ambiguity gives it. `pattern probe` asks AWS ' +
      'which interpretation it follows.',
  ],
  examples: [
    ['{cli} pattern ambiguities'],
    ["{cli} pattern ambiguities --format json | jq '.[] | select(.settled == null) | .ambiguity'", 'what is open'],
  ],
  notes: [
    'JSON: [{"ambiguity", "question", "interpretations", "sources", "settled": {"interpretation", "date", "by"} or null}]; the first ' +
      'interpretation is the one for which there is most evidence.',
  ],
};

/** The command that lists what AWS leaves open, and what of it was settled, when and by what. */
export function ambiguitiesCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(new Command('ambiguities'), LESSON)
    .summary('list what AWS leaves open, and what of it is settled')
    .description('Lists the ambiguities of the language that AWS does not describe, with every way to read them.')
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
  return (Object.keys(AMBIGUITIES) as Ambiguity[]).map((ambiguity) => ({
    ambiguity,
    ...AMBIGUITIES[ambiguity],
    settled: settlements[ambiguity] ?? null,
  }));
}

/** One ambiguity after the other, for people. */
export function listingText(settlements: Settlements, columns?: number): string {
  const blocks = listing(settlements).map(({ ambiguity, question, interpretations, sources, settled }) =>
    [
      wrapText(`${ambiguity}: `, question, columns),
      settled === null
        ? `  open: ${interpretations.join(', ')}`
        : `  settled: ${settled.interpretation}, on ${settled.date}, by ${settled.by}`,
      ...sources.map((source) => `  ${source}`),
    ].join('\n'),
  );
  return `${blocks.join('\n')}\n`;
}
