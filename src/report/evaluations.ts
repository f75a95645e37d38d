import type { Chain, UnsatisfiedChain, Verdict } from '../chain/verdict.ts';
import { parseArn } from '../inventory/arn.ts';
import type { Trail } from '../inventory/resources.ts';
import type { Options } from '../parameters/parameters.ts';
import { annotate, annotateWhole, whereOf } from './annotation.ts';

/** AWS Config takes no other answers from a custom rule; `INSUFFICIENT_DATA` is refused. */
export type ComplianceType = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/**
 * One evaluation that is sent to AWS Config, without the time that orders it.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
 */
export interface Evaluation {
  /** `AWS::::Account` or `AWS::CloudTrail::Trail`; that of an evaluation to clear is what AWS Config says. */
  readonly complianceResourceType: string;
  readonly complianceResourceId: string;
  readonly complianceType: ComplianceType;
  /** 1 to 256 characters. */
  readonly annotation: string;
}

/** What AWS Config keeps one evaluation for. An id alone is not enough: a trail may have the name of an account. */
export type EvaluationKey = Pick<Evaluation, 'complianceResourceType' | 'complianceResourceId'>;

/** A text that is the same for equal keys only. */
export function evaluationKey({ complianceResourceType, complianceResourceId }: EvaluationKey): string {
  return `${complianceResourceType} ${complianceResourceId}`;
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
 * The evaluations that follow from a verdict: one for the account, and one for each of the {@link reportedTrails}.
 *
 * An account without trails has its evaluation too: a rule without evaluations looks as if nothing were wrong. A trail
 * through which no chain holds answers as the account does, so that evaluations never contradict each other. If another
 * trail satisfies the account, the annotation names that trail.
 */
export function evaluationsOf(verdict: Verdict, context: EvaluationContext): readonly [Evaluation, ...Evaluation[]] {
  const trails = reportedTrails(verdict, context).map((trail) => trailEvaluation(trail, verdict, context));
  return [accountEvaluation(verdict, context), ...trails];
}

/** The trails that have an evaluation: with `reportTrails`, those of the account with their home in the rule's region. */
export function reportedTrails({ trails }: Verdict, context: EvaluationContext): readonly Trail[] {
  if (!context.options.reportTrails) return [];
  return trails.filter(
    ({ trailArn, homeRegion }) => homeRegion === context.region && parseArn(trailArn)?.accountId === context.accountId,
  );
}

/** The evaluation of a trail that is gone: AWS Config forgets what it kept for the trail. */
export function removedTrailEvaluation(key: EvaluationKey, how: string): Evaluation {
  return notApplicable(key, annotate('REMOVED', `AWS Config reports the trail as ${how}`));
}

/** The evaluation of a trail that left the scope of the rule. */
export function outOfScopeEvaluation(key: EvaluationKey): Evaluation {
  return notApplicable(key, annotate('OUT_OF_SCOPE', 'the trail left the scope of this rule'));
}

/** The evaluation that clears one of an earlier run, which this run does not give. */
export function staleEvaluation(key: EvaluationKey): Evaluation {
  return notApplicable(key, annotate('STALE', 'the resource is gone, or this rule no longer evaluates it'));
}

function notApplicable(
  { complianceResourceType, complianceResourceId }: EvaluationKey,
  annotation: string,
): Evaluation {
  return { complianceResourceType, complianceResourceId, complianceType: 'NOT_APPLICABLE', annotation };
}

function accountEvaluation(verdict: Verdict, context: EvaluationContext): Evaluation {
  const key = { complianceResourceType: 'AWS::::Account', complianceResourceId: context.accountId };
  const [nearest] = verdict.chains;
  const evaluation = chainEvaluation(key, nearest, complianceOf(verdict, context.options), context);
  if (verdict.kind !== 'broken' || verdict.otherRoute === undefined) return evaluation;
  const { code, sentence } = verdict.chains[0].finding;
  const longer = annotateWhole(code, `${sentence}. ${verdict.otherRoute.sentence}`);
  return longer === undefined ? evaluation : { ...evaluation, annotation: longer };
}

/** The one place where three values become those of AWS Config: what is undecided is never COMPLIANT. */
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

function trailEvaluation(trail: Trail, verdict: Verdict, context: EvaluationContext): Evaluation {
  const key = {
    complianceResourceType: 'AWS::CloudTrail::Trail',
    complianceResourceId: context.trailResourceIds?.get(trail.trailArn) ?? trail.name,
  };
  const chains: readonly Chain[] = verdict.chains;
  const nearest = chains.find(({ path }) => path.trail?.trailArn === trail.trailArn);
  if (nearest === undefined) return otherTrailEvaluation(key, verdict, context);
  if (nearest.outcome === 'satisfied') return chainEvaluation(key, nearest, 'COMPLIANT', context);
  // That a trail records other events is no finding about it. That the account has no better trail is the account's.
  const recordsOtherEvents = nearest.finding.code === 'TRAIL_WITHOUT_EVENTS';
  const compliance = recordsOtherEvents ? 'NOT_APPLICABLE' : complianceOf(verdict, context.options);
  return chainEvaluation(key, nearest, compliance, context);
}

/** The evaluation of a trail where a chain holds through another one. */
function otherTrailEvaluation(key: EvaluationKey, verdict: Verdict, { region }: EvaluationContext): Evaluation {
  const [{ path }] = verdict.chains;
  if (verdict.kind !== 'satisfied') throw new Error('no chain runs through a trail, and none holds through another');
  const sentence = `trail ${path.trail?.name ?? 'unknown'} satisfies the account`;
  return notApplicable(key, annotate('OTHER_TRAIL', sentence, whereOf(path, region)));
}

function chainEvaluation(
  { complianceResourceType, complianceResourceId }: EvaluationKey,
  chain: Chain,
  complianceType: ComplianceType,
  { region }: EvaluationContext,
): Evaluation {
  const where = whereOf(chain.path, region);
  const annotation =
    chain.outcome === 'satisfied'
      ? annotate('SATISFIED', 'a chain holds from end to end', where)
      : annotate(chain.finding.code, sentenceOf(chain), where);
  return { complianceResourceType, complianceResourceId, complianceType, annotation };
}

function sentenceOf({ finding, outcome }: UnsatisfiedChain): string {
  return outcome === 'undecided' ? `not determined: ${finding.sentence}` : finding.sentence;
}
