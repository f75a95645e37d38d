import { Command, Option } from 'commander';

import { catalog } from '../../controls/catalog.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';

const controlsHelp: HelpText = {
  examples: [
    ['{cli} controls'],
    ["{cli} controls --format json | jq -r '.[].filterPattern'"],
    ['{cli} explain CloudWatch.1', 'one of them, with its pattern and where it is from'],
    ['{cli} evaluate --control CloudWatch.1 account.json', 'an account, judged by it'],
  ],
};

/** The command that lists the catalog. */
export function controlsCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(new Command('controls'), controlsHelp)
    .summary('list the controls of the catalog')
    .description(
      'Lists what can be asked for with `--control`, the default first: with its severity and its number in CIS AWS Foundations 7.0.0.',
    )
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action(({ format }: { readonly format: 'text' | 'json' }) => {
      const width = Math.max(...catalog.map(({ id }) => id.length));
      const lines = catalog.map(({ id, title, severity = '-', cis = {} }) => {
        const number = Object.values(cis).at(-1);
        const newest = number === undefined ? '-' : `CIS ${number}`;
        return wrapText(`${id.padEnd(width)}  ${severity.padEnd(3)}  ${newest.padEnd(8)}  `, title, columns);
      });
      io.out(`${format === 'json' ? JSON.stringify(catalog, undefined, 2) : lines.join('\n')}\n`);
    });
}
