import manifest from '../../../package.json' with { type: 'json' };
import { asText } from '../../report/formats/csv.ts';
import { code, escaped, table } from '../../report/formats/markdown.ts';
import { sanitizeJson, sanitizeLine } from '../../report/sanitize-line.ts';
import type { Style } from '../../report/text.ts';
import { wrapText } from '../../report/wrap-text.ts';
import { findingGroups, shortList } from './finding-groups.ts';
import type { StatusSubject, StatusWriter } from './status-notes.ts';
import { MOST_IN_TEXT, SILENCE_MEANS, count, headline, notesOf, silenceGroups } from './status-notes.ts';
import { statusPageWriter } from './status-page.ts';

export const statusFormatNames = ['text', 'markdown', 'html', 'csv', 'json'] as const;
export type StatusFormat = (typeof statusFormatNames)[number];

/** How many accounts of a group are named; CSV and JSON have all. */
const MOST_IN_MARKDOWN = 200;

/** The writer of a format. */
export function statusWriter(format: StatusFormat, subject: StatusSubject, style: Style): StatusWriter {
  switch (format) {
    case 'text':
      return textWriter(subject, style);
    case 'markdown':
      return markdownWriter(subject);
    case 'html':
      return statusPageWriter(subject);
    case 'csv':
      return csvWriter();
    case 'json':
      return jsonWriter(subject);
  }
}

function textWriter(subject: StatusSubject, style: Style): StatusWriter {
  const groups = findingGroups(MOST_IN_TEXT);
  const paragraph = (lead: string, text: string) => wrapText(lead, sanitizeLine(text), style.columns);
  return {
    finding: (finding) => {
      groups.add(finding);
      return '';
    },
    end: (summary) => {
      const { rules, silent = [] } = summary;
      const width = Math.max(4, ...rules.map(({ rule }) => rule.length));
      const sections = [
        paragraph('', headline(subject, summary)),
        ...(rules.length === 0
          ? []
          : [
              [
                `  ${'rule'.padEnd(width)}  COMPLIANT  NON_COMPLIANT  no result`,
                ...rules.map(
                  ({ rule, compliant, nonCompliant, silent: none }) =>
                    `  ${sanitizeLine(rule).padEnd(width)}  ${String(compliant).padStart(9)}  ${String(nonCompliant).padStart(13)}  ${(summary.silent === undefined ? '?' : String(none)).padStart(9)}`,
                ),
              ].join('\n'),
            ]),
        ...groups
          .sorted()
          .map(({ title, count: total, example, rules: ofRules }) =>
            [
              `${style.bad(title)}  ${style.quiet(count(total, 'result'))}`,
              ...[...ofRules.values()].map(({ rule, count: ofRule, places }) =>
                paragraph('  ', `${rule}: ${shortList(places, MOST_IN_TEXT, ofRule)}`),
              ),
              ...(example === undefined ? [] : [paragraph('  e.g. ', example)]),
            ].join('\n'),
          ),
        ...(silent.length === 0
          ? []
          : [
              [
                `${style.open('no result')}  ${style.quiet(count(silent.length, 'account'))}`,
                ...silenceGroups(silent).map(({ what, accounts }) =>
                  paragraph('  ', `${what}: ${shortList(accounts, MOST_IN_TEXT)}`),
                ),
                paragraph('  ', SILENCE_MEANS),
              ].join('\n'),
            ]),
        ...notesOf(subject, summary).map((note) => paragraph('note: ', note)),
      ];
      return `${sections.join('\n\n')}\n`;
    },
  };
}

function markdownWriter(subject: StatusSubject): StatusWriter {
  const groups = findingGroups(MOST_IN_MARKDOWN);
  return {
    finding: (finding) => {
      groups.add(finding);
      return '';
    },
    end: (summary) => {
      const { rules, silent = [] } = summary;
      const counts = rules.map(({ rule, compliant, nonCompliant, silent: none }) => [
        code(rule),
        String(compliant),
        String(nonCompliant),
        summary.silent === undefined ? '?' : String(none),
      ]);
      const sections = [
        `**${escaped(headline(subject, summary))}**`,
        ...(counts.length === 0 ? [] : [table(['rule', 'COMPLIANT', 'NON_COMPLIANT', 'no result'], counts)]),
        ...groups
          .sorted()
          .flatMap(({ title, count: total, example, rules: ofRules }) => [
            `### ${escaped(title)} (${total})`,
            ...(example === undefined ? [] : [`Example: ${escaped(example)}`]),
            [...ofRules.values()]
              .map(
                ({ rule, count: ofRule, places }) =>
                  `- ${code(rule)}: ${escaped(shortList(places, MOST_IN_MARKDOWN, ofRule))}`,
              )
              .join('\n'),
          ]),
        ...(silent.length === 0
          ? []
          : [
              `### No result (${silent.length})`,
              escaped(`Accounts with ${SILENCE_MEANS}`),
              silenceGroups(silent)
                .map(({ what, accounts }) => `- ${escaped(`${what}: ${shortList(accounts, MOST_IN_MARKDOWN)}`)}`)
                .join('\n'),
            ]),
        ...notesOf(subject, summary).map((note) => `Note: ${escaped(note)}`),
      ];
      return `${sections.join('\n\n')}\n`;
    },
  };
}

export const STATUS_COLUMNS = [
  'accountId',
  'accountName',
  'region',
  'rule',
  'ruleName',
  'status',
  'reason',
  'annotation',
  'evaluatedAt',
] as const;

/** A line for each rule that is NON_COMPLIANT, and for each rule of each account without a result. */
function csvWriter(): StatusWriter {
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\r\n`;
  let header = line(STATUS_COLUMNS);
  const begin = () => {
    const text = header;
    header = '';
    return text;
  };
  return {
    finding: ({ accountId, accountName, region, rule, ruleName, problem, ...finding }) => {
      const { code: reason = '', annotation = problem ?? '', evaluatedAt = '' } = finding;
      const cells = [accountId, accountName, region, rule, ruleName, 'NON_COMPLIANT', reason, annotation, evaluatedAt];
      return `${begin()}${line(cells)}`;
    },
    end: ({ silent = [] }) => {
      const lines = silent.flatMap(({ accountId, name, rules }) =>
        (rules.length === 0 ? [''] : rules).map((rule) =>
          line([accountId, name, '', rule, '', 'NO_RESULT', '', '', '']),
        ),
      );
      return `${begin()}${lines.join('')}`;
    },
  };
}

/** https://www.rfc-editor.org/rfc/rfc4180 */
function quoted(cell: string): string {
  const text = asText(cell);
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonWriter({ lateSources, ...subject }: StatusSubject): StatusWriter {
  let isFirst = true;
  const begin = () => {
    const { version: toolVersion } = manifest;
    const head = sanitizeJson({ formatVersion: 1, toolVersion, ...subject }).replace(/\n\}$/, ',\n  "findings": [');
    const text = isFirst ? head : ',';
    isFirst = false;
    return text;
  };
  return {
    finding: (finding) => `${begin()}\n    ${sanitizeJson(finding, 0)}`,
    end: (summary) => {
      const start = isFirst ? begin() : '\n  ';
      const { silent } = summary;
      const counts = { ...summary, silent: undefined, states: undefined };
      const rest = sanitizeJson({
        ...counts,
        isComplete: summary.stopped === undefined && summary.unreadDetails === 0,
        ...(lateSources === undefined ? {} : { lateSources }),
        ...(silent === undefined ? {} : { silentAccounts: silent }),
      });
      return `${start}],\n${rest.replace(/^\{\n/, '')}\n`;
    },
  };
}
