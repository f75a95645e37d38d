import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Result } from '../../report/result.ts';
import { describeSystemError, writeFileAtomically } from '../terminal/write-file.ts';

/** What was asked of every account, so that results of another question are not taken for its answers. */
export interface RunSettings {
  readonly region: string;
  readonly parameters: unknown;
}

interface SavedFile {
  readonly formatVersion: 1;
  readonly question: RunSettings;
  readonly results: readonly Result[];
}

/** Results of another run lie in the folder, and would be mixed with those of this one. */
class OtherSettingsError extends Error {
  override readonly name = 'OtherQuestionError';
}

/** A folder with a file for each account that is done, so that a run that was broken off can go on. */
export interface SavedResults {
  /** The results of an account from an earlier run; nothing if it is still to be judged. */
  readonly load: (accountId: string) => Promise<readonly Result[] | undefined>;
  /** A file is there whole or not at all. */
  readonly save: (accountId: string, results: readonly Result[]) => Promise<void>;
}

export async function savedResults(folder: string, question: RunSettings): Promise<SavedResults> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new Error(`could not make the folder ${folder}: ${describeSystemError(cause)}`, { cause });
  });
  const pathOf = (accountId: string) => join(folder, `${accountId}.json`);
  return {
    load: async (accountId) => {
      const path = pathOf(accountId);
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return undefined;
      const saved = parse(text, path);
      if (JSON.stringify(saved.question) === JSON.stringify(question)) return saved.results;
      throw new OtherSettingsError(
        `${path} holds the results of another region or other parameters: name another folder with \`--out\`, or empty it`,
      );
    },
    save: async (accountId, results) => {
      const saved: SavedFile = { formatVersion: 1, question, results };
      await writeFileAtomically(pathOf(accountId), `${JSON.stringify(saved, undefined, 2)}\n`);
    },
  };
}

function parse(text: string, path: string): SavedFile {
  try {
    const saved = JSON.parse(text) as Partial<SavedFile>;
    if (saved.formatVersion === 1 && Array.isArray(saved.results) && saved.question !== undefined)
      return saved as SavedFile;
  } catch {
    // Told below, like any other file that is none of ours.
  }
  throw new OtherSettingsError(`${path} is no result of this command: name another folder with \`--out\``);
}
