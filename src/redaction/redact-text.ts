import { parseArn } from '../inventory/arn.ts';
import { redactAccount, redactArn, redactName, resourceTypes } from './redact-arn.ts';
import type { Redactor } from './redactor.ts';
import type { StandIn } from './stand-in.ts';

const ARN = /\barn:(?:aws[\w-]*|\*):[\w*-]*:[\w*-]*:[\d*]*:[^\s"'`(),;|&{}%<>]+/g;
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
const UNIQUE_ID = /\bA(?:BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA)[A-Z0-9]{12,}\b/g;
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/** Whether a text is how a service of AWS is called, with wildcards or without: `cloudwatch.amazonaws.com`. */
export function isServicePrincipal(text: string): boolean {
  return /^[\w.*-]+\.amazonaws\.com(?:\.cn)?$/.test(text) && !/\d{12}/.test(text);
}

/** What a pattern finds in a text, whole and by its groups. */
type Found = readonly [whole: string, ...groups: (string | undefined)[]];

/** What is found in a text, and what stands in for it. */
export type Replacement = readonly [pattern: RegExp, standsFor: (...found: Found) => string];

/** Replaces what is found, each in what those before it left, and then the rest. */
export function rewritten(
  text: string,
  [first, ...others]: readonly Replacement[],
  rest: (text: string) => string = String,
): string {
  if (first === undefined) return rest(text);
  const [pattern, standsFor] = first;
  let [redacted, position] = ['', 0];
  for (const match of text.matchAll(pattern)) {
    const [whole, ...groups] = match;
    redacted += rewritten(text.slice(position, match.index), others, rest) + standsFor(whole, ...groups);
    position = match.index + whole.length;
  }
  return redacted + rewritten(text.slice(position), others, rest);
}

function arns(standIn: StandIn): Replacement {
  return [
    ARN,
    (found) => {
      // A sentence may end with an ARN, which itself never ends so.
      const end = /[.:]*$/.exec(found)?.[0] ?? '';
      return `${redactArn(found.slice(0, found.length - end.length), standIn)}${end}`;
    },
  ];
}

/** Addresses of people, account ids and ids of IAM, which show wherever they stand. */
export function ids(standIn: StandIn): readonly Replacement[] {
  return [
    [ADDRESS, (address) => standIn('address', address)],
    [UNIQUE_ID, (id) => standIn('unique-id', id)],
    [ACCOUNT, (accountId) => redactAccount(accountId, standIn)],
  ];
}

/** A text without the ARNs, addresses of people, account ids and ids of IAM in it. Other words stay. */
export function redactText(text: string, standIn: StandIn): string {
  return rewritten(text, [arns(standIn), ...ids(standIn)]);
}

/** The same for a text in which an ARN has no end that could be told: a regular expression. */
export function redactIds(text: string, standIn: StandIn): string {
  return rewritten(text, ids(standIn));
}

/** What AWS says of something that went wrong: also without the names of things that are in the account. */
export function redactMessage(text: string, { standIn, known }: Redactor): string {
  const byName = (name: string) => standIn(known.names.get(name) ?? 'value', name);
  return rewritten(text, [
    // The names of alarms may have blanks, so that the end of their ARNs does not show.
    [known.mentions.alarmArns, (arn) => redactArn(arn, standIn)],
    arns(standIn),
    ...ids(standIn),
    [known.mentions.names, byName],
  ]);
}

/**
 * A value that may be a name, or what such names begin or end with. Wildcards stay, separators, AWS's own words, and of
 * numbers those that are no name.
 *
 * @param isNumberKept - whether a number says how many there are, and not who
 */
export function redactValue(value: string, standIn: StandIn, isNumberKept: boolean): string {
  const isWord = /^(?:true|false|null)$/i.test(value) || isServicePrincipal(value);
  if (isWord || (isNumberKept && !/\d{12}/.test(value) && Number.isFinite(Number(value)))) return value;
  if (value.startsWith('arn:') && parseArn(value) !== undefined) return redactArn(value, standIn);
  return rewritten(value, [arns(standIn), ...ids(standIn)], (between) =>
    between
      .split(/([*:/\s]+)/)
      .map((piece, at) => (at % 2 === 1 || resourceTypes.has(piece) ? piece : redactName('value', piece, standIn)))
      .join(''),
  );
}
