import type { Chain, Verdict } from '../../src/chain/verdict.ts';

function codesOf({ outcome, links }: Chain): string {
  return JSON.stringify([outcome, ...links.map(({ link, state, finding }) => [link, state, finding?.code])]);
}

/** A verdict without its words, and without the order of chains that rank alike. */
export function outlineOf(verdict: Verdict) {
  const chains: readonly Chain[] = verdict.chains;
  return {
    kind: verdict.kind,
    nearest: chains[0] && codesOf(chains[0]),
    chains: chains.map(codesOf).sort(),
  };
}
