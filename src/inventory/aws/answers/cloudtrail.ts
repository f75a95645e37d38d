import * as v from 'valibot';

import { flag, listOf, members, name, optional, pageToken, text, texts, time } from './fields.ts';

const trail = members({
  TrailARN: name,
  Name: name,
  HomeRegion: name,
  IsMultiRegionTrail: flag,
  IsOrganizationTrail: flag,
  IncludeGlobalServiceEvents: flag,
  CloudWatchLogsLogGroupArn: optional(text),
});

const eventSelector = members({
  // A value that is not known yet is the judge's to weigh.
  ReadWriteType: text,
  IncludeManagementEvents: flag,
  ExcludeManagementEventSources: optional(texts),
  DataResources: optional(listOf(members({ Type: optional(text) }))),
});

const advancedEventSelector = members({
  Name: optional(text),
  FieldSelectors: listOf(
    members({
      Field: name,
      Equals: optional(texts),
      NotEquals: optional(texts),
      StartsWith: optional(texts),
      NotStartsWith: optional(texts),
      EndsWith: optional(texts),
      NotEndsWith: optional(texts),
    }),
  ),
});

/**
 * The answers of CloudTrail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTrails.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export const cloudTrailAnswers = {
  DescribeTrails: members({ trailList: listOf(trail) }),
  ListTrails: members({ Trails: listOf(members({ TrailARN: name, HomeRegion: name })), NextToken: pageToken }),
  GetTrailStatus: members({
    IsLogging: flag,
    StartLoggingTime: optional(time),
    LatestCloudWatchLogsDeliveryTime: optional(time),
    LatestCloudWatchLogsDeliveryError: optional(text),
  }),
  GetEventSelectors: v.pipe(
    members({
      TrailARN: name,
      EventSelectors: optional(v.array(eventSelector)),
      AdvancedEventSelectors: optional(v.array(advancedEventSelector)),
    }),
    v.check(
      ({ EventSelectors, AdvancedEventSelectors }) => (EventSelectors ?? AdvancedEventSelectors) !== undefined,
      'has neither `EventSelectors` nor `AdvancedEventSelectors`',
    ),
  ),
};
