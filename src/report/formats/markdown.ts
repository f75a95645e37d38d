import { summarizeStandards } from '../../controls/catalog.ts';
import { rulesOf, sourceOf } from '../basis.ts';
import type { ControlFacts } from '../control-facts.ts';
import type { RemediationText, Result, ResultDocument } from '../result.ts';
import { placeText } from '../place-text.ts';
import { codeOf } from '../result.ts';
import { asSentence, sanitizeLine } from '../sanitize-line.ts';

const marks = { satisfied: '✅ satisfied', broken: '❌ broken', undecided: '❔ undecided' } as const;

/**
 * Markdown for pull requests and tickets: how many there are of each verdict, a table, and then the reason of each result
 * that is not satisfied, with its fix folded. Names from AWS are text, never markup.
 *
 * @see https://github.github.com/gfm/
 */
export function markdownOf(document: ResultDocument): string {
  const { controls = [], results, failed } = document;
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const excepted = results.filter(({ exception }) => exception !== undefined).length;
  const counts = [
    `${count('satisfied')} satisfied`,
    `${count('broken')} broken`,
    `${count('undecided')} undecided`,
    ...(excepted > 0 ? [`${excepted} of them excepted`] : []),
    ...(failed.length > 0 ? [`${failed.length} not evaluated`] : []),
  ];
  const { shown, hidden } = remediationsToShow(results);
  const rows = [
    ...results.map((result) => [
      escaped(result.name),
      escaped(result.region),
      code(result.control.id),
      `${marks[result.verdict]}${result.exception === undefined ? '' : ` (excepted until ${escaped(result.exception.expires)})`}`,
      result.verdict === 'satisfied' ? '' : code(codeOf(result)),
      escaped(result.evaluatedEarlierAt ?? result.readAt),
    ]),
    ...failed.map(({ name }) => [escaped(name), '', '', '⚠️ not evaluated', '', '']),
  ];
  const sections = [
    `**${counts.join(', ')}**`,
    table(['account', 'region', 'control', 'verdict', 'reason', 'as of'], rows),
    ...results.flatMap((result) => reasonSection(result, shown.get(result) ?? [])),
    ...(hidden === 0 ? [] : [`The commands for ${counted(hidden, 'result')} are left out: \`remediate\` prints them.`]),
    ...controlsSection(controls),
    ...basisSection(document),
    ...failed.map(({ name, message }) => `**${escaped(name)}** was not evaluated: ${escaped(message)}`),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The most characters of remediations: a comment on GitHub has at most 65,536. */
const MAX_REMEDIATION_SIZE = 30_000;

/** Every form of every remediation where there is room; otherwise the first form of as many as there is room for. */
function remediationsToShow(results: readonly Result[]): {
  readonly shown: ReadonlyMap<Result, readonly RemediationText[]>;
  readonly hidden: number;
} {
  const all = results.flatMap((result) =>
    result.verdict === 'satisfied' || isDeclared(result) ? [] : [{ result, forms: result.remediation ?? [] }],
  );
  const sizeOf = (forms: readonly RemediationText[]) => forms.reduce((sum, { text }) => sum + text.length, 0);
  const isRoom = all.reduce((sum, { forms }) => sum + sizeOf(forms), 0) <= MAX_REMEDIATION_SIZE;
  let room = MAX_REMEDIATION_SIZE;
  const shown = new Map<Result, readonly RemediationText[]>();
  for (const { result, forms } of all) {
    const some = isRoom ? forms : forms.slice(0, 1);
    if (some.length === 0 || sizeOf(some) > room) continue;
    room -= sizeOf(some);
    shown.set(result, some);
  }
  return { shown, hidden: all.length - shown.size };
}

/** What a file declares is fixed in that file. */
function isDeclared({ source }: Result): boolean {
  return source?.kind === 'plan' || source?.kind === 'template';
}

function folded(summary: string, blocks: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, ...blocks, '</details>'].join('\n\n');
}

/** Severity and standards, where a control has any. */
function controlsSection(controls: readonly ControlFacts[]): readonly string[] {
  const rows = controls.flatMap(({ id, title, severity, standards }) =>
    severity === undefined && standards.length === 0
      ? []
      : [[code(id), escaped(title), escaped(severity ?? ''), escaped(summarizeStandards(standards))]],
  );
  if (rows.length === 0) return [];
  return [folded('Severity and standards', [table(['control', 'title', 'severity', 'standards'], rows)])];
}

/** The most accounts whose sources are shown: a comment has room for about as many. */
const MAX_SOURCES = 20;

/** Under which rules the results were made, and what each account was read from. */
function basisSection(document: ResultDocument): readonly string[] {
  const { results, evaluatedAt } = document;
  if (results.length === 0) return [];
  const rules = rulesOf(document).map(({ title, text }) => [title, code(text)]);
  const accounts = new Map(results.map((result) => [JSON.stringify([result.name, result.region]), result]));
  const hidden = Math.max(0, accounts.size - MAX_SOURCES);
  const sources = [...accounts.values()]
    .slice(0, MAX_SOURCES)
    .flatMap((result) =>
      sourceOf(result, evaluatedAt).map(({ title, text }, at) => [
        at === 0 ? escaped(result.name) : '',
        title,
        escaped(text),
      ]),
    );
  return [
    folded('How it was judged', [
      table(['rule', 'value'], rows(rules)),
      table(['account', 'fact', 'value'], rows(sources)),
      ...(hidden === 0 ? [] : [`What ${counted(hidden, 'more account')} were read from is in the JSON result.`]),
    ]),
  ];
}

/** A bar in a cell would end it, also in a code span. */
function rows(cells: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return cells.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
}

function reasonSection(result: Result, remediation: readonly RemediationText[]): readonly string[] {
  const [{ finding, place }] = result.chains;
  if (finding === undefined) return [];
  const { exception } = result;
  const lines = [
    `**${escaped(result.name)}**, ${code(result.control.id)}: ${code(finding.code)}. ${escaped(asSentence(finding.sentence))}`,
    ...(exception === undefined
      ? []
      : [`Excepted until ${escaped(exception.expires)} by ${escaped(exception.owner)}: ${escaped(exception.reason)}`]),
    ...(place === undefined ? [] : [`Place: ${code(placeText(place))}`]),
    ...(finding.event === undefined ? [] : [`Example event: ${code(finding.event)}`]),
    ...(result.otherRoute === undefined ? [] : [`Another route: ${escaped(asSentence(result.otherRoute.sentence))}`]),
    folded('Fix', [
      escaped(asSentence(finding.fix)),
      ...remediation.map(({ form, text, placeholder }) =>
        folded(escaped(form), [
          ...(placeholder === undefined
            ? []
            : [
                `Nobody was named to be notified: replace ${code(placeholder)} with an address before you use this text.`,
              ]),
          block(text),
        ]),
      ),
    ]),
  ];
  return [lines.join('\n\n')];
}

/**
 * Text in which Markdown finds no markup. A character reference is text wherever it is, also at the start of a line.
 *
 * @see https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function escaped(text: string): string {
  // Besides markup: mentions, references to issues, formulas and bare addresses.
  return sanitizeLine(text).replaceAll(/[&<>[\]*_~`|\\@#$]|:(?=\/\/)/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A code block with a longer fence than there is inside. Marks that turn the direction of writing are shown by number. */
function block(text: string): string {
  const visible = text.replace(
    /[^\n\t\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  const longest = Math.max(2, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${visible.trimEnd()}\n${fence}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A code span, with more backticks around it than there are in a row inside. */
export function code(text: string): string {
  const line = sanitizeLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || line.startsWith(' ') ? ' ' : '';
  return line === '' ? '' : `${fence}${pad}${line}${pad}${fence}`;
}
