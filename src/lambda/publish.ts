import type { ConfigService } from './config-service.ts';
import type { Evaluation } from './clearing.ts';
import { notApplicable, resultKey } from './clearing.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html */
const MOST_AT_ONCE = 100;

/** The model of GetComplianceDetailsByConfigRule takes no longer name, though a rule may have one of 128 characters. */
const LONGEST_LISTED_NAME = 64;

/** What the RDK's tools send in the place of a token: results are checked and not stored. */
const TEST_TOKEN = 'TESTMODE';

/** AWS Config did not take results that it was sent twice. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
}

export interface Publication {
  /** The account's result first. */
  readonly evaluations: readonly [Evaluation, ...Evaluation[]];
  readonly orderedAt: string;
  readonly resultToken: string;
  readonly ruleName: string;
  /** A scheduled run speaks for everything, so what it does not speak of is cleared. */
  readonly isScheduled: boolean;
}

export type Published =
  | {
      readonly kind: 'sent';
      readonly evaluations: readonly Evaluation[];
      /** Why the results of an earlier run were left as they are, where they should have been looked through. */
      readonly notCleared?: string;
    }
  /** On a change, AWS Config took no result but the account's. */
  | { readonly kind: 'account-only'; readonly evaluations: readonly Evaluation[]; readonly refusal: unknown }
  /** The rule was deleted while the function ran: nobody is left to tell, and a retry would not change that. */
  | { readonly kind: 'rule-gone' };

/**
 * Sends the results, and on a scheduled run clears those of earlier runs that are no longer given.
 *
 * A change asks about one resource, and AWS documents nowhere that results for others are taken then. If they are
 * refused, the account's goes alone.
 *
 * @throws PublishError if AWS Config does not take a result, and what the client throws
 */
export async function publish(config: ConfigService, publication: Publication): Promise<Published> {
  const { evaluations, isScheduled, ruleName, resultToken } = publication;
  const isTest = resultToken === TEST_TOKEN;
  const send = (some: readonly Evaluation[]) => sendAll(config, publication, some, isTest);
  try {
    await send(evaluations);
    if (!isScheduled || isTest) return { kind: 'sent', evaluations };
    if (ruleName.length > LONGEST_LISTED_NAME) {
      const notCleared = `AWS Config lists no results by a rule name of more than ${LONGEST_LISTED_NAME} characters`;
      return { kind: 'sent', evaluations, notCleared };
    }
    const stale = await staleResults(config, ruleName, evaluations);
    await send(stale);
    return { kind: 'sent', evaluations: [...evaluations, ...stale] };
  } catch (error) {
    if (isNamed(error, 'NoSuchConfigRuleException')) return { kind: 'rule-gone' };
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
  for (let from = 0; from < evaluations.length; from += MOST_AT_ONCE) {
    const batch = { evaluations: evaluations.slice(from, from + MOST_AT_ONCE), orderedAt, resultToken, testMode };
    const failed = await config.putEvaluations(batch);
    if (failed.length === 0) continue;
    const again = await config.putEvaluations({ ...batch, evaluations: failed });
    if (again.length > 0) {
      throw new PublishError(`AWS Config did not take the results for ${again.map(resultKey).join(', ')}`);
    }
  }
}

/**
 * The results of earlier runs that this one does not give, by type and id. A periodic rule hears of no deletion, and a
 * result that is never taken back stays.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules.html
 */
async function staleResults(
  config: ConfigService,
  ruleName: string,
  given: readonly Evaluation[],
): Promise<readonly Evaluation[]> {
  const current = new Set(given.map(resultKey));
  const held = await config.heldResults(ruleName);
  return held
    .filter((key) => !current.has(resultKey(key)))
    .map((key) => notApplicable(key, 'STALE: gone, or no longer judged by this rule'));
}

/** Whether AWS Config refused what was sent, as against failing to take anything at this time. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof PublishError ||
    isNamed(error, 'InvalidParameterValueException') ||
    isNamed(error, 'ValidationException')
  );
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
