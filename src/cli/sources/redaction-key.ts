import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Digest } from '../../redaction/names.ts';
import { messageOf } from '../terminal/errors.ts';

/** As many bytes as a key needs that cannot be guessed. */
const LEAST_BYTES = 16;

/**
 * Reads a key for stand-ins. Its holder gets the same stand-ins in every snapshot, and nobody else can compute them.
 *
 * @param path - a file of at least 16 bytes, such as `openssl rand -hex 32` writes
 * @returns the HMAC-SHA-256 of a word, in hexadecimal digits
 * @throws Error that names the file, if it cannot be read or is too short
 */
export async function readRedactionKey(path: string): Promise<Digest> {
  const key = await readFile(path).catch((cause: unknown) => {
    throw new Error(`could not read the key file ${path}: ${messageOf(cause)}`, { cause });
  });
  if (key.length < LEAST_BYTES) throw new Error(`the key file ${path} has fewer than ${LEAST_BYTES} bytes`);
  return (word) => createHmac('sha256', key).update(word).digest('hex');
}
