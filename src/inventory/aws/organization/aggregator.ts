import {
  ConfigServiceClient,
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  GetAggregateComplianceDetailsByConfigRuleCommand,
} from '@aws-sdk/client-config-service';

import { createCall } from '../client/call.ts';
import { eachPage, readAllPages } from '../client/paging.ts';
import type { AwsSettings } from '../client/settings.ts';
import { createClient } from '../client/settings.ts';

/** What an aggregator holds of one rule in one account and region. */
export interface RuleCompliance {
  readonly ruleName: string;
  readonly accountId: string;
  readonly region: string;
  /** As AWS Config says it. An aggregator shows COMPLIANT and NON_COMPLIANT only. */
  readonly complianceType: string;
}

/** Why a rule is NON_COMPLIANT: the evaluation of one resource. */
export interface AggregatedEvaluation {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly annotation?: string;
  /** When AWS Config called the rule, in ISO 8601. */
  readonly invokedAt?: string;
}

/** A source from which the aggregator did not get its newest data. */
export interface AggregatorSource {
  /** The id of an account, or of the organization. */
  readonly sourceId: string;
  readonly region?: string;
  /** FAILED or OUTDATED. */
  readonly status: string;
  readonly error?: string;
}

export interface Aggregator {
  /** Every rule of every account and region, page by page. */
  readonly compliance: () => AsyncGenerator<readonly RuleCompliance[], void>;
  /** The evaluations that make a rule NON_COMPLIANT in an account and region: up to the account's own, if there is one. */
  readonly nonCompliantEvaluations: (of: RuleCompliance) => Promise<readonly AggregatedEvaluation[]>;
  readonly lateSources: () => Promise<readonly AggregatorSource[]>;
}

/** The largest page of the list of compliance. */
const COMPLIANCE_PAGE = 1000;

/** An aggregator holds at most 10,000 accounts, and an account has at most 1,000 rules in a region. */
const MAX_COMPLIANCE_PAGES = 100_000;

/** The largest page of the details. */
const DETAILS_PAGE = 100;

const ACCOUNT = 'AWS::::Account';

/**
 * An aggregator of AWS Config, through a client that all calls share: adaptive retries slow it down as a whole when AWS
 * throttles it.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeAggregateComplianceByConfigRules.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetAggregateComplianceDetailsByConfigRule.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationAggregatorSourcesStatus.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
 */
export function aggregatorNamed(name: string, settings: AwsSettings, region: string): Aggregator {
  const client = createClient(ConfigServiceClient, settings, region);
  const call = createCall();
  const page = (NextToken: string | undefined) => ({
    ConfigurationAggregatorName: name,
    ...(NextToken === undefined ? {} : { NextToken }),
  });
  return {
    compliance: () =>
      eachPage(
        {
          call,
          operation: 'DescribeAggregateComplianceByConfigRules',
          region,
          send: (token, options) => {
            const input = { ...page(token), Limit: COMPLIANCE_PAGE };
            return client.send(new DescribeAggregateComplianceByConfigRulesCommand(input), options);
          },
          itemsOf: ({ AggregateComplianceByConfigRules }) =>
            AggregateComplianceByConfigRules.map(({ ConfigRuleName, Compliance, AccountId, AwsRegion }) => ({
              ruleName: ConfigRuleName,
              accountId: AccountId,
              region: AwsRegion,
              complianceType: Compliance.ComplianceType,
            })),
        },
        MAX_COMPLIANCE_PAGES,
      ),

    nonCompliantEvaluations: ({ ruleName, accountId, region: sourceRegion }) =>
      readAllPages({
        call,
        operation: 'GetAggregateComplianceDetailsByConfigRule',
        region,
        send: (token, options) => {
          const input = {
            ...page(token),
            ConfigRuleName: ruleName,
            AccountId: accountId,
            AwsRegion: sourceRegion,
            ComplianceType: 'NON_COMPLIANT',
            Limit: DETAILS_PAGE,
          } as const;
          return client.send(new GetAggregateComplianceDetailsByConfigRuleCommand(input), options);
        },
        itemsOf: ({ AggregateEvaluationResults }) =>
          AggregateEvaluationResults.map(
            ({ EvaluationResultIdentifier: { EvaluationResultQualifier }, Annotation, ConfigRuleInvokedTime }) => ({
              resourceType: EvaluationResultQualifier.ResourceType,
              resourceId: EvaluationResultQualifier.ResourceId,
              ...(Annotation === undefined ? {} : { annotation: Annotation }),
              ...(ConfigRuleInvokedTime === undefined ? {} : { invokedAt: ConfigRuleInvokedTime.toISOString() }),
            }),
          ),
        isEnough: (evaluations) => evaluations.some(({ resourceType }) => resourceType === ACCOUNT),
      }),

    lateSources: () =>
      readAllPages({
        call,
        operation: 'DescribeConfigurationAggregatorSourcesStatus',
        region,
        send: (token, options) => {
          const input = { ...page(token), UpdateStatus: ['FAILED', 'OUTDATED'] as ('FAILED' | 'OUTDATED')[] };
          return client.send(new DescribeConfigurationAggregatorSourcesStatusCommand(input), options);
        },
        itemsOf: ({ AggregatedSourceStatusList }) =>
          AggregatedSourceStatusList.map(
            ({ SourceId, AwsRegion, LastUpdateStatus, LastErrorCode, LastErrorMessage }) => {
              const error = [LastErrorCode, LastErrorMessage].filter(Boolean).join(': ');
              return {
                sourceId: SourceId,
                ...(AwsRegion === undefined ? {} : { region: AwsRegion }),
                status: LastUpdateStatus,
                ...(error === '' ? {} : { error }),
              };
            },
          ),
      }),
  };
}
