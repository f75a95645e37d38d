import { byCodeUnit } from './base/by-code-unit.ts';
import { thingKinds, thingsOn } from './base/path-things.ts';
import { reasonCodes } from './reasons.ts';
import { routeNames } from '../parameters/routes.ts';
import { routes } from './routes.ts';
import type { Chain } from './verdict.ts';

const outcomes: readonly Chain['outcome'][] = ['satisfied', 'undecided', 'broken'];

/**
 * The total order of chains, nearest to one that holds first: satisfied before undecided before broken; among undecided
 * ones, fewer doubts first; then the link that is reached, the furthest first; then the route;
 * then the reason, in the order of its table; then the things on the path by their ids. Two chains are equal only if they are the same path.
 */
export function byNearness(a: Chain, b: Chain): number {
  const [rankA, rankB] = [rank(a), rank(b)];
  for (const [index, value] of rankA.entries()) {
    const difference = value - (rankB[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return byCodeUnit(identityOf(a), identityOf(b));
}

function rank(chain: Chain): readonly number[] {
  if (chain.outcome === 'satisfied') return [outcomes.indexOf(chain.outcome), routeNames.indexOf(chain.route)];
  const undecided = chain.links.filter(({ state }) => state === 'undecided');
  const doubts = chain.outcome === 'undecided' ? undecided.length : 0;
  const decisive = chain.links.find(({ finding }) => finding === chain.finding);
  // Routes differ in length, so what counts is how many links are left.
  const route = routes[chain.route];
  const left = route.length - route.findIndex(({ name }) => name === decisive?.link);
  const order = routeNames.indexOf(chain.route);
  return [outcomes.indexOf(chain.outcome), doubts, left, order, reasonCodes.indexOf(chain.finding.code)];
}

/** Sorting compares each chain with many others, so its identity is written once. */
const identities = new WeakMap<Chain, string>();

/** Differs for any two paths: the ids of the things on it, then what its links are about. */
function identityOf(chain: Chain): string {
  const known = identities.get(chain);
  if (known !== undefined) return known;
  const ids = new Map(thingsOn(chain.path).map(({ kind, id }) => [kind, id]));
  const subjects = chain.links.map(({ subject }) => subject);
  const identity = JSON.stringify([...thingKinds.map((kind) => ids.get(kind) ?? ''), ...subjects]);
  identities.set(chain, identity);
  return identity;
}
