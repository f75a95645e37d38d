import { linkNames } from '../chain/link.ts';
import type { Chain, ChainLink, Verdict } from '../chain/verdict.ts';
import type { ConfigRow } from './config-rows.ts';
import { asSentence, plain } from './plain.ts';

/** How a word is set off: by colour on a terminal, not at all otherwise. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly open: (text: string) => string;
  readonly quiet: (text: string) => string;
}

export const noStyle: Style = { good: String, bad: String, open: String, quiet: String };

/** The most chains that are drawn beside the first: enough to see a pattern, few enough to read. */
const MOST_OTHERS = 3;

/**
 * Draws a verdict for people: the answer in a line, the nearest chain link by link, the reason and the repair in a
 * sentence each, and how many other chains there are.
 */
export function verdictText(verdict: Verdict, style: Style = noStyle): string {
  const [nearest, ...others] = verdict.chains;
  const lines = [headline(verdict, style), '', ...drawn(nearest, style)];
  if (nearest.outcome !== 'satisfied') {
    const { code, sentence, repair } = nearest.finding;
    lines.push('', `  ${style.quiet('reason')}  ${plain(`${code}: ${asSentence(sentence)}`)}`);
    lines.push(`  ${style.quiet('repair')}  ${plain(asSentence(repair))}`);
  }
  if (others.length > 0) lines.push('', ...summaries(others, style));
  return lines.join('\n');
}

function headline({ kind, control }: Verdict, style: Style): string {
  const words = {
    satisfied: style.good('SATISFIED'),
    broken: style.bad('BROKEN'),
    undecided: style.open('UNDECIDED'),
  };
  return `${words[kind]}  ${control.id}  ${plain(control.filterPattern)}`;
}

const marks = { holds: '✓', broken: '✗', undecided: '?' } as const;

/** One line a link, those that were not reached included. */
function drawn(chain: Chain, style: Style): readonly string[] {
  return linkNames.map((name) => {
    const link = chain.links.find((one) => one.link === name);
    const title = name.padEnd(13);
    return link ? `  ${mark(link, style)} ${title}  ${plain(link.subject)}${aside(link)}` : style.quiet(`  · ${title}`);
  });
}

function mark({ state }: ChainLink, style: Style): string {
  const styled = { holds: style.good, broken: style.bad, undecided: style.open };
  return styled[state](marks[state]);
}

function aside({ finding }: ChainLink): string {
  return finding ? `  <- ${finding.code}` : '';
}

function summaries(others: readonly Chain[], style: Style): readonly string[] {
  const shown = others.slice(0, MOST_OTHERS).map((chain) => {
    const names = chain.links.map(({ subject }) => subject).join(' > ');
    return style.quiet(plain(`  also: ${names}${chain.outcome === 'satisfied' ? '' : `: ${chain.finding.code}`}`));
  });
  const hidden = others.length - shown.length;
  return hidden > 0 ? [...shown, style.quiet(`  and ${hidden} more`)] : shown;
}

/** The rows as AWS Config would get them, one a line. */
export function rowsText(rows: readonly ConfigRow[]): string {
  return rows
    .map(
      (row) =>
        `  ${row.complianceType.padEnd(14)}  ${row.complianceResourceType} ${plain(row.complianceResourceId)}\n${' '.repeat(18)}${row.annotation}`,
    )
    .join('\n');
}
