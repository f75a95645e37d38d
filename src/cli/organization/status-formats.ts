import manifest from '../../../package.json' with { type: 'json' };
import type { AggregatorSource } from '../../inventory/aws/aggregator.ts';
import { asText } from '../../report/formats/csv.ts';
import { code, escaped, table } from '../../report/formats/markdown.ts';
import { sanitizeJson, sanitizeLine } from '../../report/sanitize-line.ts';
import type { Style } from '../../report/text.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { SilentAccount, StatusFinding, StatusSummary } from './collect-status.ts';
import { accountTitle, findingGroups, shortList } from './finding-groups.ts';

/** What a status is about. */
export interface StatusSubject {
  readonly aggregator: string;
  /** The region of the aggregator. */
  readonly region: string;
  /** In ISO 8601. */
  readonly startedAt: string;
  /** Sources from which the aggregator did not get its newest data; undefined if that is not known. */
  readonly lateSources: readonly AggregatorSource[] | undefined;
}

/** Writes a status piece by piece, so that a long one is never in memory as a whole. */
export interface StatusWriter {
  readonly finding: (finding: StatusFinding) => string;
  readonly end: (summary: StatusSummary) => string;
}

export const statusFormatNames = ['text', 'markdown', 'csv', 'json'] as const;
export type StatusFormat = (typeof statusFormatNames)[number];

/** How many accounts of a group are named; CSV and JSON have all. */
const MOST_IN_TEXT = 20;
const MOST_IN_MARKDOWN = 200;

const SILENCE_MEANS =
  'no result: the rule is not deployed there, or never called, or its function fails, or it says NOT_APPLICABLE, which ' +
  'no aggregator shows. Nobody knows whether these accounts comply.';

/** The writer of a format. */
export function statusWriter(format: StatusFormat, subject: StatusSubject, style: Style): StatusWriter {
  switch (format) {
    case 'text':
      return textWriter(subject, style);
    case 'markdown':
      return markdownWriter(subject);
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
      const { silent, ...counts } = summary;
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

function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}

function headline({ aggregator, region }: StatusSubject, { expectedAccounts, rules, silent }: StatusSummary): string {
  const silence = silent === undefined ? 'not read to the end' : `${count(silent.length, 'account')} without a result`;
  return `aggregator ${aggregator} in ${region}: ${count(expectedAccounts, 'account')}, ${count(rules.length, 'rule')}, ${silence}`;
}

/** The silent accounts, those that have no result at all first. */
function silenceGroups(silent: readonly SilentAccount[]) {
  const groups = new Map<string, string[]>();
  for (const account of silent) {
    const what = account.isSilentThroughout ? 'of any rule' : `of ${account.rules.join(', ')}`;
    groups.set(what, [...(groups.get(what) ?? []), accountTitle(account)]);
  }
  const first = ([what]: readonly [string, unknown]) => (what === 'of any rule' ? 0 : 1);
  return [...groups].sort((a, b) => first(a) - first(b)).map(([what, accounts]) => ({ what, accounts }));
}

function notesOf({ lateSources }: StatusSubject, summary: StatusSummary): readonly string[] {
  const { rules, otherResults, unexpected, unreadDetails, stopped } = summary;
  const late = lateSources ?? [];
  return [
    ...(stopped === undefined
      ? []
      : [`not read to the end: ${stopped}. The counts are too low, and nothing is said of accounts without a result`]),
    ...(rules.length === 0 && stopped === undefined
      ? [
          `no such rule is in the aggregator, which holds ${count(otherResults, 'result')} of other rules: check \`--rule-prefix\``,
        ]
      : []),
    ...(unreadDetails === 0 ? [] : [`${count(unreadDetails, 'annotation')} could not be read: run again later`]),
    ...(unexpected.length === 0
      ? []
      : [`results of accounts that are not expected, such as suspended ones: ${shortList(unexpected, MOST_IN_TEXT)}`]),
    ...(lateSources === undefined
      ? ['whether the results are the newest is not known: allow config:DescribeConfigurationAggregatorSourcesStatus']
      : []),
    ...(late.length === 0
      ? []
      : [
          `the aggregator did not get the newest results from ${shortList(
            late.map(({ sourceId, region = '', status }) => `${sourceId} ${region} ${status}`.replaceAll('  ', ' ')),
            MOST_IN_TEXT,
          )}`,
        ]),
  ];
}
