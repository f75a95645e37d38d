import type { EventPattern } from '../../event-pattern/index.ts';
import { parse, print } from '../../event-pattern/index.ts';
import { isFieldName, isValueOf, isVocabulary } from '../allowed.ts';
import { redactFieldName, redactFieldValue } from '../redact-value.ts';
import type { TextPart } from '../redact-text-part.ts';
import { redactTextPart } from '../redact-text-part.ts';
import type { Redactor } from '../redactor.ts';

type Members = EventPattern['root'];
type Member = Members[number];
type Test = Extract<Extract<Member, { readonly kind: 'field' }>['of'], { readonly kind: 'leaf' }>['tests'][number];
type TextMatch = Extract<Test, { readonly kind: 'text' }>['match'];
type Excluded = Extract<Test, { readonly kind: 'anything-but' }>['values'];
type Bound = Extract<Test, { readonly kind: 'numeric' }>['bounds'][number];

/**
 * An event pattern with other names. It is read and printed by the language's own parser; one that names nothing stays as it
 * is written. Of a text that the parser does not read, every word that is not AWS's is replaced, and the copy is not read
 * either.
 */
export function redactEventPattern(text: string, redactor: Redactor): string {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') return redactUnread(text, redactor);
  const { pattern } = parsed;
  const redacted: EventPattern = { ...pattern, root: redactMembersOf(pattern.root, redactor) };
  return JSON.stringify(redacted) === JSON.stringify(pattern) ? text : print(redacted);
}

function redactUnread(text: string, { names }: Redactor): string {
  const copy = text.replace(/[A-Za-z0-9\u0080-\uffff]+/g, (word) => (isVocabulary(word) ? word : names.text(word)));
  return parse(copy).kind === 'parsed' ? `redacted: ${copy}` : copy;
}

function redactMembersOf(members: Members, redactor: Redactor): Members {
  return members.map((member): Member => {
    if (member.kind === 'or') {
      return { ...member, alternatives: member.alternatives.map((one) => redactMembersOf(one, redactor)) };
    }
    const { name, of } = member;
    const steps = name.split('.');
    const field = steps.at(-1) ?? '';
    return {
      ...member,
      name: steps.map((step) => (isField(step) ? step : redactFieldName(step, redactor.names))).join('.'),
      of:
        of.kind === 'object'
          ? { ...of, members: redactMembersOf(of.members, redactor) }
          : { ...of, tests: of.tests.flatMap((test) => redactTest(test, field, redactor)) },
    };
  });
}

/** The fields of the envelope that are no fields of a CloudTrail record. */
const envelopeFields: ReadonlySet<string> = new Set([
  ...['source', 'detail-type', 'detail', 'account', 'region', 'resources', 'id', 'time', 'version'],
]);

function isField(name: string): boolean {
  return envelopeFields.has(name) || isFieldName(name);
}

function redactTest(test: Test, field: string, redactor: Redactor): readonly Test[] {
  switch (test.kind) {
    case 'equals':
      return [{ ...test, value: redactScalar(test.value, field, redactor) }];
    case 'text':
      return redactMatch(test.match, field, redactor).map((match) => ({ ...test, match }));
    case 'anything-but':
      return [{ ...test, values: redactExcluded(test.values, field, redactor) }];
    case 'numeric':
      return [{ ...test, bounds: redactBounds(test.bounds, redactor) }];
    case 'cidr':
      return [{ ...test, block: redactBlock(test.block) }];
    case 'exists':
      return [test];
  }
}

function redactScalar<S extends Extract<Test, { readonly kind: 'equals' }>['value']>(
  value: S,
  field: string,
  redactor: Redactor,
): S {
  if (value.kind === 'string') return { ...value, text: redactText(value.text, field, redactor) };
  return value.kind === 'number' ? { ...value, spelling: redactSpelling(value.spelling, redactor) } : value;
}

/** The name of a call says nothing of an account in whatever field somebody wrote it. */
function redactText(text: string, field: string, { names }: Redactor): string {
  return isValueOf('eventName', text) ? text : redactFieldValue(text, field, names);
}

function redactMatch(match: TextMatch, field: string, redactor: Redactor): readonly TextMatch[] {
  const shown = redactTextPart(partOf(match), field, redactor);
  return shown.map((text) => ({ ...match, text }));
}

const places = { prefix: 'start', suffix: 'end', equals: 'whole', wildcard: 'wildcard' } as const satisfies Record<
  TextMatch['kind'],
  TextPart['place']
>;

function partOf(match: TextMatch): TextPart {
  return { text: match.text, place: places[match.kind], ignoreCase: 'ignoreCase' in match && match.ignoreCase };
}

function redactExcluded(values: Excluded, field: string, redactor: Redactor): Excluded {
  switch (values.kind) {
    case 'texts':
      return { ...values, texts: values.texts.map((text) => redactText(text, field, redactor)) };
    case 'numbers':
      return { ...values, spellings: values.spellings.map((one) => redactSpelling(one, redactor)) };
    case 'matches':
      return { ...values, matches: values.matches.flatMap((match) => redactMatch(match, field, redactor)) };
  }
}

/** A number of one digit is a setting; a longer one may be that of a customer. What stands in for it can be compared. */
function redactSpelling(spelling: string, { names }: Redactor): string {
  const shown = names.numeral(spelling);
  return Math.abs(Number(shown)) <= 5_000_000_000 ? shown : shown.slice(-9).replace(/^0*(?=\d)/, '');
}

/** The lower bound stays the lower one. */
function redactBounds(bounds: readonly Bound[], redactor: Redactor): readonly Bound[] {
  const shown = bounds.map(({ spelling }) => redactSpelling(spelling, redactor));
  const inOrder = [...shown].sort((a, b) => Number(a) - Number(b));
  return bounds.map((bound, at) => ({ ...bound, spelling: inOrder[at] ?? bound.spelling }));
}

/**
 * As many addresses, of those that nobody has.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5737
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.6
 */
function redactBlock(block: string): string {
  const [address = '', prefix = ''] = block.split('/');
  return `${address.includes(':') ? 'fe80::' : '192.0.2.0'}/${prefix}`;
}
