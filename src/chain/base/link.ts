import type { Control } from '../../controls/catalog.ts';
import type { Failure, Inventory, PartKey } from '../../inventory/model.ts';
import type { Alarm, EventRule, MetricFilter, Trail } from '../../inventory/resources.ts';
import type { Options } from '../../parameters/parameters.ts';
import type { routeNames } from '../../parameters/routes.ts';
import type { FixedBy } from './fixed-by.ts';
import type { Room } from './room.ts';

/** The ways in which an event may reach a person. `routes.ts` lists the links of each. */
export type RouteName = (typeof routeNames)[number];

/** Every link there is, in the order in which an event passes those of its route. */
export const linkNames = [
  'trail',
  ...(['log group', 'metric filter', 'alarm', 'log alarm'] as const),
  ...(['event rule', 'target'] as const),
  'topic',
  'subscriber',
] as const;
export type LinkName = (typeof linkNames)[number];

/** What a judgement is made from. */
export interface Context {
  readonly control: Control;
  readonly options: Options;
  readonly inventory: Inventory;
  /**
   * Which alarms are looked at: `direct`, those right on the metric, which one cheap call names; or `all`, the whole
   * listing of the region, which also holds metric math and composite alarms.
   */
  readonly alarms: 'direct' | 'all';
  /**
   * Which metric filters are followed: those that carry the control `alone`, or those that match some of the required
   * events, as `parts` of what several might carry together.
   */
  readonly filters: 'alone' | 'parts';
  /** Whether the time for the judgement is over. Then nothing more is compared, and what was not compared is undecided. */
  readonly isOver: () => boolean;
  /**
   * Compares only what takes few steps, so that it is known before anything that takes many: of all filters, or of the few of
   * each log group that are most likely to carry the control.
   */
  readonly quick?: 'likely' | 'all';
  /** Which paths are followed: those without a doubt so far, since no others can hold; without it, all but broken ones. */
  readonly follows?: 'certain';
  /** What the link that is judged may still look at on this walk. Every link of a walk gets its own. */
  readonly room?: Room;
}

/** What one path has passed so far, by link. */
export interface Path {
  readonly trail?: Trail;
  readonly logGroupArn?: string;
  readonly filter?: MetricFilter;
  /** The alarm whose actions count. */
  readonly alarm?: Alarm;
  /** The alarm on the metric, where the acting one is a composite alarm over it. */
  readonly childAlarm?: Alarm;
  /** The EventBridge rule whose target counts. */
  readonly eventRule?: RuleOnBus;
  readonly topicArn?: string;
  /** What the rule invokes, where that is not a topic. */
  readonly targetArn?: string;
}

/** An EventBridge rule, and the event bus that it is on. */
export interface RuleOnBus {
  readonly eventBusArn: string;
  readonly rule: EventRule;
}
export type TrailPath = Path & { readonly trail: Trail };
export type LogGroupPath = TrailPath & { readonly logGroupArn: string };
export type FilterPath = LogGroupPath & { readonly filter: MetricFilter };
/** A path to an alarm, over a metric filter or straight from a query of the log group. */
export type AlarmPath = LogGroupPath & { readonly alarm: Alarm };
export type AlarmTopicPath = AlarmPath & { readonly topicArn: string };
export type EventRulePath = TrailPath & { readonly eventRule: RuleOnBus };
/** A path to a topic, or to what EventBridge invokes in its place. */
export type TargetPath = EventRulePath & ({ readonly topicArn: string } | { readonly targetArn: string });
/** A path to a topic, by whichever route. */
export type TopicPath = TrailPath & { readonly topicArn: string };

/** Why a link does not hold, or why that is not determined, in plain data and in words. */
export interface Finding<C extends string = string> {
  readonly code: C;
  readonly outcome: 'broken' | 'undecided';
  /** What is wrong, without a full stop. */
  readonly sentence: string;
  /** What fixes it, without a full stop. */
  readonly fix: string;
  /** An event that proves it, as JSON text. */
  readonly event?: string;
  readonly failure?: Failure;
}

/** What a link says of one path. The subject is what the link is about, for people: a name, or a few words. */
export type Step<P extends Path, C extends string> =
  /** The link holds, or one cannot tell (then there is a finding) and the next link may still break for certain. */
  | { readonly kind: 'onward'; readonly subject: string; readonly path: P; readonly finding?: Finding<C> }
  /** The link breaks, or nothing beyond it can be followed. */
  | { readonly kind: 'end'; readonly subject: string; readonly path: Path; readonly finding: Finding<C> };

/**
 * A link's answer for one path: a step for each way on, and the parts that must be read before these are all the
 * steps and all is known of them.
 */
export interface LinkResult<P extends Path, C extends string> {
  readonly steps: readonly Step<P, C>[];
  readonly needs: readonly PartKey[];
}

/** Judges one link for a path that reached it. */
export type Link<P extends Path, Q extends Path, C extends string> = (path: P, context: Context) => LinkResult<Q, C>;

/** A reason's words, from the facts it rests on. */
export interface Reason<F = never> {
  readonly outcome: 'broken' | 'undecided';
  /** What the code stands for, in general: the table in docs/reasons.md. */
  readonly meaning: string;
  readonly sentence: (facts: F) => string;
  readonly fix: (facts: F) => string;
  /** Who carries that out. */
  readonly fixedBy: FixedBy;
}

/** A link's reasons by code, nearest to a chain that holds first: the order decides which near miss is shown. */
export type Reasons = Readonly<Record<string, Reason>>;

/** What both the sentence and the fix of a reason need. */
type FactsOf<R> = R extends {
  readonly sentence: (facts: infer S) => string;
  readonly fix: (facts: infer M) => string;
}
  ? (unknown extends S ? unknown : S) & (unknown extends M ? unknown : M)
  : never;

/**
 * Makes findings of one table of reasons.
 *
 * @returns a function from a code of the table and the facts it wants to a finding
 */
export function findingsOf<const T extends Reasons>(reasons: T) {
  return <C extends keyof T & string>(
    code: C,
    facts: FactsOf<T[C]>,
    proof: { readonly event?: string; readonly failure?: Failure } = {},
  ): Finding<C> => {
    const reason = reasons[code] as unknown as Reason<FactsOf<T[C]>>;
    return { code, outcome: reason.outcome, sentence: reason.sentence(facts), fix: reason.fix(facts), ...proof };
  };
}

/** The step of a link that holds or has a finding: the path goes on unless that is a certain break. */
export function step<P extends Path, C extends string = never>(
  subject: string,
  path: P,
  finding?: Finding<C>,
): Step<P, C> {
  if (finding === undefined) return { kind: 'onward', subject, path };
  return finding.outcome === 'broken' ? end(subject, path, finding) : { kind: 'onward', subject, path, finding };
}

/** The step of a link beyond which there is nothing to follow. */
export function end<C extends string>(subject: string, path: Path, finding: Finding<C>): Step<never, C> {
  return { kind: 'end', subject, path, finding };
}

/** All that a link has to say, with nothing left to read. */
export function steps<P extends Path, C extends string>(...all: readonly Step<P, C>[]): LinkResult<P, C> {
  return { steps: all, needs: [] };
}

/** What must be read before a link can say anything. */
export function needs(...keys: readonly PartKey[]): LinkResult<never, never> {
  return { steps: [], needs: keys };
}

/** Of several findings on one link the one that counts: a certain break beats a doubt. */
export function mostSevere<C extends string>(findings: readonly (Finding<C> | undefined)[]): Finding<C> | undefined {
  const present = findings.filter((finding) => finding !== undefined);
  return present.find(({ outcome }) => outcome === 'broken') ?? present[0];
}
