import type { Request } from './wire.ts';
import { ServiceError } from './wire.ts';

/** A result as PutEvaluations takes it. */
export interface PutEvaluation {
  readonly ComplianceResourceType: string;
  readonly ComplianceResourceId: string;
  readonly ComplianceType: string;
  readonly Annotation?: string;
  /** In seconds, as the protocol carries times. */
  readonly OrderingTimestamp: number;
}

/** An AWS Config that keeps what it is sent. */
export interface ConfigState {
  /** The rows of each call that was taken, in order; calls in test mode too. */
  readonly puts: { readonly rows: readonly PutEvaluation[]; readonly testMode: boolean }[];
  /** What is held now, by type and id. NOT_APPLICABLE is held as nothing. */
  readonly held: Map<string, PutEvaluation>;
  /** What ListDiscoveredResources answers. */
  trails: readonly { readonly resourceId: string; readonly resourceName?: string }[];
}

type Operations = Readonly<Record<string, (input: Request['input']) => unknown>>;

export function emptyConfig(trails: ConfigState['trails'] = []): ConfigState {
  return { puts: [], held: new Map(), trails };
}

/**
 * The operations of AWS Config that the rule uses, with the limits of its service model.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html
 */
export function configOperations(state: ConfigState): Operations {
  return {
    PutEvaluations: (input) => {
      const rows = (input['Evaluations'] ?? []) as readonly PutEvaluation[];
      if (!input['ResultToken']) throw new ServiceError('InvalidResultTokenException');
      if (rows.length > 100) throw new ServiceError('ValidationException', 400, 'at most 100 evaluations');
      for (const row of rows) refuseInvalid(row);
      const testMode = input['TestMode'] === true;
      state.puts.push({ rows, testMode });
      for (const row of testMode ? [] : rows) {
        const key = `${row.ComplianceResourceType} ${row.ComplianceResourceId}`;
        if (row.ComplianceType === 'NOT_APPLICABLE') state.held.delete(key);
        else state.held.set(key, row);
      }
      return { FailedEvaluations: [] };
    },
    GetComplianceDetailsByConfigRule: (input) => {
      const rows = [...state.held.values()];
      const from = Number(input['NextToken'] ?? 0);
      const to = from + Number(input['Limit'] ?? 10);
      const results = rows.slice(from, to).map(({ ComplianceResourceType, ComplianceResourceId, ComplianceType }) => ({
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: { ResourceType: ComplianceResourceType, ResourceId: ComplianceResourceId },
        },
        ComplianceType,
      }));
      return { EvaluationResults: results, ...(to < rows.length ? { NextToken: String(to) } : {}) };
    },
    ListDiscoveredResources: (input) => ({
      resourceIdentifiers: state.trails.map((trail) => ({ resourceType: input['resourceType'], ...trail })),
    }),
  };
}

function refuseInvalid({
  Annotation = '-',
  ComplianceType,
  ComplianceResourceId,
  OrderingTimestamp,
}: PutEvaluation): void {
  const valid =
    Annotation.length >= 1 &&
    Annotation.length <= 256 &&
    ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'].includes(ComplianceType) &&
    ComplianceResourceId.length >= 1 &&
    ComplianceResourceId.length <= 768 &&
    Number.isFinite(OrderingTimestamp);
  if (!valid) throw new ServiceError('InvalidParameterValueException');
}
