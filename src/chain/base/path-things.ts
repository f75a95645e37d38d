import { logGroupName, resourceName } from '../../inventory/arn.ts';
import type { LinkName, Path } from './link.ts';
import { ruleArn } from './rule-arn.ts';

/** How one kind of thing on a path is identified, named and reported. */
interface PathThing<T> {
  /** The link that is about it. */
  readonly link: LinkName;
  /** The field of results that holds the id. */
  readonly field: string;
  /** What the field says, for the schema of results. */
  readonly meaning: string;
  /** Identifies the thing among those of its kind. */
  readonly idOf: (thing: T) => string;
  /** What people call it. */
  readonly nameOf: (thing: T) => string;
}

type Things = Required<Path>;
type PathThings = { readonly [K in keyof Things]: PathThing<Things[K]> };

/**
 * The things that a path runs through, in the order in which an event passes them: the one table from which the order of
 * chains, the fields of results, their schema and the words of annotations follow.
 */
export const pathThings = {
  trail: {
    link: 'trail',
    field: 'trailArn',
    meaning: 'The ARN of the CloudTrail trail.',
    idOf: ({ trailArn }) => trailArn,
    nameOf: ({ name }) => name,
  },
  logGroupArn: {
    link: 'log group',
    field: 'logGroupArn',
    meaning: 'The ARN of the CloudWatch Logs log group, without a trailing `:*`.',
    idOf: (arn) => arn,
    nameOf: logGroupName,
  },
  filter: {
    link: 'metric filter',
    field: 'filterName',
    meaning: 'The name of the metric filter of the log group.',
    idOf: ({ filterName }) => filterName,
    nameOf: ({ filterName }) => filterName,
  },
  childAlarm: {
    link: 'alarm',
    field: 'childAlarmArn',
    meaning: 'The ARN of the alarm on the metric, where a composite alarm acts for it.',
    idOf: ({ alarmArn }) => alarmArn,
    nameOf: ({ alarmName }) => alarmName,
  },
  alarm: {
    link: 'alarm',
    field: 'alarmArn',
    meaning: 'The ARN of the alarm whose action counts.',
    idOf: ({ alarmArn }) => alarmArn,
    nameOf: ({ alarmName }) => alarmName,
  },
  eventRule: {
    link: 'event rule',
    field: 'eventRuleArn',
    meaning: 'The ARN of the EventBridge rule.',
    idOf: ruleArn,
    nameOf: ({ rule }) => rule.name,
  },
  topicArn: {
    link: 'topic',
    field: 'topicArn',
    meaning: 'The ARN of the SNS topic that the alarm or the rule notifies.',
    idOf: (arn) => arn,
    nameOf: resourceName,
  },
  targetArn: {
    link: 'target',
    field: 'targetArn',
    meaning: 'The ARN of what the EventBridge rule invokes, where that is not a topic.',
    idOf: (arn) => arn,
    nameOf: resourceName,
  },
} as const satisfies PathThings;

const table: PathThings = pathThings;

export type ThingKind = keyof typeof pathThings;

/** Every kind of thing, in the order in which an event passes them. */
export const thingKinds = Object.keys(pathThings) as readonly ThingKind[];

/** A field of results that holds the id of a thing. */
export type ThingField = (typeof pathThings)[ThingKind]['field'];

/** The fields of results that hold ids, in the same order. */
export const thingFields: readonly ThingField[] = thingKinds.map((kind) => pathThings[kind].field);

/** One thing on a path. */
export interface ThingOnPath {
  readonly kind: ThingKind;
  readonly field: ThingField;
  readonly id: string;
  readonly name: string;
}

/** The things that a path runs through, as far as it was followed, in the order in which an event passes them. */
export function thingsOn(path: Path): readonly ThingOnPath[] {
  return thingKinds.flatMap((kind) => thingOn(path, kind));
}

// The type parameter ties the thing to its row of the table.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function thingOn<K extends ThingKind>(path: Partial<Things>, kind: K): readonly ThingOnPath[] {
  const thing: Things[K] | undefined = path[kind];
  if (thing === undefined) return [];
  return [{ kind, field: pathThings[kind].field, id: table[kind].idOf(thing), name: table[kind].nameOf(thing) }];
}
