import type { Condition, Expression, JsonPattern, Term } from '../../syntax/pattern.ts';
import type { CharacterSet, Regex } from '../../syntax/regex.ts';
import type { Selector } from '../../../conditions/event/selector.ts';
import { hasWildcard } from '../../../conditions/event/selector.ts';

/**
 * A JSON pattern that is true only of events whose compact JSON text holds the term, in one string or key that one of the
 * selectors leads to; undefined if there is no such pattern. CloudTrail writes printable ASCII as it is, but for quotes
 * and backslashes.
 */
export function occurrenceOf({ text }: Pick<Term, 'text'>, selectors: readonly Selector[]): JsonPattern | undefined {
  if (text.kind === 'word' && !isWrittenAsItIs(text.text)) return undefined;
  if (text.kind === 'regex' && !findsOnlyPlainText(text)) return undefined;
  const inStrings = canBeLiteral(text) ? [] : selectors.map((selector) => selectorEquals(selector, valueOf(text)));
  const inKeys =
    text.kind === 'word' ? selectors.filter((selector) => hasKey(selector, text.text)).flatMap(presenceOf) : [];
  const operands = [...inStrings, ...inKeys];
  return operands.length === 0 ? undefined : { kind: 'json', expression: { kind: 'or', operands } };
}

function valueOf(text: Term['text']): Extract<Condition, { kind: 'equality' }>['value'] {
  return text.kind === 'regex' ? text : { kind: 'word', text: `*${text.text}*` };
}

function selectorEquals(selector: Selector, value: ReturnType<typeof valueOf>): Expression {
  return { kind: 'equality', selector, operator: '=', value };
}

/** An asterisk would be taken for a wildcard in a value. */
function isWrittenAsItIs(text: string): boolean {
  return /^[ -~]+$/.test(text) && !/["\\*]/.test(text) && text.trim() !== '';
}

/** What a condition may take for text although it is not a string: a number in any spelling, true, false, null. */
const LITERALS = ['true', 'false', 'null', '-Infinity'];

/** Text in a number or literal may be written in another way than it is compared. */
function canBeLiteral(text: Term['text']): boolean {
  if (text.kind === 'word') {
    return /^[0-9.eE+-]*$/.test(text.text) || LITERALS.some((literal) => literal.includes(text.text));
  }
  const inLiterals = Array.from(`0123456789.eE+-${LITERALS.join('')}`);
  return !text.alternatives.every((sequence) =>
    sequence.some(
      (item) => item.kind === 'repetition' && item.min > 0 && !inLiterals.some((one) => setNames(item.of, one)),
    ),
  );
}

/** No anchors, and no character that JSON escapes: what is found in the string is found in the text as well. */
function findsOnlyPlainText({ alternatives }: Regex): boolean {
  return alternatives.every((sequence) =>
    sequence.every((item) => item.kind === 'repetition' && !ESCAPED.some((character) => setNames(item.of, character))),
  );
}

/** What JSON writes, or may write, in another way: all of ASCII, and one of each sort beyond. */
const ESCAPED = [
  '"',
  '\\',
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)),
  '\u007f',
  'é',
  '\u0663',
  '\u00a0',
];

/** Whether the set may hold the character, in some interpretation. */
function setNames(of: CharacterSet, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  switch (of.kind) {
    case 'any':
    case 'shorthand':
      return (
        of.kind === 'any' ||
        (!(of.letter === 'w' && !/\w/.test(character)) && !(of.letter === 'd' && code < 0x80 && !/\d/.test(character)))
      );
    case 'character':
      return of.code === code;
    case 'class':
      return (
        of.negated ||
        of.members.some((member) =>
          member.kind === 'range' ? member.from <= code && code <= member.to : setNames(member, character),
        )
      );
  }
}

function hasKey(selector: Selector, text: string): boolean {
  return selector.some((step) => step.kind === 'field' && step.name.includes(text));
}

/** That the selector finds something, so that all its keys are in the text. */
function presenceOf(selector: Selector): readonly Expression[] {
  const something = selectorEquals(selector, { kind: 'word', text: '*' });
  if (hasWildcard(selector)) return [something];
  return [
    something,
    ...(['NULL', 'TRUE', 'FALSE'] as const).map((state): Expression => ({ kind: 'state', selector, state })),
  ];
}
