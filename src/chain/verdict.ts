import type { Control } from '../controls/catalog.ts';
import type { Trail } from '../inventory/resources.ts';
import type { Finding, LinkName, Path, RouteName } from './base/link.ts';
import type { ReasonCode } from './reasons.ts';

/** One link of a chain as it was found. */
export interface ChainLink {
  readonly link: LinkName;
  readonly state: 'holds' | 'broken' | 'undecided';
  /** What the link is about, for people. */
  readonly subject: string;
  /** Why it does not hold, or why that is not determined. */
  readonly finding?: Finding<ReasonCode>;
}

interface ChainBase {
  readonly route: RouteName;
  readonly path: Path;
  /** In the order of the chain, as far as the path could be followed. */
  readonly links: readonly ChainLink[];
}

/** A chain that holds from end to end. */
export interface SatisfiedChain extends ChainBase {
  readonly outcome: 'satisfied';
}

/** A chain that is certainly broken, or of which one cannot tell: the finding says why. */
export interface UnsatisfiedChain extends ChainBase {
  readonly outcome: 'broken' | 'undecided';
  readonly finding: Finding<ReasonCode>;
}

export type Chain = SatisfiedChain | UnsatisfiedChain;

/** Folds the links of a path: a certain break beats a doubt, the first of either counts. */
export function chainOf(route: RouteName, path: Path, links: readonly ChainLink[]): Chain {
  const findings = links.flatMap(({ finding }) => (finding ? [finding] : []));
  const finding = findings.find(({ outcome }) => outcome === 'broken') ?? findings[0];
  return finding
    ? { route, outcome: finding.outcome, path, links, finding }
    : { route, outcome: 'satisfied', path, links };
}

interface VerdictBase {
  readonly control: Control;
  /** Every trail that applies to the account, by ARN. */
  readonly trails: readonly Trail[];
}

/** At least one chain holds from end to end: these do, in order. */
export interface SatisfiedVerdict extends VerdictBase {
  readonly kind: 'satisfied';
  readonly chains: readonly [SatisfiedChain, ...SatisfiedChain[]];
}

/**
 * Every chain is certainly broken: the nearest miss first. Chains with a filter that cannot be read may follow at the end, if
 * the chain of a filter that fits is certainly broken.
 */
export interface BrokenVerdict extends VerdictBase {
  readonly kind: 'broken';
  readonly chains: readonly [UnsatisfiedChain, ...UnsatisfiedChain[]];
  /** Set where somebody is notified, or may be, by a route that is not accepted. */
  readonly otherRoute?: OtherRoute;
}

/** A route that is not accepted and by which the events go. */
export interface OtherRoute {
  readonly route: RouteName;
  /** What is known of it, and the parameter that accepts it, without a full stop. */
  readonly sentence: string;
}

/** No chain certainly holds, and not every one is certainly broken: those that are not come first. */
export interface UndecidedVerdict extends VerdictBase {
  readonly kind: 'undecided';
  readonly chains: readonly [UnsatisfiedChain, ...UnsatisfiedChain[]];
  /** Whether every chain that is not broken runs through a trail of another account, which carries the finding. */
  readonly onlyForeign: boolean;
}

export type Verdict = SatisfiedVerdict | BrokenVerdict | UndecidedVerdict;
