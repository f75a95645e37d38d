import { isJsonObject, listOf, parseJson } from '../chain/base/json.ts';
import type { EventRule, EventRuleTarget } from '../inventory/resources.ts';
import { isFieldName, isRegion, isService, isValueOf } from './allowed.ts';
import { eventRuleStates } from './choices.ts';
import { redactArn } from './redact-arn.ts';
import { redactMembers } from './redact-members.ts';
import { redactChoice, redactFieldName, redactFieldValue } from './redact-value.ts';
import type { Names } from './names.ts';

/** A rule of EventBridge with another name, and with other names in its pattern. */
export function redactEventRule(rule: EventRule, names: Names): EventRule {
  return redactMembers(rule, {
    name: names.text,
    state: (state) => redactChoice(state, eventRuleStates, names),
    eventPattern: (pattern) => redactEventPattern(pattern, names),
  });
}

/** A target of a rule: its id is a name, and its ARN and its role say where it is. */
export function redactEventRuleTarget(target: EventRuleTarget, names: Names): EventRuleTarget {
  return redactMembers(target, {
    id: names.text,
    arn: (arn) => redactArn(arn, names),
    roleArn: (arn) => redactArn(arn, names),
  });
}

/**
 * An event pattern with other names. AWS's own names of fields and the values that AWS writes into them stay. A text that is
 * not the JSON of a pattern stays none.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
function redactEventPattern(text: string, names: Names): string {
  const pattern = parseJson(text);
  return isJsonObject(pattern) ? JSON.stringify(redactFields(pattern, names)) : 'redacted: it was no event pattern';
}

/** The fields of the envelope that are no fields of a CloudTrail record. */
const envelopeFields: ReadonlySet<string> = new Set([
  ...['source', 'detail-type', 'detail', 'account', 'region', 'resources', 'id', 'time', 'version', '$or'],
]);

function redactFields(fields: Readonly<Record<string, unknown>>, names: Names): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, wanted]): [string, unknown] => {
      const shown = envelopeFields.has(name) || isFieldName(name) ? name : redactFieldName(name, names);
      if (isJsonObject(wanted)) return [shown, redactFields(wanted, names)];
      if (!Array.isArray(wanted)) return [shown, 'redacted'];
      const items: readonly unknown[] = wanted;
      const redacted = items.map((item) =>
        name === '$or' && isJsonObject(item) ? redactFields(item, names) : redactCondition(item, name, names),
      );
      return [shown, redacted];
    }),
  );
}

function redactCondition(condition: unknown, field: string, names: Names): unknown {
  if (typeof condition === 'string') return redactValue(condition, field, names);
  if (typeof condition === 'number') return redactNumber(condition, names);
  if (typeof condition === 'boolean' || condition === null) return condition;
  if (!isJsonObject(condition)) return 'redacted';
  return Object.fromEntries(
    Object.entries(condition).map(([operator, operand]) => [
      operators.has(operator) ? operator : names.text(operator),
      redactOperand(operator, operand, field, names),
    ]),
  );
}

const operators: ReadonlySet<string> = new Set([
  ...['prefix', 'suffix', 'equals-ignore-case', 'anything-but', 'numeric', 'wildcard', 'cidr', 'exists'],
]);

/** What an operator is given: a text, a list, or for some operators another operator. */
function redactOperand(operator: string, operand: unknown, field: string, names: Names): unknown {
  if (isJsonObject(operand)) return redactCondition(operand, field, names);
  if (Array.isArray(operand)) {
    // The comparisons of `numeric` are no names.
    return listOf(operand).map((one) =>
      typeof one === 'string' && /^[<>]?=?$/.test(one) ? one : redactOperand(operator, one, field, names),
    );
  }
  if (typeof operand !== 'string') return redactCondition(operand, field, names);
  switch (operator) {
    case 'prefix':
      return isValueOf(field, `${operand}*`) ? operand : withoutAsterisks(names.wildcardText(`${operand}*`));
    case 'suffix':
      return isValueOf(field, `*${operand}`) ? operand : withoutAsterisks(names.wildcardText(`*${operand}`));
    case 'cidr':
      // Addresses that nobody has: https://www.rfc-editor.org/rfc/rfc5737 and https://www.rfc-editor.org/rfc/rfc4291.
      return operand.includes(':') ? 'fe80::/10' : '192.0.2.0/24';
    default:
      return redactValue(operand, field, names);
  }
}

function withoutAsterisks(text: string): string {
  return text.replaceAll('*', '');
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const detailTypes: ReadonlySet<string> = new Set(
  [
    'API Call',
    'Console Sign In',
    'Console Signin',
    'Console Action',
    'Service Event',
    'Insight',
    'Network Activity Event',
  ].map((what) => `AWS ${what} via CloudTrail`),
);

function redactValue(value: string, field: string, names: Names): string {
  switch (field) {
    case 'source':
      return value.startsWith('aws.') && isService(value.slice('aws.'.length)) ? value : names.wildcardText(value);
    case 'detail-type':
      return detailTypes.has(value) ? value : names.wildcardText(value);
    case 'region':
      return isRegion(value) ? value : names.wildcardText(value);
    default:
      // The name of a call says nothing of an account in whatever field somebody wrote it.
      return isValueOf('eventName', value) ? value : redactFieldValue(value, field, names);
  }
}

/** A number of one digit is a setting; a longer one may be that of a customer. */
function redactNumber(value: number, names: Names): number {
  const redacted = Number(names.numeral(String(value)));
  return Number.isFinite(redacted) ? redacted : 0;
}
