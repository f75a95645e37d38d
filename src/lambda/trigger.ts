import * as v from 'valibot';

import { parseArn } from '../inventory/arn.ts';
import { whyIrrelevant } from './relevance.ts';
import type { RawItem } from './schemas.ts';
import { changeSchema, envelopeSchema, messageTypeSchema, oversizedSchema, scheduledSchema } from './schemas.ts';

/** The resource that a change is about. */
export interface ConfigurationItem {
  readonly resourceType: string;
  /** What AWS Config calls it: the name of a trail or an alarm, the ARN of a topic. */
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly arn?: string;
}

/** Why AWS Config called. `orderedAt` is the time that orders the evaluations, in ISO 8601. */
export type Trigger =
  | { readonly kind: 'scheduled'; readonly orderedAt: string }
  | { readonly kind: 'changed'; readonly orderedAt: string; readonly item: ConfigurationItem }
  | {
      readonly kind: 'removed';
      readonly orderedAt: string;
      readonly item: ConfigurationItem;
      readonly how: 'deleted' | 'deleted-not-recorded' | 'not-recorded';
    }
  /** The item was too large to send. It still names the resource, and the verdict reads AWS itself. */
  | { readonly kind: 'oversized'; readonly orderedAt: string; readonly item: ConfigurationItem }
  | { readonly kind: 'out-of-scope'; readonly orderedAt: string; readonly item: ConfigurationItem }
  /** The older kind of schedule: after the delivery of a configuration snapshot, which the rule does not read. */
  | { readonly kind: 'snapshot-delivery'; readonly orderedAt: string }
  | { readonly kind: 'irrelevant'; readonly item: ConfigurationItem; readonly why: string }
  | { readonly kind: 'unsupported'; readonly messageType: string };

/** One call of AWS Config. */
export interface Invocation {
  readonly trigger: Trigger;
  /** The account that owns the rule and is evaluated. */
  readonly accountId: string;
  readonly partition: string;
  /** The region that the rule, and so this function, is in. */
  readonly region: string;
  readonly ruleName: string;
  /** It is sent to AWS Config with the evaluations, and nowhere else. */
  readonly resultToken: string;
  /** As AWS Config sent them: JSON text, or nothing. */
  readonly ruleParameters: unknown;
}

/** The event is not one that AWS Config sends to a rule: the message says what was expected and what came. */
export class TriggerError extends Error {
  override readonly name = 'TriggerError';
}

export const messageTypes = [
  'ScheduledNotification',
  'ConfigurationItemChangeNotification',
  'OversizedConfigurationItemChangeNotification',
  'ConfigurationSnapshotDeliveryCompleted',
] as const;

/**
 * Reads what Lambda was called with.
 *
 * @throws TriggerError for anything but an event of AWS Config. An unknown message type is not an error
 *   here: its trigger is `unsupported`.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */
export function decodeInvocation(event: unknown): Invocation {
  if (typeof event !== 'object' || event === null || !('invokingEvent' in event)) {
    throw new TriggerError(
      'expected an event of AWS Config with `invokingEvent`, `resultToken`, `configRuleArn` and `accountId`, got ' +
        `${shapeOf(event)}. A test event of the Lambda console is not one: use a file of the folder events`,
    );
  }
  const { invokingEvent, eventLeftScope, configRuleArn, ...envelope } = read(envelopeSchema, event, 'the event');
  const arn = parseArn(configRuleArn);
  if (!arn?.region) throw new TriggerError(`expected \`configRuleArn\` to be the ARN of a rule, got ${configRuleArn}`);
  const message = parseJson(invokingEvent);
  refuseProactive(event, message);
  return {
    trigger: decodeTrigger(message, eventLeftScope === true),
    accountId: envelope.accountId,
    partition: arn.partition,
    region: arn.region,
    ruleName: envelope.configRuleName,
    resultToken: envelope.resultToken,
    ruleParameters: envelope.ruleParameters,
  };
}

/**
 * The rule says what an account does now. It cannot say what it would do with a resource that does not exist yet.
 *
 * @throws TriggerError if AWS Config asks for a proactive evaluation
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluating-your-resources.html
 */
function refuseProactive(...parts: readonly unknown[]): void {
  const isProactive = parts.some((part) => {
    const { evaluationMode } = (part ?? {}) as { readonly evaluationMode?: unknown };
    return typeof evaluationMode === 'string' && evaluationMode.toUpperCase() === 'PROACTIVE';
  });
  if (!isProactive) return;
  throw new TriggerError(
    'this rule cannot evaluate a resource before it is created (evaluation mode PROACTIVE): it evaluates the account as ' +
      'it is. Set the evaluation mode of the rule to DETECTIVE',
  );
}

function decodeTrigger(message: unknown, leftScope: boolean): Trigger {
  const where = '`invokingEvent`';
  const { messageType } = read(messageTypeSchema, message, where);
  switch (messageType) {
    case 'ScheduledNotification':
      return { kind: 'scheduled', orderedAt: read(scheduledSchema, message, where).notificationCreationTime };
    case 'ConfigurationSnapshotDeliveryCompleted':
      return { kind: 'snapshot-delivery', orderedAt: read(scheduledSchema, message, where).notificationCreationTime };
    case 'ConfigurationItemChangeNotification': {
      const change = read(changeSchema, message, where);
      const { configurationItem: raw, configurationItemDiff: diff, notificationCreationTime } = change;
      const item = itemOf(raw);
      const why = whyIrrelevant(raw.resourceType, raw.configuration, diff);
      if (why !== undefined) return { kind: 'irrelevant', item, why };
      return aboutItem('changed', raw, notificationCreationTime, leftScope);
    }
    case 'OversizedConfigurationItemChangeNotification': {
      const { configurationItemSummary: raw, notificationCreationTime } = read(oversizedSchema, message, where);
      const why = whyIrrelevant(raw.resourceType, undefined, undefined);
      if (why !== undefined) return { kind: 'irrelevant', item: itemOf(raw), why };
      return aboutItem('oversized', raw, notificationCreationTime, leftScope);
    }
    default:
      return { kind: 'unsupported', messageType };
  }
}

/**
 * The trigger of an item, by its status.
 *
 * The evaluations of a change are ordered by the time of the notification: a scheduled run may have evaluated the account
 * after the item was captured, and its older verdict would win otherwise.
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
function aboutItem(
  kind: 'changed' | 'oversized',
  raw: RawItem,
  notifiedAt: string | null | undefined,
  leftScope: boolean,
): Trigger {
  const item = itemOf(raw);
  const orderedAt = notifiedAt ?? raw.configurationItemCaptureTime;
  if (!orderedAt) {
    throw new TriggerError('expected `notificationCreationTime` or `configurationItemCaptureTime`, got neither');
  }
  switch (raw.configurationItemStatus) {
    case 'OK':
    case 'ResourceDiscovered':
      return { kind: leftScope ? 'out-of-scope' : kind, orderedAt, item };
    case 'ResourceDeleted':
      return { kind: 'removed', orderedAt, item, how: 'deleted' };
    case 'ResourceDeletedNotRecorded':
      return { kind: 'removed', orderedAt, item, how: 'deleted-not-recorded' };
    case 'ResourceNotRecorded':
      return { kind: 'removed', orderedAt, item, how: 'not-recorded' };
    default:
      throw new TriggerError(
        'expected `configurationItemStatus` to be OK, ResourceDiscovered, ResourceDeleted, ResourceDeletedNotRecorded ' +
          `or ResourceNotRecorded, got ${shorten(raw.configurationItemStatus)}`,
      );
  }
}

function itemOf({ resourceType, resourceId, resourceName, ARN, arn }: RawItem): ConfigurationItem {
  const resourceArn = ARN ?? arn;
  return {
    resourceType,
    resourceId,
    ...(resourceName ? { resourceName } : {}),
    ...(resourceArn ? { arn: resourceArn } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TriggerError(`expected \`invokingEvent\` to be JSON text, got ${shorten(text)}`, { cause });
  }
}

function read<S extends v.GenericSchema>(schema: S, value: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => {
    const path = v.getDotPath(issue);
    return `${path === null ? what : `\`${path}\` of ${what}`}: ${issue.message}`;
  });
  throw new TriggerError(`not an event of AWS Config: ${problems.join('; ')}`);
}

/** The names of a value's keys, never what they hold. */
function shapeOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : `a value of type ${typeof value}`;
  if (Array.isArray(value)) return 'a list';
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${shorten(keys.join(', '))}`;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
