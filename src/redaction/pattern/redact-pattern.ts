import type { Condition, Expression, Pattern, Selector } from '../../filter-pattern/index.ts';
import { parse, print } from '../../filter-pattern/index.ts';
import { isValueOf, isVocabulary, lastName } from '../allowed.ts';
import type { ComparedTexts } from '../compared-texts.ts';
import type { Names } from '../names.ts';
import { redactRegex } from './redact-regex.ts';
import { redactFieldName, redactFieldValue } from '../redact-value.ts';

type Value = Extract<Condition, { readonly kind: 'equality' }>['value'];
type Field = Extract<Pattern, { readonly kind: 'delimited' }>['fields'][number];
type WordExpression = NonNullable<Extract<Field, { readonly kind: 'word' }>['test']>;

/** What became of a pattern: the text to show, or that it cannot be shown. */
export type RedactedPattern = { readonly kind: 'shown'; readonly text: string } | { readonly kind: 'cannot-be-shown' };

/**
 * A filter pattern with other names. It is read and printed by the language's own parser; a pattern that names nothing
 * stays as it is written. Of a text that the parser does not read, every word that is not AWS's is replaced.
 *
 * @param compared - what the account compares fields with, which regular expressions must match as before
 */
export function redactPattern(text: string, names: Names, compared: ComparedTexts): RedactedPattern {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') {
    const copy = redactUnread(text, names);
    return parse(copy).kind === parsed.kind ? { kind: 'shown', text: copy } : { kind: 'cannot-be-shown' };
  }
  const { pattern } = parsed;
  const redacted = redactTree(pattern, names, compared);
  if (JSON.stringify(redacted) === JSON.stringify(pattern)) return { kind: 'shown', text };
  const printed = print(redacted);
  return parse(printed).kind === 'parsed' ? { kind: 'shown', text: printed } : { kind: 'cannot-be-shown' };
}

function redactUnread(text: string, names: Names): string {
  return text.replace(/[A-Za-z0-9\u0080-\uffff]+/g, (word) => (isVocabulary(word) ? word : names.text(word)));
}

function redactTree(pattern: Pattern, names: Names, compared: ComparedTexts): Pattern {
  switch (pattern.kind) {
    case 'json':
      return { ...pattern, expression: redactExpression(pattern.expression, names, compared) };
    case 'terms':
      return { ...pattern, terms: pattern.terms.map((term) => ({ ...term, text: redactTerm(term.text, names) })) };
    case 'delimited':
      return { ...pattern, fields: pattern.fields.map((field) => redactField(field, names)) };
    case 'everything':
      return pattern;
  }
}

function redactExpression(expression: Expression, names: Names, compared: ComparedTexts): Expression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map((one) => redactExpression(one, names, compared)) };
    case 'equality': {
      const { selector, value } = expression;
      return {
        ...expression,
        selector: redactSelector(selector, names),
        value: redactValue(value, lastName(selector), names, compared),
      };
    }
    case 'ordering': {
      const spelling = names.numeral(expression.value.spelling);
      return {
        ...expression,
        selector: redactSelector(expression.selector, names),
        value: { ...expression.value, spelling },
      };
    }
    case 'state':
    case 'absence':
      return { ...expression, selector: redactSelector(expression.selector, names) };
  }
}

/** Each name in a selector, which AWS or somebody else may have chosen. */
export function redactSelector(selector: Selector, names: Names): Selector {
  return selector.map((step) => (step.kind === 'field' ? { ...step, name: redactFieldName(step.name, names) } : step));
}

function redactValue<V extends Value>(value: V, field: string, names: Names, compared: ComparedTexts): V {
  switch (value.kind) {
    case 'word':
      return { ...value, text: redactFieldValue(value.text, field, names) };
    case 'numeral':
      return { ...value, spelling: names.numeral(value.spelling) };
    case 'regex':
      return redactRegex(
        value,
        (text) => isValueOf(field, text) || isVocabulary(text),
        names,
        (compared.get(field) ?? []).map((text) => ({ text, copy: redactFieldValue(text, field, names) })),
      ) as V;
  }
}

function redactTerm<V extends Exclude<Value, { readonly kind: 'numeral' }>>(text: V, names: Names): V {
  if (text.kind === 'regex') return redactRegex(text, isVocabulary, names, []) as V;
  return isVocabulary(text.text) ? text : { ...text, text: names.text(text.text) };
}

/** The words of a line have no field that AWS knows, and their names are the owner's. */
function redactField(field: Field, names: Names): Field {
  if (field.kind === 'ellipsis') return field;
  return {
    ...field,
    ...(field.name === undefined ? {} : { name: names.text(field.name) }),
    ...(field.test === undefined ? {} : { test: redactWordTest(field.test, names) }),
  };
}

function redactWordTest(test: WordExpression, names: Names): WordExpression {
  switch (test.kind) {
    case 'and':
    case 'or':
      return { ...test, operands: test.operands.map((one) => redactWordTest(one, names)) };
    case 'equality':
      return { ...test, value: redactValue(test.value, '', names, new Map()) };
    case 'ordering':
      return { ...test, value: { ...test.value, spelling: names.numeral(test.value.spelling) } };
  }
}
