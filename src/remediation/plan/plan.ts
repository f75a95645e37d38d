import type { ReasonCode } from '../../chain/reasons.ts';
import type { AdvancedEventSelector, EventSelector } from '../../inventory/resources.ts';

/** What the account does not say and the user may choose. */
export interface Choices {
  /** The address to subscribe, where a subscription is missing. */
  readonly email?: string;
  /** The topic to notify, in place of one that is found or created. */
  readonly topicArn?: string;
}

/** The finding that a step fixes. */
export interface Cause {
  readonly code: ReasonCode;
  readonly sentence: string;
}

/** One change. Every one adds: none deletes, and none overwrites what it does not know completely. */
export type Change =
  | { readonly kind: 'start-logging'; readonly trailArn: string; readonly region: string }
  | { readonly kind: 'record-all-regions'; readonly trailArn: string; readonly region: string }
  /** Adds a selector to those that the trail has. */
  | {
      readonly kind: 'record-management-events';
      readonly trailArn: string;
      readonly region: string;
      readonly selector:
        | { readonly kind: 'basic'; readonly added: EventSelector }
        | { readonly kind: 'advanced'; readonly added: AdvancedEventSelector };
    }
  | { readonly kind: 'create-log-group'; readonly logGroupArn: string }
  /** Makes a role that may write to the log group, and gives the trail both. */
  | {
      readonly kind: 'connect-log-group';
      readonly trailArn: string;
      readonly region: string;
      readonly logGroupArn: string;
      readonly roleName: string;
    }
  /** A filter that counts 1 for each event; it has a metric of its own. */
  | {
      readonly kind: 'create-metric-filter';
      readonly logGroupArn: string;
      readonly filterName: string;
      readonly filterPattern: string;
      readonly namespace: string;
      readonly metricName: string;
    }
  | { readonly kind: 'create-topic'; readonly topicArn: string }
  /** The policy as it was read, and with one statement more: both JSON text. */
  | {
      readonly kind: 'allow-publish';
      readonly topicArn: string;
      readonly policy: string;
      readonly extendedPolicy: string;
    }
  | { readonly kind: 'subscribe'; readonly topicArn: string; readonly email: string }
  /** An alarm that fires on one event: Sum >= 1 in one period, missing data not breaching. */
  | {
      readonly kind: 'create-alarm';
      readonly alarmArn: string;
      readonly alarmName: string;
      readonly description: string;
      readonly namespace: string;
      readonly metricName: string;
      /** In seconds. */
      readonly period: number;
      readonly topicArn: string;
    }
  | { readonly kind: 'enable-alarm-actions'; readonly alarmArn: string; readonly alarmName: string };

export type ChangeKind = Change['kind'];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>;

/** A change, and the finding for which it is made. */
export type Step = Change & { readonly cause: Cause };

/** What a person has to do. */
export type ManualStep =
  /** Who was subscribed has to confirm; with an address, it is the one that the plan subscribes. */
  | { readonly kind: 'confirm'; readonly topicArn: string; readonly email?: string }
  /** CloudTrail delivers within minutes; until then the account is judged by what was. */
  | { readonly kind: 'wait-for-delivery' }
  /** Puts the alarm into ALARM on purpose, so that its subscribers get a test notification. */
  | { readonly kind: 'test-notification'; readonly alarmArn: string; readonly alarmName: string }
  /** A finding that needs a decision, or an access, that commands do not have. */
  | { readonly kind: 'by-hand'; readonly cause: Cause; readonly fix: string; readonly why: string };

/** What is missing, in the order in which it has to be done. */
export interface Plan {
  /** The account that the steps are for. */
  readonly accountId: string;
  /** When what the plan rests on was read. */
  readonly readAt: string;
  readonly control: { readonly id: string; readonly title: string };
  readonly steps: readonly Step[];
  readonly manualSteps: readonly ManualStep[];
  /** Whether the steps and manualSteps together make a chain that holds, as far as it can be worked out. */
  readonly complete: boolean;
}
