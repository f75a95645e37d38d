import { stringify } from 'csv-stringify/sync';

import { plain } from '../report/plain.ts';
import type { Result, ResultDocument } from '../report/result.ts';

const COLUMNS = [
  'name',
  'accountId',
  'region',
  'readAt',
  'controlId',
  'verdict',
  'reason',
  'sentence',
  'repair',
  'trail',
  'logGroup',
  'filter',
  'alarm',
  'topic',
] as const;

/**
 * A table with a line for each account and control; those that could not be judged have the verdict `failed`. Cells
 * that a spreadsheet would read as a formula are escaped.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvOf({ results, failed }: ResultDocument): string {
  const empty = Object.fromEntries(COLUMNS.map((column) => [column, '']));
  const records = [
    ...results.map(recordOf),
    ...failed.map(({ name, message }) => ({ ...empty, name, verdict: 'failed', sentence: message })),
  ];
  return stringify(
    records.map((record) => Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, plain(cell)]))),
    { header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: '\r\n' },
  );
}

function recordOf(result: Result): Record<(typeof COLUMNS)[number], string> {
  const {
    chains: [{ path, finding }],
  } = result;
  return {
    name: result.name,
    accountId: result.accountId,
    region: result.region,
    readAt: result.readAt,
    controlId: result.control.id,
    verdict: result.verdict,
    reason: finding?.code ?? 'SATISFIED',
    sentence: finding?.sentence ?? '',
    repair: finding?.repair ?? '',
    trail: path.trailArn ?? '',
    logGroup: path.logGroupArn ?? '',
    filter: path.filterName ?? '',
    alarm: path.alarmArn ?? '',
    topic: path.topicArn ?? '',
  };
}
