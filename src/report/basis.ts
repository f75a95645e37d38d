import type { Result, ResultDocument } from './result.ts';
import { changedParameters } from './stated-rules.ts';

/** One thing to know about results: what it is called, and the text. */
export interface Fact {
  readonly title: string;
  readonly text: string;
}

/**
 * Under which rules results were made: when and by which version, each control with its pattern and premises, and every
 * parameter. Whoever has only the document knows the question then.
 */
export function rulesOf({ toolVersion, evaluatedAt, results }: ResultDocument): readonly Fact[] {
  const controls = [...new Map(results.map(({ control }) => [JSON.stringify(control), control])).values()];
  const sets = [...new Map(results.map(({ parameters = {} }) => [JSON.stringify(parameters), parameters])).values()];
  return [
    {
      title: 'evaluated',
      text: `${evaluatedAt ?? 'at a time that is not known'}, by version ${toolVersion ?? 'that is not known'}`,
    },
    ...controls.flatMap(({ id, title, filterPattern, premises }) => [
      { title: 'control', text: `${id}: ${title}` },
      { title: 'pattern', text: filterPattern },
      ...(premises === undefined ? [] : [{ title: 'premises', text: premises }]),
    ]),
    ...sets.map((parameters) => ({ title: 'parameters', text: parametersText(parameters) })),
  ];
}

/** Every parameter, and which of them differ from their defaults. */
export function parametersText(parameters: Readonly<Record<string, string>>): string {
  const all = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  if (all.length === 0) return 'not known';
  const changed = changedParameters(parameters);
  return `${all.join(' ')} (${changed.length === 0 ? 'all defaults' : `not defaults: ${changed.join(' ')}`})`;
}

/** What one result rests on: when and by whom the account was read, from where, and how completely. */
export function sourceOf(result: Result, evaluatedAt: string | undefined): readonly Fact[] {
  const { source } = result;
  const read = { title: 'read', text: `${result.readAt}${ageNote(result, evaluatedAt)}` };
  if (source === undefined) return [read];
  const { files = [], previousFiles = [], isChanged, onto, notHeld = [], assumed = [] } = source;
  return [
    read,
    ...(source.kind === 'plan' || source.kind === 'template' ? [] : [{ title: 'by', text: callerText(source) }]),
    { title: 'from', text: originText(source) },
    ...files.map((file) => ({ title: 'file', text: fileText(file) })),
    ...(onto === undefined ? [] : [{ title: 'over', text: baseText(onto) }]),
    ...previousFiles.map((file) => ({ title: 'deployed', text: fileText(file) })),
    { title: 'complete', text: completeText(source) },
    ...(isChanged === true ? [{ title: 'changed', text: 'the snapshot is not as it was written' }] : []),
    ...notHeld.map((text) => ({ title: 'not held', text })),
    ...assumed.map((text) => ({ title: 'assumed', text })),
  ];
}

type Source = NonNullable<Result['source']>;

/** Who read the account. */
export function callerText({
  caller,
  callerFailure,
  isRedacted,
}: Pick<Source, 'caller' | 'callerFailure' | 'isRedacted'>): string {
  if (caller !== undefined) return caller;
  if (isRedacted === true) return 'not shown in a copy under other names';
  return callerFailure === undefined ? 'not known' : `not known: ${callerFailure}`;
}

function originText({
  kind,
  endpoint,
  sha256,
  formatVersion,
  isRedacted,
}: Pick<Source, 'kind' | 'endpoint' | 'sha256' | 'formatVersion' | 'isRedacted'>): string {
  return [
    kind.replace('-', ' '),
    ...(isRedacted === true ? ['a copy under other names'] : []),
    ...(formatVersion === undefined ? [] : [`format ${formatVersion}`]),
    ...(endpoint === undefined ? [] : [`not of AWS, but of ${endpoint}`]),
    ...(sha256 === undefined ? [] : [`sha256 ${sha256}`]),
  ].join(', ');
}

/** One of several files that were judged together. */
export function fileText({ name, sha256 }: NonNullable<Source['files']>[number]): string {
  return `${name}, sha256 ${sha256}`;
}

/** The snapshot that a plan or a template was laid over. */
export function baseText({ readAt, caller, callerFailure, ...origin }: NonNullable<Source['onto']>): string {
  const unknown = callerFailure === undefined ? '' : `, caller not known: ${callerFailure}`;
  const by = caller === undefined ? unknown : ` by ${caller}`;
  return `${originText({ kind: 'snapshot', ...origin })}, read ${readAt}${by}`;
}

/** Whether everything was read that the judgement asked for. */
export function completeText({ isComplete, refused }: Pick<Source, 'isComplete' | 'refused'>): string {
  if (isComplete) return 'yes';
  const parts = refused.map(({ part, operation, error }) => `${part} (${operation}, ${error})`);
  return `no: could not be read: ${parts.join('; ')}`;
}

/**
 * How old the facts of a result were when it was evaluated.
 *
 * @returns such as `6 days`; empty where a time is not known
 */
export function ageOf({ readAt }: Pick<Result, 'readAt'>, evaluatedAt: string | undefined): string {
  const age = evaluatedAt === undefined ? NaN : Date.parse(evaluatedAt) - Date.parse(readAt);
  return Number.isNaN(age) ? '' : durationText(age);
}

function ageNote(result: Result, evaluatedAt: string | undefined): string {
  const age = ageOf(result, result.evaluatedEarlierAt ?? evaluatedAt);
  return age === '' ? '' : `, ${age} before the evaluation`;
}

/** A time span in the largest unit that shows it well: minutes, hours or days. */
export function durationText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
