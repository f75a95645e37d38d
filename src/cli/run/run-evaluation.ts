import type { Parameters } from '../../parameters/parameters.ts';
import { outputFormats } from '../../report/formats/output-formats.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Result, ResultDocument } from '../../report/result.ts';
import { codeOf } from '../../report/result.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Format } from './evaluate-report.ts';
import { accountText, summaryText, verdictCounts } from './evaluate-report.ts';
import { evaluateSource } from './evaluate-source.ts';
import { exitCodeOf, exitCodes } from '../terminal/exit-code.ts';
import { passInOrder } from './ordered-queue.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { inParallel } from './run-in-parallel.ts';
import { haveCredentialsExpired, messageOf } from '../terminal/errors.ts';
import { progressOf } from './progress.ts';
import type { SavedResults } from './saved-results.ts';
import type { Source } from '../sources/sources.ts';
import { styleOf } from '../terminal/style.ts';

/** What is to be judged, by what, and how it is told. */
export interface EvaluationRun {
  readonly sources: readonly Source[];
  readonly questions: readonly Parameters[];
  readonly format: Format;
  /** How many accounts are read side by side. */
  readonly concurrency: number;
  /** Whether progress is told, and only what does not hold is drawn. */
  readonly isMany: boolean;
  /** Where results are kept from one run to the next. */
  readonly saved?: SavedResults;
}

type AccountOutcome =
  | { readonly kind: 'judged'; readonly results: readonly Result[] }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

/**
 * Judges every account of a job. What goes wrong with one is told, and the others are judged all the same; only when
 * nothing more can go well, or the user wants out, the rest is left. What is done by then is told and kept.
 *
 * @returns the exit code
 */
export async function runEvaluation(job: EvaluationRun, io: Streams, terminal: Terminal): Promise<number> {
  const { sources, questions, format, concurrency, isMany, saved } = job;
  const style = styleOf(io, terminal);
  const outcomes = new Map<number, AccountOutcome>();
  const progress = progressOf(sources.length, terminal, isMany ? io.err : () => undefined);
  const drawn = passInOrder<string>(format === 'text' ? io.out : () => undefined);
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

  const fail = (index: number, { name }: Source, error: unknown) => {
    const message = messageOf(error);
    outcomes.set(index, { kind: 'failed', name, message });
    if (isMany) progress.done(`${name}  not judged: ${message}`);
    else io.err(`error: ${sanitizeLine(`${name}: ${message}`)}\n`);
    drawn.put(index, '');
    if (haveCredentialsExpired(error)) stopFor('the credentials are no longer valid');
    if (saved !== undefined && isDiskError(error)) stopFor('the results cannot be written');
  };

  await inParallel(sources, concurrency, stop.signal, async (source, index) => {
    try {
      const kept = source.accountId === undefined ? undefined : await saved?.load(source.accountId);
      const evaluated = kept === undefined ? await evaluateSource(source, questions) : [];
      const results = kept ?? evaluated.map(({ result }) => result);
      if (stop.signal.aborted) return;
      if (kept === undefined && source.accountId !== undefined) await saved?.save(source.accountId, results);
      outcomes.set(index, { kind: 'judged', results });
      const toDraw = isMany ? evaluated.filter(({ verdict }) => verdict.kind !== 'satisfied') : evaluated;
      drawn.put(index, toDraw.length > 0 ? accountText(toDraw, style) : '');
      progress.done(`${source.name}  ${shortText(results)}${kept === undefined ? '' : ' (from an earlier run)'}`);
    } catch (error) {
      if (!stop.signal.aborted) fail(index, source, error);
    }
  });
  progress.end();
  drawn.flush();

  const document = documentOf(sources, outcomes, whyStopped);
  const { results, failed: unjudged } = document;
  // Those that were not come to are counted: of each there is nothing to say.
  const failed = sortedOutcomes(outcomes).filter((outcome) => outcome.kind === 'failed');
  const summary = { results, failed, notReached: sources.length - outcomes.size };
  if (format !== 'text') io.out(outputFormats[format].write(document));
  else if (sources.length > 1) io.out(summaryText(summary, style));
  if (isMany) for (const { name, message } of failed) io.err(`error: ${sanitizeLine(`${name}: ${message}`)}\n`);
  const isTold = isMany || interruption.aborted;
  if (stop.signal.aborted && isTold) {
    const last = stoppedMessage(whyStopped, outcomes.size, sources.length, saved !== undefined);
    io.err(`${wrapText('', last, terminal.errColumns)}\n`);
  }
  if (interruption.aborted) return exitCodes.interrupted;
  return unjudged.length > 0 ? exitCodes.couldNotRun : exitCodeOf(results.map(({ verdict }) => verdict));
}

function sortedOutcomes(outcomes: ReadonlyMap<number, AccountOutcome>): readonly AccountOutcome[] {
  return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
}

function documentOf(
  sources: readonly Source[],
  outcomes: ReadonlyMap<number, AccountOutcome>,
  whyStopped: string,
): ResultDocument {
  const all = sources.map(
    ({ name }, index): AccountOutcome =>
      outcomes.get(index) ?? { kind: 'failed', name, message: `not judged: ${whyStopped}` },
  );
  return {
    formatVersion: 1,
    results: all.flatMap((outcome) => (outcome.kind === 'judged' ? outcome.results : [])),
    failed: all.flatMap((outcome) =>
      outcome.kind === 'failed' ? [{ name: outcome.name, message: outcome.message }] : [],
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
  const onward = isSaved ? '; run the same command again to go on from here' : '';
  return `stopped: ${why}, after ${done} of ${total} accounts${onward}`;
}

/** https://nodejs.org/docs/latest-v22.x/api/errors.html#common-system-errors */
function isDiskError(error: unknown): boolean {
  const codes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'];
  if (!(error instanceof Error)) return false;
  const isSystemFault = 'syscall' in error && 'code' in error && codes.includes(String(error.code));
  return isSystemFault || isDiskError(error.cause);
}
