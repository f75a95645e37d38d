import { byNearness } from './order.ts';
import type { UnsatisfiedChain } from './verdict.ts';

/**
 * Joins what the texts of one control make of an account that satisfies none of them. A filter may be near one text and
 * far from another: the chains of each filter are those of the text that it is nearest to. A log group whose filters are
 * meant for one of the texts is not reported as a log group without such a filter.
 *
 * @param byText - the chains for each text, in the order of the texts
 * @returns the chains that count, in no order
 */
export function nearestTexts(byText: readonly (readonly UnsatisfiedChain[])[]): readonly UnsatisfiedChain[] {
  const groups = new Map<string, readonly UnsatisfiedChain[]>();
  for (const chains of byText) {
    for (const [identity, some] of byIdentity(chains)) {
      const known = groups.get(identity);
      if (known === undefined || compareNearest(some, known) < 0) groups.set(identity, some);
    }
  }
  const all = [...groups.values()].flat();
  const withFilters = new Set(all.filter(({ path }) => path.filter !== undefined).map(logGroupOf));
  return all.filter((chain) => chain.finding.code !== 'FILTER_UNRELATED' || !withFilters.has(logGroupOf(chain)));
}

function compareNearest(some: readonly UnsatisfiedChain[], others: readonly UnsatisfiedChain[]): number {
  const nearest = (chains: readonly UnsatisfiedChain[]) => chains.reduce((a, b) => (byNearness(b, a) < 0 ? b : a));
  return byNearness(nearest(some), nearest(others));
}

function byIdentity(chains: readonly UnsatisfiedChain[]): ReadonlyMap<string, readonly UnsatisfiedChain[]> {
  const groups = new Map<string, UnsatisfiedChain[]>();
  for (const chain of chains) {
    const identity = identityOf(chain);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [chain]);
    else group.push(chain);
  }
  return groups;
}

function logGroupOf({ path }: UnsatisfiedChain): string {
  return JSON.stringify([path.trail?.trailArn, path.logGroupArn]);
}

function identityOf({ path }: UnsatisfiedChain): string {
  const { trail, logGroupArn, filter } = path;
  return JSON.stringify([trail?.trailArn, logGroupArn, filter?.filterName, filter?.filterPattern]);
}
