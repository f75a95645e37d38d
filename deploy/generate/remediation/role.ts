import type { Resource } from '../serverless-file.ts';
import { CREATED_PREFIX, CREATED_TOPIC } from './document.ts';

/** A resource of the account and region that the stack is in. */
function here(service: string, resource: string): { readonly 'Fn::Sub': string } {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}` };
}

const allow = (Action: readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** What the document may do: read the chain, and create what has the names that it gives. */
export const remediationStatements = [
  allow(['cloudtrail:DescribeTrails'], '*'),
  allow(['cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'], here('cloudtrail', 'trail/*')),
  allow(['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmsForMetric'], '*'),
  allow(['logs:DescribeLogGroups', 'logs:DescribeMetricFilters', 'logs:PutMetricFilter'], here('logs', 'log-group:*')),
  allow(
    ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'],
    // A topic that is chosen may belong to another account.
    { 'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:*:*' },
  ),
  allow(['sns:CreateTopic'], here('sns', `${CREATED_TOPIC}*`)),
  allow(['cloudwatch:PutMetricAlarm'], here('cloudwatch', `alarm:${CREATED_PREFIX}*`)),
];

/**
 * The role of the remediation document. A conformance pack names it in full, so its name is known: the prefix of the
 * rules and the region, since roles are not of a region.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
 */
export const remediationRole: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: { 'Fn::Sub': '${RulePrefix}remediation-${AWS::Region}' },
    Description: 'Adds a metric filter, an alarm and a topic where AWS Config asks for them.',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'ssm.amazonaws.com' },
          Action: 'sts:AssumeRole',
          // Nobody else's automation may use the role.
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: { 'aws:SourceArn': here('ssm', 'automation-execution/*') },
          },
        },
      ],
    },
    Policies: [
      { PolicyName: 'remediate', PolicyDocument: { Version: '2012-10-17', Statement: remediationStatements } },
    ],
  },
};
