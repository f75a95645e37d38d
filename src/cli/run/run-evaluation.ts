import manifest from '../../../package.json' with { type: 'json' };
import type { Parameters } from '../../parameters/parameters.ts';
import type { Choices } from '../../remediation/plan/plan.ts';
import { controlFactsOf } from '../../report/control-facts.ts';
import { outputFormats } from '../../report/formats/output-formats.ts';
import type { Failed, RemediationText, Result, ResultDocument } from '../../report/result.ts';
import { codeOf } from '../../report/result.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import { wrapText } from '../../report/wrap-text.ts';
import { remediationQueue } from '../remediation/remediation-queue.ts';
import type { AccountSource } from '../sources/sources.ts';
import { haveCredentialsExpired, messageOf } from '../terminal/errors.ts';
import type { FailOn } from '../terminal/exit-code.ts';
import { exitCodeOf, exitCodes } from '../terminal/exit-code.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { styleOf } from '../terminal/style.ts';
import type { Format } from './evaluate-report.ts';
import { accountText, rulesText } from './evaluate-report.ts';
import { evaluateSource } from './evaluate-source.ts';
import type { ExceptionEntry } from './exceptions.ts';
import { applyExceptions } from './exceptions.ts';
import { passInOrder } from './ordered-queue.ts';
import { progressOf, silentProgress } from './progress.ts';
import { inParallel } from './run-in-parallel.ts';
import type { SavedResults } from '../saved/saved-results.ts';
import type { SummaryRow } from './summary.ts';
import { reasonsText, summaryText, verdictCounts } from './summary.ts';

/** What is evaluated, with what, and how the results are shown. */
export interface EvaluationRun {
  readonly sources: readonly AccountSource[];
  /** The controls, each with the same options. */
  readonly parameterSets: readonly Parameters[];
  readonly format: Format;
  /** What the remediation is made with, if the format shows one. */
  readonly choices: Choices;
  /** How many accounts are read at the same time. */
  readonly concurrency: number;
  /** Whether progress is shown, and only accounts that are not satisfied are drawn. */
  readonly isMany: boolean;
  /** Whether only errors and the summary are printed. */
  readonly isQuiet: boolean;
  readonly failOn: FailOn;
  readonly exceptions: readonly ExceptionEntry[];
  /** Where results are kept until the run is complete. */
  readonly saved?: SavedResults;
  readonly now: () => Date;
}

/** More accounts than this are summed up; fewer are drawn, link by link. */
const MOST_DRAWN = 10;

type AccountOutcome =
  { readonly kind: 'evaluated'; readonly results: readonly Result[] } | ({ readonly kind: 'failed' } & Failed);

/** The name under which the results of a source are saved. */
export function savedName({ accountId = '', region = '' }: AccountSource): string {
  return `${accountId}.${region}`;
}

/**
 * Evaluates every account of a run. An account that fails is reported, and the others are evaluated all the same. Only
 * when no other account can succeed, or the user interrupts, the rest is left. What is done until then is shown and kept.
 *
 * @returns the exit code
 */
export async function runEvaluation(run: EvaluationRun, io: Streams, terminal: Terminal): Promise<number> {
  const { sources, parameterSets, format, choices, concurrency, isMany, isQuiet, failOn, exceptions, saved, now } = run;
  const style = styleOf(io, terminal);
  const toRemediate = remediationQueue(format === 'text' ? 0 : outputFormats[format].remediations);
  const outcomes = new Map<number, AccountOutcome>();
  const progress = isMany && !isQuiet ? progressOf(sources.length, terminal, io.err) : silentProgress;
  const isDrawn = format === 'text' && !isQuiet && parameterSets.length === 1 && sources.length <= MOST_DRAWN;
  const drawn = passInOrder<string>((text) => {
    if (isDrawn && text !== '')
      progress.around(() => {
        io.out(text);
      });
  });
  const stop = new AbortController();
  let whyStopped = '';
  const stopFor = (why: string) => {
    if (!stop.signal.aborted) whyStopped = why;
    stop.abort();
  };
  const interruption = terminal.interruption();
  interruption.addEventListener('abort', () => {
    stopFor('interrupted');
  });

  const fail = (index: number, { name }: AccountSource, error: unknown) => {
    const message = messageOf(error);
    outcomes.set(index, { kind: 'failed', name, message, failedAt: now().toISOString() });
    if (isMany) progress.done(`${name}  not evaluated: ${message}`);
    else io.err(`error: ${sanitizeLine(withName(name, message))}\n`);
    drawn.put(index, '');
    if (haveCredentialsExpired(error)) stopFor('the credentials have expired');
    if (saved !== undefined && isDiskError(error)) stopFor('the results cannot be written');
  };

  await inParallel(sources, concurrency, stop.signal, async (source, index) => {
    try {
      const earlier = await saved?.load(savedName(source));
      const evaluated = earlier === undefined ? await evaluateSource(source, parameterSets) : [];
      const results =
        earlier?.results.map((result) => ({ ...result, evaluatedEarlierAt: earlier.evaluatedAt })) ??
        evaluated.map(({ result }) => result);
      if (stop.signal.aborted) return;
      if (earlier === undefined) await saved?.save(savedName(source), results);
      outcomes.set(index, { kind: 'evaluated', results });
      toRemediate.add(index, evaluated);
      const toDraw = isMany ? evaluated.filter(({ verdict }) => verdict.kind !== 'satisfied') : evaluated;
      const marked = toDraw.map((one) => {
        const [result = one.result] = applyExceptions([one.result], exceptions, now()).results;
        return { ...one, result };
      });
      drawn.put(index, marked.length > 0 ? accountText(marked, now().toISOString(), style) : '');
      progress.done(`${source.name}  ${shortText(results)}${earlier === undefined ? '' : ' (from an earlier run)'}`);
    } catch (error) {
      if (!stop.signal.aborted) fail(index, source, error);
    }
  });
  drawn.flush();
  const planned = await toRemediate.plan(choices, { concurrency, signal: stop.signal });
  const notSaved = await addRemediations(outcomes, planned, sources, saved);
  progress.end();
  if (!stop.signal.aborted) await saved?.complete();

  const document = documentOf(sources, outcomes, whyStopped, now().toISOString());
  const { results, notes } = applyExceptions(document.results, exceptions, now());
  if (!isQuiet) for (const note of [...notes, ...notSaved]) io.err(`note: ${sanitizeLine(note)}\n`);
  if (format !== 'text') {
    io.out(outputFormats[format].write({ ...document, results }));
  } else if (sources.length > 1 || parameterSets.length > 1 || isQuiet) {
    const rows = rowsOf(sources, outcomes, results);
    io.out(summaryText({ rows, notReached: sources.length - outcomes.size, now: now() }, style));
    if (!isDrawn && !isQuiet && results.some(({ verdict }) => verdict !== 'satisfied'))
      io.out(`\n${reasonsText(results, style)}`);
  }
  if (format === 'text' && !isQuiet && results.length > 0)
    io.out(`${isDrawn && sources.length === 1 ? '' : '\n'}${rulesText(document, style)}`);
  if (isMany) {
    for (const outcome of sortedOutcomes(outcomes)) {
      if (outcome.kind === 'failed') io.err(`error: ${sanitizeLine(withName(outcome.name, outcome.message))}\n`);
    }
  }
  if (stop.signal.aborted && (isMany || interruption.aborted)) {
    const message = stoppedMessage(whyStopped, outcomes.size, sources.length, saved !== undefined);
    io.err(`${wrapText('', message, terminal.errColumns)}\n`);
  }
  if (interruption.aborted) return exitCodes.interrupted;
  if (document.failed.length > 0) return exitCodes.couldNotRun;
  return exitCodeOf(
    results.map(({ verdict, exception, evaluatedEarlierAt }) => ({
      verdict,
      isExcepted: exception !== undefined,
      isFromEarlierRun: evaluatedEarlierAt !== undefined,
    })),
    failOn,
  );
}

/**
 * Gives results their remediation, also in the folder of saved results, so that a page of these shows it.
 *
 * @returns a sentence for each account whose remediation could not be saved
 */
async function addRemediations(
  outcomes: Map<number, AccountOutcome>,
  planned: ReadonlyMap<Result, readonly RemediationText[]>,
  sources: readonly AccountSource[],
  saved: SavedResults | undefined,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, outcome] of outcomes) {
    const source = sources[index];
    if (source === undefined || outcome.kind === 'failed' || !outcome.results.some((one) => planned.has(one))) continue;
    const results = outcome.results.map((result): Result => {
      const remediation = planned.get(result);
      return remediation === undefined ? result : { ...result, remediation };
    });
    outcomes.set(index, { kind: 'evaluated', results });
    await saved?.save(savedName(source), results).catch((error: unknown) => {
      problems.push(`the remediation of ${source.name} was not saved: ${messageOf(error)}`);
    });
  }
  return problems;
}

/** The errors of files name the file already. */
function withName(name: string, message: string): string {
  return message.startsWith(`${name}: `) ? message : `${name}: ${message}`;
}

function sortedOutcomes(outcomes: ReadonlyMap<number, AccountOutcome>): readonly AccountOutcome[] {
  return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
}

/** @param results - those of all accounts, in the order of the sources, with their exceptions */
function rowsOf(
  sources: readonly AccountSource[],
  outcomes: ReadonlyMap<number, AccountOutcome>,
  results: readonly Result[],
): readonly SummaryRow[] {
  let from = 0;
  return sources.flatMap(({ name, title }, index): readonly SummaryRow[] => {
    const outcome = outcomes.get(index);
    if (outcome === undefined) return [];
    if (outcome.kind === 'failed') return [{ kind: 'failed', name }];
    const own = results.slice(from, from + outcome.results.length);
    from += outcome.results.length;
    return [{ kind: 'evaluated', name: own[0]?.name ?? title, results: own }];
  });
}

function documentOf(
  sources: readonly AccountSource[],
  outcomes: ReadonlyMap<number, AccountOutcome>,
  whyStopped: string,
  endedAt: string,
): ResultDocument {
  const all = sources.map(
    ({ name }, index): AccountOutcome =>
      outcomes.get(index) ?? { kind: 'failed', name, message: `not evaluated: ${whyStopped}`, failedAt: endedAt },
  );
  const results = all.flatMap((outcome) => (outcome.kind === 'evaluated' ? outcome.results : []));
  return {
    formatVersion: 1,
    toolVersion: manifest.version,
    evaluatedAt: endedAt,
    controls: controlFactsOf(results.map(({ control }) => control)),
    results,
    failed: all.flatMap((outcome) =>
      outcome.kind === 'failed' ? [{ name: outcome.name, message: outcome.message, failedAt: outcome.failedAt }] : [],
    ),
  };
}

function shortText(results: readonly Result[]): string {
  const [first] = results;
  if (first !== undefined && results.length === 1) {
    return first.verdict === 'satisfied' ? first.verdict : `${first.verdict} ${codeOf(first)}`;
  }
  return verdictCounts(results);
}

function stoppedMessage(why: string, done: number, total: number, isSaved: boolean): string {
  const onward = isSaved ? '; run the same command again to continue' : '';
  return `stopped: ${why}, after ${done} of ${total} accounts${onward}`;
}

/** https://nodejs.org/docs/latest-v22.x/api/errors.html#common-system-errors */
function isDiskError(error: unknown): boolean {
  const codes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'];
  if (!(error instanceof Error)) return false;
  const isSystemError = 'syscall' in error && 'code' in error && codes.includes(String(error.code));
  return isSystemError || isDiskError(error.cause);
}
