import {
  ConfigServiceClient,
  DescribeConfigRulesCommand,
  PutExternalEvaluationCommand,
} from '@aws-sdk/client-config-service';

import { createCall } from '../client/call.ts';
import { readAllPages } from '../client/paging.ts';
import type { AwsSettings } from '../client/settings.ts';
import { createClient } from '../client/settings.ts';

/** The evaluation of an account by a process check. */
export interface ExternalEvaluation {
  readonly ruleName: string;
  readonly accountId: string;
  readonly complianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
  /** 1 to 256 characters. */
  readonly annotation: string;
  /** The time that orders the evaluations, in ISO 8601. */
  readonly orderedAt: string;
}

/** The process checks of one account and region: rules of AWS Config that somebody answers by hand. */
export interface ProcessChecks {
  /** The names of the rules. */
  readonly list: () => Promise<readonly string[]>;
  readonly answer: (evaluation: ExternalEvaluation) => Promise<void>;
}

/** https://docs.aws.amazon.com/config/latest/developerguide/operational-best-practices-for-cis_aws_benchmark_level_2.html */
const PROCESS_CHECK = 'AWS_CONFIG_PROCESS_CHECK';

/**
 * The process checks of the account that credentials belong to.
 *
 * @throws AwsCallError from each call
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigRules.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutExternalEvaluation.html
 */
export function processChecksOf(settings: AwsSettings, region: string): ProcessChecks {
  const client = createClient(ConfigServiceClient, settings, region);
  const call = createCall();
  return {
    list: () =>
      readAllPages({
        call,
        operation: 'DescribeConfigRules',
        region,
        send: (NextToken, options) =>
          client.send(new DescribeConfigRulesCommand(NextToken === undefined ? {} : { NextToken }), options),
        itemsOf: ({ ConfigRules }) =>
          ConfigRules.flatMap(({ ConfigRuleName, Source }) =>
            Source.Owner === 'AWS' && Source.SourceIdentifier === PROCESS_CHECK ? [ConfigRuleName] : [],
          ),
      }),
    answer: async ({ ruleName, accountId, complianceType, annotation, orderedAt }) => {
      const command = new PutExternalEvaluationCommand({
        ConfigRuleName: ruleName,
        ExternalEvaluation: {
          ComplianceResourceType: 'AWS::::Account',
          ComplianceResourceId: accountId,
          ComplianceType: complianceType,
          Annotation: annotation,
          OrderingTimestamp: new Date(orderedAt),
        },
      });
      await call('PutExternalEvaluation', region, (options) => client.send(command, options));
    },
  };
}
