import { matchesWildcard } from '../chain/base/wildcard.ts';
import { isPartOfValue } from './allowed.ts';
import { redactArn, redactWords } from './redact-arn.ts';
import type { Redactor } from './redactor.ts';

/** A text that is looked for in the value of a field. */
export interface TextPart {
  readonly text: string;
  /** Where in the value it has to be: `wildcard` for a text in which `*` stands for any characters. */
  readonly place: 'start' | 'end' | 'whole' | 'anywhere' | 'wildcard';
  readonly ignoreCase: boolean;
}

/** Fields with the number of an account, of an envelope or of a record. */
const accountFields: ReadonlySet<string> = new Set(['account', 'accountId', 'recipientAccountId', '@aws.account']);

/** The number of no account, and the beginning and the end of no stand-in for one. */
const NO_ACCOUNT = '000000000000';

/**
 * A text that is looked for in a field, under other names. A part of a value that AWS writes into the field stays. Of the
 * number of an account, whole numbers are looked for in its place: those of the accounts that have the part.
 *
 * @param field - the last name of the field
 * @returns the texts of which one has to be there
 */
export function redactTextPart(part: TextPart, field: string, redactor: Redactor): readonly string[] {
  const { text, place } = part;
  const { names, known } = redactor;
  if (text === '' || (text === '*' && place === 'wildcard')) return [text];
  if (isPartOfValue(field, (value) => isOfValue(value, part))) return [text];
  if (accountFields.has(field)) {
    const meant = known.accountIds.filter((id) => isIn(id, part));
    return meant.length === 0 ? [NO_ACCOUNT] : meant.map(names.text);
  }
  const shown = (pattern: string) =>
    pattern.startsWith('arn:') ? redactArn(pattern, names) : redactWords(pattern, names);
  switch (place) {
    case 'start':
      return [shown(`${text}*`).slice(0, -1)];
    case 'end':
      return [shown(`*${text}`).slice(1)];
    case 'whole':
    case 'anywhere':
    case 'wildcard':
      return [shown(text)];
  }
}

/** So many letters from within a word of AWS's are no name of somebody's. */
const LETTERS_OF_NOBODY = 5;

/** Whether a part is one of AWS's value. A few letters from within a word may be a name: `Ate` is in `Deactivate`. */
function isOfValue(value: string, part: TextPart): boolean {
  if (!isIn(value, part)) return false;
  if (part.place !== 'anywhere' || part.text.length >= LETTERS_OF_NOBODY) return true;
  const beginnings = value.matchAll(/(?<![A-Za-z])[A-Za-z]|(?<![A-Z])[A-Z]|[A-Z](?=[a-z])|[^A-Za-z]/g);
  return [...beginnings].some(({ index }) => isIn(value.slice(index), { ...part, place: 'start' }));
}

function isIn(value: string, { text, place, ignoreCase }: TextPart): boolean {
  const fold = (one: string) => (ignoreCase ? one.toLowerCase() : one);
  const [whole, part] = [fold(value), fold(text)];
  switch (place) {
    case 'start':
      return whole.startsWith(part);
    case 'end':
      return whole.endsWith(part);
    case 'whole':
      return whole === part;
    case 'wildcard':
      return matchesWildcard(part, whole);
    case 'anywhere':
      return whole.includes(part);
  }
}
