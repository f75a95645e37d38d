import type {
  MetricFilter as SdkFilter,
  MetricTransformation as SdkTransformation,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeAccountPoliciesCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  GetTransformerCommand,
} from '@aws-sdk/client-cloudwatch-logs';

import { logGroupName } from '../arn.ts';
import type { MetricPlace } from '../part-keys.ts';
import type { FilterOfLogGroup, LogGroup, LogTransformers, MetricFilter, MetricTransformation } from '../resources.ts';
import type { Call } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { isNotFound } from './client/failures.ts';
import { readAllPages } from './client/paging.ts';

/**
 * The class of a log group. Groups are listed in the order of their names, so of all that begin with its name it is the
 * first.
 *
 * @returns `null` if there is no such log group
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export async function readLogGroup(
  clients: AwsClients,
  logGroupArn: string,
  region: string,
  call: Call,
): Promise<LogGroup | null> {
  const name = logGroupName(logGroupArn);
  const { logGroups = [] } = await call({ service: 'logs', operation: 'DescribeLogGroups' }, (options) =>
    clients.logs(region).send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 50 }), options),
  );
  const group = logGroups.find(({ logGroupName: found }) => found === name);
  return group ? { logGroupClass: group.logGroupClass ?? 'STANDARD' } : null;
}

/**
 * Which transformers may change what a metric filter sees. GetTransformer tells only of the log group's own, and answers
 * with nothing where there is none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetTransformer.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeAccountPolicies.html
 */
export async function readLogTransformers(
  clients: AwsClients,
  logGroupArn: string,
  region: string,
  call: Call,
): Promise<LogTransformers> {
  const input = { logGroupIdentifier: logGroupName(logGroupArn) };
  const ownConfig = await call({ service: 'logs', operation: 'GetTransformer' }, (options) =>
    clients.logs(region).send(new GetTransformerCommand(input), options),
  ).then(
    ({ transformerConfig = [] }) => transformerConfig,
    (error: unknown) => {
      if (isNotFound(error)) return [];
      throw error;
    },
  );
  const policies = await readAllPages(async (nextToken) => {
    const page = await call({ service: 'logs', operation: 'DescribeAccountPolicies' }, (options) =>
      clients
        .logs(region)
        .send(
          new DescribeAccountPoliciesCommand({ policyType: 'TRANSFORMER_POLICY', ...omitUndefined({ nextToken }) }),
          options,
        ),
    );
    return { items: page.accountPolicies ?? [], next: page.nextToken };
  });
  return { ofLogGroup: ownConfig.length > 0, ofAccount: policies.length > 0 };
}

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
    return await readAllPages(async (nextToken) => {
      const input = { logGroupName: logGroupName(logGroupArn), ...omitUndefined({ nextToken }) };
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

/**
 * Every metric filter of an account and region that publishes to one metric, in pages of 50.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
 */
export async function readMetricPublishers(
  clients: AwsClients,
  { region, namespace, metricName }: MetricPlace,
  call: Call,
): Promise<readonly FilterOfLogGroup[]> {
  return readAllPages(async (nextToken) => {
    const input = { metricNamespace: namespace, metricName, ...omitUndefined({ nextToken }) };
    const page = await call({ service: 'logs', operation: 'DescribeMetricFilters' }, (options) =>
      clients.logs(region).send(new DescribeMetricFiltersCommand(input), options),
    );
    const items = (page.metricFilters ?? []).map((filter) => ({
      logGroupName: filter.logGroupName ?? '',
      filter: filterOf(filter),
    }));
    return { items, next: page.nextToken };
  });
}

function filterOf(filter: SdkFilter): MetricFilter {
  return {
    filterName: filter.filterName ?? '',
    filterPattern: filter.filterPattern ?? '',
    metricTransformations: (filter.metricTransformations ?? []).map(transformationOf),
    ...omitUndefined({
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
    ...omitUndefined({
      defaultValue: transformation.defaultValue,
      dimensions: transformation.dimensions,
      unit: transformation.unit,
    }),
  };
}
