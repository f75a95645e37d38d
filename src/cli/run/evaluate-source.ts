import { assess } from '../../assessment/assess.ts';
import type { Verdict } from '../../chain/verdict.ts';
import { cachingReader } from '../../inventory/caching-reader.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { evaluationsOf } from '../../report/evaluations.ts';
import type { Result } from '../../report/result.ts';
import { resultOf } from '../../report/result.ts';
import type { Source } from '../sources/sources.ts';

/** What one account is under one control, for people and for programs. */
export interface Evaluated {
  readonly verdict: Verdict;
  readonly result: Result;
}

/**
 * Judges an account under every control that is asked for, on one inventory.
 *
 * @throws what keeps it from a verdict: no such file, no credentials, a fault that outlasted the retries
 */
export async function evaluateSource(
  source: Source,
  questions: readonly Parameters[],
): Promise<readonly [Evaluated, ...Evaluated[]]> {
  const reader = cachingReader(await source.open());
  const evaluated: Evaluated[] = [];
  for (const parameters of questions) {
    const { verdict, inventory } = await assess(reader, parameters);
    const { accountId, region, readAt } = inventory;
    const rows = evaluationsOf(verdict, { accountId, region, options: parameters.options });
    evaluated.push({ verdict, result: resultOf(verdict, rows, { name: source.title, accountId, region, readAt }) });
  }
  const [first, ...others] = evaluated;
  if (first === undefined) throw new Error('no control was asked for');
  return [first, ...others];
}
