import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

import { messageOf } from './errors.ts';

/** Files that are not whole yet. A process that ends in the middle, since nobody reads on, leaves none of them. */
const unfinishedFiles = new Set<string>();
process.once('exit', () => {
  for (const path of unfinishedFiles) rmSync(path, { force: true });
});

/**
 * Writes a file whole or not at all: beside its place first, and renamed once it is on the disk. Where a link leads is
 * the place. What is no file, such as /dev/stdout, is written to as it is.
 *
 * @param mode - who may read and write it, before the umask
 * @throws Error with a sentence that names the file, if there is no room or no permission
 */
export async function writeFileAtomically(path: string, text: string, mode = 0o666): Promise<void> {
  try {
    const there = await stat(path).catch(() => undefined);
    if (there === undefined) await replaceFile(path, text, mode);
    else if (there.isFile() || there.isDirectory()) await replaceFile(await realpath(path), text, mode);
    else await writeFile(path, text);
  } catch (cause) {
    throw new Error(`could not write ${path}: ${describeSystemError(cause)}`, { cause });
  }
}

async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  unfinishedFiles.add(beside);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    unfinishedFiles.delete(beside);
  }
}

const systemErrorTexts: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'what should be its folder is none',
  EEXIST: 'it is there, and is no folder',
  EISDIR: 'it is a folder',
};

/** A system error in words. */
export function describeSystemError(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return systemErrorTexts[code] ?? messageOf(error);
}
