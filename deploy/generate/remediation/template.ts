import { prefixParameter } from '../rules.ts';
import { documentResources } from './resources.ts';

/**
 * The remediation document and its role alone: for the member accounts of an organization whose rules call a function in
 * another account. It is small enough for CloudFormation to take it without a bucket.
 */
export function remediationTemplate() {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The document with which AWS Config adds a metric filter, an alarm and a topic, and its role.',
    Parameters: { RulePrefix: prefixParameter },
    Resources: documentResources(),
    Outputs: {
      DocumentName: { Value: { Ref: 'RemediationDocument' } },
      RoleArn: { Value: { 'Fn::GetAtt': ['RemediationRole', 'Arn'] } },
    },
  };
}
