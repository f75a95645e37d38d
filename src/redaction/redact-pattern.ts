import { redactName, resourceTypes } from './redact-arn.ts';
import { ids, redactIds, redactText, redactValue, rewritten } from './redact-text.ts';
import type { StandIn } from './stand-in.ts';

/**
 * The fields of an event, by their last name, whose values are AWS's own words.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const fieldsOfAws: ReadonlySet<string> = new Set([
  ...['apiVersion', 'awsRegion', 'errorCode', 'errorMessage', 'eventCategory', 'eventName', 'eventSource', 'eventTime'],
  ...['eventType', 'eventVersion', 'managementEvent', 'readOnly', 'sessionCredentialFromConsole', 'tlsVersion'],
  ...['type', 'invokedBy', 'mfaAuthenticated', 'MFAUsed', 'ConsoleLogin', 'SwitchRole', '@aws.region'],
]);

/** Fields in which a number says who or what, and not how many. */
const NAMES_BY_NUMBER = /(?:name|id|arn|address|number|user|agent)$/i;

/** `userName` of `$.userIdentity.userName`, `$.users[0].userName` and `$.['userName']`. */
function lastName(selector: string): string {
  if (selector.startsWith('@')) return selector;
  const field = selector.replace(/(?:\.\*|\[[\d*]*\])+$/, '');
  return /\[(["'])([^"']*)\1\]$/.exec(field)?.[2] ?? field.slice(field.lastIndexOf('.') + 1);
}

/** What a field is compared with: AWS's words stay, and what may be the name of something or somebody does not. */
export function redactCompared(value: string, selector: string, standIn: StandIn): string {
  const field = lastName(selector);
  if (fieldsOfAws.has(field)) return redactText(value, standIn);
  return redactValue(value, standIn, !NAMES_BY_NUMBER.test(field));
}

const SELECTOR = /\$(?:\[(?:'[^']*'|"[^"]*")\]|[^\s=!<>()&|}"'])+/;
/** A word without quotes; whether AWS takes several for one value is not known. */
const WORDS = /'[^']*'|[^\s"%(){}&|]+(?:[ \t]+(?!(?:AND|OR|And|Or|and|or)\s)[^\s"%(){}&|]+)*/;
/** A comparison of a field with a quoted text, a regular expression or words. */
const COMPARED = new RegExp(
  `(${SELECTOR.source})(\\s*!?=\\s*)(?:"((?:[^"\\\\]|\\\\.)*)"|%([^%]*)%|(${WORDS.source}))`,
  'g',
);
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const REGEX = /%[^%]*%/g;

/**
 * A filter pattern without the account ids, ARNs, addresses and ids of IAM in it, and without what a field is compared
 * with that may hold a name. What else it looks for stays, since that is what is judged: events, services, errors, kinds
 * of users; terms; and of a regular expression for a whole event all but ids.
 */
export function redactPattern(pattern: string, standIn: StandIn): string {
  const text = (piece: string) => redactText(piece, standIn);
  return rewritten(
    pattern,
    [
      [COMPARED, (_all, ...groups) => redactComparison(groups, standIn)],
      [QUOTED, text],
      [REGEX, (piece) => redactIds(piece, standIn)],
    ],
    text,
  );
}

/** @param groups - of {@link COMPARED} */
function redactComparison(groups: readonly (string | undefined)[], standIn: StandIn): string {
  const [selector = '', operator = '', quoted, regex, word = ''] = groups;
  const before = `${selector}${operator}`;
  if (quoted !== undefined) return `${before}"${redactCompared(quoted, selector, standIn)}"`;
  if (regex === undefined) return `${before}${redactCompared(word, selector, standIn)}`;
  const isOfAws = fieldsOfAws.has(lastName(selector));
  return `${before}%${isOfAws ? redactIds(regex, standIn) : redactRegex(regex, standIn)}%`;
}

/** What is written out goes; classes, counts, escapes and what is shorter than a name stay. */
function redactRegex(regex: string, standIn: StandIn): string {
  return rewritten(regex, [
    ...ids(standIn),
    [/\[[^\]]*\]|\{[^}]*\}|\\./g, (kept) => kept],
    [/[\w-]{3,}/g, (word) => (resourceTypes.has(word) ? word : redactName('value', word, standIn))],
  ]);
}
