/** The partition of a region: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Where a resource is. */
interface ArnPlace {
  readonly accountId: string;
  readonly region: string;
}

/**
 * The ARN that a resource will have.
 *
 * @param resource - what follows the account id, such as `trail/main` or `log-group:/aws/cloudtrail`
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function arnOf(service: string, { accountId, region }: ArnPlace, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

export const trailArn = (place: ArnPlace, name: string) => arnOf('cloudtrail', place, `trail/${name}`);
export const logGroupArn = (place: ArnPlace, name: string) => arnOf('logs', place, `log-group:${name}`);
export const alarmArn = (place: ArnPlace, name: string) => arnOf('cloudwatch', place, `alarm:${name}`);
export const topicArn = (place: ArnPlace, name: string) => arnOf('sns', place, name);
export const eventBusArn = (place: ArnPlace, name: string) => arnOf('events', place, `event-bus/${name}`);
export const keyArn = (place: ArnPlace, id: string) => arnOf('kms', place, `key/${id}`);
