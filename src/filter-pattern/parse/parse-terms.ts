import { type Cursor, doubt, peek, refuse, skipBlanks, take, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import { parseRegex } from './parse-regex.ts';
import { parseQuoted } from './parse-value.ts';
import type { Term, TermsPattern } from '../syntax/pattern.ts';

/**
 * Reads terms apart by blanks: `word`, `"a phrase"`, `?either`, `-without`, or one `%regex%` alone.
 * "Terms that include characters other than alphanumeric or underscore must be placed inside double quotes":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseTerms(cursor: Cursor): TermsPattern {
  const terms: Term[] = [];
  do {
    terms.push(parseTerm(cursor));
    const before = cursor.position;
    skipBlanks(cursor);
    if (cursor.position === before && peek(cursor) !== '') doubt(cursor, 'a blank between terms');
  } while (peek(cursor) !== '');
  if (terms.some(({ text }) => text.kind === 'regex') && (terms.length > 1 || terms[0]?.kind !== 'required')) {
    doubt(cursor, 'a regular expression alone', HINTS.regexTerm, cursor.text.indexOf('%'));
  }
  return { kind: 'terms', terms };
}

function parseTerm(cursor: Cursor): Term {
  const kind = take(cursor, '?') ? 'optional' : take(cursor, '-') ? 'excluded' : 'required';
  if (kind !== 'required' && /^\s/.test(peek(cursor))) {
    doubt(cursor, 'a term', HINTS.blankBeforeTerm);
    skipBlanks(cursor);
  }
  return { kind, text: parseText(cursor) };
}

function parseText(cursor: Cursor): Term['text'] {
  const start = cursor.position;
  switch (peek(cursor)) {
    case '"': {
      const phrase = parseQuoted(cursor);
      // The reply to `""` was "Invalid character(s) in term": https://github.com/DefangLabs/defang/issues/1008
      if (phrase.text === '') refuse(cursor, 'text in the quotes', HINTS.emptyPhrase, start);
      return phrase;
    }
    case '%':
      return parseRegex(cursor);
    case '':
      return refuse(cursor, 'a term');
    default:
      return parseWord(cursor);
  }
}

/** Signs that the service was seen to refuse, and those that AWS names; of the few others that JSON values take bare, who knows. */
function parseWord(cursor: Cursor): Term['text'] {
  const start = cursor.position;
  const text = takeRun(cursor, /[^\s"%]+/y);
  const forbidden = text.search(/[^\w.*/?+-]/);
  if (forbidden !== -1) refuse(cursor, 'text in double quotes', HINTS.quoteTerm, start + forbidden);
  const strange = text.search(/\W/);
  if (strange !== -1) doubt(cursor, 'text in double quotes', HINTS.quoteTerm, start + strange);
  return { kind: 'word', text };
}
