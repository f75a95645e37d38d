import type { EventValue, Member } from '../../conditions/event/event.ts';
import { readIpBlock } from '../syntax/ip-address.ts';
import type { AnythingButTest, TextMatch, ValueTest } from '../syntax/pattern.ts';
import { hasPlainCase } from '../../conditions/languages/caseless-language.ts';
import { parseNumeric } from './parse-numeric.ts';
import { doubt, refuse, type Source } from './refusal.ts';

const OPERATORS =
  '`prefix`, `suffix`, `equals-ignore-case`, `wildcard`, `anything-but`, `numeric`, `cidr` or `exists`, as the operator';

/** One element of the array of a field: a value, or an object with one operator. */
export function parseTest(source: Source, element: EventValue): ValueTest {
  switch (element.kind) {
    case 'array':
      return refuse(source, element, 'a string, a number, true, false, null or an operator');
    case 'object':
      return parseOperator(source, onlyMember(source, element));
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return { kind: 'equals', value: element };
  }
}

function onlyMember(source: Source, object: Extract<EventValue, { kind: 'object' }>): Member {
  const [member, second] = object.members;
  if (member === undefined) return refuse(source, object, OPERATORS);
  if (second !== undefined) refuse(source, second, '`}`', 'an operator must be alone in its object');
  return member;
}

function parseOperator(source: Source, member: Member): ValueTest {
  const { name, value } = member;
  switch (name) {
    case 'prefix':
    case 'suffix':
      return { kind: 'text', match: parseAffix(source, name, value) };
    case 'equals-ignore-case':
    case 'wildcard':
      return { kind: 'text', match: textMatch(source, name, value) };
    case 'anything-but':
      return parseAnythingBut(source, value);
    case 'numeric':
      return { kind: 'numeric', bounds: parseNumeric(source, value) };
    case 'cidr':
      return { kind: 'cidr', block: parseCidr(source, value) };
    case 'exists':
      if (value.kind !== 'boolean') return refuse(source, value, 'true or false');
      return { kind: 'exists', wanted: value.value };
    case 'exactly':
      return doubt(source, member, OPERATORS, 'the published engine knows `exactly`; the user guide does not');
    default:
      return refuse(source, member, OPERATORS);
  }
}

function parseAffix(source: Source, kind: 'prefix' | 'suffix', value: EventValue): TextMatch {
  if (value.kind !== 'object') return textMatch(source, kind, value);
  const member = onlyMember(source, value);
  if (member.name !== 'equals-ignore-case') return refuse(source, member, '`equals-ignore-case`');
  return { kind, text: caselessText(source, member.value), ignoreCase: true };
}

/** The operators that take one text, also within `anything-but`. */
function textMatch(
  source: Source,
  kind: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard',
  value: EventValue,
): TextMatch {
  switch (kind) {
    case 'prefix':
    case 'suffix':
      return { kind, text: textOf(source, value), ignoreCase: false };
    case 'equals-ignore-case':
      return { kind: 'equals', text: caselessText(source, value), ignoreCase: true };
    case 'wildcard':
      return { kind, text: wildcardText(source, value) };
  }
}

function textOf(source: Source, value: EventValue): string {
  return value.kind === 'string' ? value.text : refuse(source, value, 'a string');
}

function caselessText(source: Source, value: EventValue): string {
  const text = textOf(source, value);
  if (!hasPlainCase(text)) {
    doubt(source, value, 'letters with one lower and one upper case', 'AWS does not document how it folds the others');
  }
  return text;
}

/** Two wildcards in a row are refused, and so is a backslash that escapes neither an asterisk nor a backslash. */
function wildcardText(source: Source, value: EventValue): string {
  const text = textOf(source, value);
  const plain = text.replace(/\\[*\\]/g, '');
  if (plain.includes('\\')) refuse(source, value, '`\\*` or `\\\\`, as an escape');
  if (/^(?:[^\\]|\\.)*?\*\*/s.test(text)) refuse(source, value, 'a single `*`', 'two of them mean no more than one');
  return text;
}

/** The published engine compares hexadecimal digits without a look at their count. So `0.0.0.0/1` matches the number 5. */
const LEAST_PREFIX = 8;

function parseCidr(source: Source, value: EventValue): string {
  const text = textOf(source, value);
  const block = readIpBlock(text);
  if (block === undefined) return refuse(source, value, 'a block of addresses, such as "10.0.0.0/24"');
  if (block.prefix === block.bits) {
    doubt(source, value, `less than ${block.bits} bits`, 'name the one address as a string');
  }
  if (block.prefix < LEAST_PREFIX) {
    doubt(
      source,
      value,
      `at least ${LEAST_PREFIX} bits`,
      'with less, the published engine takes numbers for addresses',
    );
  }
  return text;
}

const MATCHES = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

function parseAnythingBut(source: Source, value: EventValue): AnythingButTest {
  switch (value.kind) {
    case 'string':
      return { kind: 'anything-but', values: { kind: 'texts', texts: [value.text] } };
    case 'number':
      return { kind: 'anything-but', values: { kind: 'numbers', spellings: [value.spelling] } };
    case 'array':
      return { kind: 'anything-but', values: excludedValues(source, value) };
    case 'object': {
      const member = onlyMember(source, value);
      if (!MATCHES.has(member.name)) return refuse(source, member, [...MATCHES].map((one) => `\`${one}\``).join(', '));
      const kind = member.name as Parameters<typeof textMatch>[1];
      const values = member.value.kind === 'array' ? member.value.elements : [member.value];
      if (values.length === 0) doubt(source, member.value, 'at least one string');
      const matches = values.map((one) => textMatch(source, kind, one));
      for (const [index, match] of matches.entries()) {
        if ((kind === 'prefix' || kind === 'suffix') && match.text === '')
          refuse(source, values[index] ?? value, 'text');
      }
      return { kind: 'anything-but', values: { kind: 'matches', matches } };
    }
    case 'null':
    case 'boolean':
      return refuse(source, value, 'a string, a number, a list of either, or an operator');
  }
}

function excludedValues(
  source: Source,
  array: Extract<EventValue, { kind: 'array' }>,
): Extract<AnythingButTest['values'], { kind: 'texts' | 'numbers' }> {
  const [first] = array.elements;
  if (first === undefined) return refuse(source, array, 'at least one value');
  const texts: string[] = [];
  const spellings: string[] = [];
  for (const element of array.elements) {
    if (element.kind === 'string') texts.push(element.text);
    else if (element.kind === 'number') spellings.push(element.spelling);
    else refuse(source, element, 'a string or a number');
    if (element.kind !== first.kind) refuse(source, element, `a ${first.kind}`, 'all values are of one kind');
  }
  return texts.length > 0 ? { kind: 'texts', texts } : { kind: 'numbers', spellings };
}
