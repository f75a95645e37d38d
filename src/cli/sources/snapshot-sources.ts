import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { declaredReader } from '../../inventory/declared/declared-reader.ts';
import { nameForeignFile } from '../../inventory/declared/foreign-files.ts';
import type { RecognizedFile } from '../../inventory/declared/read-file.ts';
import type { StackBefore } from '../../inventory/declared/settings.ts';
import { isTemplate, recognizeFile, recognizeTemplates } from '../../inventory/declared/read-file.ts';
import { assumedOf, ontoReader } from '../../inventory/declared/onto/onto-reader.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { Origin, OriginFile } from '../../inventory/origin.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import { snapshotReader } from '../../inventory/snapshot-reader.ts';
import type { Snapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { originOf } from '../../inventory/snapshot/contents-of.ts';
import { openSnapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { STANDARD_STREAM, fileTitle, readParsed } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';
import type { AccountSource } from './sources.ts';

/** The folder of the sample accounts. From here and from the bundle, `dist/cli/`, the way up differs by one folder. */
const samplesFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../events/accounts/' : '../../events/accounts/', import.meta.url),
);

/** The sample accounts, each named by its story. */
export async function sampleSources(stdin: Streams['stdin']): Promise<readonly AccountSource[]> {
  return (await snapshotsIn(samplesFolder)).map((path) => fileSource(path, stdin, {}));
}

/** What a plan or a template may not say of its account. */
export interface FileSettings {
  readonly accountId?: string;
  readonly region?: string;
  /** Values of a template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The snapshot that plans and templates are laid over. */
  readonly onto?: string;
  /** The templates that are deployed in the account of that snapshot. */
  readonly previousTemplates?: readonly string[];
  /** Whether templates make a stack that is not there yet. */
  readonly isNewStack?: true;
}

/** The same with the snapshot that was read. */
interface ReaderSettings extends Omit<FileSettings, 'onto' | 'previousTemplates' | 'isNewStack'> {
  readonly onto?: Inventory;
  readonly stack?: StackBefore;
  /** What a result has to say of that snapshot. */
  readonly ontoFacts?: Pick<Origin, 'onto' | 'isChanged' | 'notHeld' | 'previousFiles'>;
  readonly file?: string;
}

/**
 * The snapshots, Terraform plans and CloudFormation templates that a command line names.
 *
 * @param paths - files; `-` is standard input, and a folder means the files in it that end in `.json`
 * @throws Error with a sentence that names the folder that holds no snapshot
 */
export async function snapshotSources(
  paths: readonly string[],
  stdin: Streams['stdin'],
  settings: FileSettings = {},
): Promise<readonly AccountSource[]> {
  const { onto, previousTemplates = [], isNewStack, ...others } = settings;
  if ([...paths, ...previousTemplates, onto].filter((path) => path === STANDARD_STREAM).length > 1) {
    throw new Error('standard input can be read once only: give `-` once');
  }
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const base = onto === undefined ? undefined : await readSnapshot(onto, stdin);
  // What a plan deletes or changes would be found under no name, and so would stay.
  if (base?.snapshot.head.redacted === true) {
    throw new Error(`${fileTitle(onto ?? '')}: a copy under other names; \`--onto\` needs the names of the account`);
  }
  const previous = await readNamed(previousTemplates, stdin);
  const stack = isNewStack === true ? ({ kind: 'new' } as const) : deployedStack(previous);
  const said: ReaderSettings = { ...others, ...(stack === undefined ? {} : { stack }) };
  const known: ReaderSettings = base === undefined ? said : { ...said, ...ontoSettings(base, previous) };
  const templates = files.length > 1 ? await templatesAmong(files) : [];
  const single = files.filter((path) => !templates.includes(path)).map((path) => fileSource(path, stdin, known));
  const together = templates.length > 1 ? [templatesSource(templates, stdin, known)] : [];
  const alone = templates.length === 1 ? templates.map((path) => fileSource(path, stdin, known)) : [];
  const sources = [...single, ...together, ...alone];
  if (base === undefined) return sources;
  const { snapshot, sha256 } = base;
  return sources.map((source) => ({
    ...source,
    openBefore: () => Promise.resolve(readerOfSnapshot(snapshot, sha256)),
  }));
}

/** A file that is judged together with others. */
interface NamedFile {
  readonly file: string;
  readonly text: string;
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string;
}

async function readNamed(paths: readonly string[], stdin: Streams['stdin']): Promise<readonly NamedFile[]> {
  return await Promise.all(paths.map((file) => readParsed(file, stdin, (text, sha256) => ({ file, text, sha256 }))));
}

function digestOf({ file, sha256 }: NamedFile): OriginFile {
  return { name: fileTitle(file), sha256 };
}

function deployedStack(files: readonly NamedFile[]): StackBefore | undefined {
  return files.length === 0 ? undefined : { kind: 'deployed', files };
}

function ontoSettings(
  { snapshot, sha256 }: ReadSnapshot,
  previous: readonly NamedFile[],
): Required<Pick<ReaderSettings, 'onto' | 'ontoFacts'>> {
  const { caller, callerFailure, endpoint, formatVersion, isChanged, notHeld } = originOf(snapshot);
  return {
    onto: snapshot.inventory,
    ontoFacts: {
      onto: {
        readAt: snapshot.inventory.readAt,
        sha256,
        ...(caller === undefined ? {} : { caller }),
        ...(callerFailure === undefined ? {} : { callerFailure }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(formatVersion === undefined ? {} : { formatVersion }),
      },
      ...(isChanged === undefined ? {} : { isChanged }),
      ...(notHeld === undefined ? {} : { notHeld }),
      ...(previous.length === 0 ? {} : { previousFiles: previous.map(digestOf) }),
    },
  };
}

/** The ending of the files in which the CDK writes templates, also of a stack without resources. */
const CDK_TEMPLATE = '.template.json';

/** The CloudFormation templates among some files. They are of one deployment, so they are evaluated together. */
async function templatesAmong(files: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(
    files.map(async (path) => {
      if (path === STANDARD_STREAM) return '';
      // A file that cannot be read is reported when it is evaluated.
      const text = await readFile(path, 'utf8').catch(() => '');
      // A snapshot may be long, and is not read as a template.
      const mayBeTemplate = path.endsWith(CDK_TEMPLATE) || /["']?Resources["']?\s*:/.test(text);
      return mayBeTemplate && !/"formatVersion"\s*:/.test(text) ? text : '';
    }),
  );
  return files.filter((_, at) => texts[at] !== '' && isTemplate(texts[at] ?? '', files[at] ?? ''));
}

function templatesSource(paths: readonly string[], stdin: Streams['stdin'], settings: ReaderSettings): AccountSource {
  const [first = '', ...others] = paths;
  return {
    name: paths.join(', '),
    title: [titleOf(first), ...others.map(titleOf)].join(' + '),
    open: async () => {
      const files = await readNamed(paths, stdin);
      const read = recognizeTemplates(files, { ...settings, now: new Date().toISOString() });
      return (
        declaredBy(read, { files: files.map(digestOf) }, settings) ??
        Promise.reject(new Error('the files are no templates any more'))
      );
    },
  };
}

async function filesOf(path: string): Promise<readonly string[]> {
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    // A file that cannot be opened is reported when it is read, and the others are evaluated.
    () => false,
  );
  if (!isFolder || path === STANDARD_STREAM) return [path];
  const files = await snapshotsIn(path);
  if (files.length === 0)
    throw new Error(`${path}: the folder holds no snapshot, that is no file that ends in \`.json\``);
  return files;
}

async function snapshotsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  // The CDK puts the templates of an app in a folder with other files, and marks the folder with a file of this name.
  const isAssembly = names.includes('cdk.out');
  return names
    .filter((name) => name.endsWith('.json'))
    .filter((name) => !isAssembly || name.endsWith(CDK_TEMPLATE))
    .sort()
    .map((name) => join(folder, name));
}

function fileSource(path: string, stdin: Streams['stdin'], settings: ReaderSettings): AccountSource {
  const name = fileTitle(path);
  return {
    name,
    title: titleOf(name),
    open: () =>
      readParsed(path, stdin, (text, sha256) =>
        readerOf(text, sha256, path === STANDARD_STREAM ? settings : { ...settings, file: path }),
      ),
  };
}

function titleOf(name: string): string {
  return basename(name)
    .replace(/\.(json|ya?ml|template)$/, '')
    .replace(/^\d{1,3}-/, '')
    .replaceAll('-', ' ');
}

/** The reader for what plans or templates declare; nothing if the files are something else. */
function declaredBy(
  file: RecognizedFile,
  digests: Pick<Origin, 'sha256' | 'files'>,
  { onto, ontoFacts }: ReaderSettings,
): InventoryReader | undefined {
  if (file.kind === 'invalid') throw new Error(file.problem);
  if (file.kind === 'other') return undefined;
  if (onto === undefined) return { ...declaredReader(file.account), origin: { kind: file.form, ...digests } };
  const origin = { kind: file.form, ...digests, ...ontoFacts, ...assumedOf(onto, file.account) };
  return { ...ontoReader(onto, file.account), origin };
}

/** The reader for what a file turns out to be. */
function readerOf(text: string, sha256: string, settings: ReaderSettings): InventoryReader {
  const file = recognizeFile(text, { ...settings, now: new Date().toISOString() });
  const declared = declaredBy(file, { sha256 }, settings);
  if (declared !== undefined) return declared;
  const foreign = nameForeignFile(text);
  if (foreign !== undefined) throw new Error(foreign);
  const snapshot = openSnapshot(text);
  const misplaced = Object.keys(settings).filter((name) => name !== 'file');
  if (misplaced.length === 0) return readerOfSnapshot(snapshot, sha256);
  throw new Error(
    'a snapshot says its own account and region; `--account-id`, `--region`, `--parameters` and `--onto` go with plans and templates',
  );
}

/**
 * A reader that answers from a snapshot, and says where it comes from.
 *
 * @param sha256 - of the file, in hexadecimal digits
 */
export function readerOfSnapshot(snapshot: Snapshot, sha256: string): InventoryReader {
  const { inventory, kindsNotHeld } = snapshot;
  return { ...snapshotReader(inventory, kindsNotHeld), origin: { ...originOf(snapshot), sha256 } };
}

/** A snapshot, and the SHA-256 of its file in hexadecimal digits. */
export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  readonly sha256: string;
}

/**
 * What a snapshot holds.
 *
 * @param path - the file; `-` is standard input
 * @throws Error that names the file, and the place in it that is wrong
 */
export async function readSnapshot(path: string, stdin: Streams['stdin']): Promise<ReadSnapshot> {
  return readParsed(path, stdin, (text, sha256) => ({ snapshot: openSnapshot(text), sha256 }));
}
