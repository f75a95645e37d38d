import { stringify } from 'csv-stringify/sync';

import { thingFields } from '../../chain/base/path-things.ts';
import { summarizeStandards } from '../../controls/catalog.ts';
import { ageOf, baseText, completeText, fileText } from '../basis.ts';
import type { ControlFacts } from '../control-facts.ts';
import { sanitizeLine } from '../sanitize-line.ts';
import type { Result, ResultDocument } from '../result.ts';

const columns = [
  'name',
  'accountId',
  'region',
  'readAt',
  'controlId',
  'verdict',
  'reason',
  'sentence',
  'fix',
  ...thingFields,
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
] as const;

/**
 * A table with a line for each account and control; those that could not be judged have the verdict `failed`. A cell
 * that a spreadsheet would read as a formula has an apostrophe before it.
 */
export function csvOf(document: ResultDocument): string {
  const { controls = [], results, failed } = document;
  const empty = Object.fromEntries(columns.map((column) => [column, '']));
  const facts = new Map(controls.map((control) => [control.id, control]));
  const records = [
    ...results.map((result) => recordOf(result, facts.get(result.control.id), document)),
    ...failed.map(({ name, message }) => ({ ...empty, name, verdict: 'failed', sentence: message })),
  ];
  return stringify(
    records.map((record) => Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, asText(cell)]))),
    { header: true, columns, record_delimiter: '\r\n' },
  );
}

function recordOf(
  result: Result,
  facts: ControlFacts | undefined,
  { toolVersion = '', evaluatedAt = '' }: ResultDocument,
): Readonly<Record<string, string>> {
  const {
    chains: [{ path, finding }],
    control,
    parameters = {},
    source,
    exception,
  } = result;
  const judgedAt = result.evaluatedEarlierAt ?? evaluatedAt;
  return {
    name: result.name,
    accountId: result.accountId,
    region: result.region,
    readAt: result.readAt,
    controlId: result.control.id,
    verdict: result.verdict,
    reason: finding?.code ?? 'SATISFIED',
    sentence: finding?.sentence ?? '',
    fix: finding?.fix ?? '',
    ...Object.fromEntries(thingFields.map((field) => [field, path[field] ?? ''])),
    severity: facts?.severity ?? '',
    standards: summarizeStandards(facts?.standards ?? []),
    filterPattern: control.filterPattern,
    premises: control.premises ?? '',
    parameters: Object.entries(parameters)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    toolVersion,
    evaluatedAt: judgedAt,
    age: ageOf(result, judgedAt),
    caller: source?.caller ?? '',
    source: source === undefined ? '' : sourceText(source),
    sha256: source?.sha256 ?? '',
    complete: source === undefined ? '' : completeText(source),
    exceptionReason: exception?.reason ?? '',
    exceptionOwner: exception?.owner ?? '',
    exceptionExpires: exception?.expires ?? '',
  };
}

/** What was read, and what a reader must know of it. */
function sourceText({
  kind,
  callerFailure,
  endpoint,
  files = [],
  onto,
  previousFiles = [],
  isRedacted,
  isChanged,
  notHeld = [],
  assumed = [],
}: NonNullable<Result['source']>): string {
  return [
    kind,
    ...(callerFailure === undefined ? [] : [`caller not known: ${callerFailure}`]),
    ...(endpoint === undefined ? [] : [`not of AWS, but of ${endpoint}`]),
    ...files.map((file) => `file ${fileText(file)}`),
    ...(onto === undefined ? [] : [`over ${baseText(onto)}`]),
    ...previousFiles.map((file) => `deployed ${fileText(file)}`),
    ...(isRedacted === true ? ['a copy under other names'] : []),
    ...(isChanged === true ? ['the snapshot is not as it was written'] : []),
    ...notHeld,
    ...assumed,
  ].join(', ');
}

/**
 * What begins a formula, in ASCII or in full width, also behind blanks and quotes, which some programs take away; and
 * behind a semicolon, at which a spreadsheet of many a country begins the next cell.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /(^|;)(?=[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** A cell that a spreadsheet shows as text. */
export function asText(cell: string): string {
  return sanitizeLine(cell).replace(FORMULA, "$1'");
}
