import {
  DescribeAccountPoliciesCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  GetTransformerCommand,
} from '@aws-sdk/client-cloudwatch-logs';

import { logGroupName } from '../arn.ts';
import type { MetricPlace } from '../part-keys.ts';
import type { FilterOfLogGroup, LogGroup, LogTransformers, MetricFilter } from '../resources.ts';
import type { OperationAnswer } from './answers/operations.ts';
import type { AccountAccess } from './client/access.ts';
import { isNotFound } from './client/failures.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { readAllPages, readPages } from './client/paging.ts';

/**
 * The class of a log group. AWS lists every group whose name begins with the name that is looked for; the list is read
 * until the group itself comes. A class that AWS does not name is `unknown`.
 *
 * @returns `null` if there is no such log group
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export async function readLogGroup(
  { clients, call }: AccountAccess,
  logGroupArn: string,
  region: string,
): Promise<LogGroup | null> {
  const name = logGroupName(logGroupArn);
  const isIt = ({ logGroupName: listed }: { readonly logGroupName: string }) => listed === name;
  const groups = await readAllPages({
    call,
    operation: 'DescribeLogGroups',
    region,
    send: (nextToken, options) => {
      const input = { logGroupNamePrefix: name, limit: 50, ...omitUndefined({ nextToken }) };
      return clients.logs(region).send(new DescribeLogGroupsCommand(input), options);
    },
    itemsOf: ({ logGroups }) => logGroups,
    isEnough: (read) => read.some(isIt),
  });
  const group = groups.find(isIt);
  return group ? { logGroupClass: group.logGroupClass ?? 'unknown' } : null;
}

/**
 * Which transformers may change the events before a metric filter sees them: that of the log group, and those of the
 * account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetTransformer.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeAccountPolicies.html
 */
export async function readLogTransformers(
  { clients, call }: AccountAccess,
  logGroupArn: string,
  region: string,
): Promise<LogTransformers> {
  const input = { logGroupIdentifier: logGroupName(logGroupArn) };
  const ofLogGroup = await call('GetTransformer', region, (options) =>
    clients.logs(region).send(new GetTransformerCommand(input), options),
  ).then(
    ({ transformerConfig }) => transformerConfig.length > 0,
    (error: unknown) => {
      if (isNotFound(error)) return false;
      throw error;
    },
  );
  const policies = await readAllPages({
    call,
    operation: 'DescribeAccountPolicies',
    region,
    send: (nextToken, options) => {
      const query = { policyType: 'TRANSFORMER_POLICY' as const, ...omitUndefined({ nextToken }) };
      return clients.logs(region).send(new DescribeAccountPoliciesCommand(query), options);
    },
    itemsOf: ({ accountPolicies }) => accountPolicies,
  });
  return { ofLogGroup, ofAccount: policies.length > 0 };
}

/**
 * Every metric filter of a log group, in pages of 50.
 *
 * The service takes the name of the group, not its ARN, so the clients must be those of the account in the ARN: a group
 * of the same name in another account would answer instead.
 *
 * @returns `null` if there is no such log group
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
 */
export async function readMetricFilters(
  { clients, call }: AccountAccess,
  logGroupArn: string,
  region: string,
): Promise<readonly MetricFilter[] | null> {
  try {
    return await readAllPages({
      call,
      operation: 'DescribeMetricFilters',
      region,
      send: (nextToken, options) => {
        const input = { logGroupName: logGroupName(logGroupArn), ...omitUndefined({ nextToken }) };
        return clients.logs(region).send(new DescribeMetricFiltersCommand(input), options);
      },
      itemsOf: ({ metricFilters }) => metricFilters.map(filterOf),
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
  { clients, call }: AccountAccess,
  { region, namespace, metricName }: MetricPlace,
): Promise<readonly FilterOfLogGroup[]> {
  return readAllPages({
    call,
    operation: 'DescribeMetricFilters',
    region,
    send: (nextToken, options) => {
      const input = { metricNamespace: namespace, metricName, ...omitUndefined({ nextToken }) };
      return clients.logs(region).send(new DescribeMetricFiltersCommand(input), options);
    },
    itemsOf: ({ metricFilters }) => metricFilters.map(publisherOf),
  });
}

/**
 * Every metric filter of an account and region, as far as it publishes to one of some metrics.
 *
 * @param metrics - all of one account and region
 * @param maxPages - the most pages of 50 filters that are read
 * @returns the filters of each metric, in the order of the metrics; `undefined` if the list is longer
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
 */
export async function readPublishersTogether(
  { clients, call }: AccountAccess,
  region: string,
  metrics: readonly MetricPlace[],
  maxPages: number,
): Promise<readonly (readonly FilterOfLogGroup[])[] | undefined> {
  const list = {
    call,
    operation: 'DescribeMetricFilters',
    region,
    send: (nextToken: string | undefined, options: { readonly abortSignal: AbortSignal }) =>
      clients.logs(region).send(new DescribeMetricFiltersCommand(omitUndefined({ nextToken })), options),
    itemsOf: ({ metricFilters }: OperationAnswer<'DescribeMetricFilters'>) => metricFilters.map(publisherOf),
  } as const;
  const publishers = await readPages(list, maxPages);
  if (publishers === undefined) return undefined;
  const nameOf = (namespace: string, metricName: string) => JSON.stringify([namespace, metricName]);
  const byMetric = new Map<string, FilterOfLogGroup[]>();
  for (const publisher of publishers) {
    const { metricTransformations } = publisher.filter;
    for (const name of new Set(metricTransformations.map((one) => nameOf(one.metricNamespace, one.metricName)))) {
      const ofMetric = byMetric.get(name);
      if (ofMetric === undefined) byMetric.set(name, [publisher]);
      else ofMetric.push(publisher);
    }
  }
  return metrics.map(({ namespace, metricName }) => byMetric.get(nameOf(namespace, metricName)) ?? []);
}

function publisherOf(filter: AnsweredFilter): FilterOfLogGroup {
  return { logGroupName: filter.logGroupName ?? '', filter: filterOf(filter) };
}

type AnsweredFilter = OperationAnswer<'DescribeMetricFilters'>['metricFilters'][number];

function filterOf(filter: AnsweredFilter): MetricFilter {
  return {
    filterName: filter.filterName,
    filterPattern: filter.filterPattern,
    metricTransformations: filter.metricTransformations.map((one) => ({
      metricNamespace: one.metricNamespace,
      metricName: one.metricName,
      metricValue: one.metricValue,
      ...omitUndefined({ defaultValue: one.defaultValue, dimensions: one.dimensions, unit: one.unit }),
    })),
    ...omitUndefined({
      applyOnTransformedLogs: filter.applyOnTransformedLogs,
      fieldSelectionCriteria: unlessEmpty(filter.fieldSelectionCriteria),
      emitSystemFieldDimensions: filter.emitSystemFieldDimensions,
    }),
  };
}
