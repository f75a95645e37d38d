import type { Control } from '../../controls/catalog.ts';
import type { Expression } from '../../filter-pattern/index.ts';
import { compare as compareUncached } from '../../filter-pattern/index.ts';
import { globalServiceRegionOf } from '../required/global-service-region.ts';
import { memoize } from '../required/memoize.ts';
import type { Account } from '../required/premises.ts';
import { premisesOf, readPattern } from '../required/premises.ts';
import { globalSources } from '../trail/regions.ts';
import { equals } from '../trail/selector-condition.ts';

const compare = memoize(compareUncached);

/** On which default event bus the required events arrive: that of one region, those of every region, or not known. */
export type EventRegion =
  { readonly kind: 'one'; readonly region: string } | { readonly kind: 'every' } | { readonly kind: 'not-known' };

/**
 * The region whose default event bus gets the required events: the one in which CloudTrail records them.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-rule-did-not-trigger-iam
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * @see https://docs.amazonaws.cn/en_us/eventbridge/latest/userguide/eb-service-event-cloudtrail.html (other detail types)
 */
export function eventRegionOf(control: Control, account: Account): EventRegion {
  const global = globalServiceRegionOf(account.region);
  // Pages for other partitions write other words where events have `AWS API Call via CloudTrail` here.
  if (global === undefined) return { kind: 'not-known' };
  switch (control.recordedIn) {
    case 'every-region':
      return { kind: 'every' };
    case 'global-service-region':
      return { kind: 'one', region: global };
    case 'unknown':
      return byPremises(control, account, global);
  }
}

/** Of a pattern of one's own the region that all its events have, or that of the global service that they come from. */
function byPremises(control: Control, account: Account, global: string): EventRegion {
  const required = readPattern(control.filterPattern);
  const premises = premisesOf(control, account);
  const allHave = (field: string, text: string): boolean => {
    const expression: Expression = equals(field, text).most;
    return compare({ candidates: [{ kind: 'json', expression }], required, premises }).missed.kind === 'none';
  };
  const regions = [...new Set([account.region, global])];
  const region =
    regions.find((one) => allHave('awsRegion', one)) ??
    (globalSources.some((source) => allHave('eventSource', source)) ? global : undefined);
  return region === undefined ? { kind: 'not-known' } : { kind: 'one', region };
}
