import type { PartKey } from '../inventory/model.ts';
import type { Context, LinkName, LinkResult, Path, RouteName } from './base/link.ts';
import { newRoom } from './base/room.ts';
import type { ReasonCode } from './reasons.ts';
import type { RouteLink } from './routes.ts';
import { routes } from './routes.ts';
import type { Chain, ChainLink } from './verdict.ts';
import { chainOf } from './verdict.ts';

/** All paths of an account, and the parts that must be read before these are all and all is known of them. */
export interface Walk {
  readonly chains: readonly Chain[];
  readonly needs: readonly PartKey[];
}

/** A path that may lead on, with what its links gave so far. */
export interface OpenPath {
  readonly path: Path;
  readonly links: readonly ChainLink[];
}

/** How far the paths of a route were followed: those that lead on, and the chains that ended. */
export interface Progress {
  readonly open: readonly OpenPath[];
  readonly ended: readonly Chain[];
  readonly needs: readonly PartKey[];
}

type Result = LinkResult<Path, ReasonCode>;

/** What links before the alarms said of paths. Walks of one question about the same facts find it out once. */
export interface Trunk {
  /** Where all the paths begin. */
  readonly start: Path;
  readonly results: WeakMap<Path, Map<RouteLink, Result>>;
}

export function newTrunk(): Trunk {
  return { start: {}, results: new WeakMap() };
}

/**
 * Follows every path from the account's trails to its subscribers, link by link, by each of the routes.
 *
 * A path is followed until it breaks, until nothing more can be determined, or to its end. Where a part is missing the
 * walk notes the need and, if it can, goes on to see what the next link will need, so that both are read side by side.
 *
 * @param trunk - of other walks with this control, these options and this inventory, and with the same kind of filters
 */
export function walk(
  context: Context,
  names: readonly RouteName[] = context.options.acceptedRoutes,
  trunk: Trunk = newTrunk(),
): Walk {
  const walks = names.map((name) => walkRoute(name, context, trunk));
  return {
    chains: distinct(walks.map(({ chains }) => chains)),
    needs: walks.flatMap(({ needs }) => needs),
  };
}

function walkRoute(name: RouteName, context: Context, trunk: Trunk): Walk {
  const { open, ended, needs } = follow(name, routes[name], context, trunk);
  return { chains: [...ended, ...open.map(({ path, links }) => chainOf(name, path, links))], needs };
}

/** All chains, but one that ends at a link that routes share only once. */
function distinct(byRoute: readonly (readonly Chain[])[]): readonly Chain[] {
  const [first = [], ...others] = byRoute;
  if (others.length === 0) return first;
  const seen = new Set<string>();
  return byRoute.flatMap((chains) => {
    const unseen = chains.filter((chain) => !seen.has(JSON.stringify(chain.links)));
    for (const { links } of chains) seen.add(JSON.stringify(links));
    return unseen;
  });
}

/** Follows every path of a route up to and including a link. */
export function walkTo(name: RouteName, last: LinkName, context: Context): Progress {
  const route = routes[name];
  return follow(name, route.slice(0, route.findIndex((link) => link.name === last) + 1), context, newTrunk());
}

function follow(route: RouteName, links: readonly RouteLink[], context: Context, trunk: Trunk): Progress {
  const start: Progress = { open: [{ path: trunk.start, links: [] }], ended: [], needs: [] };
  return links.reduce((progress, link) => advance(route, progress, rememberedIn(trunk, link), context), start);
}

/** The link, which answers once for each path if it is before the alarms. */
function rememberedIn({ results }: Trunk, link: RouteLink): RouteLink {
  if (link.isBeforeAlarms === undefined) return link;
  return {
    ...link,
    judge: (path, context) => {
      const ofPath = results.get(path) ?? new Map<RouteLink, Result>();
      results.set(path, ofPath);
      const result = ofPath.get(link) ?? link.judge(path, context);
      ofPath.set(link, result);
      return result;
    },
  };
}

/** Takes every open path over one more link. */
function advance(route: RouteName, progress: Progress, { name, judge }: RouteLink, context: Context): Progress {
  const open: OpenPath[] = [];
  const ended = [...progress.ended];
  const needs = [...progress.needs];
  const inRoom: Context = { ...context, room: newRoom() };
  for (const { path, links } of progress.open) {
    const result = judge(path, inRoom);
    for (const need of result.needs) needs.push(need);
    for (const step of result.steps) {
      const { subject, finding } = step;
      const link: ChainLink = finding
        ? { link: name, state: finding.outcome, subject, finding }
        : { link: name, state: 'holds', subject };
      const isLeft = finding !== undefined && context.follows === 'certain';
      if (step.kind === 'end' || isLeft) ended.push(chainOf(route, step.path, [...links, link]));
      else open.push({ path: step.path, links: [...links, link] });
    }
  }
  return { open, ended, needs };
}
