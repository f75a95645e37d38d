import { createHash } from 'node:crypto';

import type { Snapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { openSnapshot } from '../../inventory/snapshot/snapshot-file.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { pairedResults } from '../../report/compare-results.ts';
import type { Result, ResultDocument } from '../../report/result.ts';
import { readerOfSnapshot } from '../sources/snapshot-sources.ts';
import { messageOf } from '../terminal/errors.ts';
import { fileTitle, readText } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';
import { evaluateSource } from '../run/evaluate-source.ts';
import { documentIn, documentOfFolder, isFolder } from './read-results.ts';

/** What one side of a comparison is: saved results, or a snapshot that is still to be evaluated. */
export type DiffSide =
  | { readonly kind: 'saved'; readonly title: string; readonly document: ResultDocument }
  | { readonly kind: 'snapshot'; readonly title: string; readonly snapshot: Snapshot; readonly sha256: string };

/** @throws Error with a sentence that names the file or the folder */
export async function readSide(path: string, stdin: Streams['stdin']): Promise<DiffSide> {
  const title = fileTitle(path);
  if (await isFolder(path)) return { kind: 'saved', title, document: await documentOfFolder(path) };
  const text = await readText(path, stdin);
  try {
    const document = documentIn(text);
    if (document !== undefined) return { kind: 'saved', title, document };
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { kind: 'snapshot', title, snapshot: openSnapshot(text), sha256 };
  } catch (cause) {
    throw new Error(`${title}: ${messageOf(cause)}`, { cause });
  }
}

/** The results of both sides. */
export interface BothResults {
  readonly before: readonly Result[];
  readonly after: readonly Result[];
}

/**
 * The results of both sides. A snapshot is evaluated with the rules that were given; without any, with those of the saved
 * results on the other side, so that both answer the same questions.
 *
 * @throws Error with a sentence that names the file
 */
export async function resultsOf(
  before: DiffSide,
  after: DiffSide,
  given: readonly Parameters[] | undefined,
  defaults: readonly Parameters[],
): Promise<BothResults> {
  const rulesFor = (other: DiffSide) =>
    given ?? (other.kind === 'saved' ? rulesOf(other.document) : undefined) ?? defaults;
  return { before: await resultsOfSide(before, rulesFor(after)), after: await resultsOfSide(after, rulesFor(before)) };
}

async function resultsOfSide(side: DiffSide, rules: readonly Parameters[]): Promise<readonly Result[]> {
  if (side.kind === 'saved') return side.document.results;
  const { title, snapshot, sha256 } = side;
  const reader = readerOfSnapshot(snapshot, sha256);
  try {
    const source = { name: title, title, open: () => Promise.resolve(reader) };
    return (await evaluateSource(source, rules)).map(({ result }) => result);
  } catch (cause) {
    throw new Error(`${title}: ${messageOf(cause)}`, { cause });
  }
}

/** The rules of saved results, each control once; nothing where they do not say them all. */
function rulesOf({ results }: ResultDocument): readonly Parameters[] | undefined {
  const byControl = new Map(results.map((result) => [result.control.id, result]));
  const parsed = [...byControl.values()].map(({ control, parameters }) => {
    if (parameters === undefined) return undefined;
    const own = {
      filterPattern: control.filterPattern,
      ...(control.premises === undefined ? {} : { premises: control.premises }),
    };
    const question = parseParameters({ ...parameters, ...(control.id === 'custom' ? own : { controlId: control.id }) });
    return question.kind === 'parsed' ? question.parameters : undefined;
  });
  const rules = parsed.filter((one) => one !== undefined);
  return rules.length === parsed.length && rules.length > 0 ? rules : undefined;
}

/** What to know of one side. */
export function notesOn(side: DiffSide, areRulesGiven: boolean): readonly string[] {
  if (side.kind === 'snapshot') return [];
  const { failed } = side.document;
  const names = failed.map(({ name }) => name);
  return [
    ...(areRulesGiven ? [`${side.title} holds saved results: the rules of this command have no effect on them`] : []),
    ...(failed.length === 0
      ? []
      : [
          `${side.title} has no result of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
        ]),
  ];
}

/** What to know of both sides together. */
export function notesOnBoth({ before, after }: BothResults): readonly string[] {
  const { old, current } = pairedResults(before, after);
  const pairs = [...old].flatMap(([key, one]) => {
    const other = current.get(key);
    return other === undefined ? [] : [[one, other] as const];
  });
  const isRedacted = ({ source }: Result) => source?.isRedacted === true;
  const mixed = before.some(isRedacted) !== after.some(isRedacted);
  const reversed = pairs.filter(([one, other]) => one.readAt > other.readAt).length;
  return [
    ...(mixed ? ['one side is a copy under other names, so the same thing has another name on the other side'] : []),
    ...(pairs.length === 0 && before.length > 0 && after.length > 0
      ? ['no account, region and control is on both sides, so nothing was compared']
      : []),
    ...(pairs.length > 0 && reversed === pairs.length ? ['the first side was read after the second'] : []),
  ];
}
