/** A request that an AWS service makes for one of its resources, as a service principal. */
export interface ServiceRequest {
  /** The service principal, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** The IAM action, such as `sns:Publish`. */
  readonly action: string;
  /** The ARN of the resource. Absent where the policy is that of a key: then the resource is the key. */
  readonly resource?: string;
  /** The ARN of the resource that the service acts for: the alarm. */
  readonly sourceArn: string;
  /** The account of that resource. */
  readonly sourceAccount: string;
}

/**
 * The condition keys of a request that CloudWatch makes for an alarm, in lower case. The request uses TLS, as all requests
 * of AWS services do. The owner of the source is a key of SNS alone.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function conditionKeysOf(request: ServiceRequest): Readonly<Record<string, string>> {
  const { resource, sourceArn, sourceAccount } = request;
  return {
    'aws:sourcearn': sourceArn,
    'aws:sourceaccount': sourceAccount,
    ...(resource === undefined ? {} : { 'aws:sourceowner': sourceAccount }),
    'aws:securetransport': 'true',
  };
}
