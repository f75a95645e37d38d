import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

import { messageOf } from './errors.ts';

/** Files that are not whole yet. A process that ends early removes them. */
const unfinishedFiles = new Set<string>();
process.once('exit', () => {
  for (const path of unfinishedFiles) rmSync(path, { force: true });
});

export interface WriteOptions {
  /** Who may read and write the file, before the umask. */
  readonly mode?: number;
  /** Whether a file that exists is replaced; true by default. */
  readonly force?: boolean;
}

/**
 * Writes a file whole or not at all: into its folder under another name first, and renamed once it is on the disk. A
 * symbolic link is followed. What is no file, such as /dev/stdout, is written to as it is.
 *
 * @throws Error with a sentence that names the file, if it exists and must not be replaced, or cannot be written
 */
export async function writeFileAtomically(
  path: string,
  text: string,
  { mode = 0o666, force = true }: WriteOptions = {},
): Promise<void> {
  try {
    const entry = await stat(path).catch(() => undefined);
    if (entry === undefined) await writeInPlace(path, text, mode, force);
    else if (!entry.isFile() && !entry.isDirectory()) await writeFile(path, text);
    else if (!force && entry.isFile()) throw new ExistingFileError(existsMessage(path));
    else await writeInPlace(await realpath(path), text, mode, true);
  } catch (cause) {
    if (cause instanceof ExistingFileError) throw cause;
    if (!force && (cause as NodeJS.ErrnoException).code === 'EEXIST') throw new ExistingFileError(existsMessage(path));
    throw new Error(`could not write ${path}: ${describeSystemError(cause)}`, { cause });
  }
}

/** A file exists, and nobody said that it may be replaced. */
export class ExistingFileError extends Error {
  override readonly name = 'ExistingFileError';
}

/**
 * Refuses a file that exists, before work is done for it.
 *
 * @param hint - what else may be meant, after the sentence
 * @throws ExistingFileError
 */
export async function refuseExisting(path: string, hint = ''): Promise<void> {
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isFile() === true) throw new ExistingFileError(`${existsMessage(path)}${hint}`);
}

function existsMessage(path: string): string {
  return `${path} exists: name another file, or replace it with \`--force\``;
}

async function writeInPlace(path: string, text: string, mode: number, force: boolean): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  unfinishedFiles.add(temporary);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link fails where a file exists by now, and a rename would replace it.
    if (force) await rename(temporary, path);
    else await linkOrRename(temporary, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
    unfinishedFiles.delete(temporary);
  }
}

/**
 * Makes a folder, and those above it.
 *
 * @throws Error with a sentence that names the folder
 */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new Error(`could not make the folder ${path}: ${describeSystemError(cause)}`, { cause });
  });
}

/** Some file systems have no links. */
async function linkOrRename(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    await refuseExisting(to);
    await rename(from, to);
  }
}

const systemErrorTexts: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'it exists, and is not a folder',
  EISDIR: 'it is a folder',
};

/** A system error in words. */
export function describeSystemError(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return systemErrorTexts[code] ?? messageOf(error);
}
