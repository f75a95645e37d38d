import type { PartKey } from '../inventory/model.ts';
import { judgeAlarms } from './alarm/alarm.ts';
import type { Context, FilterPath, Link, LinkName, Path } from './base/link.ts';
import { judgeLogGroup } from './log-group/log-group.ts';
import { judgeMetricFilters } from './metric-filter/metric-filter.ts';
import type { ReasonCode } from './reasons.ts';
import { judgeSubscribers } from './subscriber/subscriber.ts';
import { judgeTopics } from './topic/topic.ts';
import { judgeTrails } from './trail/trail.ts';
import type { Chain, ChainLink } from './verdict.ts';
import { chainOf } from './verdict.ts';

/** All paths of an account, and the parts that must be read before these are all and all is known of them. */
export interface Walk {
  readonly chains: readonly Chain[];
  readonly needs: readonly PartKey[];
}

/** How far the paths have come: those still under way, and those that ended. */
export interface Progress<P extends Path> {
  readonly underWay: readonly { readonly path: P; readonly links: readonly ChainLink[] }[];
  readonly ended: readonly Chain[];
  readonly needs: readonly PartKey[];
}

/**
 * Follows every path from the account's trails to its subscribers, link by link.
 *
 * A path is followed until it breaks, until nothing more can be told of it, or to its end. Where a part is missing the
 * walk notes the need and, if it can, goes on to see what the next link will need, so that it is read side by side.
 */
export function walk(context: Context): Walk {
  const alarms = advance(walkToFilters(context), 'alarm', judgeAlarms, context);
  const topics = advance(alarms, 'topic', judgeTopics, context);
  const { underWay, ended, needs } = advance(topics, 'subscriber', judgeSubscribers, context);
  return { chains: [...ended, ...underWay.map(({ path, links }) => chainOf(path, links))], needs };
}

/** Follows every path as far as its metric filter. */
export function walkToFilters(context: Context): Progress<FilterPath> {
  const start: Progress<Path> = { underWay: [{ path: {}, links: [] }], ended: [], needs: [] };
  const trails = advance(start, 'trail', judgeTrails, context);
  const logGroups = advance(trails, 'log group', judgeLogGroup, context);
  return advance(logGroups, 'metric filter', judgeMetricFilters, context);
}

/** Takes every path that is under way over one more link. */
function advance<P extends Path, Q extends Path>(
  front: Progress<P>,
  name: LinkName,
  judgeLink: Link<P, Q, ReasonCode>,
  context: Context,
): Progress<Q> {
  const underWay: Progress<Q>['underWay'][number][] = [];
  const ended = [...front.ended];
  const needs = [...front.needs];
  for (const { path, links } of front.underWay) {
    const result = judgeLink(path, context);
    needs.push(...result.needs);
    for (const step of result.steps) {
      const { subject, finding } = step;
      const link: ChainLink = finding
        ? { link: name, state: finding.outcome, subject, finding }
        : { link: name, state: 'holds', subject };
      if (step.kind === 'end') ended.push(chainOf(step.path, [...links, link]));
      else underWay.push({ path: step.path, links: [...links, link] });
    }
  }
  return { underWay, ended, needs };
}
