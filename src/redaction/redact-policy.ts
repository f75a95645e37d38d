import { parseJson } from '../chain/base/json.ts';
import { matchesWildcard } from '../chain/base/wildcard.ts';
import { redactAccount, redactArn, redactName } from './redact-arn.ts';
import { isServicePrincipal } from './redact-text.ts';
import type { Known, Redactor } from './redactor.ts';
import type { NameKind, StandIn } from './stand-in.ts';

/** Elements of a policy that hold AWS's words only. */
const wordElements = new Set(['Version', 'Effect', 'Action', 'NotAction']);
const labels: ReadonlyMap<string, NameKind> = new Map([
  ['Id', 'policy'],
  ['Sid', 'statement'],
]);

/**
 * A resource policy with other accounts and names, which allows and denies the things of the account as it did. What it
 * says with wildcards of their names is said of each by its stand-in.
 *
 * @param policy - JSON text; what is none is not shown
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function redactPolicy(policy: string, redactor: Redactor): string {
  if (policy.trim() === '') return policy;
  const parsed = parseJson(policy);
  if (parsed === undefined) return 'redacted: it was not JSON';
  return JSON.stringify(redactElement(parsed, '', redactor));
}

function redactElement(value: unknown, element: string, redactor: Redactor): unknown {
  if (typeof value === 'string') {
    if (wordElements.has(element)) return value;
    const label = labels.get(element);
    if (label !== undefined) return redactor.standIn(label, value);
    const texts = redactPolicyTexts(value, redactor);
    return texts.length === 1 ? texts[0] : texts;
  }
  if (Array.isArray(value)) return value.flatMap((one: unknown) => redactElement(one, element, redactor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      redactElementName(name, redactor.standIn),
      redactElement(inner, name, redactor),
    ]),
  );
}

/** Condition keys such as `aws:ResourceTag/Team` and `kms:EncryptionContext:Team` name what their owner chose. */
function redactElementName(name: string, standIn: StandIn): string {
  const [, key = '', chosen = ''] = /^([^/]*\/|kms:EncryptionContext:)(.+)$/is.exec(name) ?? [];
  return chosen === '' ? name : `${key}${standIn('attribute', chosen)}`;
}

function redactPolicyTexts(text: string, { standIn, known }: Redactor): readonly string[] {
  const redacted = redactPolicyText(text, standIn);
  if (!/[*?]/.test(text) || namesNothing(text)) return [redacted];
  const meant = thingsOf(known).filter((thing) => matchesWildcard(text, thing));
  return meant.length === 0 ? [redacted] : meant.map((thing) => redactPolicyText(thing, standIn));
}

/** Whether wildcards stand where a name would: `arn:aws:cloudwatch:*:111122223333:alarm:*`. */
function namesNothing(text: string): boolean {
  return redactPolicyText(text, (kind, name) => (kind === 'account' ? name : '')) === text;
}

function thingsOf({ accountIds, alarmArns, topicArns }: Known): readonly string[] {
  return [...accountIds, ...alarmArns, ...topicArns];
}

function redactPolicyText(text: string, standIn: StandIn): string {
  // Of a policy variable nothing is known, whatever stands in and around it.
  if (text.includes('${')) return '${redacted}';
  if (text.startsWith('arn:')) return redactArn(text, standIn);
  if (/^\d{12}$/.test(text)) return redactAccount(text, standIn);
  const isWord = /^(?:true|false|\d{1,11})$/i.test(text) || isServicePrincipal(text);
  return isWord ? text : redactName('value', text, standIn);
}
