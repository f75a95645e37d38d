import type {
  MetricFilter as SdkFilter,
  MetricTransformation as SdkTransformation,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';

import { logGroupName } from '../arn.ts';
import type { MetricFilter, MetricTransformation } from '../model.ts';
import type { Call } from './call.ts';
import type { AwsClients } from './clients.ts';
import { defined, unlessEmpty } from './defined.ts';
import { isNotFound } from './failures.ts';
import { allPages } from './paging.ts';

/**
 * Every metric filter of a log group, in pages of 50.
 *
 * The service takes the group's name and not its ARN, so the clients must be those of the account that the ARN names: a
 * group of the same name here would answer for the other.
 *
 * @returns `null` if there is no such log group
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
 */
export async function readMetricFilters(
  clients: AwsClients,
  logGroupArn: string,
  region: string,
  call: Call,
): Promise<readonly MetricFilter[] | null> {
  try {
    return await allPages(async (nextToken) => {
      const input = { logGroupName: logGroupName(logGroupArn), ...defined({ nextToken }) };
      const page = await call({ service: 'logs', operation: 'DescribeMetricFilters' }, (options) =>
        clients.logs(region).send(new DescribeMetricFiltersCommand(input), options),
      );
      return { items: (page.metricFilters ?? []).map(filterOf), next: page.nextToken };
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function filterOf(filter: SdkFilter): MetricFilter {
  return {
    filterName: filter.filterName ?? '',
    filterPattern: filter.filterPattern ?? '',
    metricTransformations: (filter.metricTransformations ?? []).map(transformationOf),
    ...defined({
      applyOnTransformedLogs: filter.applyOnTransformedLogs,
      fieldSelectionCriteria: unlessEmpty(filter.fieldSelectionCriteria),
      emitSystemFieldDimensions: filter.emitSystemFieldDimensions,
    }),
  };
}

function transformationOf(transformation: SdkTransformation): MetricTransformation {
  return {
    metricNamespace: transformation.metricNamespace ?? '',
    metricName: transformation.metricName ?? '',
    metricValue: transformation.metricValue ?? '',
    ...defined({
      defaultValue: transformation.defaultValue,
      dimensions: transformation.dimensions,
      unit: transformation.unit,
    }),
  };
}
