import type {
  AdvancedEventSelector,
  AlarmMuteRule,
  CompositeAlarm,
  EventRule,
  EventRuleTarget,
  EventSelector,
  LogAlarm,
  MetricAlarm,
  MetricFilter,
  SubscriptionAttributes,
} from '../resources.ts';
import type { PartKind } from '../model.ts';
import type { Place } from '../place.ts';
import type { Maybe, Unknown } from './value.ts';

/** What the deployment does with a thing. A thing that is replaced is deleted first, with all that belongs to it. */
export type Change = 'none' | 'create' | 'update' | 'replace' | 'delete';

/** What every declaration has. */
interface Base {
  readonly place: Place;
  readonly change: Change;
  readonly accountId: string;
  readonly region: string;
  /** Which stack of several it is in, such as a nested one. */
  readonly stack?: string;
  /**
   * Why the file does not say what the thing is called, so that it may be any thing of its kind that the account has. Absent
   * where the file says it, and where AWS or the deployment chooses the name.
   */
  readonly nameDoubt?: Unknown;
  /** Why the file does not say in which account or region the thing is. Absent where the file says it. */
  readonly placeDoubt?: Unknown;
}

type AlarmSettings<A> = Omit<A, 'kind' | 'alarmName' | 'alarmArn' | 'alarmActions'> & {
  readonly alarmName: string;
  readonly alarmActions: Maybe<readonly Maybe<string>[]>;
};

/**
 * A resource as a plan or a template declares it, in the shapes of AWS's services. What is not known before deployment is
 * {@link Maybe} unknown; a name that AWS chooses is a stand-in.
 */
export type Declaration = Base &
  (
    | {
        readonly kind: 'trail';
        readonly name: string;
        readonly isMultiRegionTrail: Maybe<boolean>;
        readonly isOrganizationTrail: Maybe<boolean>;
        readonly includeGlobalServiceEvents: Maybe<boolean>;
        readonly isLogging: Maybe<boolean>;
        readonly logGroupArn?: Maybe<string>;
        readonly eventSelectors: Maybe<readonly EventSelector[]>;
        readonly advancedEventSelectors: Maybe<readonly AdvancedEventSelector[]>;
      }
    | { readonly kind: 'log-group'; readonly name: string; readonly logGroupClass: Maybe<string> }
    | {
        /** What changes log events before metric filters see them. */
        readonly kind: 'log-transformer';
        /** The name or ARN of a log group; absent for a policy of the account, which may be for any. */
        readonly logGroup?: Maybe<string>;
      }
    | {
        readonly kind: 'metric-filter';
        readonly name: string;
        readonly logGroupName: Maybe<string>;
        readonly filter: Maybe<MetricFilter>;
      }
    | { readonly kind: 'metric-alarm'; readonly name: string; readonly alarm: Maybe<AlarmSettings<MetricAlarm>> }
    | { readonly kind: 'composite-alarm'; readonly name: string; readonly alarm: Maybe<AlarmSettings<CompositeAlarm>> }
    | { readonly kind: 'log-alarm'; readonly name: string; readonly alarm: Maybe<AlarmSettings<LogAlarm>> }
    | {
        readonly kind: 'mute-rule';
        readonly name: string;
        readonly rule: Maybe<AlarmMuteRule>;
        /** The alarms that it mutes. */
        readonly alarmNames: Maybe<readonly Maybe<string>[]>;
      }
    | {
        readonly kind: 'topic';
        readonly name: string;
        readonly policy?: Maybe<string>;
        readonly keyId?: Maybe<string>;
      }
    | { readonly kind: 'topic-policy'; readonly topicArn: Maybe<string>; readonly policy: Maybe<string> }
    | {
        readonly kind: 'subscription';
        readonly topicArn: Maybe<string>;
        readonly protocol: Maybe<string>;
        readonly endpoint?: Maybe<string>;
        /** Absent of a subscription that does not exist yet. */
        readonly subscriptionArn?: string;
        readonly attributes: Maybe<SubscriptionAttributes>;
      }
    | {
        readonly kind: 'key';
        readonly keyArn: string;
        readonly policy?: Maybe<string>;
        readonly isEnabled: Maybe<boolean>;
      }
    | { readonly kind: 'key-policy'; readonly keyArn: Maybe<string>; readonly policy: Maybe<string> }
    | { readonly kind: 'key-alias'; readonly name: string; readonly keyArn: Maybe<string> }
    | { readonly kind: 'event-bus'; readonly name: string }
    | {
        readonly kind: 'event-rule';
        readonly name: string;
        /** The ARN of its event bus. */
        readonly eventBusArn: Maybe<string>;
        readonly rule: Maybe<EventRule>;
      }
    | {
        readonly kind: 'event-target';
        readonly eventBusArn: Maybe<string>;
        readonly ruleName: Maybe<string>;
        readonly id: string;
        readonly target: Maybe<EventRuleTarget>;
      }
    | {
        /** A resource that may change things of the account, and does not show which ones or how. */
        readonly kind: 'opaque';
        readonly reach: Reach;
        /** What it is and does, for messages. */
        readonly why: string;
      }
  );

/**
 * What an opaque resource may change: anything, things of one kind of part and what belongs to them, or the things whose
 * names or ARNs are in its properties.
 */
export type Reach =
  | { readonly kind: 'anything' }
  | { readonly kind: 'parts'; readonly parts: readonly PartKind[] }
  | { readonly kind: 'named'; readonly text: string };

export type DeclarationKind = Declaration['kind'];
export type DeclarationOf<K extends DeclarationKind> = Extract<Declaration, { readonly kind: K }>;

type AlarmDeclaration = DeclarationOf<'metric-alarm' | 'composite-alarm' | 'log-alarm'>;

/** Whether a thing is an alarm of any kind. */
export function isAlarm(declaration: Declaration): declaration is AlarmDeclaration {
  return ['metric-alarm', 'composite-alarm', 'log-alarm'].includes(declaration.kind);
}

/** What a file declares of one account. */
export interface DeclaredAccount {
  readonly accountId: string;
  /** The region that the account is evaluated in. */
  readonly region: string;
  /** When the file was made, if it says so; otherwise when it was read. ISO 8601. */
  readonly readAt: string;
  /** What the file is, for messages: `the Terraform plan`. */
  readonly source: string;
  /** Whether the file, or who evaluates it, says which account it is for. */
  readonly isAccountKnown: boolean;
  /** Whether the file says what the deployment deletes, as a plan does and a template does not. */
  readonly saysDeletions: boolean;
  /** Why the file leaves something out that it should say; absent if it does not. */
  readonly incomplete?: string;
  /** What is there after the deployment. */
  readonly declarations: readonly Declaration[];
  /** What the deployment changes, replaces or deletes, as it is before. */
  readonly before: readonly Declaration[];
}
