import { assessAll } from '../../assessment/assess.ts';
import type { ExternalEvaluation, ProcessChecks } from '../../inventory/aws/organization/process-checks.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { evaluationsOf } from '../../report/evaluations.ts';
import { givenRuleName } from '../organization/rule-names.ts';
import type { AccountSource } from '../sources/sources.ts';
import { messageOf } from '../terminal/errors.ts';

/** The answer to one process check, and what became of it. */
export interface CheckAnswer extends ExternalEvaluation {
  readonly region: string;
  readonly controlId: string;
  /** `printed` in a dry run. */
  readonly outcome: 'printed' | 'sent' | 'failed';
  /** Why it was not sent. */
  readonly problem?: string;
}

export interface Feeding {
  /** The control that answers a process check, by the name that people gave the rule. */
  readonly questions: ReadonlyMap<string, Parameters>;
  /** Whether the answers are sent. */
  readonly isRun: boolean;
  readonly signal: AbortSignal;
}

/**
 * Evaluates an account and answers its process checks. A check whose control is not known is left to people. The account
 * is read only if it has a check to answer.
 *
 * @returns the answers in the order of the names of the rules; none if the account has no such check
 * @throws what keeps the account from a verdict, and from its list of rules
 */
export async function feedAccount(
  source: AccountSource & { readonly processChecks: () => Promise<ProcessChecks> },
  { questions, isRun, signal }: Feeding,
): Promise<readonly CheckAnswer[]> {
  const checks = await source.processChecks();
  const asked = [...(await checks.list())].sort().flatMap((ruleName) => {
    const parameters = questions.get(givenRuleName(ruleName));
    return parameters === undefined ? [] : [{ ruleName, parameters }];
  });
  if (asked.length === 0) return [];
  // Two packs may ask the same.
  const wanted = [...new Set(asked.map(({ parameters }) => parameters))];
  const { verdicts, inventory } = await assessAll(await source.open(), wanted);
  const { accountId, region, readAt } = inventory;
  const answers: CheckAnswer[] = [];
  for (const { ruleName, parameters } of asked) {
    const verdict = verdicts[wanted.indexOf(parameters)];
    if (verdict === undefined) throw new Error(`no verdict for ${parameters.control.id}`);
    const [{ complianceType, annotation }] = evaluationsOf(verdict, { accountId, region, options: parameters.options });
    const evaluation = { ruleName, accountId, complianceType, annotation, orderedAt: readAt };
    const about = { ...evaluation, region, controlId: parameters.control.id };
    if (!isRun || signal.aborted) {
      answers.push({ ...about, outcome: 'printed' });
      continue;
    }
    try {
      await checks.answer(evaluation);
      answers.push({ ...about, outcome: 'sent' });
    } catch (error) {
      answers.push({ ...about, outcome: 'failed', problem: messageOf(error) });
    }
  }
  return answers;
}
