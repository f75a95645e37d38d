import { Command, Option } from 'commander';

import { catalog } from '../controls/catalog.ts';
import type { Io } from './io.ts';

const EXAMPLES = `
Examples:
  $ npm run -s cli -- controls
  $ npm run -s cli -- controls --format json | jq -r '.[].filterPattern'
  $ npm run -s cli -- explain CloudWatch.1`;

/** The command that lists the catalog. */
export function controlsCommand(io: Io): Command {
  return new Command('controls')
    .summary('list the controls of the catalog')
    .description('Lists what can be asked for with `--control`, the default first.')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
    .action(({ format }: { readonly format: 'text' | 'json' }) => {
      const width = Math.max(...catalog.map(({ id }) => id.length));
      const lines = catalog.map(({ id, title }) => `${id.padEnd(width)}  ${title}`);
      io.out(`${format === 'json' ? JSON.stringify(catalog, undefined, 2) : lines.join('\n')}\n`);
    });
}
