/** Some IAM actions that the function needs in the account that it evaluates, with the reason. */
export interface Permission {
  readonly actions: readonly [string, ...string[]];
  readonly why: string;
  /**
   * What the actions are allowed on, as the end of an ARN behind its partition; `*` where AWS takes no resource, or demands
   * all. `ACCOUNT` is the evaluated account.
   */
  readonly resource: string;
  /** Whether only the role of a member account has it: a function of one account does without. */
  readonly isForMembers?: true;
}

/**
 * What the function may do in the account that it evaluates. The role of a member account, its page in the documents and a
 * test of `serverless.yml` follow from this table.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const permissions: readonly Permission[] = [
  {
    actions: ['cloudtrail:DescribeTrails', 'cloudtrail:ListTrails'],
    why: 'which trails there are, also those of other regions and of the organization',
    resource: '*',
  },
  {
    actions: ['cloudtrail:GetTrailStatus'],
    why: 'whether a trail is switched on and delivers to its log group',
    resource: 'cloudtrail:*:*:trail/*',
  },
  {
    actions: ['cloudtrail:GetEventSelectors'],
    why: 'which events a trail lets through',
    resource: 'cloudtrail:*:*:trail/*',
  },
  {
    actions: ['logs:DescribeLogGroups'],
    why: "whether the class of the trail's log group supports metric filters",
    resource: 'logs:*:ACCOUNT:log-group:*',
  },
  {
    actions: ['logs:DescribeMetricFilters'],
    why: "the metric filters of the trail's log group",
    resource: 'logs:*:ACCOUNT:log-group:*',
  },
  {
    actions: ['logs:GetTransformer'],
    why: 'whether events are transformed, where a filter or a log alarm looks at transformed ones, and for snapshots',
    resource: 'logs:*:ACCOUNT:log-group:*',
  },
  {
    actions: ['logs:DescribeAccountPolicies'],
    why: 'whether the account transforms the events of many log groups',
    resource: '*',
  },
  {
    actions: ['cloudwatch:DescribeAlarmsForMetric'],
    why: "the alarms right on a filter's metric",
    resource: '*',
  },
  {
    actions: ['cloudwatch:DescribeAlarms'],
    why: 'all alarms of the region, where no alarm right on the metric carries the chain',
    resource: '*',
  },
  {
    actions: ['cloudwatch:ListAlarmMuteRules', 'cloudwatch:GetAlarmMuteRule'],
    why: 'whether a mute rule silences the alarm, and for how long',
    resource: '*',
  },
  {
    actions: ['cloudwatch:DescribeAlarmHistory'],
    why: "whether the alarm's last notification succeeded",
    resource: '*',
  },
  {
    actions: ['sns:ListSubscriptionsByTopic'],
    why: "who is subscribed to the alarm's topic, and confirmed",
    resource: 'sns:*:*:*',
  },
  {
    actions: ['sns:GetSubscriptionAttributes'],
    why: "whether a subscription's filter policy lets the alarm's messages through",
    resource: 'sns:*:*:*',
  },
  {
    actions: ['sns:GetTopicAttributes'],
    why: 'whether CloudWatch may publish to the topic, and whether it is encrypted',
    resource: 'sns:*:*:*',
  },
  {
    actions: ['events:ListRules'],
    why: 'whether an EventBridge rule matches the events: where `acceptedRoutes` names `eventbridge`, and once for a broken account',
    resource: '*',
  },
  {
    actions: ['events:ListTargetsByRule'],
    why: 'what such a rule notifies',
    resource: 'events:*:ACCOUNT:rule/*',
  },
  {
    actions: ['kms:DescribeKey', 'kms:GetKeyPolicy'],
    why: 'whether CloudWatch may use the key that a topic is encrypted with',
    resource: 'kms:*:*:key/*',
  },
  { actions: ['config:PutEvaluations'], why: 'to send the evaluations', resource: '*' },
  {
    actions: ['config:ListDiscoveredResources'],
    why: 'what AWS Config calls a trail, so that one trail has one evaluation',
    resource: '*',
  },
  {
    actions: ['config:GetComplianceDetailsByConfigRule'],
    why: 'which evaluations of earlier runs no longer apply and are cleared',
    resource: 'config:*:ACCOUNT:config-rule/*',
  },
  {
    actions: ['organizations:DescribeOrganization'],
    why: 'only in the role of a member account: whether the account belongs to the organization that the function serves',
    resource: '*',
    isForMembers: true,
  },
];

/** The actions that only the role of a member account has. */
export const memberOnlyActions: readonly string[] = permissions
  .filter(({ isForMembers }) => isForMembers === true)
  .flatMap(({ actions }) => actions);
