import type { JsonObject } from '../../chain/base/json.ts';
import { isJsonObject, listOf, parseJson } from '../../chain/base/json.ts';
import { matchesWildcard } from '../../chain/base/wildcard.ts';
import { isServiceHost, isVocabulary } from '../allowed.ts';
import type { Names } from '../names.ts';
import { isConditionKey, isOperatorWithWildcards, operatorOf, redactAction } from './policy-words.ts';
import { redactArn, redactWords } from '../redact-arn.ts';
import { redactHost } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';

/**
 * A resource policy with other accounts and names, which allows and denies the things of the account as it did. Where it
 * means things by wildcards, each of them is named by its stand-in.
 *
 * @param policy - JSON text; other text is not shown
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function redactPolicy(policy: string, redactor: Redactor): string {
  if (policy.trim() === '') return policy;
  const parsed = parseJson(policy);
  if (parsed === undefined) return 'redacted: it was not JSON';
  if (!isJsonObject(parsed)) return JSON.stringify(redactOther(parsed, redactor.names));
  return JSON.stringify(
    mapEntries(parsed, redactor.names, (element, value) => {
      switch (element) {
        case 'Version':
          return value === '2012-10-17' || value === '2008-10-17' ? value : redactOther(value, redactor.names);
        case 'Statement':
          return mapList(value, (one) =>
            isJsonObject(one) ? redactStatement(one, redactor) : redactOther(one, redactor.names),
          );
        default:
          return redactOther(value, redactor.names);
      }
    }),
  );
}

const elements = ['Id', 'Version', 'Statement', 'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction'];
const elementNames: ReadonlySet<string> = new Set([...elements, 'Resource', 'NotResource', 'Condition']);

/** Each element under its name, if it is one of AWS's. */
function mapEntries(
  object: JsonObject,
  names: Names,
  rewrite: (element: string, value: unknown) => unknown,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      elementNames.has(name) ? name : names.text(name),
      rewrite(name, value),
    ]),
  );
}

/** A list for a list, and one value for one. */
function mapList(value: unknown, rewrite: (one: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(rewrite) : rewrite(value);
}

/** A value of which nothing is known: texts and numbers are replaced, and its form stays. */
function redactOther(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return names.text(value);
  if (typeof value === 'number') return Math.sign(value);
  if (Array.isArray(value)) return value.map((one) => redactOther(one, names));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [names.text(name), redactOther(one, names)]));
}

function redactStatement(statement: JsonObject, redactor: Redactor): JsonObject {
  const { names, known } = redactor;
  return mapEntries(statement, names, (element, value) => {
    switch (element) {
      case 'Effect':
        return value === 'Allow' || value === 'Deny' ? value : redactOther(value, names);
      case 'Principal':
      case 'NotPrincipal':
        return redactPrincipals(value, names);
      case 'Action':
      case 'NotAction':
        return mapList(value, (one) => (typeof one === 'string' ? redactAction(one, names) : redactOther(one, names)));
      case 'Resource':
      case 'NotResource':
        return redactTexts(value, names, [...known.topicArns, ...known.keyArns]);
      case 'Condition':
        return redactCondition(value, redactor);
      default:
        return redactOther(value, names);
    }
  });
}

const principalTypes: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

function redactPrincipals(value: unknown, names: Names): unknown {
  if (value === '*') return value;
  if (!isJsonObject(value)) return redactOther(value, names);
  return Object.fromEntries(
    Object.entries(value).map(([type, principals]) => [
      principalTypes.has(type) ? type : names.text(type),
      mapList(principals, (one) =>
        typeof one === 'string' ? redactPrincipal(type, one, names) : redactOther(one, names),
      ),
    ]),
  );
}

function redactPrincipal(type: string, principal: string, names: Names): string {
  if (type === 'Service') return redactHost(principal, names);
  return principal.startsWith('arn:') ? redactArn(principal, names) : names.text(principal);
}

function redactCondition(value: unknown, redactor: Redactor): unknown {
  const { names, known } = redactor;
  if (!isJsonObject(value)) return redactOther(value, names);
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => [
      operatorOf(operator) === undefined ? names.text(operator) : operator,
      isJsonObject(keys)
        ? Object.fromEntries(
            Object.entries(keys).map(([key, values]) => [
              isConditionKey(key) ? key : names.text(key),
              redactTexts(values, names, isOperatorWithWildcards(operator) ? thingsOf(known) : undefined),
            ]),
          )
        : redactOther(keys, names),
    ]),
  );
}

function thingsOf({ accountIds, alarmArns, topicArns }: Redactor['known']): readonly string[] {
  return [...accountIds, ...alarmArns, ...topicArns];
}

/**
 * Texts that are compared with things of the account.
 *
 * @param things - what a text with wildcards may mean; absent where an asterisk is a character like others
 */
function redactTexts(value: unknown, names: Names, things: readonly string[] | undefined): unknown {
  const isList = Array.isArray(value);
  const texts = listOf(value).flatMap((one) => {
    if (typeof one !== 'string') return [redactOther(one, names)];
    const isPattern = things !== undefined && /[*?]/.test(one) && !isGeneral(one, names);
    const meant = isPattern ? things.filter((thing) => matchesWildcard(one, thing)) : [];
    return meant.length === 0 ? [redactText(one, names)] : meant.map((thing) => redactText(thing, names));
  });
  return isList || texts.length !== 1 ? texts : texts[0];
}

/** Whether wildcards are where a name would be: `arn:aws:cloudwatch:*:111122223333:alarm:*`. */
function isGeneral(text: string, names: Names): boolean {
  return (
    isVocabulary(text) ||
    /^arn:[^:]*:[^:]*:[^:]*:(?:\d{12}|[*?]*):(?:[a-z-]+[:/])?\*$/.test(text) ||
    names.text(text) === text
  );
}

function redactText(text: string, names: Names): string {
  // Of a policy variable nothing is known, nor of what is around it.
  if (text.includes('${')) return '${redacted}';
  if (/^(?:true|false)$/i.test(text) || isServiceHost(text)) return text;
  if (/[*?]/.test(text) && isVocabulary(text)) return text;
  return text.startsWith('arn:') ? redactArn(text, names) : redactWords(text, names);
}
