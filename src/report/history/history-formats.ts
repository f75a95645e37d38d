import { stringify } from 'csv-stringify/sync';

import { durationText, parametersText } from '../basis.ts';
import { asText } from '../formats/csv.ts';
import { sanitizeJson, sanitizeLine } from '../sanitize-line.ts';
import { wrapText } from '../wrap-text.ts';
import type { History, HistoryDocument, Period } from './history.ts';
import { heldThroughout, periodText } from './history.ts';
import { historyPage } from './history-page.ts';

/** Every format of a history by its name. */
export const historyFormats: Readonly<Record<string, (document: HistoryDocument, columns?: number) => string>> = {
  text: historyText,
  json: (document) => `${sanitizeJson(document)}\n`,
  csv: historyCsv,
  html: historyPage,
};

/** A history for people: a line for each period. */
function historyText({ histories, failed, maxGap }: HistoryDocument, columns?: number): string {
  const sections = histories.map((history) => {
    const { accountId, region, control, parameters = {}, periods, observations } = history;
    const lines = periods.map((period) => `  ${spanText(period)}  ${periodText(period)}`);
    const changed = observations.filter(({ isChanged }) => isChanged === true);
    return [
      wrapText('', sanitizeLine(`${accountId} ${region} ${control.id}: ${answerText(history)}`), columns),
      ...lines.map(sanitizeLine),
      ...changed.map(({ file }) => sanitizeLine(`  changed: ${file} is not as it was written`)),
      wrapText('  pattern     ', sanitizeLine(control.filterPattern), columns),
      wrapText('  parameters  ', sanitizeLine(parametersText(parameters)), columns),
    ].join('\n');
  });
  const notes = failed.map(({ name, message }) => sanitizeLine(`not read: ${name}: ${message}`));
  const note = `A control counts as held between two observations that are at most ${durationText(maxGap)} apart.`;
  return `${[...sections, ...notes, wrapText('', note, columns)].join('\n\n')}\n`;
}

function spanText({ from, to }: Period): string {
  return from === to ? `${from}${' '.repeat(29)}` : `${from}  to ${to}`;
}

/** From when to when the control held, in one sentence. */
export function answerText(history: History): string {
  const held = history.periods.filter(({ kind }) => kind === 'satisfied');
  const gaps = history.periods.filter(({ kind }) => kind === 'gap').length;
  if (held.length === 0) return 'the control was never seen to hold';
  const spans = held.map(({ from, to }) => (from === to ? `at ${from}` : `from ${from} to ${to}`)).join(', and ');
  const rest = heldThroughout(history)
    ? 'without a gap'
    : gaps === 0
      ? 'and not at other times'
      : `with ${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`;
  return `held ${spans}, ${rest}`;
}

const columns = [
  'accountId',
  'region',
  'controlId',
  'period',
  'from',
  'to',
  'observations',
  'codes',
  'why',
  'parameters',
] as const;

/** A table with a line for each period. A cell that a spreadsheet would read as a formula has an apostrophe before it. */
function historyCsv({ histories }: HistoryDocument): string {
  const records = histories.flatMap(({ accountId, region, control, parameters = {}, periods }) =>
    periods.map((period) => ({
      accountId,
      region,
      controlId: control.id,
      period: period.kind,
      from: period.from,
      to: period.to,
      observations: period.kind === 'gap' ? '' : String(period.observations),
      codes: period.kind === 'gap' ? '' : period.codes.join(' '),
      why: period.kind === 'gap' ? period.why : '',
      parameters: Object.entries(parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    })),
  );
  const safe = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, asText(cell)])),
  );
  return stringify(safe, { header: true, columns, record_delimiter: '\r\n' });
}
