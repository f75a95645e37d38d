import { redactAccount, redactArn, redactName } from './redact-arn.ts';
import type { StandIn } from './stand-in.ts';

const ARN = /\barn:aws[\w-]*:[\w*-]*:[\w*-]*:[\d*]*:[^\s"'`(),;|&{}%<>]+/g;
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/** Whether a text is how a service of AWS is called, with wildcards or without: `cloudwatch.amazonaws.com`. */
export function isServicePrincipal(text: string): boolean {
  return /^[\w.*-]+\.amazonaws\.com(?:\.cn)?$/.test(text);
}

/** A text without the ARNs, addresses of people and account ids in it. Other words stay. */
export function redactText(text: string, standIn: StandIn): string {
  const arn = (found: string) => {
    // A sentence may end with an ARN, which itself never ends so.
    const end = /[.:]*$/.exec(found)?.[0] ?? '';
    return `${redactArn(found.slice(0, found.length - end.length), standIn)}${end}`;
  };
  return rewritten(text, ARN, arn, (between) => redactIds(between, standIn));
}

function redactIds(text: string, standIn: StandIn): string {
  const accounts = (between: string) => between.replace(ACCOUNT, (accountId) => redactAccount(accountId, standIn));
  return rewritten(text, ADDRESS, (address) => standIn('address', address), accounts);
}

/** Rewrites what a pattern finds in one way, and what stands between in another. */
function rewritten(
  text: string,
  pattern: RegExp,
  found: (piece: string) => string,
  between: (piece: string) => string,
): string {
  let [redacted, position] = ['', 0];
  for (const { 0: piece, index } of text.matchAll(pattern)) {
    redacted += between(text.slice(position, index)) + found(piece);
    position = index + piece.length;
  }
  return redacted + between(text.slice(position));
}

/** The fields of an event that say who, from where, and with what. */
const PERSONAL =
  'userName|principalId|accessKeyId|sourceIPAddress|serialNumber|roleName|groupName|roleSessionName|userAgent';
const isPersonal = new RegExp(`\\b(?:${PERSONAL})$`);
/** A comparison of such a field with a quoted text or a word. */
const COMPARED = new RegExp(`(\\.(?:${PERSONAL})\\s*!?=\\s*)(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s"%(){}&|]+))`, 'g');

const REGULAR_EXPRESSION = /"(?:[^"\\]|\\.)*"|(%[^%]*%)/g;

/**
 * A filter pattern without the account ids, ARNs, addresses and names of people in it. What else it looks for stays,
 * since that is what is judged. In a regular expression only account ids and addresses are found.
 */
export function redactPattern(pattern: string, standIn: StandIn): string {
  const named = pattern.replace(
    COMPARED,
    (_all, before: string, quoted: string | undefined, word: string | undefined) =>
      quoted === undefined
        ? `${before}${redactPersonal(word ?? '', standIn)}`
        : `${before}"${redactPersonal(quoted, standIn)}"`,
  );
  return rewritten(
    named,
    REGULAR_EXPRESSION,
    (piece) => (piece.startsWith('%') ? redactIds(piece, standIn) : redactText(piece, standIn)),
    (between) => redactText(between, standIn),
  );
}

/** The value of a dimension that filters publish: it is held against the fields that they take it from. */
export function redactPublished(value: string, selectors: readonly string[], standIn: StandIn): string {
  const named = selectors.some((selector) => isPersonal.test(selector)) ? redactPersonal(value, standIn) : value;
  return redactText(named, standIn);
}

/** Leaves what is found wherever it stands, numbers, which are compared as such, and AWS's services. */
function redactPersonal(value: string, standIn: StandIn): string {
  const isFoundAnyway = [ARN, ADDRESS, ACCOUNT].some((pattern) => value.search(pattern) !== -1);
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  return isFoundAnyway || isNumber || isServicePrincipal(value) ? value : redactName('value', value, standIn);
}
