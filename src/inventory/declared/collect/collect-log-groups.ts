import { bareLogGroupArn, logGroupName, parseArn } from '../../arn.ts';
import type { MetricPlace } from '../../part-keys.ts';
import { logGroupKey, logTransformersKey, metricFiltersKey, metricPublishersKey } from '../../part-keys.ts';
import type { FilterOfLogGroup, LogTransformers, MetricFilter, Trail } from '../../resources.ts';
import { logGroupArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import {
  declared,
  isMade,
  markIncomplete,
  markUncertain,
  namesUndeclared,
  noteEverywhere,
  present,
} from './collected.ts';
import type { DeclaredAccount } from '../declaration.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';

/** The log groups that trails, filters and the file name, with their metric filters. */
export function collectLogGroups(account: DeclaredAccount, collected: Collected): void {
  const created = new Map(declared(account, 'log-group').map((group) => [logGroupArn(group, group.name), group]));
  const filters = new Map<string, MetricFilter[]>();
  for (const { logGroupName, filter, place, ...where } of declared(account, 'metric-filter')) {
    if (isUnknown(logGroupName)) {
      noteEverywhere(collected, 'metric-filters', logGroupName.unknown);
      continue;
    }
    const arn = logGroupArn(where, logGroupName);
    const list = filters.get(arn) ?? [];
    filters.set(arn, list);
    const unknownFilter = firstUnknown(filter);
    if (unknownFilter !== undefined || isUnknown(filter)) {
      markUncertain(collected, metricFiltersKey(arn), unknownFilter ?? unknown('the filter'));
      continue;
    }
    list.push(filter);
    collected.places.set(`${arn} ${filter.filterName}`, place);
  }
  const used = collected.known.flatMap(({ key, part }) =>
    key.kind === 'trails' && part.kind === 'present'
      ? (part.value as readonly Trail[]).flatMap((trail) => trail.cloudWatchLogsLogGroupArn ?? [])
      : [],
  );
  const transformed = declared(account, 'log-transformer').flatMap(({ logGroup, ...where }) =>
    typeof logGroup !== 'string'
      ? []
      : [logGroup.startsWith('arn:') ? bareLogGroupArn(logGroup) : logGroupArn(where, logGroup)],
  );
  for (const arn of new Set([...created.keys(), ...filters.keys(), ...used])) {
    const group = created.get(arn);
    if (group !== undefined) {
      collected.places.set(arn, group.place);
      if (isUnknown(group.logGroupClass)) markUncertain(collected, logGroupKey(arn), group.logGroupClass);
      else present(collected, logGroupKey(arn), { logGroupClass: group.logGroupClass });
    }
    if (group?.nameDoubt !== undefined && namesUndeclared(logGroupArn(group, ''), filters.keys(), created)) {
      markIncomplete(collected, metricFiltersKey(arn), group.nameDoubt.unknown);
    } else if (group === undefined || !isMade(group)) {
      const name = logGroupName(arn);
      markIncomplete(collected, metricFiltersKey(arn), `${account.source} does not create log group ${name}`);
    }
    present(collected, metricFiltersKey(arn), filters.get(arn) ?? []);
  }
  for (const arn of new Set([...created.keys(), ...filters.keys(), ...used, ...transformed])) {
    const group = created.get(arn);
    const mayBeOther = group?.nameDoubt !== undefined && namesUndeclared(logGroupArn(group, ''), transformed, created);
    const known = transformersOf(arn, account);
    const transformers = mayBeOther ? { ...known, ofLogGroup: true } : known;
    if (created.has(arn) || transformers.ofLogGroup || transformers.ofAccount)
      present(collected, logTransformersKey(arn), transformers);
  }
  collectPublishers(filters, collected);
}

/** A transformer of a log group that the file does not say may be that of any. */
function transformersOf(arn: string, account: DeclaredAccount): LogTransformers {
  const here = declared(account, 'log-transformer').filter((one) => logGroupArn(one, '') === arn.replace(/[^:]*$/, ''));
  return {
    ofLogGroup: here.some(
      ({ logGroup }) =>
        logGroup !== undefined &&
        (isUnknown(logGroup) || bareLogGroupArn(logGroup) === arn || logGroup === logGroupName(arn)),
    ),
    ofAccount: here.some(({ logGroup }) => logGroup === undefined),
  };
}

/** Every filter that publishes to a metric, by metric. */
function collectPublishers(filters: ReadonlyMap<string, readonly MetricFilter[]>, collected: Collected): void {
  const publishers = new Map<string, { readonly place: MetricPlace; readonly filters: FilterOfLogGroup[] }>();
  for (const [arn, list] of filters) {
    const { accountId = '', region = '' } = parseArn(arn) ?? {};
    for (const filter of list) {
      for (const { metricNamespace: namespace, metricName } of filter.metricTransformations) {
        const place = { accountId, region, namespace, metricName };
        const id = JSON.stringify(place);
        const known = publishers.get(id) ?? { place, filters: [] };
        known.filters.push({ logGroupName: logGroupName(arn), filter });
        publishers.set(id, known);
      }
    }
  }
  for (const { place, filters: list } of publishers.values()) present(collected, metricPublishersKey(place), list);
}
