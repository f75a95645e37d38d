import { byCommands, byPerson } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';

interface FilterFacts {
  readonly filter: string;
  readonly logGroup: string;
  readonly required: string;
}

interface GroupFacts {
  readonly filters: string;
  readonly logGroup: string;
  readonly required: string;
}

/**
 * The one advice for all filters. A filter may serve another control, so the advice never is to change or replace one.
 */
const addFilter = ({ logGroup, required }: { readonly logGroup: string; readonly required: string }) =>
  `add a metric filter with the pattern ${required} to log group ${logGroup}, with a metric and an alarm of its own`;

/** The reasons of the metric filter, nearest to a chain that holds first. */
export const metricFilterReasons = {
  FILTERS_LEAVE_GAP: {
    outcome: 'broken',
    meaning:
      'With `patternMatch=covers`: several filters match some of the required events. Those of them whose chains hold miss other required events even together.',
    sentence: ({ filters, event }: GroupFacts & { readonly event: string }) =>
      `metric filters ${filters} miss required events even together, for example ${event}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_BROADER: {
    outcome: 'broken',
    meaning:
      'The filter is meant for the control, and it also matches other events, so its alarm also notifies about them. `patternMatch=covers` allows it.',
    sentence: ({ filter, event }: FilterFacts & { readonly event: string }) =>
      `metric filter ${filter} also matches other events, for example ${event}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_NARROWER: {
    outcome: 'broken',
    meaning: 'The filter is meant for the control, and it matches only some of the required events.',
    sentence: ({ filter, event }: FilterFacts & { readonly event: string }) =>
      `metric filter ${filter} misses required events, for example ${event}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_DIFFERENT: {
    outcome: 'broken',
    meaning:
      'The filter is meant for the control. It misses some of the required events, and it matches other events, or may.',
    sentence: ({ filter, event }: FilterFacts & { readonly event: string }) =>
      `metric filter ${filter} has another meaning; it misses for example ${event}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_NEVER_MATCHES: {
    outcome: 'broken',
    meaning: 'The filter is meant for the control, but it contradicts itself: no event can match it.',
    sentence: ({ filter }: FilterFacts) => `metric filter ${filter} contradicts itself and can match no event`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_UNRELATED: {
    outcome: 'broken',
    meaning:
      'The log group has metric filters, and none of them is meant for the control: none has the texts that the required pattern looks for. The nearest one, if any, matches some of the required events by accident.',
    sentence: ({
      logGroup,
      count,
      what,
      nearest,
      event,
    }: {
      readonly logGroup: string;
      readonly count: number;
      readonly what: string;
      readonly nearest: string | undefined;
      readonly event: string;
    }) => {
      const none = `none of the ${count} metric filters of log group ${logGroup} is for ${what}`;
      return nearest === undefined ? `${none}, such as ${event}` : `${none}; nearest: ${nearest}, for example ${event}`;
    },
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  NO_METRIC_FILTER: {
    outcome: 'broken',
    meaning: 'The log group has no metric filter.',
    sentence: ({ logGroup }: { readonly logGroup: string }) => `log group ${logGroup} has no metric filter`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTERS_UNCERTAIN_TOGETHER: {
    outcome: 'undecided',
    meaning:
      'With `patternMatch=covers`: several filters may together cover the required events. Whether they do, and with few enough events, is not determined.',
    sentence: ({ filters, doubt }: GroupFacts & { readonly doubt: string }) =>
      `whether metric filters ${filters} together cover the required events is not determined: ${doubt}`,
    fix: addFilter,
    fixedBy: byPerson('each of their chains has its own finding, which has to be fixed first'),
  },
  FILTER_MATCHES_ROUTINE: {
    outcome: 'undecided',
    meaning:
      'With `patternMatch=covers`: the filter also matches calls that every account makes all the time, such as those of this rule. Its alarm may stay in ALARM, and then it does not notify about the required events.',
    sentence: ({ filter, call }: FilterFacts & { readonly call: string }) =>
      `metric filter ${filter} also matches routine calls such as ${call}, so its alarm may stay in ALARM`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_UNDECIDED: {
    outcome: 'undecided',
    meaning:
      'Whether the filter means what is required depends on something that AWS does not document, or that is not computed. The reason is named.',
    sentence: ({ filter, doubt }: FilterFacts & { readonly doubt: string }) =>
      `whether metric filter ${filter} means what is required is not determined: ${doubt}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_NOT_COMPARED: {
    outcome: 'undecided',
    meaning:
      'The time for the judgement was over before the filter was compared. The filters that are most likely to fit are compared first.',
    sentence: ({ filter }: FilterFacts) => `metric filter ${filter} was not compared in time`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_UNREAD: {
    outcome: 'undecided',
    meaning:
      'AWS accepted the pattern of the filter, but its meaning is not known. This does not hide a filter that fits: if the chain of such a filter is certainly broken, the account is broken.',
    sentence: ({ filter, doubt }: FilterFacts & { readonly doubt: string }) =>
      `the pattern of metric filter ${filter} cannot be read: ${doubt}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
  FILTER_MAY_BE_BLIND: {
    outcome: 'undecided',
    meaning:
      'The pattern fits, but a transformer may have changed the log events before the filter sees them, or the filter sees only events that its field selection admits.',
    sentence: ({ filter, blind }: FilterFacts & { readonly blind: string }) =>
      `metric filter ${filter} may not see the events: ${blind}`,
    fix: addFilter,
    fixedBy: byCommands('add a metric filter'),
  },
} as const satisfies Reasons;
