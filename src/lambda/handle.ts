import type { Verdict } from '../chain/verdict.ts';
import { assess } from '../assessment/assess.ts';
import { parseArn } from '../inventory/arn.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Options } from '../parameters/parameters.ts';
import { parseParameters } from '../parameters/parameters.ts';
import type { Evaluation } from '../report/evaluations.ts';
import {
  evaluationKey,
  evaluationsOf,
  outOfScopeEvaluation,
  removedTrailEvaluation,
  reportedTrails,
} from '../report/evaluations.ts';
import type { ConfigService } from './config-service.ts';
import type { Log } from './log/log.ts';
import { failure, reasoning } from './log/log.ts';
import type { RunMetrics } from './log/metrics.ts';
import type { Published } from './publish.ts';
import { clearsStale, publish } from './publish.ts';
import { trailIds } from './trail-ids.ts';
import type { Invocation, ConfigurationItem, Trigger } from './trigger.ts';
import { TriggerError, decodeInvocation, messageTypes } from './trigger.ts';

/** The rule parameters are wrong: the message lists every problem. The old evaluations stay until they are fixed. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
}

/** The event is of an account that the function may not evaluate. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
}

/** How the evaluated account is read, and where its evaluations are sent. */
export interface Connection {
  readonly reader: InventoryReader;
  readonly config: ConfigService;
  /** The organization that the account is in; undefined if it is in none. */
  readonly organizationId: () => Promise<string | undefined>;
  /** The calls to AWS so far, and the tries of them after the first. */
  readonly traffic?: () => { readonly calls: number; readonly retries: number };
}

export interface Dependencies {
  /** Connects to the account of an event, with the roles that the options name. */
  readonly connect: (invocation: Invocation, options: Options) => Connection;
  readonly log: Log;
  /** Takes the figures of a run that ended in a verdict. */
  readonly measure?: (run: RunMetrics) => void;
  /** The function's own ARN, which names its account. Emulators leave it out. */
  readonly functionArn: string | undefined;
  /** The organization whose accounts the function may evaluate. */
  readonly organizationId?: string | undefined;
  /** Whether the time to judge is over. Then what is not compared is undecided, so that the function always answers. */
  readonly isOver?: () => boolean;
}

/** The answer to a call. AWS Config does not read it; it is for people who call the function by hand. */
export type HandlerOutcome =
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'rule-gone' }
  | { readonly kind: 'sent'; readonly verdict: Verdict['kind']; readonly evaluations: readonly Evaluation[] };

/**
 * Answers one call of AWS Config: reads the event, judges the account, sends the evaluations.
 *
 * It is idempotent: AWS Lambda repeats a call that failed, with the same event and token.
 *
 * @throws any error that prevents a verdict: then nothing is sent, the old evaluations stay, and Lambda's retries, its
 *   failure destination and the alarm on its errors do their work
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export async function handle(event: unknown, dependencies: Dependencies): Promise<HandlerOutcome> {
  try {
    return await answer(event, dependencies);
  } catch (error) {
    dependencies.log.error('no evaluations were sent, or not all of them', { failure: failure(error) });
    throw error;
  }
}

async function answer(event: unknown, dependencies: Dependencies): Promise<HandlerOutcome> {
  const { connect, log, measure, functionArn, isOver } = dependencies;
  const invocation = decodeInvocation(event);
  const { trigger, accountId, region, ruleName } = invocation;
  if (trigger.kind === 'unsupported') {
    throw new TriggerError(`expected \`messageType\` to be ${messageTypes.join(', ')}, got ${trigger.messageType}`);
  }
  if (trigger.kind === 'irrelevant') {
    log.info('ignored', { ruleName, trigger });
    return { kind: 'ignored', why: trigger.why };
  }
  const parsed = parseParameters(invocation.ruleParameters);
  if (parsed.kind === 'invalid') throw new ParameterError(parsed.problems.join('; '));
  const { parameters } = parsed;
  const { options } = parameters;
  if (!options.assumeRoleMode) refuseOtherAccount(accountId, functionArn);

  const connection = connect(invocation, options);
  if (options.assumeRoleMode) await refuseOutsider(accountId, connection, dependencies);
  const { reader, config: service, traffic } = connection;
  const isScheduled = trigger.kind === 'scheduled';
  const config = prefetch(service, {
    ruleName,
    trails: options.reportTrails && trailOf(trigger) === undefined,
    stored: clearsStale({ ruleName, resultToken: invocation.resultToken, isScheduled }),
  });
  const assessment = await assess(reader, parameters, isOver);
  const { verdict } = assessment;
  const about = { accountId, region, options };
  const trails = reportedTrails(verdict, about);
  const { ids, problem } = await trailIds(trails, trailOf(trigger), config);
  if (problem !== undefined)
    log.warn('the names of the trails are used as their ids', { ruleName, failure: failure(problem) });
  const [account, ...others] = evaluationsOf(verdict, { ...about, trailResourceIds: ids });

  const published = await publish(config, {
    evaluations: [account, ...withTriggering(others, trigger)],
    orderedAt: trigger.orderedAt,
    resultToken: invocation.resultToken,
    ruleName,
    isScheduled,
  });
  log.info('evaluated', {
    ruleName,
    accountId,
    region,
    trigger,
    ...reasoning(assessment),
    ...publishedFields(published),
  });
  measure?.({
    ruleName,
    controlId: verdict.control.id,
    verdict: verdict.kind,
    code: account.annotation.split(':')[0] ?? '',
    rounds: assessment.turns,
    ...(traffic?.() ?? { calls: 0, retries: 0 }),
  });
  return published.kind === 'rule-gone'
    ? { kind: 'rule-gone' }
    : { kind: 'sent', verdict: verdict.kind, evaluations: published.evaluations };
}

/** What of AWS Config is listed before it is needed. */
interface Prefetched {
  readonly ruleName: string;
  /** The trails. A change of a trail names its own id, so that the others are asked for only if there are any. */
  readonly trails: boolean;
  /** The evaluations of earlier runs. */
  readonly stored: boolean;
}

/**
 * Lists what AWS Config holds next to the assessment, since neither needs the other: that saves up to two rounds. A failure
 * counts where the list is used.
 */
function prefetch(config: ConfigService, { ruleName, trails, stored }: Prefetched): ConfigService {
  const discovered = trails ? config.discoveredTrails() : undefined;
  const held = stored ? config.storedEvaluations(ruleName) : undefined;
  for (const list of [discovered, held]) list?.catch(() => undefined);
  return {
    ...config,
    discoveredTrails: () => discovered ?? config.discoveredTrails(),
    storedEvaluations: (name) => held ?? config.storedEvaluations(name),
  };
}

type Judged = Exclude<Trigger, { readonly kind: 'irrelevant' | 'unsupported' }>;

function refuseOtherAccount(accountId: string, functionArn: string | undefined): void {
  if (functionArn === undefined) return;
  const own = parseArn(functionArn)?.accountId;
  if (own === accountId) return;
  throw new AccountError(
    `the event belongs to account ${accountId}, the function to ${own ?? functionArn}: set \`AssumeRoleMode\` and ` +
      '`ExecutionRoleName` to evaluate another account through a role in it',
  );
}

/**
 * Refuses an account outside the organization. AWS Config of any account may call a function whose permission names no
 * account, and the rule parameters come from there too. The credentials were issued for the account of the event, so that
 * AWS Organizations says certainly where it belongs.
 *
 * @throws AccountError
 * @throws AwsCallError if AWS Organizations cannot be asked
 */
async function refuseOutsider(
  accountId: string,
  connection: Connection,
  { functionArn, organizationId }: Dependencies,
): Promise<void> {
  const own = functionArn === undefined ? undefined : parseArn(functionArn)?.accountId;
  if (own === accountId) return;
  if (organizationId === undefined) {
    // An emulator does not say whose the function is.
    if (functionArn === undefined) return;
    throw new AccountError(
      `the event belongs to account ${accountId}, and the function does not know whose accounts it may evaluate: deploy it ` +
        'with `organizationId`',
    );
  }
  const found = await connection.organizationId();
  if (found === organizationId) return;
  throw new AccountError(
    `account ${accountId} is in ${found === undefined ? 'no organization' : `organization ${found}`}, and the function ` +
      `evaluates accounts of ${organizationId} only: nothing was read, and nothing is sent`,
  );
}

/** The trail that the event is about. */
function trailOf(trigger: Judged): ConfigurationItem | undefined {
  return 'item' in trigger && trigger.item.resourceType === 'AWS::CloudTrail::Trail' ? trigger.item : undefined;
}

/**
 * The evaluations of trails, with one for the trail that caused the event if it is no longer judged. A trail that is
 * only not recorded, or was created again under its name, has an evaluation already and keeps it.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules-delete.html
 */
function withTriggering(evaluations: readonly Evaluation[], trigger: Judged): readonly Evaluation[] {
  const item = trailOf(trigger);
  if (item === undefined || (trigger.kind !== 'removed' && trigger.kind !== 'out-of-scope')) return evaluations;
  const key = { complianceResourceType: item.resourceType, complianceResourceId: item.resourceId };
  const others = evaluations.filter((evaluation) => evaluationKey(evaluation) !== evaluationKey(key));
  switch (trigger.kind) {
    case 'removed':
      if (others.length < evaluations.length) return evaluations;
      return [...others, removedTrailEvaluation(key, trigger.how)];
    case 'out-of-scope':
      return [...others, outOfScopeEvaluation(key)];
  }
}

function publishedFields(published: Published): Readonly<Record<string, unknown>> {
  switch (published.kind) {
    case 'sent':
      return { published };
    case 'account-only':
      return { published: { ...published, refusal: failure(published.refusal) } };
    case 'rule-gone':
      return { published };
  }
}
