import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import {
  GetComplianceDetailsByConfigRuleCommand,
  ListDiscoveredResourcesCommand,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';

import type { Call } from '../inventory/aws/client/call.ts';
import { readAllPages } from '../inventory/aws/client/paging.ts';
import type { Evaluation, EvaluationKey } from '../report/evaluations.ts';

export interface PutRequest {
  /** At most 100. */
  readonly evaluations: readonly Evaluation[];
  /** The time that orders the evaluations, in ISO 8601. */
  readonly orderedAt: string;
  readonly resultToken: string;
  /** AWS Config checks the call and stores nothing. */
  readonly testMode: boolean;
}

/** A resource as AWS Config lists it. */
export interface DiscoveredResource {
  readonly resourceId: string;
  readonly resourceName?: string;
  /** Known from an event; a listing does not contain it. */
  readonly arn?: string;
}

/** The calls of the rule to AWS Config. */
export interface ConfigService {
  /** Sends evaluations and returns those that AWS Config did not accept. */
  readonly putEvaluations: (request: PutRequest) => Promise<readonly Evaluation[]>;
  /** The resources that AWS Config holds a COMPLIANT or NON_COMPLIANT evaluation of. */
  readonly storedEvaluations: (ruleName: string) => Promise<readonly EvaluationKey[]>;
  /** The trails that AWS Config records, with the ids that it gives them. */
  readonly discoveredTrails: () => Promise<readonly DiscoveredResource[]>;
}

/** AWS Config through its client, each call within the time that is left. */
export function configService(client: ConfigServiceClient, call: Call, region: string): ConfigService {
  return {
    putEvaluations: async ({ evaluations, orderedAt, resultToken, testMode }) => {
      const OrderingTimestamp = new Date(orderedAt);
      const command = new PutEvaluationsCommand({
        ResultToken: resultToken,
        ...(testMode ? { TestMode: true } : {}),
        Evaluations: evaluations.map((evaluation) => ({
          ComplianceResourceType: evaluation.complianceResourceType,
          ComplianceResourceId: evaluation.complianceResourceId,
          ComplianceType: evaluation.complianceType,
          Annotation: evaluation.annotation,
          OrderingTimestamp,
        })),
      });
      const { FailedEvaluations } = await call('PutEvaluations', region, (options) => client.send(command, options));
      if (FailedEvaluations.length === 0) return [];
      const failed = evaluations.filter((evaluation) =>
        FailedEvaluations.some(
          ({ ComplianceResourceType, ComplianceResourceId }) =>
            ComplianceResourceType === evaluation.complianceResourceType &&
            ComplianceResourceId === evaluation.complianceResourceId,
        ),
      );
      // A failure that names nothing that was sent may be any of them.
      return failed.length > 0 ? failed : evaluations;
    },

    storedEvaluations: (ruleName) =>
      readAllPages({
        call,
        operation: 'GetComplianceDetailsByConfigRule',
        region,
        send: (NextToken, options) => {
          const command = new GetComplianceDetailsByConfigRuleCommand({
            ConfigRuleName: ruleName,
            ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'],
            Limit: 100,
            ...(NextToken === undefined ? {} : { NextToken }),
          });
          return client.send(command, options);
        },
        itemsOf: ({ EvaluationResults }) =>
          EvaluationResults.map(({ EvaluationResultIdentifier }) => {
            const { ResourceType, ResourceId } = EvaluationResultIdentifier.EvaluationResultQualifier;
            return { complianceResourceType: ResourceType, complianceResourceId: ResourceId };
          }),
      }),

    discoveredTrails: () =>
      readAllPages({
        call,
        operation: 'ListDiscoveredResources',
        region,
        send: (nextToken, options) => {
          const command = new ListDiscoveredResourcesCommand({
            resourceType: 'AWS::CloudTrail::Trail',
            limit: 100,
            ...(nextToken === undefined ? {} : { nextToken }),
          });
          return client.send(command, options);
        },
        itemsOf: ({ resourceIdentifiers }) =>
          resourceIdentifiers.map(({ resourceId, resourceName }) => ({
            resourceId,
            ...(resourceName ? { resourceName } : {}),
          })),
      }),
  };
}
