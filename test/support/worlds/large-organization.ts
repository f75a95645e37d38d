import { catalog } from '../../../src/controls/catalog.ts';
import type { AggregatedOrganization } from '../../aws-responder/aggregator.ts';

const REGION = 'eu-west-1';

export interface LargeOrganization {
  readonly accounts: number;
  readonly controls: number;
  /** Every account whose number is a multiple has no result at all. */
  readonly everySilent: number;
  /** Every result whose number is a multiple is NON_COMPLIANT. */
  readonly everyBroken: number;
}

/** The id of an account by its number. */
export const accountIdOf = (index: number): string => String(200_000_000_000 + index);

/**
 * An organization with a conformance pack of ours in each account: the same rules, with another suffix in each. Rules of
 * other people are between them.
 */
export function largeOrganization({
  accounts,
  controls,
  everySilent,
  everyBroken,
}: LargeOrganization): AggregatedOrganization {
  const ids = catalog.slice(0, controls).map(({ id }) => id);
  if (ids.length < controls) throw new Error(`the catalog has only ${ids.length} controls`);
  const speaking = Array.from({ length: accounts }, (_, index) => index).filter((index) => index % everySilent !== 0);
  // One rule of somebody else in each account.
  const perAccount = controls + 1;
  const isBroken = (index: number) => index % everyBroken === 0;
  return {
    aggregator: 'organization',
    accounts: Array.from({ length: accounts }, (_, index) => ({ id: accountIdOf(index), name: `team ${index}` })),
    results: {
      length: speaking.length * perAccount,
      at: (index) => {
        const account = speaking[Math.floor(index / perAccount)] ?? 0;
        const id = ids[index % perAccount];
        const suffix = account.toString(36).padStart(9, '0');
        return {
          ruleName:
            id === undefined
              ? 'encrypted-volumes'
              : `mfa-deactivation-alarm-${id.replaceAll('.', '-')}-conformance-pack-${suffix}`,
          accountId: accountIdOf(account),
          region: REGION,
          complianceType: isBroken(index) ? 'NON_COMPLIANT' : 'COMPLIANT',
        };
      },
    },
    details: (ruleName, accountId) => [
      {
        resourceType: 'AWS::CloudTrail::Trail',
        resourceId: 'main',
        complianceType: 'NON_COMPLIANT',
        annotation: 'NO_SUBSCRIBER: of the trail',
      },
      {
        resourceType: 'AWS::::Account',
        resourceId: accountId,
        complianceType: 'NON_COMPLIANT',
        annotation: `${Number(accountId) % 2 === 0 ? 'NO_SUBSCRIBER' : 'FILTER_UNRELATED'}: ${ruleName} of ${accountId}`,
      },
    ],
  };
}
