import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
} from '@aws-sdk/client-cloudtrail';

import { bareLogGroupArn } from '../arn.ts';
import type { EventSelectors, Failure, Trail, TrailStatus } from '../resources.ts';
import type { OperationAnswer } from './answers/operations.ts';
import type { AccountAccess } from './client/access.ts';
import { isNotFound, partOfFailure } from './client/failures.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { readAllPages } from './client/paging.ts';

/**
 * Every trail that applies to the account, each once.
 *
 * DescribeTrails lists the trails whose home region is the region asked, and the shadows of multi-region and organization
 * trails. A single-region trail of another region has no shadow here, so ListTrails names the account's trails in all
 * regions, and those that are not known yet are described in their home regions. What is refused there stays unread, and
 * does not hide the trails that are known.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTrails.html
 */
export async function readTrails({ clients, call }: AccountAccess, region: string): Promise<readonly Trail[]> {
  const describe = async (where: string): Promise<readonly Trail[]> => {
    const { trailList } = await call('DescribeTrails', where, (options) =>
      clients.cloudTrail(where).send(new DescribeTrailsCommand({ includeShadowTrails: true }), options),
    );
    return trailList.map(trailOf);
  };
  const list = readAllPages({
    call,
    operation: 'ListTrails',
    region,
    send: (NextToken, options) =>
      clients.cloudTrail(region).send(new ListTrailsCommand(omitUndefined({ NextToken })), options),
    itemsOf: ({ Trails }) => Trails,
  });
  const [here, listed] = await Promise.all([describe(region), orFailure(list)]);
  if ('failure' in listed) return [...here, unreadTrail('', 'trails of other regions', '', listed.failure)];
  const known = new Set(here.map(({ trailArn }) => trailArn));
  const elsewhere = listed.value.filter(({ TrailARN }) => !known.has(TrailARN));
  const regions = [...new Set(elsewhere.map(({ HomeRegion }) => HomeRegion))];
  const there = await Promise.all(
    regions.map(async (home) => {
      const described = await orFailure(describe(home));
      if ('value' in described) return described.value;
      const { failure } = described;
      return elsewhere
        .filter(({ HomeRegion }) => HomeRegion === home)
        .map(({ TrailARN }) => unreadTrail(TrailARN, TrailARN.replace(/^.*\//, ''), home, failure));
    }),
  );
  return [...new Map([...here, ...there.flat()].map((trail) => [trail.trailArn, trail])).values()];
}

/** The answer to a call, or why it is refused: trails of other regions can only add chains, so they may stay unread. */
async function orFailure<T>(answer: Promise<T>): Promise<{ readonly value: T } | { readonly failure: Failure }> {
  try {
    return { value: await answer };
  } catch (error) {
    const part = partOfFailure(error);
    if (part.kind === 'present') throw error;
    return { failure: part.failure };
  }
}

function unreadTrail(trailArn: string, name: string, homeRegion: string, unread: Failure): Trail {
  return {
    trailArn,
    name,
    homeRegion,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
    includeGlobalServiceEvents: false,
    unread,
  };
}

function trailOf(trail: OperationAnswer<'DescribeTrails'>['trailList'][number]): Trail {
  const { CloudWatchLogsLogGroupArn: logGroup } = trail;
  return {
    trailArn: trail.TrailARN,
    name: trail.Name,
    homeRegion: trail.HomeRegion,
    isMultiRegionTrail: trail.IsMultiRegionTrail,
    isOrganizationTrail: trail.IsOrganizationTrail,
    includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
    ...omitUndefined({ cloudWatchLogsLogGroupArn: logGroup ? bareLogGroupArn(logGroup) : undefined }),
  };
}

/**
 * Whether a trail records and delivers. It is asked in its home region and by its ARN, as shadows need.
 *
 * @returns `null` if there is no such trail
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export async function readTrailStatus(
  { clients, call }: AccountAccess,
  trailArn: string,
  homeRegion: string,
): Promise<TrailStatus | null> {
  try {
    const status = await call('GetTrailStatus', homeRegion, (options) =>
      clients.cloudTrail(homeRegion).send(new GetTrailStatusCommand({ Name: trailArn }), options),
    );
    return {
      isLogging: status.IsLogging,
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
 * Which events a trail records. A list that AWS leaves out is empty.
 *
 * @returns `null` if there is no such trail
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export async function readEventSelectors(
  { clients, call }: AccountAccess,
  trailArn: string,
  homeRegion: string,
): Promise<EventSelectors | null> {
  try {
    const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = await call(
      'GetEventSelectors',
      homeRegion,
      (options) => clients.cloudTrail(homeRegion).send(new GetEventSelectorsCommand({ TrailName: trailArn }), options),
    );
    return { eventSelectors: basic.map(selectorOf), advancedEventSelectors: advanced.map(advancedOf) };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

type Selectors = OperationAnswer<'GetEventSelectors'>;

function selectorOf(
  selector: NonNullable<Selectors['EventSelectors']>[number],
): EventSelectors['eventSelectors'][number] {
  return {
    readWriteType: selector.ReadWriteType,
    includeManagementEvents: selector.IncludeManagementEvents,
    excludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
    dataResourceTypes: (selector.DataResources ?? []).map(({ Type = '' }) => Type),
  };
}

function advancedOf(
  selector: NonNullable<Selectors['AdvancedEventSelectors']>[number],
): EventSelectors['advancedEventSelectors'][number] {
  return {
    ...omitUndefined({ name: unlessEmpty(selector.Name) }),
    fieldSelectors: selector.FieldSelectors.map((field) => ({
      field: field.Field,
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
