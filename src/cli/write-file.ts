import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

import { messageOf } from './problems.ts';

/**
 * Writes a file whole or not at all: beside its place first, and renamed once it is on the disk.
 *
 * @param mode - who may read and write it, before the umask
 * @throws Error with a sentence that names the file, if there is no room or no permission
 */
export async function writeWhole(path: string, text: string, mode = 0o666): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new Error(`could not write ${path}: ${told(cause)}`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  EISDIR: 'it is a folder',
};

/** A system error in words. */
export function told(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return reasons[code] ?? messageOf(error);
}
