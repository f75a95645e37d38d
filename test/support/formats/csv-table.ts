import { expect } from 'chai';
import { parse } from 'csv-parse/sync';

const COLUMNS = [
  'name',
  'accountId',
  'region',
  'readAt',
  'controlId',
  'verdict',
  'reason',
  'sentence',
  'fix',
  'trailArn',
  'logGroupArn',
  'filterName',
  'childAlarmArn',
  'alarmArn',
  'eventRuleArn',
  'topicArn',
  'targetArn',
  'severity',
  'standards',
  'filterPattern',
  'premises',
  'parameters',
  'toolVersion',
  'evaluatedAt',
  'age',
  'caller',
  'source',
  'sha256',
  'complete',
  'exceptionReason',
  'exceptionOwner',
  'exceptionExpires',
];

/** What a spreadsheet computes: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[\s"]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Holds a table of results to its header and its number of columns, by somebody else's parser, and to cells that no
 * spreadsheet takes for formulas: neither as they are meant, nor if it parts them at semicolons.
 *
 * @returns the rows behind the header
 */
export function expectCsv(text: string): readonly (readonly string[])[] {
  expect(text.endsWith('\r\n'), 'the last line ends').to.equal(true);
  const [header, ...rows] = parse(text, { relax_column_count: false, record_delimiter: '\r\n' });
  expect(header).to.deep.equal(COLUMNS);
  for (const row of rows) for (const cell of row) expect(cell).not.to.match(FORMULA);
  const parted = parse(text, {
    delimiter: ';',
    // Where a cell is parted a quote opens or closes nothing.
    quote: false,
    relax_column_count: true,
    record_delimiter: '\r\n',
  });
  for (const row of parted) for (const cell of row) expect(cell).not.to.match(FORMULA);
  return rows;
}
