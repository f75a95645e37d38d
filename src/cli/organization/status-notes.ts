import type { AggregatorSource } from '../../inventory/aws/organization/aggregator.ts';
import type { SilentAccount, StatusFinding, StatusSummary } from './collect-status.ts';
import { accountTitle, shortList } from './finding-groups.ts';

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

/** How many accounts of a group are named; CSV and JSON have all. */
export const MOST_IN_TEXT = 20;

export const SILENCE_MEANS =
  'no result: the rule is not deployed there, or never called, or its function fails, or it says NOT_APPLICABLE, which ' +
  'no aggregator shows. Nobody knows whether these accounts comply.';

export function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}

export function headline(
  { aggregator, region }: StatusSubject,
  { expectedAccounts, rules, silent }: StatusSummary,
): string {
  const silence = silent === undefined ? 'not read to the end' : `${count(silent.length, 'account')} without a result`;
  return `aggregator ${aggregator} in ${region}: ${count(expectedAccounts, 'account')}, ${count(rules.length, 'rule')}, ${silence}`;
}

/** The silent accounts, those that have no result at all first. */
export function silenceGroups(silent: readonly SilentAccount[]) {
  const groups = new Map<string, string[]>();
  for (const account of silent) {
    const what = account.isSilentThroughout ? 'of any rule' : `of ${account.rules.join(', ')}`;
    groups.set(what, [...(groups.get(what) ?? []), accountTitle(account)]);
  }
  const first = ([what]: readonly [string, unknown]) => (what === 'of any rule' ? 0 : 1);
  return [...groups].sort((a, b) => first(a) - first(b)).map(([what, accounts]) => ({ what, accounts }));
}

export function notesOf({ lateSources }: StatusSubject, summary: StatusSummary): readonly string[] {
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
