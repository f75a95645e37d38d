/**
 * The last part of a rule's name, by control. AWS Config lists the evaluations of a rule by a name of at most 64
 * characters, and conformance packs and organizations make names longer, so that the whole name has at most 37.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_MemberAccountStatus.html
 */
const lastParts: Readonly<Record<string, string>> = {
  'D9.AWS.MON.25': 'mfa-deactivation',
  'CloudWatch.1': 'root-use',
  'CloudWatch.2': 'refused-calls',
  'CloudWatch.3': 'sign-in-without-mfa',
  'CloudWatch.4': 'iam-policies',
  'CloudWatch.5': 'cloudtrail',
  'CloudWatch.6': 'sign-in-failures',
  'CloudWatch.7': 'kms-keys',
  'CloudWatch.8': 's3-bucket-policies',
  'CloudWatch.9': 'aws-config',
  'CloudWatch.10': 'security-groups',
  'CloudWatch.11': 'network-acls',
  'CloudWatch.12': 'network-gateways',
  'CloudWatch.13': 'route-tables',
  'CloudWatch.14': 'vpcs',
  'CIS-1.2.0-3.2': 'sign-in-no-mfa-cis-1',
  'CIS-1.3.0-4.15': 'organizations',
};

/** What the names of rules, and of what belongs to them, begin with. */
export const DEFAULT_PREFIX = 'cloudtrail-alarm-';

/** The longest prefix with which every name keeps within {@link LONGEST_RULE_NAME}. */
export const LONGEST_PREFIX = 17;

export const LONGEST_RULE_NAME = 37;

/**
 * The last part of the name of a control's rule.
 *
 * @throws Error if the control has none: give it one in the table
 */
export function lastPartOf(controlId: string): string {
  const part = lastParts[controlId];
  if (part === undefined) throw new Error(`the rule of ${controlId} has no name`);
  return part;
}

/** A control as the logical id of a template spells it: letters and digits only. */
export function logicalIdOf(controlId: string): string {
  return controlId.replaceAll(/[^A-Za-z0-9]/g, '');
}
