import { judgeAlarms } from './alarm/alarm.ts';
import type { Link, LinkName, Path, RouteName } from './base/link.ts';
import { judgeEventRules } from './event-rule/event-rule.ts';
import { judgeLogAlarms } from './log-alarm/log-alarm.ts';
import { judgeLogGroup, judgeQueriedLogGroup } from './log-group/log-group.ts';
import { judgeMetricFilters } from './metric-filter/metric-filter.ts';
import type { ReasonCode } from './reasons.ts';
import { judgeSubscribers, judgeSubscribersOfRule } from './subscriber/subscriber.ts';
import { judgeTargets } from './target/target.ts';
import { judgeTopicOfRule, judgeTopics } from './topic/topic.ts';
import { judgeTrails } from './trail/trail.ts';

/** One link of a route: its name, and what judges it. */
export interface RouteLink {
  readonly name: LinkName;
  /** Is given only paths that passed the links before it on the route. */
  readonly judge: Link<Path, Path, ReasonCode>;
  /** Set for a link before the alarms, which says the same whichever alarms are looked at. */
  readonly isBeforeAlarms?: true;
}

/** The links by which an event reaches a person, in the order in which it passes them. */
export type Route = readonly RouteLink[];

/** A route whose paths have passed the things of `P`. */
interface RouteSoFar<P extends Path> {
  readonly links: Route;
  /** Adds a link. The compiler checks that the links before it give what it needs. */
  readonly to: <Q extends Path>(
    name: LinkName,
    judge: Link<P, Q, ReasonCode>,
    about?: Pick<RouteLink, 'isBeforeAlarms'>,
  ) => RouteSoFar<Q>;
}

function routeWith<P extends Path>(links: Route): RouteSoFar<P> {
  return {
    links,
    // The type of `to` guarantees the path that the judge wants, so the type may be widened here.
    to: (name, judge, about) =>
      routeWith([...links, { name, judge: judge as unknown as RouteLink['judge'], ...about }]),
  };
}

const beforeAlarms = { isBeforeAlarms: true } as const;

/** Every route, with its links. Walking, ordering and drawing chains follow these lists. */
export const routes: Readonly<Record<RouteName, Route>> = {
  'metric-filter': routeWith<Path>([])
    .to('trail', judgeTrails, beforeAlarms)
    .to('log group', judgeLogGroup, beforeAlarms)
    .to('metric filter', judgeMetricFilters, beforeAlarms)
    .to('alarm', judgeAlarms)
    .to('topic', judgeTopics)
    .to('subscriber', judgeSubscribers).links,
  eventbridge: routeWith<Path>([])
    .to('trail', judgeTrails, beforeAlarms)
    .to('event rule', judgeEventRules, beforeAlarms)
    .to('target', judgeTargets)
    .to('topic', judgeTopicOfRule)
    .to('subscriber', judgeSubscribersOfRule).links,
  'log-alarm': routeWith<Path>([])
    .to('trail', judgeTrails, beforeAlarms)
    .to('log group', judgeQueriedLogGroup)
    .to('log alarm', judgeLogAlarms)
    .to('topic', judgeTopics)
    .to('subscriber', judgeSubscribers).links,
};
