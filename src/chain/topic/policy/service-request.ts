/** A request that an AWS service makes for one of its resources, as a service principal. */
export interface ServiceRequest {
  /** The service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** The IAM action, such as `sns:Publish`. */
  readonly action: string;
  /** What the policy belongs to: a key's policy is read by other rules than a topic's. */
  readonly target: 'topic' | 'key';
  /** The ARN of the topic or key; absent for a key whose ARN is not known. */
  readonly resource?: string;
  /** The topic that the message goes to. */
  readonly topicArn: string;
  /** The ARN of the resource that the service acts for: the alarm or the rule. */
  readonly sourceArn: string;
  /** The account of that resource. */
  readonly sourceAccount: string;
}

/** What is known of a condition key: its value, some of its values, that the request does not have it, or nothing. */
export type ConditionKey =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'list'; readonly includes: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/**
 * The keys that a request of a service principal does not have. Those of an organization and of tags describe an IAM
 * principal; those of a role session are present only with the credentials of one; those of the network are present
 * only if the request goes through a VPC endpoint.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const absentKeys: ReadonlySet<string> = new Set([
  ...['aws:principalorgid', 'aws:principalorgpaths', 'aws:username'],
  ...['aws:assumedroot', 'aws:federatedprovider', 'aws:signinsessionarn', 'aws:sourceidentity'],
  ...['aws:chatbotsourcearn', 'aws:ec2instancesourcevpc', 'aws:ec2instancesourceprivateipv4'],
  ...['aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:vpcsourceip'],
  ...['aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'],
]);

/** The service principal of EventBridge. */
export const EVENT_BRIDGE = 'events.amazonaws.com';

/** The keys that say for what and for whom a service makes a request. */
const sourceKeys: ReadonlySet<string> = new Set(['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceowner']);

/**
 * What is known of one condition key of a request that CloudWatch makes for an alarm. CloudWatch calls SNS and, for an
 * encrypted topic, KMS as a service principal, over TLS. The owner of the source is a key of SNS alone, and the
 * encryption context a key of KMS. AWS says not to rely on the ARN of an alarm with non-ASCII characters. Which of the keys of
 * the source requests of EventBridge to SNS have, it does not say.
 *
 * @param name - in any case
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html#SNS_Confused_Deputy
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic.html#set-up-topic-with-sse
 */
export function conditionKeyOf(name: string, request: ServiceRequest): ConditionKey {
  const { service, target, topicArn, sourceArn, sourceAccount } = request;
  const key = name.toLowerCase();
  if (service === EVENT_BRIDGE && sourceKeys.has(key)) return { kind: 'unknown' };
  if (absentKeys.has(key) || key.startsWith('aws:principaltag/')) return { kind: 'absent' };
  switch (key) {
    case 'aws:sourceaccount':
      return valueOf(sourceAccount);
    case 'aws:sourcearn':
      return isAscii(sourceArn) ? valueOf(sourceArn) : { kind: 'unknown' };
    case 'aws:sourceowner':
      return target === 'topic' ? valueOf(sourceAccount) : { kind: 'unknown' };
    case 'aws:securetransport':
    case 'aws:principalisawsservice':
      return valueOf('true');
    case 'aws:principalservicename':
      return valueOf(service);
    case 'aws:principalservicenameslist':
      return { kind: 'list', includes: service };
    case 'kms:encryptioncontext:aws:sns:topicarn':
      return target === 'key' ? valueOf(topicArn) : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

/** An empty value is one that could not be found out. */
function valueOf(value: string): ConditionKey {
  return value === '' ? { kind: 'unknown' } : { kind: 'value', value };
}

function isAscii(text: string): boolean {
  return Array.from(text).every((char) => (char.codePointAt(0) ?? 0) < 128);
}
