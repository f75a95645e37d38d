import * as v from 'valibot';

/**
 * What AWS Config sends, as far as the rule reads it. Everything else is let through unread: AWS may add to it.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */

const text = v.pipe(v.string(), v.nonEmpty('is empty'));
const accountId = v.pipe(v.string(), v.regex(/^\d{12}$/, 'is not twelve digits'));
const time = v.pipe(
  v.string(),
  v.check((value) => !Number.isNaN(Date.parse(value)), 'is not a time'),
);

export const envelopeSchema = v.object({
  invokingEvent: text,
  /** Checked where the parameters are read; it may be missing or empty. */
  ruleParameters: v.optional(v.unknown()),
  resultToken: text,
  eventLeftScope: v.optional(v.nullable(v.boolean())),
  configRuleArn: text,
  configRuleName: text,
  accountId,
});

/**
 * The two spellings of one item: as a rule gets it, and as the API answers it (`arn`, `accountId`, a configuration that
 * is JSON text).
 *
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
const itemSchema = v.object({
  resourceType: text,
  resourceId: text,
  resourceName: v.optional(v.nullable(v.string())),
  ARN: v.optional(v.nullable(v.string())),
  arn: v.optional(v.nullable(v.string())),
  configurationItemStatus: text,
  configurationItemCaptureTime: v.optional(v.nullable(time)),
  configuration: v.optional(v.unknown()),
});

export const messageTypeSchema = v.object({ messageType: text });

export const scheduledSchema = v.object({ notificationCreationTime: time });

export const changeSchema = v.object({
  configurationItem: itemSchema,
  configurationItemDiff: v.optional(v.unknown()),
  notificationCreationTime: v.optional(v.nullable(time)),
});

/** AWS's own example of an oversized rule event has no `notificationCreationTime`. */
export const oversizedSchema = v.object({
  configurationItemSummary: itemSchema,
  notificationCreationTime: v.optional(v.nullable(time)),
});

export type RawItem = v.InferOutput<typeof itemSchema>;
