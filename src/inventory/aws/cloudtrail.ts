import type {
  AdvancedEventSelector as SdkAdvanced,
  EventSelector as SdkSelector,
  Trail as SdkTrail,
} from '@aws-sdk/client-cloudtrail';
import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
} from '@aws-sdk/client-cloudtrail';

import { bareLogGroupArn } from '../arn.ts';
import type { EventSelectors, Trail, TrailStatus } from '../resources.ts';
import type { Call } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { isNotFound } from './client/failures.ts';
import { readAllPages } from './client/paging.ts';

/**
 * Every trail that applies to the account, each once.
 *
 * DescribeTrails tells of the trails homed in a region, and of the shadows of multi-region and organization trails. A
 * single-region trail homed elsewhere has no shadow here, so ListTrails names the account's trails in all regions, and
 * those not yet known are described where they are homed.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTrails.html
 */
export async function readTrails(clients: AwsClients, region: string, call: Call): Promise<readonly Trail[]> {
  const describe = async (where: string): Promise<readonly Trail[]> => {
    const { trailList = [] } = await call({ service: 'cloudtrail', operation: 'DescribeTrails' }, (options) =>
      clients.cloudTrail(where).send(new DescribeTrailsCommand({ includeShadowTrails: true }), options),
    );
    return trailList.map(trailOf);
  };
  const list = readAllPages(async (NextToken) => {
    const page = await call({ service: 'cloudtrail', operation: 'ListTrails' }, (options) =>
      clients.cloudTrail(region).send(new ListTrailsCommand(omitUndefined({ NextToken })), options),
    );
    return { items: page.Trails ?? [], next: page.NextToken };
  });
  const [here, listed] = await Promise.all([describe(region), list]);
  const known = new Set(here.map(({ trailArn }) => trailArn));
  const elsewhere = listed.filter(({ TrailARN }) => TrailARN !== undefined && !known.has(TrailARN));
  const regions = new Set(elsewhere.flatMap(({ HomeRegion }) => (HomeRegion === undefined ? [] : [HomeRegion])));
  const there = await Promise.all([...regions].map(describe));
  return [...new Map([...here, ...there.flat()].map((trail) => [trail.trailArn, trail])).values()];
}

function trailOf(trail: SdkTrail): Trail {
  const { TrailARN, Name, HomeRegion, CloudWatchLogsLogGroupArn } = trail;
  if (TrailARN === undefined || Name === undefined || HomeRegion === undefined) {
    throw new Error('DescribeTrails told of a trail without ARN, name or home region');
  }
  return {
    trailArn: TrailARN,
    name: Name,
    homeRegion: HomeRegion,
    isMultiRegionTrail: trail.IsMultiRegionTrail ?? false,
    isOrganizationTrail: trail.IsOrganizationTrail ?? false,
    includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents ?? false,
    ...omitUndefined({
      cloudWatchLogsLogGroupArn: CloudWatchLogsLogGroupArn ? bareLogGroupArn(CloudWatchLogsLogGroupArn) : undefined,
    }),
  };
}

/**
 * Whether a trail records and delivers, asked in its home region and by its ARN, which is what shadows need.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export async function readTrailStatus(
  clients: AwsClients,
  trailArn: string,
  homeRegion: string,
  call: Call,
): Promise<TrailStatus | null> {
  try {
    const status = await call({ service: 'cloudtrail', operation: 'GetTrailStatus' }, (options) =>
      clients.cloudTrail(homeRegion).send(new GetTrailStatusCommand({ Name: trailArn }), options),
    );
    return {
      isLogging: status.IsLogging ?? false,
      ...omitUndefined({
        startLoggingTime: status.StartLoggingTime?.toISOString(),
        latestCloudWatchLogsDeliveryTime: status.LatestCloudWatchLogsDeliveryTime?.toISOString(),
        latestCloudWatchLogsDeliveryError: unlessEmpty(status.LatestCloudWatchLogsDeliveryError),
      }),
    };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * What a trail lets through. Basic selectors leave out what is as by default: all reads and writes, management events
 * included.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 */
export async function readEventSelectors(
  clients: AwsClients,
  trailArn: string,
  homeRegion: string,
  call: Call,
): Promise<EventSelectors | null> {
  try {
    const answer = await call({ service: 'cloudtrail', operation: 'GetEventSelectors' }, (options) =>
      clients.cloudTrail(homeRegion).send(new GetEventSelectorsCommand({ TrailName: trailArn }), options),
    );
    return {
      eventSelectors: (answer.EventSelectors ?? []).map(selectorOf),
      advancedEventSelectors: (answer.AdvancedEventSelectors ?? []).map(advancedOf),
    };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function selectorOf(selector: SdkSelector): EventSelectors['eventSelectors'][number] {
  return {
    readWriteType: selector.ReadWriteType ?? 'All',
    includeManagementEvents: selector.IncludeManagementEvents ?? true,
    excludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
  };
}

function advancedOf(selector: SdkAdvanced): EventSelectors['advancedEventSelectors'][number] {
  return {
    ...omitUndefined({ name: unlessEmpty(selector.Name) }),
    fieldSelectors: (selector.FieldSelectors ?? []).map((field) => ({
      field: field.Field ?? '',
      ...omitUndefined({
        equals: field.Equals,
        notEquals: field.NotEquals,
        startsWith: field.StartsWith,
        notStartsWith: field.NotStartsWith,
        endsWith: field.EndsWith,
        notEndsWith: field.NotEndsWith,
      }),
    })),
  };
}
