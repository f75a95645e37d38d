import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { declaredReader } from '../../inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../inventory/declared/read-file.ts';
import { ontoReader } from '../../inventory/declared/onto/onto-reader.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import { snapshotReader } from '../../inventory/snapshot-reader.ts';
import type { Snapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { openSnapshot, originOf } from '../../inventory/snapshot/snapshot-file.ts';
import { STANDARD_STREAM, fileTitle, readParsed } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';
import type { Source } from './sources.ts';

/** The folder of the sample accounts. From here and from the bundle, `dist/cli/`, the way up differs by one folder. */
const samplesFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../events/accounts/' : '../../events/accounts/', import.meta.url),
);

/** The sample accounts, each named by its story. */
export async function sampleSources(stdin: Streams['stdin']): Promise<readonly Source[]> {
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
}

/** The same with the snapshot that was read. */
interface ReaderSettings extends Omit<FileSettings, 'onto'> {
  readonly onto?: Inventory;
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
): Promise<readonly Source[]> {
  const { onto, ...said } = settings;
  if ([...paths, onto].filter((path) => path === STANDARD_STREAM).length > 1) {
    throw new Error('standard input can be read once only: give `-` once');
  }
  const files = await Promise.all(paths.map(filesOf));
  if (onto === undefined) return files.flat().map((path) => fileSource(path, stdin, said));
  const { snapshot, sha256 } = await readSnapshot(onto, stdin);
  const base = snapshot.inventory;
  return files.flat().map((path) => ({
    ...fileSource(path, stdin, { ...said, onto: base }),
    openBefore: () => Promise.resolve(readerOfSnapshot(snapshot, sha256)),
  }));
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
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

function fileSource(path: string, stdin: Streams['stdin'], settings: ReaderSettings): Source {
  const name = fileTitle(path);
  return {
    name,
    title: basename(name)
      .replace(/\.(json|ya?ml|template)$/, '')
      .replace(/^\d{1,3}-/, '')
      .replaceAll('-', ' '),
    open: () =>
      readParsed(path, stdin, (text, sha256) =>
        readerOf(text, sha256, path === STANDARD_STREAM ? settings : { ...settings, file: path }),
      ),
  };
}

/** The reader for what a file turns out to be. */
function readerOf(text: string, sha256: string, settings: ReaderSettings): InventoryReader {
  const file = recognizeFile(text, { ...settings, now: new Date().toISOString() });
  switch (file.kind) {
    case 'declared': {
      const { onto } = settings;
      const reader = onto === undefined ? declaredReader(file.account) : ontoReader(onto, file.account);
      return { ...reader, origin: { kind: file.form, sha256 } };
    }
    case 'invalid':
      throw new Error(file.problem);
    case 'other': {
      const [misplaced] = Object.keys(settings).filter((name) => name !== 'file');
      const snapshot = openSnapshot(text);
      if (misplaced === undefined) return readerOfSnapshot(snapshot, sha256);
      throw new Error(
        'a snapshot says its own account and region; `--account-id`, `--region`, `--parameters` and `--onto` go with plans and templates',
      );
    }
  }
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
