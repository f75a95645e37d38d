import { assessAll } from '../../assessment/assess.ts';
import type { Verdict } from '../../chain/verdict.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import { completenessOf } from '../../inventory/snapshot/completeness.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import type { Choices } from '../../remediation/plan/plan.ts';
import { resultBefore } from '../../report/compare-results.ts';
import { evaluationsOf } from '../../report/evaluations.ts';
import type { RemediationText, Result, ResultSource } from '../../report/result.ts';
import { resultOf } from '../../report/result.ts';
import type { AccountSource } from '../sources/sources.ts';
import { remediationTexts } from '../remediation/remediation-texts.ts';

/** What one account is under one control, for people and for programs. */
export interface Evaluated {
  readonly verdict: Verdict;
  readonly result: Result;
  /**
   * Plans the remediation; absent where there is none to plan. It reads what the verdict did not need, so the
   * remediations of one account are planned one after another.
   */
  readonly remediate?: (choices: Choices) => Promise<readonly RemediationText[]>;
}

/**
 * Judges an account under every control that is asked for, on one inventory.
 *
 * @throws what keeps it from a verdict: no such file, no credentials, a fault that outlasted the retries
 */
export async function evaluateSource(
  source: AccountSource,
  questions: readonly Parameters[],
): Promise<readonly [Evaluated, ...Evaluated[]]> {
  const evaluated = await evaluateReader(await source.open(), source.title, questions);
  if (source.openBefore === undefined) return evaluated;
  const before = await evaluateReader(await source.openBefore(), source.title, questions);
  const [first, ...others] = evaluated.map(({ verdict, result }, at): Evaluated => {
    const old = before[at]?.result;
    return { verdict, result: old === undefined ? result : { ...result, before: resultBefore(old, result) } };
  });
  return [first ?? evaluated[0], ...others];
}

async function evaluateReader(
  reader: InventoryReader,
  title: string,
  questions: readonly Parameters[],
): Promise<readonly [Evaluated, ...Evaluated[]]> {
  const { verdicts, inventory } = await assessAll(reader, questions);
  const { accountId, region, readAt } = inventory;
  const about = { name: title, accountId, region, readAt, ...sourceOf(reader, inventory) };
  const places = reader.places === undefined ? {} : { places: reader.places };
  // What a file declares is fixed in that file, not in the account.
  const isDeclared = reader.certain !== undefined;
  let known = inventory;
  const evaluated: Evaluated[] = [];
  for (const [index, parameters] of questions.entries()) {
    const verdict = verdicts[index];
    if (verdict === undefined) continue;
    const { options } = parameters;
    const evaluations = evaluationsOf(verdict, { accountId, region, options });
    const result = resultOf(verdict, evaluations, { ...about, options, ...places });
    const remediate = async (choices: Choices) => {
      const planned = await remediationTexts(reader, known, parameters, choices);
      known = planned.inventory;
      return planned.texts;
    };
    evaluated.push({ verdict, result, ...(isDeclared || verdict.kind === 'satisfied' ? {} : { remediate }) });
  }
  const [first, ...others] = evaluated;
  if (first === undefined) throw new Error('no control was asked for');
  return [first, ...others];
}

/** What the verdicts rest on, where the reader says where it reads. */
function sourceOf({ origin }: InventoryReader, inventory: Inventory): { readonly source?: ResultSource } {
  if (origin === undefined) return {};
  const { isComplete, refused } = completenessOf(inventory);
  return { source: { ...origin, isComplete, refused } };
}
