import type { Chain, UnsatisfiedChain, Verdict } from '../chain/verdict.ts';
import { parseArn } from '../inventory/arn.ts';
import type { Trail } from '../inventory/resources.ts';
import type { Options } from '../parameters/parameters.ts';
import { annotate, whereOf } from './annotation.ts';

/** AWS Config takes no other answers from a custom rule; `INSUFFICIENT_DATA` is refused. */
export type ComplianceType = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/**
 * One evaluation, without the time that orders it.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
 */
export interface Evaluation {
  readonly complianceResourceType: 'AWS::::Account' | 'AWS::CloudTrail::Trail';
  readonly complianceResourceId: string;
  readonly complianceType: ComplianceType;
  readonly annotation: string;
}

export interface EvaluationContext {
  readonly accountId: string;
  /** The region that the rule runs in. */
  readonly region: string;
  readonly options: Options;
  /** What AWS Config calls each trail, by ARN; a trail that is not in it goes by its name. */
  readonly trailResourceIds?: ReadonlyMap<string, string>;
}

/**
 * What AWS Config is told of a verdict: a row for the account, and, if `reportTrails` asks, one for each trail that the
 * account owns and that is homed in the rule's region.
 *
 * An account without trails gets its row too: a rule without rows reads as if nothing were wrong. A trail through which
 * no chain holds answers as the account does, so that rows never contradict each other; if the account is covered by
 * another trail, that one is named.
 */
export function evaluationsOf(verdict: Verdict, context: EvaluationContext): readonly [Evaluation, ...Evaluation[]] {
  const account = accountRow(verdict, context);
  if (!context.options.reportTrails) return [account];
  const own = verdict.trails.filter(
    (trail) => trail.homeRegion === context.region && parseArn(trail.trailArn)?.accountId === context.accountId,
  );
  return [account, ...own.map((trail) => trailRow(trail, verdict, context))];
}

function accountRow(verdict: Verdict, context: EvaluationContext): Evaluation {
  const row = { complianceResourceType: 'AWS::::Account', complianceResourceId: context.accountId } as const;
  const [nearest] = verdict.chains;
  return { ...row, ...say(nearest, complianceOf(verdict, context.options), context) };
}

/** The one place where three values become AWS Config's: what cannot be told is never COMPLIANT. */
function complianceOf(verdict: Verdict, options: Options): ComplianceType {
  switch (verdict.kind) {
    case 'satisfied':
      return 'COMPLIANT';
    case 'broken':
      return 'NON_COMPLIANT';
    case 'undecided':
      return verdict.onlyForeign ? options.onForeignTrail : options.onUndecided;
  }
}

function trailRow(trail: Trail, verdict: Verdict, context: EvaluationContext): Evaluation {
  const row = {
    complianceResourceType: 'AWS::CloudTrail::Trail',
    complianceResourceId: context.trailResourceIds?.get(trail.trailArn) ?? trail.name,
  } as const;
  const chains: readonly Chain[] = verdict.chains;
  const nearest = chains.find(({ path }) => path.trail?.trailArn === trail.trailArn);
  if (nearest === undefined) return { ...row, ...sayCovered(verdict, context) };
  if (nearest.outcome === 'satisfied') return { ...row, ...say(nearest, 'COMPLIANT', context) };
  // A trail for something else is no finding; that the account has no other is the account's.
  const forSomethingElse = nearest.finding.code === 'TRAIL_WITHOUT_EVENTS';
  const compliance = forSomethingElse ? 'NOT_APPLICABLE' : complianceOf(verdict, context.options);
  return { ...row, ...say(nearest, compliance, context) };
}

/** What is said of a trail beside the one through which a chain holds. */
function sayCovered(verdict: Verdict, { region }: EvaluationContext) {
  const [{ path }] = verdict.chains;
  if (verdict.kind !== 'satisfied') throw new Error('a trail was not followed, and no chain holds through another');
  const sentence = `the account is covered by trail ${path.trail?.name ?? 'unknown'}`;
  return {
    complianceType: 'NOT_APPLICABLE',
    annotation: annotate('OTHER_TRAIL', sentence, whereOf(path, region)),
  } as const;
}

function say(chain: Chain, complianceType: ComplianceType, { region }: EvaluationContext) {
  const where = whereOf(chain.path, region);
  const annotation =
    chain.outcome === 'satisfied'
      ? annotate('SATISFIED', 'a chain holds from end to end', where)
      : annotate(chain.finding.code, sentenceOf(chain), where);
  return { complianceType, annotation };
}

function sentenceOf({ finding, outcome }: UnsatisfiedChain): string {
  return outcome === 'undecided' ? `cannot tell: ${finding.sentence}` : finding.sentence;
}
