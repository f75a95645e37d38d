/** Services by their IAM prefixes, as AWS spells their names. */
const names: Readonly<Record<string, string>> = {
  cloudtrail: 'CloudTrail',
  cloudwatch: 'CloudWatch',
  config: 'AWS Config',
  events: 'EventBridge',
  kms: 'KMS',
  logs: 'CloudWatch Logs',
  organizations: 'Organizations',
  sns: 'SNS',
  sts: 'STS',
};

/** What people call the service of an IAM prefix, such as `CloudWatch Logs` for `logs`; the prefix if it is another. */
export function serviceName(prefix: string): string {
  return names[prefix] ?? prefix;
}
