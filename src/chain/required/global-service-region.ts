/**
 * The region of a partition in which the events of IAM are recorded, by the beginning of its regions' names: GovCloud,
 * where the only control plane of IAM is; commercial, where CloudTrail says so. For other partitions it is not documented.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html
 */
export function globalServiceRegionOf(region: string): string | undefined {
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  // Regions of other partitions have names of another shape, such as us-iso-east-1 and eusc-de-east-1, or begin with cn.
  return /^(?!cn-)[a-z]{2}-[a-z]+-\d+$/.test(region) ? 'us-east-1' : undefined;
}
