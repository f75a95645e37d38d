import { logGroupName } from '../../arn.ts';
import { logGroupArn } from '../arns.ts';
import { valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the log groups, their metric filters and what these publish over those of the account. */
export function layLogGroups(laying: Laying): void {
  const { draft } = laying;
  const groups = new Set([...draft.ids('metric-filters'), ...draft.ids('log-group')]);
  for (const [arn, transformers] of declaredParts(laying, 'log-transformers')) {
    if (draft.get('log-transformers', arn) === undefined) draft.put('log-transformers', arn, transformers);
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

/** Who publishes to a metric that the snapshot does not name follows from the metric filters of its log groups. */
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
}
