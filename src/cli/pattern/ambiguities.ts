import { Command, Option } from 'commander';

import {
  AMBIGUITIES,
  type Ambiguity,
  type Documented,
  documentedInterpretation,
  type Settlement,
  type Settlements,
  SETTLEMENTS,
} from '../../filter-pattern/index.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';

const LESSON: HelpText = {
  about: [
    'An answer about patterns is certain only if it is the same under every interpretation of every ambiguity. ' +
      '`pattern probe` asks AWS which interpretation it follows.',
  ],
  examples: [
    ['{cli} pattern ambiguities'],
    ["{cli} pattern ambiguities --format json | jq '.[] | select(.settled == null) | .ambiguity'", 'what is open'],
  ],
  notes: [
    'JSON: [{"ambiguity", "question", "interpretations", "sources", "settled"}]. "settled" is null, or the answer of AWS ' +
      '{"interpretation", "date", "by"}, or its documentation {"interpretation", "page", "words"}. The first ' +
      'interpretation is the one with the most evidence.',
  ],
};

/** The command that lists what AWS does not document, with what is settled, when and by what. */
export function ambiguitiesCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(new Command('ambiguities'), LESSON)
    .summary('list what AWS does not document, and what is settled')
    .description(
      'Lists the parts of the pattern language that AWS does not document, with every interpretation of each.',
    )
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
    question: AMBIGUITIES[ambiguity].question,
    interpretations: AMBIGUITIES[ambiguity].interpretations,
    sources: AMBIGUITIES[ambiguity].sources,
    settled: settlements[ambiguity] ?? documentedInterpretation(ambiguity) ?? null,
  }));
}

function settledBy(settled: Settlement | Documented): string {
  return 'page' in settled ? `by the documentation: ${settled.words}` : `on ${settled.date}, by ${settled.by}`;
}

/** The list for people: one ambiguity after the other. */
export function listingText(settlements: Settlements, columns?: number): string {
  const blocks = listing(settlements).map(({ ambiguity, question, interpretations, sources, settled }) =>
    [
      wrapText(`${ambiguity}: `, question, columns),
      settled === null
        ? `  open: ${interpretations.join(', ')}`
        : wrapText('  settled: ', `${settled.interpretation}, ${settledBy(settled)}`, columns),
      ...sources.map((source) => `  ${source}`),
    ].join('\n'),
  );
  return `${blocks.join('\n')}\n`;
}
