import type { PartKey } from '../inventory/model.ts';
import type { Context, LinkName, Path, RouteName } from './base/link.ts';
import { newRoom } from './base/room.ts';
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

/**
 * Follows every path from the account's trails to its subscribers, link by link, by each of the routes.
 *
 * A path is followed until it breaks, until nothing more can be determined, or to its end. Where a part is missing the
 * walk notes the need and, if it can, goes on to see what the next link will need, so that both are read side by side.
 */
export function walk(context: Context, names: readonly RouteName[] = context.options.acceptedRoutes): Walk {
  const walks = names.map((name) => walkRoute(name, context));
  return {
    chains: distinct(walks.map(({ chains }) => chains)),
    needs: walks.flatMap(({ needs }) => needs),
  };
}

function walkRoute(name: RouteName, context: Context): Walk {
  const { open, ended, needs } = follow(name, routes[name], context);
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
  return follow(name, route.slice(0, route.findIndex((link) => link.name === last) + 1), context);
}

function follow(route: RouteName, links: readonly RouteLink[], context: Context): Progress {
  const start: Progress = { open: [{ path: {}, links: [] }], ended: [], needs: [] };
  return links.reduce((progress, link) => advance(route, progress, link, context), start);
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
      if (step.kind === 'end') ended.push(chainOf(route, step.path, [...links, link]));
      else open.push({ path: step.path, links: [...links, link] });
    }
  }
  return { open, ended, needs };
}
