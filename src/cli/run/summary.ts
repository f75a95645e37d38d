import type { Verdict } from '../../chain/verdict.ts';
import { durationText } from '../../report/basis.ts';
import type { Result } from '../../report/result.ts';
import { codeOf } from '../../report/result.ts';
import { displayWidth, fitToWidth } from '../../report/display-width.ts';
import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import type { Style } from '../../report/text.ts';
import { wrapText } from '../../report/wrap-text.ts';

/** What became of one account in one region. */
export type SummaryRow =
  | { readonly kind: 'evaluated'; readonly name: string; readonly results: readonly Result[] }
  | { readonly kind: 'failed'; readonly name: string };

/** What became of all accounts. Those that were not reached are only counted. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly notReached: number;
  /** The time of the run, from which the age of earlier results follows. */
  readonly now: Date;
}

const MOST_NAME = 40;
const LEAST_NAME = 12;
const COLUMN = 3;

/** A table of accounts and controls, and how many there are of each verdict. */
export function summaryText(summary: Summary, style: Style): string {
  const { rows } = summary;
  const controls = controlsOf(rows);
  const lines =
    controls.length <= 1
      ? listLines(rows, summary.now, style)
      : rows.length === 1
        ? controlLines(rows, summary.now, style)
        : matrixLines(rows, controls, summary.now, style);
  return `${[...lines, '', totalText(summary)].join('\n')}\n`;
}

type Control = Result['control'];

function controlsOf(rows: readonly SummaryRow[]): readonly Control[] {
  const byId = new Map<string, Control>();
  for (const { control } of resultsOf(rows)) byId.set(control.id, control);
  return [...byId.values()];
}

function resultsOf(rows: readonly SummaryRow[]): readonly Result[] {
  return rows.flatMap((row) => (row.kind === 'evaluated' ? row.results : []));
}

/** One control: a line for each account, with the verdict and the reason. */
function listLines(rows: readonly SummaryRow[], now: Date, style: Style): readonly string[] {
  const codes = resultsOf(rows).map((result) => noteOf(result, now).length);
  const width = nameWidth(
    rows.map(({ name }) => name),
    2 + 2 + 'not evaluated'.length + 2 + Math.max(0, ...codes),
    style,
  );
  return rows.flatMap((row) => {
    const name = fitToWidth(sanitizeLine(row.name), width);
    if (row.kind === 'failed') return [`  ${name}  ${style.bad('not evaluated')}`];
    return row.results.map((result) => `  ${name}  ${verdictWord(result, style)}  ${noteOf(result, now)}`.trimEnd());
  });
}

/** One account and several controls: a line for each control. */
function controlLines(rows: readonly SummaryRow[], now: Date, style: Style): readonly string[] {
  const results = resultsOf(rows);
  const width = Math.max(0, ...results.map(({ control }) => control.id.length));
  return results.map((result) =>
    `  ${result.control.id.padEnd(width)}  ${verdictWord(result, style)}  ${noteOf(result, now)}`.trimEnd(),
  );
}

/** Several accounts and controls: a row for each account, a numbered column for each control, and what the numbers mean. */
function matrixLines(
  rows: readonly SummaryRow[],
  controls: readonly Control[],
  now: Date,
  style: Style,
): readonly string[] {
  const width = nameWidth(
    rows.map(({ name }) => name),
    2 + COLUMN * controls.length,
    style,
  );
  // A terminal that is too narrow gets the columns in blocks, one below the other.
  const room = Math.max(1, Math.floor(((style.columns ?? Infinity) - 2 - width) / COLUMN));
  const lines: string[] = [];
  for (let from = 0; from < controls.length; from += room) {
    const shown = controls.slice(from, from + room);
    const head = shown.map((_, index) => String(from + index + 1).padStart(COLUMN)).join('');
    lines.push(...(from === 0 ? [] : ['']), style.quiet(`  ${' '.repeat(width)}${head}`));
    for (const row of rows) {
      const name = fitToWidth(sanitizeLine(row.name), width);
      if (row.kind === 'failed') lines.push(`  ${name}  ${style.bad('not evaluated')}`);
      else lines.push(`  ${name}${shown.map(({ id }) => cell(row.results, id, style)).join('')}`);
    }
  }
  const notes = ageNotes(rows, now);
  return [...lines, ...notes, '', ...legend(resultsOf(rows), controls, style)];
}

function cell(results: readonly Result[], id: string, style: Style): string {
  const result = results.find(({ control }) => control.id === id);
  if (result === undefined) return '·'.padStart(COLUMN);
  const mark = result.exception === undefined ? marks[result.verdict] : EXCEPTED_MARK;
  return `${' '.repeat(COLUMN - 1)}${colourOf(result, style)(mark)}`;
}

const marks = { satisfied: '✓', broken: '✗', undecided: '?' } as const;
const EXCEPTED_MARK = 'e';

function legend(results: readonly Result[], controls: readonly Control[], style: Style): readonly string[] {
  const width = Math.max(...controls.map(({ id }) => id.length));
  const lines = controls.map(({ id, title }, index) => {
    const own = results.filter(({ control }) => control.id === id);
    const count = (kind: Verdict['kind']) =>
      `${own.filter(({ verdict }) => verdict === kind).length} ${marks[kind]}`.padStart(5);
    const start = `  ${String(index + 1).padStart(2)}  ${id.padEnd(width)} ${count('satisfied')} ${count('broken')} ${count('undecided')}  `;
    const room = (style.columns ?? Infinity) - start.length;
    return `${start}${title.length > room ? `${title.slice(0, Math.max(0, room - 1))}…` : title}`;
  });
  const isExcepted = results.some(({ exception }) => exception !== undefined);
  const words = ['✓ satisfied', '✗ broken', '? undecided', ...(isExcepted ? ['e excepted (broken or undecided)'] : [])];
  return [...lines, '', `  ${words.join('   ')}`];
}

/** Which accounts have results of an earlier run, where the table has no place for it. */
function ageNotes(rows: readonly SummaryRow[], now: Date): readonly string[] {
  return rows.flatMap((row) => {
    const earlier = row.kind === 'evaluated' ? row.results.find(isEarlier) : undefined;
    return earlier === undefined ? [] : [`  ${sanitizeLine(row.name)}: ${ageText(earlier, now)}`];
  });
}

function verdictWord(result: Result, style: Style): string {
  return colourOf(result, style)(result.verdict.padEnd('satisfied'.length));
}

function colourOf({ verdict, exception }: Result, style: Style): (text: string) => string {
  if (exception !== undefined) return style.quiet;
  return { satisfied: style.good, broken: style.bad, undecided: style.open }[verdict];
}

/** The reason, the exception and the age, as far as there are any. */
function noteOf(result: Result, now: Date): string {
  const { exception } = result;
  return [
    ...(result.verdict === 'satisfied' ? [] : [codeOf(result)]),
    ...(exception === undefined ? [] : [`excepted until ${exception.expires}`]),
    ...(isEarlier(result) ? [ageText(result, now)] : []),
  ].join(', ');
}

function isEarlier({ evaluatedEarlierAt }: Result): boolean {
  return evaluatedEarlierAt !== undefined;
}

/** How long ago a result of an earlier run was evaluated. */
export function ageText({ evaluatedEarlierAt = '' }: Result, now: Date): string {
  return `not evaluated now, but ${durationText(now.getTime() - Date.parse(evaluatedEarlierAt))} ago`;
}

function nameWidth(names: readonly string[], others: number, { columns = Infinity }: Style): number {
  const longest = Math.max(0, ...names.map((name) => displayWidth(sanitizeLine(name))));
  return Math.min(MOST_NAME, Math.max(LEAST_NAME, columns - others), longest);
}

function totalText({ rows, notReached }: Summary): string {
  const results = resultsOf(rows);
  const missing = rows.filter(({ kind }) => kind === 'failed').length + notReached;
  const accounts = rows.length + notReached;
  const controls = controlsOf(rows).length;
  const excepted = results.filter(({ exception }) => exception !== undefined).length;
  const earlier = results.filter(isEarlier).length;
  const accountsText = `${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
  const what = controls > 1 ? `${accountsText}, ${controls} controls` : accountsText;
  return [
    `${what}: ${verdictCounts(results)}`,
    ...(excepted > 0 ? [`${excepted} of them excepted`] : []),
    ...(earlier > 0 ? [`${earlier} not evaluated now`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'account' : 'accounts'} not evaluated`] : []),
  ].join(', ');
}

/** How many there are of each verdict, in words. */
export function verdictCounts(results: readonly Result[]): string {
  const count = (kind: Verdict['kind']) => results.filter(({ verdict }) => verdict === kind).length;
  return `${count('satisfied')} satisfied, ${count('broken')} broken, ${count('undecided')} undecided`;
}

/** How many sentences are printed for one reason code. */
const MOST_SENTENCES = 4;
const MOST_PLACES = 6;

/** The reasons of all results: each code once, each sentence once, with the accounts and controls that have it. */
export function reasonsText(results: readonly Result[], style: Style): string {
  const counted = results.filter(({ verdict, exception }) => verdict !== 'satisfied' && exception === undefined);
  const isOneAccount = new Set(results.map(({ name }) => name)).size === 1;
  const isOneControl = new Set(results.map(({ control }) => control.id)).size === 1;
  const placesOf = (same: readonly Result[]) => {
    if (isOneAccount) return same.map(({ control }) => control.id);
    if (isOneControl) return same.map(({ name }) => name);
    return groupBy(same, ({ name }) => name).map(
      ([name, own]) => `${name} (${own.length === 1 ? (own[0]?.control.id ?? '') : `${own.length} controls`})`,
    );
  };
  const sections = groupBy(counted, codeOf).map(([code, ofCode]) => {
    const bySentence = groupBy(ofCode, ({ chains: [{ finding }] }) => finding?.sentence ?? '');
    const shown = bySentence.slice(0, MOST_SENTENCES).map(([sentence, same]) => {
      const places = listed(placesOf(same), MOST_PLACES);
      return wrapText('    ', sanitizeLine(`${places}: ${asSentence(sentence)}`), style.columns);
    });
    const hidden = bySentence.length - shown.length;
    const more = hidden > 0 ? [`    and ${hidden} more; \`--format json\` has every sentence and every fix`] : [];
    return [
      `  ${code}  ${style.quiet(`${ofCode.length} ${ofCode.length === 1 ? 'result' : 'results'}`)}`,
      ...shown,
      ...more,
    ].join('\n');
  });
  return sections.length === 0 ? '' : `reasons\n${sections.join('\n')}\n`;
}

function listed(names: readonly string[], most: number): string {
  const hidden = names.length - most;
  return hidden > 0 ? `${names.slice(0, most).join(', ')} and ${hidden} more` : names.join(', ');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups];
}
