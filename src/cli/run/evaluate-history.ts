import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import manifest from '../../../package.json' with { type: 'json' };
import type { Parameters } from '../../parameters/parameters.ts';
import type { DatedResult, History, HistoryDocument } from '../../report/history/history.ts';
import { historiesOf } from '../../report/history/history.ts';
import { historyFormats } from '../../report/history/history-formats.ts';
import type { Result } from '../../report/result.ts';
import { readerOfSnapshot, readSnapshot } from '../sources/snapshot-sources.ts';
import { messageOf } from '../terminal/errors.ts';
import type { FailOn } from '../terminal/exit-code.ts';
import { exitCodeOf, exitCodes } from '../terminal/exit-code.ts';
import { readText } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';
import { describeSystemError } from '../terminal/write-file.ts';
import { evaluateSource } from './evaluate-source.ts';
import { resultsIn } from '../saved/read-results.ts';

export interface HistoryRun {
  readonly folder: string;
  /** The rules for snapshots. Saved results keep theirs. */
  readonly parameterSets: readonly Parameters[];
  readonly format: string;
  /** In milliseconds. */
  readonly maxGap: number;
  readonly failOn: FailOn;
  readonly columns?: number;
  readonly now: () => Date;
}

/** The formats in which a history can be printed. */
export const historyFormatNames: readonly string[] = Object.keys(historyFormats);

/**
 * Prints from when to when the controls held, from a folder of snapshots and saved results.
 *
 * @returns the exit code: a gap counts as undecided
 * @throws Error with a sentence that names the folder
 */
export async function evaluateHistory(run: HistoryRun, io: Streams): Promise<number> {
  const { folder, parameterSets, format, maxGap, failOn, columns, now } = run;
  const dated: DatedResult[] = [];
  const failed: { readonly name: string; readonly message: string }[] = [];
  for (const file of await filesIn(folder)) {
    try {
      const results = await resultsOf(join(folder, file), parameterSets, io.stdin);
      dated.push(...results.map((result) => ({ file, result })));
    } catch (error) {
      failed.push({ name: file, message: messageOf(error) });
    }
  }
  if (dated.length === 0 && failed.length === 0)
    throw new Error(`${folder}: the folder holds no snapshot and no results`);
  const document: HistoryDocument = {
    kind: 'history',
    formatVersion: 1,
    toolVersion: manifest.version,
    evaluatedAt: now().toISOString(),
    maxGap,
    histories: historiesOf(dated, maxGap),
    failed,
  };
  io.out(historyFormats[format]?.(document, columns) ?? '');
  if (failed.length > 0) {
    for (const { name, message } of failed) io.err(`error: ${name}: ${message}\n`);
    return exitCodes.couldNotRun;
  }
  return exitCodeOf(document.histories.flatMap(verdictsOf), failOn);
}

/** What counts for the exit code: the answer of each period; in a gap it is not determined. */
function verdictsOf({ periods }: History) {
  return periods.map(({ kind }) => ({
    verdict: kind === 'gap' ? ('undecided' as const) : kind,
    isExcepted: false,
    isFromEarlierRun: false,
  }));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`${folder}: ${describeSystemError(cause)}`, { cause });
  });
  // The state of a run is no result.
  return names.filter((name) => name.endsWith('.json') && name !== 'run.json').sort();
}

/** The results in a file, or those of the snapshot that it is. */
async function resultsOf(
  path: string,
  parameterSets: readonly Parameters[],
  stdin: Streams['stdin'],
): Promise<readonly Result[]> {
  const saved = resultsIn(await readText(path, stdin));
  if (saved !== undefined) return saved.map(observed);
  const { snapshot, sha256 } = await readSnapshot(path, stdin);
  const reader = readerOfSnapshot(snapshot, sha256);
  const source = { name: path, title: path, open: () => Promise.resolve(reader) };
  return (await evaluateSource(source, parameterSets)).map(({ result }) => result);
}

/**
 * A saved result that says what an account was at a time.
 *
 * @throws Error if it does not
 */
function observed(result: Result): Result {
  const { readAt, verdict, control, chains, source } = result as Partial<Result>;
  const isWhole = ['satisfied', 'broken', 'undecided'].includes(verdict ?? '') && typeof control?.id === 'string';
  if (!isWhole || Number.isNaN(Date.parse(readAt ?? '')) || !Array.isArray(chains) || chains.length === 0) {
    throw new Error('it does not hold results of `evaluate`');
  }
  if (source?.kind === 'plan' || source?.kind === 'template') {
    throw new Error(`it holds the result of a ${source.kind}, which is not deployed: no observation of an account`);
  }
  return result;
}
