import { logGroupName, parseArn } from '../../arn.ts';
import { metricPublishersKey } from '../../part-keys.ts';
import type { FilterOfLogGroup } from '../../resources.ts';
import { logGroupArn } from '../arns.ts';
import { isMade } from '../collect/collected.ts';
import { isUnknown } from '../value.ts';
import { idOf, valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the log groups, their metric filters and what these publish over those of the account. */
export function layLogGroups(laying: Laying): void {
  const { draft } = laying;
  const groups = new Set([...draft.ids('metric-filters'), ...draft.ids('log-group')]);
  const made = new Set(
    laying.changes.effective.flatMap((one) =>
      one.kind === 'log-group' && isMade(one) ? [logGroupArn(one, one.name)] : [],
    ),
  );
  for (const [arn, transformers] of declaredParts(laying, 'log-transformers')) {
    const isAdded = transformers.ofLogGroup || transformers.ofAccount;
    const isNew = made.has(arn) && draft.get('log-transformers', arn) === undefined;
    if (isAdded || isNew) draft.put('log-transformers', arn, transformers);
  }
  // A policy of the account may be for any of its log groups, and so may a transformer whose log group is not known.
  const ofAny = laying.changes.effective.filter(
    (one) => one.kind === 'log-transformer' && (one.logGroup === undefined || isUnknown(one.logGroup)),
  );
  for (const arn of groups) {
    const { accountId, region } = parseArn(arn) ?? {};
    if (!ofAny.some((one) => one.accountId === accountId && one.region === region)) continue;
    const known = valueOf(draft.get('log-transformers', arn));
    draft.put('log-transformers', arn, { ofLogGroup: known?.ofLogGroup ?? false, ofAccount: true });
  }
  const filters = declaredParts(laying, 'metric-filters');
  for (const arn of new Set([...groups, ...filters.keys()])) layMetricFilters(arn, laying);
  // Whether the group was there decides about its filters, so it comes after them.
  for (const [arn, group] of declaredParts(laying, 'log-group')) draft.put('log-group', arn, group);
  layPublishers(laying);
}

function layMetricFilters(arn: string, laying: Laying): void {
  const { changes, draft, collected } = laying;
  const isDeleted = changes.isDeleted(`log-group ${arn}`);
  const added = declaredParts(laying, 'metric-filters').get(arn);
  if (isDeleted && !changes.isPut(`log-group ${arn}`)) {
    draft.put('log-group', arn, null);
    draft.put('metric-filters', arn, null);
    return;
  }
  const old = valueOf(draft.get('metric-filters', arn));
  const isNew = isDeleted || old === null || valueOf(draft.get('log-group', arn)) === null;
  if (isNew || old === undefined) {
    if (added === undefined) return;
    draft.put('metric-filters', arn, added);
    if (!isNew && collected.incomplete.has(`metric-filters ${arn}`)) {
      draft.doubt('metric-filters', arn, `the snapshot does not hold the metric filters of ${logGroupName(arn)}`);
    }
    return;
  }
  const stay = old.filter(({ filterName }) => !changes.isTouched(`metric-filter ${arn} ${filterName}`));
  draft.put('metric-filters', arn, [...stay, ...(added ?? [])]);
}

/** Who publishes to the metrics of the snapshot, and to those that only the deployment watches. */
function layPublishers(laying: Laying): void {
  const { changes, draft } = laying;
  const declared = declaredParts(laying, 'metric-publishers');
  for (const id of draft.ids('metric-publishers')) {
    const old = valueOf(draft.get('metric-publishers', id));
    if (old === undefined) continue;
    const [accountId = '', region = ''] = id.split(' ');
    const stay = old.filter(({ logGroupName: group, filter }) => {
      const arn = logGroupArn({ accountId, region }, group);
      return !changes.isDeleted(`log-group ${arn}`) && !changes.isTouched(`metric-filter ${arn} ${filter.filterName}`);
    });
    draft.put('metric-publishers', id, [...stay, ...(declared.get(id) ?? [])]);
  }
  const held = new Set(draft.ids('metric-publishers'));
  for (const [id, publishers] of publishersInLogGroups(laying)) {
    if (held.has(id)) continue;
    draft.put('metric-publishers', id, publishers);
    draft.doubt('metric-publishers', id, 'the snapshot does not hold who else publishes to the metric');
  }
}

/** Who publishes to each metric, as far as the metric filters of the log groups show it. */
function publishersInLogGroups({ draft }: Laying): ReadonlyMap<string, readonly FilterOfLogGroup[]> {
  const publishers = new Map<string, FilterOfLogGroup[]>();
  for (const arn of draft.ids('metric-filters')) {
    const { accountId = '', region = '' } = parseArn(arn) ?? {};
    for (const filter of valueOf(draft.get('metric-filters', arn)) ?? []) {
      const ids = filter.metricTransformations.map(({ metricNamespace, metricName }) =>
        idOf(metricPublishersKey({ accountId, region, namespace: metricNamespace, metricName })),
      );
      for (const id of new Set(ids)) {
        const known = publishers.get(id) ?? [];
        publishers.set(id, [...known, { logGroupName: logGroupName(arn), filter }]);
      }
    }
  }
  return publishers;
}
