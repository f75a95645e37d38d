import type { ReasonCode } from '../../chain/reasons.ts';
import type { AdvancedEventSelector, EventSelector } from '../../inventory/resources.ts';

/** What the account does not say and the user may choose. */
export interface Choices {
  /** The address to subscribe, where a subscription is missing. */
  readonly email?: string;
  /** The topic to notify, in place of one that is found or created. */
  readonly topicArn?: string;
  /** For how many days a new log group keeps its events; without it, {@link DEFAULT_RETENTION_DAYS}. */
  readonly retentionDays?: number;
}

/**
 * One year, which is what Security Hub's control CloudWatch.16 asks for.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16
 */
export const DEFAULT_RETENTION_DAYS = 365;

/** The finding that a step fixes. */
export interface Cause {
  readonly code: ReasonCode;
  readonly sentence: string;
}

/** The selector that a trail gets in addition to those that it has. */
export type AddedSelector =
  | { readonly kind: 'basic'; readonly added: EventSelector }
  | { readonly kind: 'advanced'; readonly added: AdvancedEventSelector };

/** One change. Every one adds: none deletes, and none overwrites what it does not know completely. */
export type Change =
  | { readonly kind: 'start-logging'; readonly trailArn: string; readonly region: string }
  | { readonly kind: 'record-all-regions'; readonly trailArn: string; readonly region: string }
  | {
      readonly kind: 'record-management-events';
      readonly trailArn: string;
      readonly region: string;
      readonly selector: AddedSelector;
      /** What the trail records with it and did not record before. */
      readonly effect: string;
      /** The event sources that every selector for management events excludes once this one is added. */
      readonly stillExcluded: readonly string[];
    }
  | { readonly kind: 'create-log-group'; readonly logGroupArn: string; readonly retentionDays: number }
  /** Creates a log group and a role that may write to it, and gives the trail both. */
  | {
      readonly kind: 'connect-log-group';
      readonly trailArn: string;
      readonly region: string;
      readonly logGroupArn: string;
      readonly roleName: string;
      readonly retentionDays: number;
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
  | {
      readonly kind: 'create-topic';
      readonly topicArn: string;
      /** Whether an alarm names this topic already, so that no other name will do. */
      readonly isNamed: boolean;
      /** The key of a topic next to it, which CloudWatch may use. */
      readonly kmsMasterKeyId?: string;
      /** The access policy as JSON text, where the one that SNS gives a new topic is not enough. */
      readonly policy?: string;
      /** Why the topic is not encrypted although a topic next to it is, as a sentence without a full stop. */
      readonly notEncrypted?: string;
    }
  /** The policy as it was read, and with one more statement: both JSON text. */
  | {
      readonly kind: 'allow-publish';
      readonly topicArn: string;
      readonly policy: string;
      readonly extendedPolicy: string;
      /** Whom the statement allows. */
      readonly service: 'CloudWatch' | 'EventBridge';
      /** The id of the statement, which no other statement of the policy has. */
      readonly statementId: string;
    }
  | {
      readonly kind: 'subscribe';
      readonly topicArn: string;
      readonly email: string;
      /** Whether the address waits to be confirmed already: subscribing it sends the email again and adds nothing. */
      readonly waits?: true;
    }
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
  /** A log alarm that counts events every five minutes, and fires on one; with a role that may run its query. */
  | {
      readonly kind: 'create-log-alarm';
      readonly alarmArn: string;
      readonly alarmName: string;
      readonly description: string;
      readonly logGroupArn: string;
      readonly queryString: string;
      readonly roleName: string;
      readonly topicArn: string;
    }
  /** A rule on the default event bus that notifies a topic of each event. */
  | {
      readonly kind: 'create-event-rule';
      readonly eventBusArn: string;
      readonly ruleArn: string;
      readonly ruleName: string;
      readonly description: string;
      /** As JSON text. */
      readonly eventPattern: string;
      readonly state: 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
      readonly topicArn: string;
    }
  | { readonly kind: 'enable-alarm-actions'; readonly alarmArn: string; readonly alarmName: string };

export type ChangeKind = Change['kind'];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>;

/** A change, and the finding for which it is made. */
export type PlannedStep = Change & { readonly cause: Cause };

/** The alarm to test, and what its test does besides notifying a topic. */
export interface TestedAlarm {
  readonly alarmArn: string;
  readonly alarmName: string;
  /** The composite alarm that notifies, where the tested alarm is only a child of it. */
  readonly compositeAlarmName?: string;
  /**
   * The ARNs of what the test starts besides the notification, such as a Lambda function: other actions of the alarm and of
   * all composite alarms that depend on it.
   */
  readonly otherActions: readonly string[];
}

/** What a person has to do. */
export type ManualStep =
  /** The subscriber has to confirm. With an address, it is the one that the plan subscribes. */
  | { readonly kind: 'confirm'; readonly topicArn: string; readonly email?: string }
  /** CloudTrail delivers within minutes; until then the account is judged by what was. */
  | { readonly kind: 'wait-for-delivery' }
  /** Puts the alarm into ALARM on purpose, so that its subscribers get a test notification. */
  | ({ readonly kind: 'test-notification' } & TestedAlarm)
  /** A finding that needs a decision, or an access, that commands do not have. */
  | { readonly kind: 'by-hand'; readonly cause: Cause; readonly fix: string; readonly why: string };

/** What is missing, in the order in which it has to be done. */
export interface Plan {
  /** The account that the steps are for. */
  readonly accountId: string;
  /** When what the plan rests on was read. */
  readonly readAt: string;
  readonly control: { readonly id: string; readonly title: string };
  readonly steps: readonly PlannedStep[];
  readonly manualSteps: readonly ManualStep[];
  /** What the user should know of the plan, such as an option that it does not use: sentences. */
  readonly notes: readonly string[];
  /** Whether the steps and manual steps together make a chain that holds, under `assurance=working` too. */
  readonly complete: boolean;
}
