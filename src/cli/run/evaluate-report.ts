import type { Verdict } from '../../chain/verdict.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { OutputFormatName } from '../../report/formats/output-formats.ts';
import type { Failed, Result } from '../../report/result.ts';
import { codeOf } from '../../report/result.ts';
import type { Style } from '../../report/text.ts';
import { evaluationsText, verdictText } from '../../report/text.ts';
import type { Evaluated } from './evaluate-source.ts';

/** The value of `--format`: a format for programs, or `text` for people. */
export type Format = 'text' | OutputFormatName;

const TITLE_WIDTH = 78;

/** One account for people: its story, each control's chain, and its rows. */
export function accountText(evaluated: readonly Evaluated[], style: Style): string {
  const [first] = evaluated;
  const story = sanitizeLine(first?.result.name ?? '');
  const width = Math.min(TITLE_WIDTH, style.columns ?? TITLE_WIDTH);
  const title = `── ${story} ${'─'.repeat(Math.max(0, width - story.length - 4))}`;
  const bodies = evaluated.map(({ verdict, result }) =>
    [
      verdictText(verdict, style),
      '',
      style.quiet('  evaluations for AWS Config'),
      evaluationsText(result.evaluations, style),
    ].join('\n'),
  );
  return `${title}\n${bodies.join('\n\n')}\n\n`;
}

/** What came of many accounts; those that were not come to are only counted. */
export interface Summary {
  readonly results: readonly Result[];
  readonly failed: readonly Failed[];
  readonly notReached: number;
}

/** A line for each account and control, and how many there are of each verdict. */
export function summaryText(summary: Summary, style: Style): string {
  const { results, failed } = summary;
  const names = [...results.map(({ name }) => sanitizeLine(name)), ...failed.map(({ name }) => sanitizeLine(name))];
  const ids = [...new Set(results.map(({ control }) => control.id))];
  const idWidth = Math.max(0, ...ids.map((id) => id.length));
  const codes = results.map(codeOf).map((code) => code.length);
  const others = 2 + (ids.length > 1 ? 2 + idWidth : 0) + 2 + 'undecided'.length + 2 + Math.max(0, ...codes);
  const room = Math.max(12, (style.columns ?? Infinity) - others);
  const width = Math.min(40, room, Math.max(0, ...names.map((name) => name.length)));
  const words = { satisfied: style.good, broken: style.bad, undecided: style.open };
  const lines = results.map((result) => {
    const code = codeOf(result);
    const control = ids.length > 1 ? `  ${result.control.id.padEnd(idWidth)}` : '';
    const verdict = words[result.verdict](result.verdict.padEnd(9));
    return `  ${fitToWidth(sanitizeLine(result.name), width)}${control}  ${verdict}  ${code === 'SATISFIED' ? '' : code}`.trimEnd();
  });
  const unjudged = failed.map(({ name }) => `  ${fitToWidth(sanitizeLine(name), width)}  ${style.bad('not judged')}`);
  return `${[...lines, ...unjudged, '', totalText(summary)].join('\n')}\n`;
}

function totalText({ results, failed, notReached }: Summary): string {
  const accounts = new Set(results.map(({ name }) => name)).size + failed.length + notReached;
  const unjudged = failed.length + notReached;
  const controls = new Set(results.map(({ control }) => control.id)).size;
  const what = controls > 1 ? `${accounts} accounts, ${controls} controls` : `${accounts} accounts`;
  return `${what}: ${verdictCounts(results)}${unjudged > 0 ? `, ${unjudged} not judged` : ''}`;
}

/** How many there are of each verdict, in words. */
export function verdictCounts(results: readonly Result[]): string {
  const count = (kind: Verdict['kind']) => results.filter(({ verdict }) => verdict === kind).length;
  return `${count('satisfied')} satisfied, ${count('broken')} broken, ${count('undecided')} undecided`;
}

function fitToWidth(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
