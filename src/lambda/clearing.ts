/**
 * One evaluation for AWS Config.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
 */
export interface Evaluation {
  readonly complianceResourceType: string;
  readonly complianceResourceId: string;
  readonly complianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
  /** 1 to 256 characters. */
  readonly annotation: string;
}

/** The resource of an evaluation. An id alone is not enough: a trail may have an account's id as its name. */
export type ResultKey = Pick<Evaluation, 'complianceResourceType' | 'complianceResourceId'>;

export function resultKey({ complianceResourceType, complianceResourceId }: ResultKey): string {
  return `${complianceResourceType} ${complianceResourceId}`;
}

/** The evaluation that makes AWS Config forget the one that it holds for a resource. */
export function notApplicable(key: ResultKey, annotation: string): Evaluation {
  const { complianceResourceType, complianceResourceId } = key;
  return { complianceResourceType, complianceResourceId, complianceType: 'NOT_APPLICABLE', annotation };
}
