import { parseArn } from '../arn.ts';

/** What the regions of a partition begin with, and the domain of its services: the SDKs' `partitions.json`. */
const partitions = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-', 'aws-eusc', 'amazonaws.eu'],
] as const;

function partitionRow(region: string): readonly [string, string, string] {
  return partitions.find(([start]) => region.startsWith(start)) ?? ['', 'aws', 'amazonaws.com'];
}

/** The partition of a region: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function partitionOf(region: string): string {
  return partitionRow(region)[1];
}

/** The domain that the services of a region have: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function urlSuffixOf(region: string): string {
  return partitionRow(region)[2];
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
/** The ARN of one on the default bus does not name the bus: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html */
export function eventRuleArn(busArn: string, name: string): string {
  const { resource = '' } = parseArn(busArn) ?? {};
  const path = resource === 'event-bus/default' ? '' : `${resource.replace(/^event-bus\//, '')}/`;
  return `${busArn.slice(0, busArn.length - resource.length)}rule/${path}${name}`;
}
export const keyArn = (place: ArnPlace, id: string) => arnOf('kms', place, `key/${id}`);
