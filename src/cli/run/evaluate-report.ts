import type { OutputFormatName } from '../../report/formats/output-formats.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Style } from '../../report/text.ts';
import { evaluationsText, verdictText } from '../../report/text.ts';
import { changedParameters } from '../../report/stated-rules.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Evaluated } from './evaluate-source.ts';

/** The value of `--format`: a format of the table, or `text` for the terminal. */
export type Format = 'text' | OutputFormatName;

const TITLE_WIDTH = 78;

/** One account for people: its title, and for each control the chain, the reason and the evaluations. */
export function accountText(evaluated: readonly Evaluated[], style: Style): string {
  const [first] = evaluated;
  const name = sanitizeLine(first?.result.name ?? '');
  const width = Math.min(TITLE_WIDTH, style.columns ?? TITLE_WIDTH);
  const title = `── ${name} ${'─'.repeat(Math.max(0, width - name.length - 4))}`;
  return `${title}\n${evaluated.map((one) => controlText(one, style)).join('\n\n')}\n\n`;
}

function controlText({ verdict, result }: Evaluated, style: Style): string {
  const { exception, evaluations, readAt, chains } = result;
  const [{ finding }] = chains;
  const changed = changedParameters(result.parameters ?? {});
  const accepted =
    exception === undefined
      ? []
      : [
          wrapText(
            '  excepted  ',
            sanitizeLine(`until ${exception.expires} by ${exception.owner}: ${exception.reason}`),
            style.columns,
          ),
        ];
  return [
    verdictText(verdict, style),
    ...accepted,
    '',
    ...(changed.length === 0 ? [] : [wrapText('  judged with  ', changed.join(' '), style.columns), '']),
    style.quiet(`  evaluations for AWS Config, as of ${readAt}`),
    evaluationsText(evaluations, style, finding),
  ].join('\n');
}
