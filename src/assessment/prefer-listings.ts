import type { Inventory, PartKey } from '../inventory/model.ts';
import { partOf } from '../inventory/model.ts';
import { alarmsKey } from '../inventory/part-keys.ts';

/**
 * From so many metrics of one region on, the listing of all alarms of the region takes fewer calls: it has a hundred alarms
 * on each page, and a call for one metric answers for that metric alone.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
const MANY_METRICS = 5;

/**
 * Replaces the alarms of many single metrics by the listing of their region, which answers for each of them.
 *
 * @param known - what was read. Where the listing is not readable, the single metrics are kept.
 */
export function preferListings(keys: readonly PartKey[], known: Inventory): readonly PartKey[] {
  const counts = new Map<string, number>();
  for (const key of keys) {
    if (key.kind === 'alarms-for-metric') counts.set(placeOf(key), (counts.get(placeOf(key)) ?? 0) + 1);
  }
  const listings = new Map<string, PartKey>();
  const single = keys.filter((key) => {
    if (key.kind !== 'alarms-for-metric' || (counts.get(placeOf(key)) ?? 0) < MANY_METRICS) return true;
    const listing = alarmsKey(key.accountId, key.region);
    if (partOf<'alarms'>(known, listing) !== undefined) return true;
    listings.set(placeOf(key), listing);
    return false;
  });
  const isListed = (key: PartKey) => key.kind === 'alarms' && listings.has(placeOf(key));
  return [...single.filter((key) => !isListed(key)), ...listings.values()];
}

function placeOf({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}
