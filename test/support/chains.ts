import type { LinkName, Path, RouteName } from '../../src/chain/base/link.ts';
import type { ReasonCode } from '../../src/chain/reasons.ts';
import { reasonByCode } from '../../src/chain/reasons.ts';
import { routes } from '../../src/chain/routes.ts';
import type { ChainLink, SatisfiedChain, UnsatisfiedChain } from '../../src/chain/verdict.ts';
import { chainOf } from '../../src/chain/verdict.ts';

/** A link with the finding of a reason. */
export function linkWith(link: LinkName, code: ReasonCode): ChainLink {
  const { outcome } = reasonByCode[code];
  return {
    link,
    state: outcome,
    subject: link,
    finding: { code, outcome, sentence: `as ${code} says`, fix: 'fix it' },
  };
}

/** A chain of a route that ends at the last of the links with a finding. The other links hold. */
export function unsatisfied(
  route: RouteName,
  codes: Readonly<Partial<Record<LinkName, ReasonCode>>>,
  path: Path = {},
): UnsatisfiedChain {
  const names = routes[route].map(({ name }) => name);
  const passed = names.slice(0, names.findLastIndex((name) => codes[name] !== undefined) + 1);
  const chain = chainOf(
    route,
    path,
    passed.map((name) => linkOf(name, codes[name])),
  );
  if (chain.outcome === 'satisfied') throw new Error('a chain without a finding');
  return chain;
}

/** A chain of a route that holds from end to end. */
export function satisfied(route: RouteName, path: Path = {}): SatisfiedChain {
  const chain = chainOf(
    route,
    path,
    routes[route].map(({ name }) => linkOf(name)),
  );
  if (chain.outcome !== 'satisfied') throw new Error('a chain with a finding');
  return chain;
}

function linkOf(link: LinkName, code?: ReasonCode): ChainLink {
  return code === undefined ? { link, state: 'holds', subject: link } : linkWith(link, code);
}
