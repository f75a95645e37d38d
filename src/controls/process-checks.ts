/**
 * The manual process checks in AWS's own conformance packs for CIS 1.3 and 1.4 that ask for a metric filter and an alarm, by
 * the name of their rule, with the control that answers each. One name is misspelt there, and so here.
 *
 * @see https://github.com/awslabs/aws-config-rules/blob/master/aws-config-conformance-packs/Operational-Best-Practices-for-CIS-AWS-v1.4-Level2.yaml
 */
export const processChecks = {
  'alarm-unauthorized-api-calls': 'CloudWatch.2',
  'alarm-sign-in-without-mfa': 'CIS-1.2.0-3.2',
  'alarm-root-account-use': 'CloudWatch.1',
  'alarm-iam-policy-change': 'CloudWatch.4',
  'alarm-cloudtrail-config-change': 'CloudWatch.5',
  'alarm-console-auth-failures': 'CloudWatch.6',
  'alarm-kms-disable-or-delete-cmk': 'CloudWatch.7',
  'alarm-s3-bucket-policy-change': 'CloudWatch.8',
  'alarm-aws-config-change': 'CloudWatch.9',
  'alarm-vpc-secrity-group-change': 'CloudWatch.10',
  'alarm-vpc-nacl-change': 'CloudWatch.11',
  'alarm-vpc-network-gateway-change': 'CloudWatch.12',
  'alarm-vpc-route-table-change': 'CloudWatch.13',
  'alarm-vpc-change': 'CloudWatch.14',
  'alarm-organizations-change': 'CIS-1.3.0-4.15',
} as const;
