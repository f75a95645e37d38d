import * as v from 'valibot';

import { textMap } from '../../text-map.ts';
import { failure, object, text, texts, time } from './members.ts';

export const trail = object({
  trailArn: text,
  name: text,
  homeRegion: text,
  isMultiRegionTrail: v.boolean(),
  isOrganizationTrail: v.boolean(),
  includeGlobalServiceEvents: v.boolean(),
  cloudWatchLogsLogGroupArn: v.exactOptional(text),
  unread: v.exactOptional(failure),
});

export const trailStatus = object({
  isLogging: v.boolean(),
  startLoggingTime: v.exactOptional(time),
  latestCloudWatchLogsDeliveryTime: v.exactOptional(time),
  latestCloudWatchLogsDeliveryError: v.exactOptional(text),
});

export const eventSelectors = object({
  eventSelectors: v.array(
    object({
      readWriteType: v.exactOptional(text),
      includeManagementEvents: v.exactOptional(v.boolean()),
      excludeManagementEventSources: texts,
      dataResourceTypes: v.exactOptional(texts),
    }),
  ),
  advancedEventSelectors: v.array(
    object({
      name: v.exactOptional(text),
      fieldSelectors: v.array(
        object({
          field: text,
          equals: v.exactOptional(texts),
          notEquals: v.exactOptional(texts),
          startsWith: v.exactOptional(texts),
          notStartsWith: v.exactOptional(texts),
          endsWith: v.exactOptional(texts),
          notEndsWith: v.exactOptional(texts),
        }),
      ),
    }),
  ),
});

export const metricFilter = object({
  filterName: text,
  filterPattern: text,
  metricTransformations: v.array(
    object({
      metricNamespace: text,
      metricName: text,
      metricValue: text,
      defaultValue: v.exactOptional(v.number()),
      dimensions: v.exactOptional(textMap),
      unit: v.exactOptional(text),
    }),
  ),
  applyOnTransformedLogs: v.exactOptional(v.boolean()),
  fieldSelectionCriteria: v.exactOptional(text),
  emitSystemFieldDimensions: v.exactOptional(texts),
});
