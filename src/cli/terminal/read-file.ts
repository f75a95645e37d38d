import { readFile } from 'node:fs/promises';

import { describeSystemError } from './write-file.ts';

/**
 * The text of a file in UTF-8, without the mark that some editors put before it.
 *
 * @throws Error with a sentence that says what is wrong with the file, and does not name it
 */
export async function readText(path: string): Promise<string> {
  if (path === '') throw new Error('the name of the file is empty');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(isAbsent ? 'there is no such file' : describeSystemError(cause), { cause });
  });
  return text.replace(/^\uFEFF/, '');
}
