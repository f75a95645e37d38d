import * as v from 'valibot';

import { textMap } from '../../text-map.ts';
import { flag, listOf, members, name, number, optional, pageToken, text, texts } from './fields.ts';

const metricFilter = members({
  logGroupName: optional(text),
  filterName: name,
  // An empty pattern matches every event.
  filterPattern: v.string('is missing or not a text'),
  metricTransformations: listOf(
    members({
      metricNamespace: name,
      metricName: name,
      metricValue: name,
      defaultValue: optional(number),
      dimensions: optional(textMap),
      unit: optional(text),
    }),
  ),
  applyOnTransformedLogs: optional(flag),
  fieldSelectionCriteria: optional(text),
  emitSystemFieldDimensions: optional(texts),
});

/**
 * The answers of CloudWatch Logs. GetTransformer answers with ResourceNotFoundException where the log group has no
 * transformer, so that an answer without a configuration says nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetTransformer.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeAccountPolicies.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export const logsAnswers = {
  DescribeLogGroups: members({
    logGroups: listOf(members({ logGroupName: name, logGroupClass: optional(name) })),
    nextToken: pageToken,
  }),
  DescribeMetricFilters: members({ metricFilters: listOf(metricFilter), nextToken: pageToken }),
  GetTransformer: members({ logGroupIdentifier: name, transformerConfig: listOf(v.unknown()) }),
  DescribeAccountPolicies: members({ accountPolicies: listOf(members({})), nextToken: pageToken }),
  TestMetricFilter: members({ matches: listOf(members({ eventMessage: text })) }),
};
