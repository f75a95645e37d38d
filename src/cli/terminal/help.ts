import type { Command } from 'commander';

import { wrapText } from '../../report/wrap-text.ts';
import { programCall } from './program-name.ts';

/** What the help of a command says besides its options. */
export interface HelpText {
  /** What to know first, a paragraph each. */
  readonly about?: readonly string[];
  /** Command lines, each with what it is for where that does not show; `{cli}` stands for how the program is called. */
  readonly examples: readonly (readonly [line: string, purpose?: string])[];
  /** What to look up, a paragraph each. */
  readonly notes?: readonly string[];
}

/** The exit codes that every command may end with. */
export const COMMON_EXIT_CODES =
  '130 interrupted; 141 nobody read the output to its end (such as | head), as if the signal SIGPIPE had ended it';

/**
 * Adds to the help of a command an example at least, and what else there is to know, as wide as the help is.
 *
 * @returns the command
 */
export function addHelp(command: Command, { about = [], examples, notes = [] }: HelpText): Command {
  return command
    .configureHelp({ subcommandTerm: (subcommand) => subcommand.name(), minWidthToWrap: 20 })
    .addHelpText('after', () => {
      const { helpWidth = 80 } = command.createHelp();
      const paragraphs = (texts: readonly string[]) => texts.map((text) => wrapText('', text, helpWidth));
      const lines = examples.flatMap(([line, purpose]) => [
        ...(purpose === undefined ? [] : [wrapText('  # ', purpose, helpWidth)]),
        commandLine(line, helpWidth),
      ]);
      return ['', ...paragraphs(about), ['Examples:', ...lines].join('\n'), ...paragraphs(notes)].join('\n\n').slice(1);
    });
}

/** A line to copy, continued where it is too long: not inside quotes, nor between what belongs together. */
function commandLine(line: string, width: number): string {
  const together = /(?:\| \S+ |> )?(?:--?\w[\w-]* (?!-))?(?:'[^']*'|"(?:\\.|[^"])*"|\S)+/g;
  const words = (line.match(together) ?? []).map((word) => word.replace('{cli}', programCall));
  const lines: string[] = [];
  let current = '  $';
  for (const word of words) {
    if (current.trim() !== '$' && `${current} ${word} \\`.length > width) {
      lines.push(`${current} \\`);
      current = `     `;
    }
    current = `${current} ${word}`;
  }
  return [...lines, current].join('\n');
}
