import { readFile } from 'node:fs/promises';

import { messageOf } from './errors.ts';
import type { Streams } from './streams.ts';
import { describeSystemError } from './write-file.ts';

/** The name of a file that stands for standard input, or for standard output where a file is written. */
export const STANDARD_STREAM = '-';

/** What a message calls a file. */
export function fileTitle(path: string): string {
  return path === STANDARD_STREAM ? 'standard input' : path;
}

/**
 * The text of a file, or of standard input, in UTF-8, without the byte order mark that some editors put before it.
 *
 * @param path - the file; `-` is standard input
 * @throws Error with a sentence that names the file and says what is wrong with it
 */
export async function readText(path: string, stdin: Streams['stdin']): Promise<string> {
  if (path === '') throw new Error('the name of the file is empty');
  try {
    const text = path === STANDARD_STREAM ? await readAll(stdin) : await readFile(path, 'utf8');
    return text.replace(/^\uFEFF/, '');
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(`${fileTitle(path)}: ${isAbsent ? 'there is no such file' : describeSystemError(cause)}`, {
      cause,
    });
  }
}

async function readAll(stdin: Streams['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Reads a file with a parser that throws, so that its error names the file.
 *
 * @throws Error with a sentence that names the file and says what is wrong with it
 */
export async function readParsed<T>(path: string, stdin: Streams['stdin'], parse: (text: string) => T): Promise<T> {
  const text = await readText(path, stdin);
  try {
    return parse(text);
  } catch (cause) {
    throw new Error(`${fileTitle(path)}: ${messageOf(cause)}`, { cause });
  }
}
