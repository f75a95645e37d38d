import * as v from 'valibot';

import { cloudTrailAnswers } from './cloudtrail.ts';
import { cloudWatchAnswers } from './cloudwatch.ts';
import { bytes, listOf, members, name, optional, pageToken, text, time } from './fields.ts';
import { logsAnswers } from './logs.ts';

const snsAttributes = (...required: readonly string[]) =>
  v.pipe(
    v.record(text, text, 'is missing or not a map'),
    v.check((attributes) => required.every((one) => attributes[one]), `has no ${required.join(' or ')}`),
  );

/**
 * The answers of SNS, EventBridge, KMS, AWS Config, STS and Organizations.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Operations.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_Operations.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
const otherAnswers = {
  ListSubscriptionsByTopic: members({
    Subscriptions: listOf(
      members({ SubscriptionArn: name, Protocol: name, Owner: optional(text), Endpoint: optional(text) }),
    ),
    NextToken: pageToken,
  }),
  GetTopicAttributes: members({ Attributes: snsAttributes('TopicArn') }),
  GetSubscriptionAttributes: members({ Attributes: snsAttributes('SubscriptionArn') }),

  ListRules: members({
    Rules: listOf(members({ Name: name, State: name, EventPattern: optional(text) })),
    NextToken: pageToken,
  }),
  ListTargetsByRule: members({
    Targets: listOf(members({ Id: name, Arn: name, RoleArn: optional(text) })),
    NextToken: pageToken,
  }),

  DescribeKey: members({
    KeyMetadata: members({
      Arn: optional(name),
      KeyManager: name,
      KeyState: name,
    }),
  }),
  GetKeyPolicy: members({ Policy: name }),
  GetPublicKey: members({ KeyId: name, PublicKey: bytes, SigningAlgorithms: optional(v.array(text)) }),
  Sign: members({ Signature: bytes }),

  PutEvaluations: members({
    FailedEvaluations: listOf(
      members({ ComplianceResourceType: optional(text), ComplianceResourceId: optional(text) }),
    ),
  }),
  ListDiscoveredResources: members({
    resourceIdentifiers: listOf(members({ resourceId: name, resourceName: optional(text) })),
    nextToken: pageToken,
  }),
  GetComplianceDetailsByConfigRule: members({
    EvaluationResults: listOf(
      members({
        EvaluationResultIdentifier: members({
          EvaluationResultQualifier: members({ ResourceType: name, ResourceId: name }),
        }),
      }),
    ),
    NextToken: pageToken,
  }),

  DescribeConfigRules: members({
    ConfigRules: listOf(
      members({ ConfigRuleName: name, Source: members({ Owner: name, SourceIdentifier: optional(text) }) }),
    ),
    NextToken: pageToken,
  }),
  PutExternalEvaluation: members({}),
  DescribeAggregateComplianceByConfigRules: members({
    AggregateComplianceByConfigRules: listOf(
      members({
        ConfigRuleName: name,
        Compliance: members({ ComplianceType: name }),
        AccountId: name,
        AwsRegion: name,
      }),
    ),
    NextToken: pageToken,
  }),
  GetAggregateComplianceDetailsByConfigRule: members({
    AggregateEvaluationResults: listOf(
      members({
        EvaluationResultIdentifier: members({
          EvaluationResultQualifier: members({ ResourceType: name, ResourceId: name }),
        }),
        Annotation: optional(text),
        ConfigRuleInvokedTime: optional(time),
      }),
    ),
    NextToken: pageToken,
  }),
  DescribeConfigurationAggregatorSourcesStatus: members({
    AggregatedSourceStatusList: listOf(
      members({
        SourceId: name,
        AwsRegion: optional(name),
        LastUpdateStatus: name,
        LastErrorCode: optional(text),
        LastErrorMessage: optional(text),
      }),
    ),
    NextToken: pageToken,
  }),

  AssumeRole: members({
    AssumedRoleUser: members({ Arn: name }),
    Credentials: members({ AccessKeyId: name, SecretAccessKey: name, SessionToken: name, Expiration: time }),
  }),
  GetCallerIdentity: members({ Arn: name }),

  DescribeOrganization: members({ Organization: members({ Id: name }) }),

  // `Status` is retired in favour of `State`; a region may still answer with the former alone.
  ListAccounts: members({
    Accounts: listOf(
      v.pipe(
        members({ Id: name, Name: optional(text), State: optional(name), Status: optional(name) }),
        v.check(({ State, Status }) => (State ?? Status) !== undefined, 'has neither `State` nor `Status`'),
      ),
    ),
    NextToken: pageToken,
  }),
};

/** What a real answer of each operation always holds, as far as it is read. */
export const answers = { ...cloudTrailAnswers, ...cloudWatchAnswers, ...logsAnswers, ...otherAnswers };

/** An API operation that the programs call. */
export type OperationName = keyof typeof answers;

/** The answer of an operation, checked. */
export type OperationAnswer<O extends OperationName> = v.InferOutput<(typeof answers)[O]>;

/** The service of each operation, by its IAM prefix: together they are the IAM action, but for the case of a letter. */
export const services: Readonly<Record<OperationName, string>> = {
  ...serviceOf('cloudtrail', cloudTrailAnswers),
  ...serviceOf('cloudwatch', cloudWatchAnswers),
  ...serviceOf('logs', logsAnswers),
  ListSubscriptionsByTopic: 'sns',
  GetTopicAttributes: 'sns',
  GetSubscriptionAttributes: 'sns',
  ListRules: 'events',
  ListTargetsByRule: 'events',
  DescribeKey: 'kms',
  GetKeyPolicy: 'kms',
  GetPublicKey: 'kms',
  Sign: 'kms',
  PutEvaluations: 'config',
  ListDiscoveredResources: 'config',
  GetComplianceDetailsByConfigRule: 'config',
  DescribeConfigRules: 'config',
  PutExternalEvaluation: 'config',
  DescribeAggregateComplianceByConfigRules: 'config',
  GetAggregateComplianceDetailsByConfigRule: 'config',
  DescribeConfigurationAggregatorSourcesStatus: 'config',
  AssumeRole: 'sts',
  GetCallerIdentity: 'sts',
  DescribeOrganization: 'organizations',
  ListAccounts: 'organizations',
};

function serviceOf<K extends string>(service: string, operations: Readonly<Record<K, unknown>>): Record<K, string> {
  return Object.fromEntries(Object.keys(operations).map((operation) => [operation, service])) as Record<K, string>;
}
