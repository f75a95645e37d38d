import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import manifest from '../../../package.json' with { type: 'json' };
import type { Result } from '../../report/result.ts';
import { makeFolder, writeFileAtomically } from '../terminal/write-file.ts';

/** What every account was evaluated with, so that results of other settings are not taken for those of these. */
export interface RunSettings {
  readonly parameters: unknown;
  readonly regions: unknown;
}

/** The results of one account in one region. */
export interface SavedResult {
  readonly formatVersion: 1;
  /** ISO 8601. */
  readonly evaluatedAt: string;
  readonly settings: RunSettings;
  readonly results: readonly Result[];
}

/** The state of the run that wrote the folder last. */
interface RunState {
  readonly formatVersion: 1;
  readonly startedAt: string;
  /** The version of the program that wrote it. */
  readonly toolVersion?: string;
  /** Absent while the run goes on, and after it was interrupted. */
  readonly completedAt?: string;
  readonly settings: RunSettings;
  /** The accounts of the run, by the names of their files without `.json`. */
  readonly accounts: readonly string[];
}

/** The folder holds something else than results of these settings. */
class OtherSettingsError extends Error {
  override readonly name = 'OtherSettingsError';
}

/** A folder with a file for each account that is done, so that an interrupted run can continue. */
export interface SavedResults {
  /** The results of an account that the interrupted run left; nothing if the account is still to be evaluated. */
  readonly load: (account: string) => Promise<SavedResult | undefined>;
  /** A file is there whole or not at all. */
  readonly save: (account: string, results: readonly Result[]) => Promise<void>;
  /** Marks the run as completed, so that no later run continues it. */
  readonly complete: () => Promise<void>;
}

export interface SavedResultsOptions {
  readonly settings: RunSettings;
  /** The accounts of the run, each with the name under which its results are saved. */
  readonly accounts: readonly string[];
  /** Older results are not used, in milliseconds. */
  readonly maxAge: number;
  /** Whether every account is evaluated, whatever an interrupted run left. */
  readonly refresh: boolean;
  readonly now: () => Date;
}

const STATE_FILE = 'run.json';

/**
 * Opens a folder of results. Only a run that was interrupted is continued: results of a completed run are replaced.
 *
 * @throws Error with a sentence, if the folder cannot be made, or holds something else
 */
export async function openSavedResults(
  folder: string,
  { settings, accounts, maxAge, refresh, now }: SavedResultsOptions,
): Promise<SavedResults> {
  await makeFolder(folder);
  const statePath = join(folder, STATE_FILE);
  const earlier = await readJson<RunState>(statePath, (state) => Array.isArray(state.accounts));
  if (earlier !== undefined && !isSame(earlier.settings, settings)) {
    throw new OtherSettingsError(
      `${folder} holds the results of other parameters or another region: name another folder with \`--out\``,
    );
  }
  const continues = earlier !== undefined && earlier.completedAt === undefined && !refresh;
  const startedAt = continues ? earlier.startedAt : now().toISOString();
  const { version: toolVersion } = manifest;
  const state: RunState = { formatVersion: 1, toolVersion, startedAt, settings, accounts };
  const writeState = (written: RunState) =>
    writeFileAtomically(statePath, `${JSON.stringify(written, undefined, 2)}\n`);
  await writeState(state);
  return {
    load: async (account) => {
      if (!continues) return undefined;
      const path = join(folder, `${account}.json`);
      const saved = await readJson<SavedResult>(path, ({ results }) => Array.isArray(results));
      if (saved === undefined || !isSame(saved.settings, settings)) return undefined;
      const evaluatedAt = Date.parse(saved.evaluatedAt);
      const age = now().getTime() - evaluatedAt;
      // A result from before the interrupted run, or from the future of a wrong clock, is not a result of this run.
      return evaluatedAt >= Date.parse(startedAt) && age >= 0 && age <= maxAge ? saved : undefined;
    },
    save: async (account, results) => {
      const saved: SavedResult = { formatVersion: 1, evaluatedAt: now().toISOString(), settings, results };
      await writeFileAtomically(join(folder, `${account}.json`), `${JSON.stringify(saved, undefined, 2)}\n`);
    },
    complete: () => writeState({ ...state, completedAt: now().toISOString() }),
  };
}

/** What a folder holds of the run that wrote it last. */
export interface SavedRun {
  readonly startedAt: string;
  /** Absent if the run was interrupted. */
  readonly completedAt?: string;
  /** When the last of the results was made; absent if there is none. */
  readonly evaluatedAt?: string;
  /** The version of the program that wrote it; earlier versions do not say it. */
  readonly toolVersion?: string;
  readonly results: readonly Result[];
  /** The accounts that the run did not evaluate, by the names of their files. */
  readonly missing: readonly string[];
}

/**
 * Reads a folder of results: the accounts of the run that wrote it last, and no others.
 *
 * @throws Error with a sentence, if the folder does not hold results
 */
export async function readSavedRun(folder: string): Promise<SavedRun> {
  const statePath = join(folder, STATE_FILE);
  const isNamed = (account: unknown) => typeof account === 'string' && /^[\w.-]+$/.test(account);
  const state = await readJson<RunState>(
    statePath,
    ({ accounts }) => Array.isArray(accounts) && accounts.every(isNamed),
    READING,
  );
  if (state === undefined) {
    throw new Error(`${folder} is not a folder of results of \`evaluate --out\`: it has no ${STATE_FILE}`);
  }
  const { startedAt, completedAt, toolVersion, settings, accounts } = state;
  const results: Result[] = [];
  const missing: string[] = [];
  let evaluatedAt: string | undefined;
  for (const account of accounts) {
    const path = join(folder, `${account}.json`);
    const saved = await readJson<SavedResult>(path, (file) => Array.isArray(file.results), READING);
    const isOfRun =
      saved !== undefined && isSame(saved.settings, settings) && Date.parse(saved.evaluatedAt) >= Date.parse(startedAt);
    if (!isOfRun) {
      missing.push(account);
      continue;
    }
    results.push(...saved.results);
    if (evaluatedAt === undefined || saved.evaluatedAt > evaluatedAt) ({ evaluatedAt } = saved);
  }
  return {
    startedAt,
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(evaluatedAt === undefined ? {} : { evaluatedAt }),
    ...(toolVersion === undefined ? {} : { toolVersion }),
    results,
    missing,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What to do about a file that is no result. */
const WRITING = 'name another folder with `--out`';
const READING = 'it may be of a newer version of this program';

/** @returns nothing if there is no such file */
async function readJson<T extends { readonly formatVersion: 1 }>(
  path: string,
  check: (file: Partial<T>) => boolean,
  advice = WRITING,
): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const file = JSON.parse(text) as Partial<T> | null;
    if (file !== null && typeof file === 'object' && file.formatVersion === 1 && check(file)) return file as T;
  } catch {
    // Reported below, like any other file that this program did not write.
  }
  throw new OtherSettingsError(`${path} is not a result of \`evaluate --out\`: ${advice}`);
}
