import type { Resource, Section } from './serverless-file.ts';

export const complianceParameter = {
  Type: 'String',
  Default: 'false',
  AllowedValues: ['true', 'false'],
  Description:
    'Whether the receivers above also hear of each change of compliance of the account, with the annotation that says why.',
} as const;

export const complianceConditions: Section = {
  NotifiesChanges: {
    'Fn::And': [
      { 'Fn::Equals': [{ Ref: 'NotifyComplianceChanges' }, 'true'] },
      { 'Fn::Or': [{ Condition: 'HasAlarmEmail' }, { Condition: 'HasAlarmTopic' }] },
    ],
  },
};

/**
 * What sends a change of compliance to the topics of the alarms. Security Hub and the list of AWS Config leave the
 * annotation out, which is what a person needs.
 *
 * EventBridge puts values into a text without escaping them, and an annotation may have quotation marks. So the message
 * holds the whole result as an object, which stays valid JSON. EventBridge publishes with a role, so that no policy of a
 * topic has to be changed.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export const complianceResources: Readonly<Record<string, Resource>> = {
  ComplianceChanges: {
    Type: 'AWS::Events::Rule',
    Condition: 'NotifiesChanges',
    Properties: {
      Description: 'The compliance of the account with a rule on alarms has changed.',
      EventPattern: {
        source: ['aws.config'],
        'detail-type': ['Config Rules Compliance Change'],
        detail: {
          messageType: ['ComplianceChangeNotification'],
          configRuleName: [{ prefix: { Ref: 'RulePrefix' } }],
          resourceType: ['AWS::::Account'],
          newEvaluationResult: { complianceType: ['COMPLIANT', 'NON_COMPLIANT'] },
        },
      },
      Targets: [
        { 'Fn::If': ['HasAlarmTopic', target('given', { Ref: 'AlarmTopicArn' }), { Ref: 'AWS::NoValue' }] },
        { 'Fn::If': ['HasAlarmEmail', target('own', { Ref: 'AlarmTopic' }), { Ref: 'AWS::NoValue' }] },
      ],
    },
  },
  ComplianceChangesRole: {
    Type: 'AWS::IAM::Role',
    Condition: 'NotifiesChanges',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'publish',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sns:Publish',
                Resource: [
                  { 'Fn::If': ['HasAlarmTopic', { Ref: 'AlarmTopicArn' }, { Ref: 'AWS::NoValue' }] },
                  { 'Fn::If': ['HasAlarmEmail', { Ref: 'AlarmTopic' }, { Ref: 'AWS::NoValue' }] },
                ],
              },
            ],
          },
        },
      ],
    },
  },
};

function target(Id: string, Arn: object): object {
  return {
    Id,
    Arn,
    RoleArn: { 'Fn::GetAtt': ['ComplianceChangesRole', 'Arn'] },
    InputTransformer: {
      InputPathsMap: {
        rule: '$.detail.configRuleName',
        account: '$.detail.awsAccountId',
        region: '$.detail.awsRegion',
        result: '$.detail.newEvaluationResult',
      },
      InputTemplate: '{"rule": <rule>, "account": <account>, "region": <region>, "result": <result>}',
    },
  };
}
