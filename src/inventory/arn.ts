/** The parts of an Amazon Resource Name: `arn:partition:service:region:account-id:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** Everything after the fifth colon, for example `trail/main` or `log-group:/aws/cloudtrail`. */
  readonly resource: string;
}

/**
 * Splits an ARN.
 *
 * @param text - what AWS calls an ARN
 * @returns its parts, or `undefined` if the text has not the form of one
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...resource] = text.split(':');
  if (scheme !== 'arn' || !partition || !service || region === undefined || accountId === undefined) return undefined;
  if (resource.length === 0) return undefined;
  return { partition, service, region, accountId, resource: resource.join(':') };
}

/**
 * Names a log group by the ARN without the trailing `:*` that CloudTrail reports, so that one log group has one key.
 *
 * @param arn - a log group's ARN, with or without `:*`
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
 */
export function bareLogGroupArn(arn: string): string {
  return arn.endsWith(':*') ? arn.slice(0, -2) : arn;
}

/** The name of the log group that an ARN speaks of; the ARN itself if it is not a log group's. */
export function logGroupName(arn: string): string {
  const resource = parseArn(bareLogGroupArn(arn))?.resource;
  return resource?.startsWith('log-group:') ? resource.slice('log-group:'.length) : arn;
}

/** The last part of a resource's name: the trail of `trail/main`, the topic of an SNS ARN; the text itself otherwise. */
export function resourceName(arn: string): string {
  const resource = parseArn(arn)?.resource;
  if (resource === undefined) return arn;
  return resource.slice(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1);
}

/** Whether an ARN is that of an SNS topic, in any partition. */
export function isTopic(arn: string): boolean {
  return parseArn(arn)?.service === 'sns';
}

/**
 * The region that an ARN names.
 *
 * @throws Error if it names none
 */
export function regionOf(arn: string): string {
  const region = parseArn(arn)?.region;
  if (!region) throw new Error(`an ARN without a region: ${arn}`);
  return region;
}
