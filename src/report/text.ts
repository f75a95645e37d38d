import { routes } from '../chain/routes.ts';
import type { Chain, ChainLink, Verdict } from '../chain/verdict.ts';
import type { Evaluation } from './evaluations.ts';
import type { LinkChange, LinkView } from './result.ts';
import { asSentence, sanitizeLine } from './sanitize-line.ts';
import { wrapText } from './wrap-text.ts';

/** How a word is set off: by colour on a terminal, not at all otherwise; and how wide a line may be. */
export interface Style {
  /** In columns; none where nothing is to be broken. */
  readonly columns?: number;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly open: (text: string) => string;
  readonly quiet: (text: string) => string;
}

export const noStyle: Style = { good: String, bad: String, open: String, quiet: String };

/** The most chains that are drawn after the first: enough to see a pattern, few enough to read. */
const MOST_OTHERS = 3;

/**
 * Draws a verdict for people: the answer in a line, the nearest chain link by link, the reason and the fix in a
 * sentence each, and how many other chains there are.
 */
export function verdictText(verdict: Verdict, style: Style = noStyle): string {
  const [nearest, ...others] = verdict.chains;
  const lines = [headline(verdict, style), '', ...drawn(nearest, style)];
  if (nearest.outcome !== 'satisfied') {
    const { code, sentence, fix } = nearest.finding;
    lines.push('', titled('reason', `${code}: ${asSentence(sentence)}`, style));
    lines.push(titled('fix', asSentence(fix), style));
    if (verdict.kind === 'broken' && verdict.otherRoute !== undefined)
      lines.push(titled('other', asSentence(verdict.otherRoute.sentence), style));
  }
  if (others.length > 0) lines.push('', ...summaries(others, style));
  return lines.join('\n');
}

/** The title is coloured after the text was broken, since what colours it has no width. */
function titled(title: string, text: string, style: Style): string {
  return wrapText(`  ${title.padEnd(6)}  `, sanitizeLine(text), style.columns).replace(title, style.quiet(title));
}

function headline({ kind, control }: Verdict, style: Style): string {
  const colours = { satisfied: style.good, broken: style.bad, undecided: style.open };
  const word = kind.toUpperCase();
  const line = wrapText(`${word}  ${control.id}  `, sanitizeLine(control.filterPattern), style.columns);
  return line.replace(word, colours[kind](word));
}

const marks = { holds: '✓', broken: '✗', undecided: '?' } as const;

/** One line a link, those that were not reached included. */
function drawn(chain: Chain, style: Style): readonly string[] {
  return routes[chain.route].map(({ name }) => {
    const link = chain.links.find((one) => one.link === name);
    const title = name.padEnd(13);
    if (!link) return style.quiet(`  · ${title}`);
    const { state, subject } = link;
    const text = wrapText(`  ${marks[state]} ${title}  `, `${sanitizeLine(subject)}${aside(link)}`, style.columns);
    return text.replace(marks[state], styled(state, style)(marks[state]));
  });
}

function styled(state: ChainLink['state'], { good, bad, open }: Style): (text: string) => string {
  return { holds: good, broken: bad, undecided: open }[state];
}

function aside({ finding }: ChainLink): string {
  return finding ? `  <- ${finding.code}` : '';
}

function summaries(others: readonly Chain[], style: Style): readonly string[] {
  const shown = others.slice(0, MOST_OTHERS).map((chain) => {
    const names = chain.links.map(({ subject }) => subject).join(' > ');
    const text = sanitizeLine(`${names}${chain.outcome === 'satisfied' ? '' : `: ${chain.finding.code}`}`);
    return style.quiet(wrapText('  also: ', text, style.columns));
  });
  const hidden = others.length - shown.length;
  return hidden > 0 ? [...shown, style.quiet(`  and ${hidden} more`)] : shown;
}

/**
 * The evaluations as AWS Config would get them, one below the other. An annotation is printed once, and not at all where
 * its sentence is the reason that is printed above.
 */
export function evaluationsText(
  evaluations: readonly Evaluation[],
  { columns }: Style = noStyle,
  reason?: { readonly code: string; readonly sentence: string },
): string {
  const printed = new Set<string>();
  return evaluations
    .map(({ complianceType, complianceResourceType, complianceResourceId, annotation }) => {
      const line = `  ${complianceType.padEnd(14)}  ${complianceResourceType} ${sanitizeLine(complianceResourceId)}`;
      const isReason = reason !== undefined && beginsWithReason(annotation, reason);
      if (isReason || printed.has(annotation)) return line;
      printed.add(annotation);
      return `${line}\n${wrapText(' '.repeat(18), annotation, columns)}`;
    })
    .join('\n');
}

/** An annotation may be cut, so only its beginning is compared. */
function beginsWithReason(
  annotation: string,
  { code, sentence }: { readonly code: string; readonly sentence: string },
): boolean {
  const text = annotation.replace(`${code}: not determined: `, `${code}: `);
  return text.startsWith(`${code}: ${sentence}`.slice(0, 150));
}

/** What changed in one link, in a line. */
export function linkChangeText({ link, before, after }: LinkChange, columns: number | undefined): string {
  const say = (side: LinkView | undefined) =>
    side === undefined ? 'not reached' : `${side.subject} (${side.code ?? side.state})`;
  return wrapText(`  ${link.padEnd(13)}  `, sanitizeLine(`${say(before)} → ${say(after)}`), columns);
}
