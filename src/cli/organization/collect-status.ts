import type { AggregatedEvaluation, Aggregator, RuleCompliance } from '../../inventory/aws/organization/aggregator.ts';
import { AwsCallError } from '../../inventory/aws/client/failures.ts';
import { passInOrder } from '../run/ordered-queue.ts';
import { inParallel } from '../run/run-in-parallel.ts';
import type { ListedAccount } from '../sources/account-list.ts';
import { messageOf } from '../terminal/errors.ts';
import { givenRuleName } from './rule-names.ts';

/** A rule that is NON_COMPLIANT in an account and region. */
export interface StatusFinding {
  /** The name that people gave the rule. */
  readonly rule: string;
  /** The name of the rule in the account. */
  readonly ruleName: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  /** The reason code that the annotation begins with. */
  readonly code?: string;
  readonly annotation?: string;
  /** When AWS Config called the rule, in ISO 8601. */
  readonly evaluatedAt?: string;
  /** Why the annotation could not be read. */
  readonly problem?: string;
}

/** The accounts of one rule, counted. */
export interface RuleCounts {
  readonly rule: string;
  readonly compliant: number;
  readonly nonCompliant: number;
  /** Expected accounts without a result. */
  readonly silent: number;
}

/** An account that should have results and has none, of some or all rules. */
export interface SilentAccount extends ListedAccount {
  /** The rules without a result, in order; every rule that has a result somewhere. */
  readonly rules: readonly string[];
  readonly isSilentThroughout: boolean;
}

export interface StatusSummary {
  readonly expectedAccounts: number;
  readonly rules: readonly RuleCounts[];
  /** Undefined if the list was not read to its end, since nobody can then say who is missing. */
  readonly silent: readonly SilentAccount[] | undefined;
  /** Accounts that have results and were not expected, such as suspended ones. */
  readonly unexpected: readonly string[];
  /** Results of other rules that the aggregator holds. */
  readonly otherResults: number;
  /** Why the rest was not read. */
  readonly stopped?: string;
  readonly unreadDetails: number;
  readonly states: StatusStates;
}

/** What each rule says of each account, the expected ones first. */
export interface StatusStates {
  readonly accounts: readonly ListedAccount[];
  /** The worst of the regions; nothing where the aggregator holds no result. */
  readonly of: (rule: string, account: number) => 'COMPLIANT' | 'NON_COMPLIANT' | undefined;
}

export interface StatusRequest {
  readonly aggregator: Pick<Aggregator, 'compliance' | 'nonCompliantEvaluations'>;
  /** The accounts that should have results. */
  readonly accounts: readonly ListedAccount[];
  /** A rule counts if the name that people gave it begins with one of these. */
  readonly rulePrefixes: readonly string[];
  /** Whether the annotation of each NON_COMPLIANT rule is read: one call for each account, region and rule. */
  readonly withDetails: boolean;
  /** How many annotations are read at the same time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Takes each finding, in the order of the aggregator's list. */
  readonly onFinding: (finding: StatusFinding) => void;
  readonly onProgress: (line: string) => void;
}

/** What a rule says of an account: the worst of its regions. */
const NONE = 0;
const COMPLIANT = 1;
const NON_COMPLIANT = 2;

/**
 * Reads what an aggregator holds of some rules, and which of the expected accounts have no result.
 *
 * One page of the list is worked off at a time, and findings are handed on and forgotten. What is kept is one byte for
 * each rule and account, and the accounts themselves, so memory does not grow with the number of results.
 *
 * @returns what was found; a fault ends the reading and is in `stopped`
 */
export async function collectStatus(request: StatusRequest): Promise<StatusSummary> {
  const { aggregator, accounts, rulePrefixes, signal, onProgress } = request;
  const known = new Map(accounts.map(({ accountId }, index) => [accountId, index]));
  const states = new Map<string, Uint8Array>();
  let [otherResults, results, unreadDetails] = [0, 0, 0];
  let stopped: string | undefined;

  const note = ({ accountId, complianceType }: RuleCompliance, rule: string) => {
    const index = known.get(accountId) ?? known.size;
    known.set(accountId, index);
    const state =
      complianceType === 'NON_COMPLIANT' ? NON_COMPLIANT : complianceType === 'COMPLIANT' ? COMPLIANT : NONE;
    const ofRule = roomFor(states.get(rule) ?? new Uint8Array(accounts.length), index);
    states.set(rule, ofRule);
    ofRule[index] = Math.max(ofRule[index] ?? NONE, state);
  };
  const nameOf = (accountId: string) => accounts[known.get(accountId) ?? -1]?.name ?? accountId;

  try {
    for await (const page of aggregator.compliance()) {
      if (signal.aborted) break;
      const ours = page.filter(({ ruleName }) =>
        rulePrefixes.some((prefix) => givenRuleName(ruleName).startsWith(prefix)),
      );
      otherResults += page.length - ours.length;
      results += ours.length;
      for (const one of ours) note(one, givenRuleName(one.ruleName));
      const failing = ours.filter(({ complianceType }) => complianceType === 'NON_COMPLIANT');
      onProgress(`${results} results of these rules, ${otherResults} of others`);
      unreadDetails += await readDetails(failing, nameOf, request, onProgress);
    }
  } catch (error) {
    stopped = messageOf(error);
  }
  if (signal.aborted) stopped ??= 'interrupted';
  return {
    expectedAccounts: accounts.length,
    rules: countsOf(states, accounts.length),
    silent: stopped === undefined ? silentAccounts(accounts, states) : undefined,
    unexpected: [...known.keys()].slice(accounts.length),
    otherResults,
    ...(stopped === undefined ? {} : { stopped }),
    unreadDetails,
    states: {
      accounts: [...known].map(([accountId, index]) => accounts[index] ?? { accountId, name: accountId }),
      of: (rule, account) => ([undefined, 'COMPLIANT', 'NON_COMPLIANT'] as const)[states.get(rule)?.[account] ?? NONE],
    },
  };
}

/** @throws AwsCallError for a fault that the next call would meet as well */
async function readDetails(
  failing: readonly RuleCompliance[],
  nameOf: (accountId: string) => string,
  { aggregator, withDetails, concurrency, signal, onFinding }: StatusRequest,
  onProgress: (line: string) => void,
): Promise<number> {
  const stop = new AbortController();
  const any = AbortSignal.any([signal, stop.signal]);
  const inOrder = passInOrder(onFinding);
  let [unread, done] = [0, 0];
  let fault: Error | undefined;
  await inParallel(failing, withDetails ? concurrency : 1, any, async (one, index) => {
    const { ruleName, accountId, region } = one;
    const about = { rule: givenRuleName(ruleName), ruleName, accountId, accountName: nameOf(accountId), region };
    if (!withDetails) {
      inOrder.put(index, about);
      return;
    }
    try {
      const evaluations = await aggregator.nonCompliantEvaluations(one);
      if (any.aborted) return;
      inOrder.put(index, { ...about, ...reasonIn(evaluations) });
      done += 1;
      onProgress(`${about.accountName}  ${done} of ${failing.length} annotations of this page`);
    } catch (error) {
      if (!mayPass(error)) {
        fault ??= error instanceof Error ? error : new Error(String(error));
        stop.abort();
        return;
      }
      unread += 1;
      inOrder.put(index, { ...about, problem: messageOf(error) });
    }
  });
  inOrder.flush();
  if (fault !== undefined) throw fault;
  return unread;
}

/** Whether another call may succeed after this fault. */
function mayPass(error: unknown): boolean {
  return (
    error instanceof AwsCallError && !['refused', 'credentials', 'clock', 'unknown-operation'].includes(error.kind)
  );
}

/** The account's evaluation says why; another one does where the rule has none of the account. */
function reasonIn(
  evaluations: readonly AggregatedEvaluation[],
): Pick<StatusFinding, 'code' | 'annotation' | 'evaluatedAt'> {
  const chosen = evaluations.find(({ resourceType }) => resourceType === 'AWS::::Account') ?? evaluations[0];
  if (chosen === undefined) return {};
  const { annotation, invokedAt } = chosen;
  const [, code] = /^([A-Z][A-Z0-9_]*):/.exec(annotation ?? '') ?? [];
  return {
    ...(code === undefined ? {} : { code }),
    ...(annotation === undefined ? {} : { annotation }),
    ...(invokedAt === undefined ? {} : { evaluatedAt: invokedAt }),
  };
}

/** A list in which an index has room; twice as long if it has none yet. */
function roomFor(bytes: Uint8Array, index: number): Uint8Array {
  if (index < bytes.length) return bytes;
  const longer = new Uint8Array(Math.max(2 * bytes.length, index + 1));
  longer.set(bytes);
  return longer;
}

function countsOf(states: ReadonlyMap<string, Uint8Array>, expected: number): readonly RuleCounts[] {
  const sorted = [...states].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([rule, bytes]) => {
    const count = (state: number) => bytes.reduce((sum, byte) => sum + (byte === state ? 1 : 0), 0);
    const silent = bytes.subarray(0, expected).reduce((sum, byte) => sum + (byte === NONE ? 1 : 0), 0);
    return { rule, compliant: count(COMPLIANT), nonCompliant: count(NON_COMPLIANT), silent };
  });
}

function silentAccounts(
  accounts: readonly ListedAccount[],
  states: ReadonlyMap<string, Uint8Array>,
): readonly SilentAccount[] {
  const all = [...states].sort(([a], [b]) => (a < b ? -1 : 1));
  return accounts.flatMap((account, index) => {
    const rules = all.filter(([, bytes]) => bytes[index] === NONE).map(([rule]) => rule);
    if (rules.length === 0 && all.length > 0) return [];
    return [{ ...account, rules, isSilentThroughout: rules.length === all.length }];
  });
}
