import { createHash } from 'node:crypto';
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
 * The text of a file, or of standard input, in UTF-8, without the byte order mark that some editors put before it. Windows
 * PowerShell redirects output into files in UTF-16, which the same mark tells.
 *
 * @param path - the file; `-` is standard input
 * @throws Error with a sentence that names the file and says what is wrong with it
 */
export async function readText(path: string, stdin: Streams['stdin']): Promise<string> {
  return textOf(await readBytes(path, stdin));
}

/**
 * The bytes of a file, or of standard input.
 *
 * @param path - the file; `-` is standard input
 * @throws Error with a sentence that names the file and says what is wrong with it
 */
async function readBytes(path: string, stdin: Streams['stdin']): Promise<Buffer> {
  if (path === '') throw new Error('the name of the file is empty');
  try {
    return path === STANDARD_STREAM ? await readAll(stdin) : await readFile(path);
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(`${fileTitle(path)}: ${isAbsent ? 'there is no such file' : describeSystemError(cause)}`, {
      cause,
    });
  }
}

function textOf(bytes: Buffer): string {
  return decode(bytes).replace(/^\uFEFF/, '');
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}

async function readAll(stdin: Streams['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/**
 * Reads a file with a parser that throws, so that its error names the file.
 *
 * @param parse - gets the text, and the SHA-256 of the file in hexadecimal digits
 * @throws Error with a sentence that names the file and says what is wrong with it
 */
export async function readParsed<T>(
  path: string,
  stdin: Streams['stdin'],
  parse: (text: string, sha256: string) => T,
): Promise<T> {
  const bytes = await readBytes(path, stdin);
  try {
    return parse(textOf(bytes), createHash('sha256').update(bytes).digest('hex'));
  } catch (cause) {
    throw new Error(`${fileTitle(path)}: ${messageOf(cause)}`, { cause });
  }
}
