import type { OutputFormatName } from '../../report/formats/output-formats.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Style } from '../../report/text.ts';
import { evaluationsText, linkChangeText, verdictText } from '../../report/text.ts';
import { changedParameters } from '../../report/stated-rules.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Fact } from '../../report/basis.ts';
import { rulesOf, sourceOf } from '../../report/basis.ts';
import type { Result, ResultDocument } from '../../report/result.ts';
import { placeText } from '../../report/place-text.ts';
import { codeOf } from '../../report/result.ts';
import type { Evaluated } from './evaluate-source.ts';

/** The value of `--format`: a format of the table, or `text` for the terminal. */
export type Format = 'text' | OutputFormatName;

const TITLE_WIDTH = 78;

/** One account for people: its title, and for each control the chain, the reason and the evaluations. */
export function accountText(evaluated: readonly Evaluated[], evaluatedAt: string, style: Style): string {
  const [first] = evaluated;
  const name = sanitizeLine(first?.result.name ?? '');
  const width = Math.min(TITLE_WIDTH, style.columns ?? TITLE_WIDTH);
  const title = `── ${name} ${'─'.repeat(Math.max(0, width - name.length - 4))}`;
  const facts = first === undefined ? [] : sourceOf(first.result, evaluatedAt);
  const controls = evaluated.map((one) => controlText(one, style)).join('\n\n');
  return `${title}\n${controls}\n\n${factLines(facts, style)}\n`;
}

/** Under which rules the accounts were judged. */
export function rulesText(document: ResultDocument, style: Style): string {
  return `${style.quiet('judged under these rules')}\n${factLines([...rulesOf(document), ...readingOf(document.results)], style)}`;
}

/** When the accounts were read, and how many of them completely, where their facts are not printed one by one. */
function readingOf(results: readonly Result[]): readonly Fact[] {
  const times = results.map(({ readAt }) => readAt).sort();
  const [first = '', last = first] = [times[0], times.at(-1)];
  if (results.length < 2) return [];
  const partly = results.filter(({ source }) => source?.isComplete === false).length;
  const when = first === last ? first : `between ${first} and ${last}`;
  return [
    { title: 'read', text: `${when}; of ${results.length} results, ${partly} rest on parts that could not be read` },
  ];
}

function factLines(facts: readonly Fact[], { columns }: Style): string {
  return facts
    .map(({ title, text }) => `${wrapText(`  ${title.padEnd(10)}  `, sanitizeLine(text), columns)}\n`)
    .join('');
}

function controlText({ verdict, result }: Evaluated, style: Style): string {
  const { exception, evaluations, readAt, chains } = result;
  const [{ finding, place }] = chains;
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
    ...(place === undefined ? [] : [wrapText('  place   ', sanitizeLine(placeText(place)), style.columns)]),
    ...beforeLines(result, style),
    '',
    ...(changed.length === 0 ? [] : [wrapText('  judged with  ', changed.join(' '), style.columns), '']),
    style.quiet(`  evaluations for AWS Config, as of ${readAt}`),
    evaluationsText(evaluations, style, finding),
  ].join('\n');
}

/** What a deployment changes in the account that it is laid over. */
function beforeLines(result: Result, { columns }: Style): readonly string[] {
  const { before, verdict } = result;
  if (before === undefined) return [];
  const say = (kind: string, code: string) => (kind === 'satisfied' ? kind : `${kind} ${code}`);
  const [was, is] = [say(before.verdict, before.code), say(verdict, codeOf(result))];
  if (was === is && before.links.length === 0) return ['', `  The deployment changes nothing: ${is} before and after.`];
  const head = `  The deployment changes this: ${was === is ? `${is}, by other links` : `${was} → ${is}`}`;
  return ['', head, ...before.links.map((link) => linkChangeText(link, columns))];
}
