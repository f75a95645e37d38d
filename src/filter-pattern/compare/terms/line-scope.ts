import type {
  Expression,
  Field,
  JsonPattern,
  Pattern,
  Term,
  TermsPattern,
  WordExpression,
} from '../../syntax/pattern.ts';
import { isEverything, matchesEverything, termsShapeOf } from './terms-shape.ts';
import type { Selector } from '../../../conditions/event/selector.ts';

/** Patterns of a question, as far as they can be compared: a JSON pattern, terms, or one that rests on how AWS cuts words. */
export type Comparable = JsonPattern | TermsPattern;

/** Whether a pattern matches every line of JSON, none, or some. `words`: which ones rests on how AWS cuts them into words. */
export type LineScope =
  { readonly kind: 'every' | 'none' | 'words' } | { readonly kind: 'some'; readonly pattern: Comparable };

/**
 * How a pattern relates to lines of compact JSON.
 *
 * @param isPossible - whether some event matches a JSON pattern, in some interpretation
 */
export function lineScopeOf(pattern: Pattern, isPossible: (pattern: JsonPattern) => boolean): LineScope {
  switch (pattern.kind) {
    case 'json':
      return { kind: 'some', pattern };
    case 'everything':
      return { kind: 'every' };
    case 'terms':
      if (matchesEverything(pattern)) return { kind: 'every' };
      return termsContradict([pattern]) ? { kind: 'none' } : { kind: 'some', pattern };
    case 'delimited':
      if (pattern.fields.length === 0) return { kind: 'every' };
      return canBeWords(pattern.fields, isPossible) ? { kind: 'words' } : { kind: 'none' };
  }
}

/** Whether a term that has to occur contains one that must not, if all of these are to match. */
export function termsContradict(patterns: readonly TermsPattern[]): boolean {
  const shapes = patterns.map(termsShapeOf).filter((shape) => shape.kind === 'all');
  const words = (terms: readonly Term[]) => terms.flatMap(({ text }) => (text.kind === 'word' ? [text.text] : []));
  const required = shapes.flatMap((shape) => words(shape.required));
  const excluded = shapes.flatMap((shape) => shape.excluded);
  if (excluded.some(isEverything)) return true;
  const texts = words(excluded).filter((text) => text.trim() !== '');
  return required.some((text) => texts.some((one) => text.includes(one)));
}

const WORD: Selector = [{ kind: 'field', name: 'word' }];

/**
 * Whether each field alone can be a word of a JSON line: its first word begins with `{`, however the rest is cut, and the
 * last one ends with `}`. A field is asked as if it were a field of an event: what holds of no value holds of no word.
 */
function canBeWords(fields: readonly Field[], isPossible: (pattern: JsonPattern) => boolean): boolean {
  const fromTheEnd = fields.some(({ kind }) => kind === 'ellipsis');
  return fields.every((field, index) => {
    if (field.kind === 'ellipsis' || field.test === undefined) return true;
    const asked = [
      asCondition(field.test),
      ...(index === 0 ? [wordEquals('{*')] : []),
      ...(fromTheEnd && index === fields.length - 1 ? [wordEquals('*}')] : []),
    ];
    return isPossible({ kind: 'json', expression: { kind: 'and', operands: asked } });
  });
}

function asCondition(test: WordExpression): Expression {
  switch (test.kind) {
    case 'and':
    case 'or':
      return { kind: test.kind, operands: test.operands.map(asCondition) };
    case 'equality':
    case 'ordering':
      return { ...test, selector: WORD };
  }
}

function wordEquals(text: string): Expression {
  return { kind: 'equality', selector: WORD, operator: '=', value: { kind: 'word', text } };
}
