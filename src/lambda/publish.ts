import { errorName } from '../inventory/aws/client/failures.ts';
import type { ConfigService } from './config-service.ts';
import type { Evaluation } from '../report/evaluations.ts';
import { evaluationKey, staleEvaluation } from '../report/evaluations.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html */
const MAX_BATCH = 100;

/**
 * GetComplianceDetailsByConfigRule takes names of at most 64 characters, though a rule may have one of 128.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html
 */
const MAX_LISTED_NAME = 64;

/** The token that the tools of the RDK send: AWS Config checks the evaluations and stores nothing. */
const TEST_TOKEN = 'TESTMODE';

/** AWS Config refused evaluations that it was sent twice. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
}

export interface Publication {
  /** The account's evaluation first. */
  readonly evaluations: readonly [Evaluation, ...Evaluation[]];
  readonly orderedAt: string;
  readonly resultToken: string;
  readonly ruleName: string;
  /** A scheduled run evaluates everything, so every other evaluation of the rule is cleared. */
  readonly isScheduled: boolean;
}

export type Published =
  | {
      readonly kind: 'sent';
      readonly evaluations: readonly Evaluation[];
      /** Why the evaluations of earlier runs were not cleared, where they should have been. */
      readonly notCleared?: string;
    }
  /** On a change, AWS Config accepted only the account's evaluation. */
  | { readonly kind: 'account-only'; readonly evaluations: readonly Evaluation[]; readonly refusal: unknown }
  /** The rule was deleted while the function ran. A retry would not change that. */
  | { readonly kind: 'rule-gone' };

/** Whether a run clears the evaluations of earlier runs: a scheduled one, if AWS Config can list them by the rule's name. */
export function clearsStale({
  isScheduled,
  resultToken,
  ruleName,
}: Pick<Publication, 'isScheduled' | 'resultToken' | 'ruleName'>): boolean {
  return isScheduled && resultToken !== TEST_TOKEN && ruleName.length <= MAX_LISTED_NAME;
}

/**
 * Sends the evaluations, and on a scheduled run clears those of earlier runs that this run does not give.
 *
 * A change event asks about one resource, and AWS does not document that evaluations of other resources are accepted
 * then. If they are refused, the account's evaluation is sent alone.
 *
 * @throws PublishError if AWS Config refuses an evaluation, and what the client throws
 */
export async function publish(config: ConfigService, publication: Publication): Promise<Published> {
  const { evaluations, isScheduled, ruleName, resultToken } = publication;
  const isTest = resultToken === TEST_TOKEN;
  const send = (some: readonly Evaluation[]) => sendAll(config, publication, some, isTest);
  try {
    await send(evaluations);
    if (!isScheduled || isTest) return { kind: 'sent', evaluations };
    if (ruleName.length > MAX_LISTED_NAME) {
      const notCleared = `AWS Config does not list the evaluations of a rule whose name is longer than ${MAX_LISTED_NAME} characters`;
      return { kind: 'sent', evaluations, notCleared };
    }
    const stale = await staleResults(config, ruleName, evaluations);
    await send(stale);
    return { kind: 'sent', evaluations: [...evaluations, ...stale] };
  } catch (error) {
    if (errorName(error) === 'NoSuchConfigRuleException') return { kind: 'rule-gone' };
    if (isScheduled || evaluations.length === 1 || !isRefusal(error)) throw error;
    const account = [evaluations[0]];
    await send(account);
    return { kind: 'account-only', evaluations: account, refusal: error };
  }
}

async function sendAll(
  config: ConfigService,
  { orderedAt, resultToken }: Publication,
  evaluations: readonly Evaluation[],
  testMode: boolean,
): Promise<void> {
  for (let from = 0; from < evaluations.length; from += MAX_BATCH) {
    const batch = { evaluations: evaluations.slice(from, from + MAX_BATCH), orderedAt, resultToken, testMode };
    const failed = await config.putEvaluations(batch);
    if (failed.length === 0) continue;
    const again = await config.putEvaluations({ ...batch, evaluations: failed });
    if (again.length > 0) {
      throw new PublishError(`AWS Config did not accept the evaluations of ${again.map(evaluationKey).join(', ')}`);
    }
  }
}

/**
 * The evaluations of earlier runs that this run does not give, by type and id. A periodic rule is not notified of a
 * deletion, and an evaluation that is never cleared stays.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config.html
 */
async function staleResults(
  config: ConfigService,
  ruleName: string,
  given: readonly Evaluation[],
): Promise<readonly Evaluation[]> {
  const current = new Set(given.map(evaluationKey));
  const held = await config.storedEvaluations(ruleName);
  return held.filter((key) => !current.has(evaluationKey(key))).map(staleEvaluation);
}

/** Whether AWS Config refused the evaluations themselves. Everything else may pass. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof PublishError ||
    ['InvalidParameterValueException', 'ValidationException'].includes(errorName(error))
  );
}
