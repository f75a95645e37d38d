import fc from 'fast-check';

import { redactedCopy } from '../../src/assessment/redacted-copy.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { arbitraryNamedAccount } from './named-account.ts';
import { leftOf } from './planted-texts.ts';

/** What became of copies of random accounts. */
export interface CopyCounts {
  readonly copies: number;
  /** A name that is left in a copy, with the words that are left. */
  readonly leaks: readonly string[];
  /** Why an account was not copied, for instance because the copy would get another verdict. */
  readonly refusals: readonly string[];
}

/**
 * Copies random accounts that are full of names. Each copy is compared with its account by the command's own means: every
 * control, every pattern of the account, and every way to judge for which more is read.
 *
 * @param size - how many accounts
 * @param seed - the same seed makes the same accounts
 */
export async function copyRandomAccounts(size: number, seed: number): Promise<CopyCounts> {
  const leaks: string[] = [];
  const refusals: string[] = [];
  for (const { inventory, text, spelled } of fc.sample(arbitraryNamedAccount, { numRuns: size, seed })) {
    try {
      const { copy } = await redactedCopy(inventory, snapshotReader);
      const left = leftOf(text, JSON.stringify(copy));
      if (left.length > 0) leaks.push(`${spelled}: ${left.join(', ')}`);
    } catch (error) {
      refusals.push(`${spelled}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { copies: size, leaks, refusals };
}
