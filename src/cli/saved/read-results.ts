import { stat } from 'node:fs/promises';

import * as v from 'valibot';

import { controlFactsOf } from '../../report/control-facts.ts';
import type { Failed, Result, ResultDocument } from '../../report/result.ts';
import { STANDARD_STREAM, fileTitle } from '../terminal/read-file.ts';
import type { SavedRun } from './saved-results.ts';
import { readSavedRun } from './saved-results.ts';

/** The version of the format of results that this program reads and writes. */
const RESULT_FORMAT_VERSION = 1;

const text = v.string();
const findingSchema = v.looseObject({ code: text, sentence: text, fix: text });

/** What every reader of results relies on. Members that a newer version added are kept. */
const resultSchema = v.looseObject({
  name: text,
  accountId: text,
  region: text,
  readAt: v.pipe(text, v.isoTimestamp()),
  control: v.looseObject({ id: text, title: text, filterPattern: text }),
  verdict: v.picklist(['satisfied', 'broken', 'undecided']),
  chains: v.pipe(
    v.array(
      v.looseObject({
        outcome: text,
        path: v.record(text, text),
        links: v.array(v.looseObject({ link: text, state: text, subject: text, finding: v.optional(findingSchema) })),
        finding: v.optional(findingSchema),
      }),
    ),
    v.minLength(1),
  ),
  evaluations: v.array(v.looseObject({ complianceType: text, complianceResourceId: text })),
});

const failedSchema = v.object({ name: text, message: text, failedAt: v.optional(text, '') });

const documentSchema = v.looseObject({
  formatVersion: v.number(),
  toolVersion: v.optional(text),
  evaluatedAt: v.optional(text),
  results: v.array(resultSchema),
  failed: v.optional(v.array(failedSchema), []),
});

/**
 * The results in a document of `evaluate --format json`, or in a file of `--out`.
 *
 * @returns nothing if the text is something else
 * @throws Error with a sentence, if a newer version of the program wrote them, or they are not whole
 */
export function documentIn(json: string): ResultDocument | undefined {
  const { formatVersion, results } = membersOf(json);
  if (!Array.isArray(results) || typeof formatVersion !== 'number') return undefined;
  if (formatVersion > RESULT_FORMAT_VERSION) {
    throw new Error(
      `these results were written by version ${formatVersion} of the format; this is version ${RESULT_FORMAT_VERSION}. Use a ` +
        'newer version of this program',
    );
  }
  const { toolVersion, evaluatedAt, failed } = checked(documentSchema, JSON.parse(json));
  const whole = results as readonly Result[];
  return {
    formatVersion: RESULT_FORMAT_VERSION,
    ...(toolVersion === undefined ? {} : { toolVersion }),
    ...(evaluatedAt === undefined ? {} : { evaluatedAt }),
    controls: controlFactsOf(whole.map(({ control }) => control)),
    results: whole,
    failed,
  };
}

/**
 * The results in a document of `evaluate --format json`, or in a file of `--out`.
 *
 * @returns nothing if the text is something else
 * @throws Error with a sentence, if a newer version of the program wrote them, or they are not whole
 */
export function resultsIn(json: string): readonly Result[] | undefined {
  return documentIn(json)?.results;
}

/** @throws Error that names the first place that is not as it must be */
function checked<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(`these are not results of \`evaluate\`: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function membersOf(json: string): { readonly formatVersion?: unknown; readonly results?: unknown } {
  try {
    const data: unknown = JSON.parse(json);
    return typeof data === 'object' && data !== null ? data : {};
  } catch {
    return {};
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return path !== STANDARD_STREAM && ((await stat(path).catch(() => undefined))?.isDirectory() ?? false);
}

/**
 * The results in a folder of `evaluate --out`. An account that the run did not evaluate is one that failed.
 *
 * @throws Error with a sentence that names the folder, if it does not hold results
 */
export async function documentOfFolder(path: string): Promise<ResultDocument> {
  const run = await readSavedRun(path);
  checked(v.array(resultSchema), run.results);
  const { toolVersion, startedAt, completedAt, evaluatedAt = startedAt, missing } = run;
  return {
    formatVersion: RESULT_FORMAT_VERSION,
    ...(toolVersion === undefined ? {} : { toolVersion }),
    evaluatedAt,
    controls: controlFactsOf(run.results.map(({ control }) => control)),
    results: run.results,
    failed: missing.map((name): Failed => ({ name, message: whyMissing(run), failedAt: completedAt ?? evaluatedAt })),
  };
}

function whyMissing({ completedAt }: SavedRun): string {
  return completedAt === undefined
    ? 'not evaluated yet: the run was interrupted, or goes on; the same command continues it'
    : 'not evaluated: the run could not read it, and said why';
}

/**
 * One document of several: results of different accounts, regions or controls.
 *
 * @throws Error if two of them have a result of the same account, region and control
 */
export function joinDocuments(
  documents: readonly { readonly path: string; readonly document: ResultDocument }[],
): ResultDocument {
  const places = new Map<string, string>();
  for (const { path, document } of documents) {
    for (const { name, accountId, region, control } of document.results) {
      const key = JSON.stringify([name, accountId, region, control.id]);
      const other = places.get(key);
      if (other !== undefined) {
        const where =
          other === path ? `twice in ${fileTitle(path)}` : `in ${fileTitle(other)} and in ${fileTitle(path)}`;
        throw new Error(
          `${accountId} ${region} ${control.id} is ${where}: \`diff\` and \`evaluate --history\` compare results of several times`,
        );
      }
      places.set(key, path);
    }
  }
  const versions = new Set(documents.map(({ document }) => document.toolVersion));
  const [toolVersion] = versions;
  const evaluatedAt =
    documents
      .map((one) => one.document.evaluatedAt ?? '')
      .sort()
      .at(-1) ?? '';
  const results = documents.flatMap(({ document }) => document.results);
  return {
    formatVersion: RESULT_FORMAT_VERSION,
    ...(versions.size === 1 && toolVersion !== undefined ? { toolVersion } : {}),
    ...(evaluatedAt === '' ? {} : { evaluatedAt }),
    controls: controlFactsOf(results.map(({ control }) => control)),
    results,
    failed: documents.flatMap(({ document }) => document.failed),
  };
}
