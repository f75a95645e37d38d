import type { ReasonCode } from '../../chain/reasons.ts';
import type { AdvancedEventSelector, EventSelector } from '../../inventory/resources.ts';

/** What the repair cannot know, and who asks for it may say. */
export interface Wishes {
  /** Who is subscribed, where somebody has to be. */
  readonly email?: string;
  /** The topic to notify, in place of one that is found or made. */
  readonly topicArn?: string;
}

/** The finding that a step mends. */
export interface Because {
  readonly code: ReasonCode;
  readonly sentence: string;
}

/** One change. Every one adds: none deletes, and none overwrites what it does not hold whole. */
export type Change =
  | { readonly kind: 'start-logging'; readonly trailArn: string; readonly region: string }
  | { readonly kind: 'record-all-regions'; readonly trailArn: string; readonly region: string }
  /** The selector is put beside those that the trail has. */
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
  /** An alarm that rings on one event: Sum >= 1 in one period, missing data not breaching. */
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
export type Step = Change & { readonly because: Because };

/** What no command does. */
export type Remainder =
  /** Who was subscribed has to confirm; with an address, it is the one that the plan subscribes. */
  | { readonly kind: 'confirm'; readonly topicArn: string; readonly email?: string }
  /** CloudTrail delivers within minutes; until then the account is judged by what was. */
  | { readonly kind: 'wait for delivery' }
  /** Sets off the alarm on purpose, so that whoever should hear it does. */
  | { readonly kind: 'drill'; readonly alarmArn: string; readonly alarmName: string }
  /** A finding that needs a decision, or an access, that commands do not have. */
  | { readonly kind: 'by hand'; readonly because: Because; readonly repair: string; readonly why: string };

/** What is missing, in the order in which it has to be done. */
export interface Plan {
  /** The account that the steps are for. */
  readonly accountId: string;
  /** When what the plan rests on was read. */
  readonly readAt: string;
  readonly control: { readonly id: string; readonly title: string };
  readonly steps: readonly Step[];
  readonly remainders: readonly Remainder[];
  /** Whether the steps and remainders together make a chain that holds, as far as it can be worked out. */
  readonly complete: boolean;
}
