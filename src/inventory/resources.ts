/**
 * What an account holds, as AWS's services describe it: plain data, one shape for each of their things.
 *
 * Names are AWS's own, in lower camel case; times are ISO 8601 in UTC.
 */

export type * from './alarm-resources.ts';

/** Why something could not be read. */
export interface Failure {
  /** The service that was asked, as in its IAM prefix: `cloudtrail`, `logs`, `cloudwatch`, `sns`. */
  readonly service: string;
  /** The API operation, for example `DescribeMetricFilters`. */
  readonly operation: string;
  /** The error's name, for example `AccessDeniedException`. */
  readonly error: string;
  /** The IAM action that is missing, where the error says that one is. */
  readonly missingIamAction?: string;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html */
export interface Trail {
  readonly trailArn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegionTrail: boolean;
  readonly isOrganizationTrail: boolean;
  readonly includeGlobalServiceEvents: boolean;
  /** Without the trailing `:*`. Absent if the trail sends nothing to CloudWatch Logs. */
  readonly cloudWatchLogsLogGroupArn?: string;
  /**
   * Why the settings of the trail could not be read, such as where a policy denies its region. The trail is listed then,
   * and all that is known of it is its ARN, name and home region. Without an ARN the entry stands for the trails of other
   * regions, which could not even be listed.
   */
  readonly unread?: Failure;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html */
export interface TrailStatus {
  readonly isLogging: boolean;
  readonly startLoggingTime?: string;
  readonly latestCloudWatchLogsDeliveryTime?: string;
  /** AWS's text; absent when the last delivery went well. */
  readonly latestCloudWatchLogsDeliveryError?: string;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
export interface EventSelector {
  /** `All`, `ReadOnly`, `WriteOnly`, or one that is not known yet. AWS always gives it; absent is not known. */
  readonly readWriteType?: string;
  /** AWS always gives it; absent is not known. */
  readonly includeManagementEvents?: boolean;
  readonly excludeManagementEventSources: readonly string[];
  /** The types of the data resources that are recorded, such as `AWS::S3::Object`; absent where it was not read. */
  readonly dataResourceTypes?: readonly string[];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html */
export interface AdvancedFieldSelector {
  readonly field: string;
  readonly equals?: readonly string[];
  readonly notEquals?: readonly string[];
  readonly startsWith?: readonly string[];
  readonly notStartsWith?: readonly string[];
  readonly endsWith?: readonly string[];
  readonly notEndsWith?: readonly string[];
}

export interface AdvancedEventSelector {
  readonly name?: string;
  readonly fieldSelectors: readonly AdvancedFieldSelector[];
}

/**
 * What a trail lets through. AWS answers with one of the two lists; both empty means that no custom selector is set,
 * which is all management events.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export interface EventSelectors {
  readonly eventSelectors: readonly EventSelector[];
  readonly advancedEventSelectors: readonly AdvancedEventSelector[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html */
export interface MetricTransformation {
  readonly metricNamespace: string;
  readonly metricName: string;
  readonly metricValue: string;
  readonly defaultValue?: number;
  /** Dimension name to the selector that names its value. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricFilter.html */
export interface MetricFilter {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly metricTransformations: readonly MetricTransformation[];
  readonly applyOnTransformedLogs?: boolean;
  readonly fieldSelectionCriteria?: string;
  readonly emitSystemFieldDimensions?: readonly string[];
}

/** A metric filter together with the log group of the same account and region that it belongs to. */
export interface FilterOfLogGroup {
  readonly logGroupName: string;
  readonly filter: MetricFilter;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
export interface LogGroup {
  /** `STANDARD`, `INFREQUENT_ACCESS`, `DELIVERY`, or one that is not known yet. */
  readonly logGroupClass: string;
}

/**
 * Which transformers may change the log events of a log group before a metric filter sees them: one of its own, or
 * policies of the account that choose among log groups.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetTransformer.html
 */
export interface LogTransformers {
  readonly ofLogGroup: boolean;
  readonly ofAccount: boolean;
}

/**
 * A subscription of a topic.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscription.html
 */
export interface Subscription {
  /** An ARN once confirmed; otherwise the literal `PendingConfirmation` or `Deleted`. */
  readonly subscriptionArn: string;
  readonly protocol: string;
  /** The account that made the subscription; absent where SNS does not say it. */
  readonly owner?: string;
  /**
   * The address of an `email` or `email-json` subscription, so that no address is subscribed twice. Other endpoints are
   * left out on purpose: a URL may hold a secret, and nothing needs it.
   */
  readonly endpoint?: string;
  /**
   * Who has to confirm the subscription once a plan or a template is deployed: such a subscription counts, and results
   * say so. Absent for a subscription that exists.
   */
  readonly confirmedBy?: string;
}

/**
 * Which messages a subscription lets through.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
export interface SubscriptionAttributes {
  /** JSON text; absent if every message is delivered. */
  readonly filterPolicy?: string;
  /** `MessageAttributes`, which is also what an absent one means, or `MessageBody`. */
  readonly filterPolicyScope?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Rule.html */
export interface EventRule {
  readonly name: string;
  /** `ENABLED`, `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`, `DISABLED`, or one that is not known yet. */
  readonly state: string;
  /** As JSON text; absent for a rule that runs on a schedule only. */
  readonly eventPattern?: string;
}

/**
 * What a rule invokes. What the target gets of the event is left out: it says nothing of whether the target is invoked,
 * and a constant text may hold a secret.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
 */
export interface EventRuleTarget {
  readonly id: string;
  readonly arn: string;
  /** The role with which EventBridge invokes the target; absent if the policy of the target must allow it. */
  readonly roleArn?: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export interface Key {
  /** The ARN of the key, whatever the topic names it by; absent where KMS does not say it. */
  readonly arn?: string;
  /** `AWS`, whose policy cannot be changed, `CUSTOMER`, or a value that is not known yet. */
  readonly keyManager: string;
  /** `Enabled`, `Disabled`, `PendingDeletion` and others. */
  readonly keyState: string;
  /** As JSON text. */
  readonly policy: string;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export interface TopicAttributes {
  /** The access policy, as JSON text. */
  readonly policy: string;
  /** A key's id, ARN or alias; absent if the topic is not encrypted. */
  readonly kmsMasterKeyId?: string;
}
