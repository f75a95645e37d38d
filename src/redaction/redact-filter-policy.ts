import { isJsonObject, parseJson } from '../chain/base/json.ts';
import { satisfiesCondition } from '../chain/subscriber/filter-condition.ts';
import { parseArn } from '../inventory/arn.ts';
import type { SubscriptionAttributes } from '../inventory/resources.ts';
import { redactAccount, redactArn } from './redact-arn.ts';
import type { Redactor } from './redactor.ts';

/** A field of an alarm's message: what its value may be in this account, and what stands in for a value. */
interface Field {
  readonly values: readonly string[];
  readonly redact: (value: string) => string;
}

/**
 * A subscription's filter policy with other names, which lets the messages of the account's alarms through as it did:
 * what it says of the beginning or the end of their names is said of each by its stand-in. Of the other fields, which no
 * judgement follows, nothing is shown.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function redactFilterPolicy(attributes: SubscriptionAttributes, redactor: Redactor): SubscriptionAttributes {
  const { filterPolicy } = attributes;
  if (filterPolicy === undefined) return attributes;
  return { ...attributes, filterPolicy: redactJson(filterPolicy, redactor) };
}

function redactJson(filterPolicy: string, redactor: Redactor): string {
  const policy = parseJson(filterPolicy);
  if (policy === undefined) return 'redacted: it was not JSON';
  if (!isJsonObject(policy)) return '[]';
  const fields = fieldsOf(redactor);
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(policy).map(([name, conditions]) => {
        const field = fields.get(name);
        if (field === undefined) return [redactor.standIn('attribute', name), ['redacted']];
        if (!Array.isArray(conditions)) return [name, 'redacted'];
        return [name, conditions.flatMap((one: unknown) => redactCondition(one, field, redactor))];
      }),
    ),
  );
}

function fieldsOf({ standIn, known }: Redactor): ReadonlyMap<string, Field> {
  const word = { redact: (value: string) => (states.includes(value) ? value : standIn('value', value)) };
  const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];
  return new Map<string, Field>([
    ['AlarmName', { values: known.alarmNames, redact: (name) => standIn('alarm', name) }],
    [
      'AlarmArn',
      {
        values: known.alarmArns,
        redact: (arn) => (parseArn(arn) === undefined ? standIn('value', arn) : redactArn(arn, standIn)),
      },
    ],
    [
      'AWSAccountId',
      {
        values: known.accountIds,
        redact: (id) => (/^\d{12}$/.test(id) ? redactAccount(id, standIn) : standIn('value', id)),
      },
    ],
    ['NewStateValue', { values: states, ...word }],
    ['OldStateValue', { values: states, ...word }],
  ]);
}

/** A condition in other words: the same values of the account's own pass it. */
function redactCondition(condition: unknown, field: Field, redactor: Redactor): readonly unknown[] {
  if (typeof condition === 'string') return [field.redact(condition)];
  if (!isJsonObject(condition)) return [null];
  const [given, another] = Object.entries(condition);
  if (given === undefined || another !== undefined) return [{}];
  const [operator, operand] = given;
  if (operator === 'exists') return [{ exists: operand }];
  if (operator === 'anything-but') {
    const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    return [{ 'anything-but': operands.flatMap((one) => redactCondition(one, field, redactor)) }];
  }
  // A condition that is not followed is none on any value.
  if (typeof operand !== 'string' || satisfiesCondition('', condition) === 'undecided') return [{ redacted: [] }];
  const passing = field.values.filter((value) => satisfiesCondition(value, condition) === true);
  return passing.length === 0 ? [redactor.standIn('value', operand)] : passing.map(field.redact);
}
