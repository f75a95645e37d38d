import type { Regex } from './regex.ts';
import type { Selector } from '../../conditions/event/selector.ts';
import type { OrderOperator } from '../../conditions/event/order.ts';

/** The tree of a filter pattern. Plain data: programs may build it, `print` renders it, `parse` reads it. */
export type Pattern = JsonPattern | TermsPattern | DelimitedPattern | EverythingPattern;

/** A pattern in braces: it reads the event as one JSON document. */
export interface JsonPattern {
  readonly kind: 'json';
  readonly expression: Expression;
}

export type Expression = Group | Condition;

/** `&&` (kind `and`) binds tighter than `||` (kind `or`). An empty `and` is true, an empty `or` is false; neither can be written. */
export interface Group {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Expression[];
}

export type Condition = Equality | Ordering | StateTest | AbsenceTest;

export interface Equality {
  readonly kind: 'equality';
  readonly selector: Selector;
  readonly operator: '=' | '!=';
  readonly value: Word | Numeral | Regex;
}

export interface Ordering {
  readonly kind: 'ordering';
  readonly selector: Selector;
  readonly operator: OrderOperator;
  readonly value: Numeral;
}

export interface StateTest {
  readonly kind: 'state';
  readonly selector: Selector;
  readonly state: State;
}

export interface AbsenceTest {
  readonly kind: 'absence';
  readonly selector: Selector;
}

export type State = 'NULL' | 'TRUE' | 'FALSE';

/** Text to compare with, quotes and escapes removed. Every `*` in it is the language's asterisk: there is no escape for it. */
export interface Word {
  readonly kind: 'word';
  readonly text: string;
}

/** A number written without quotes, as it was spelled: `+1000`, `55.5`, `10e-3`. */
export interface Numeral {
  readonly kind: 'numeral';
  readonly spelling: string;
}

/** Terms that are searched for in the raw text of an event. */
export interface TermsPattern {
  readonly kind: 'terms';
  /** Never empty. */
  readonly terms: readonly Term[];
}

/** `optional` is `?term`: at least one of them occurs. `excluded` is `-term`: it does not occur. */
export interface Term {
  readonly kind: 'required' | 'optional' | 'excluded';
  /** The asterisk of a word is an ordinary character here. */
  readonly text: Word | Regex;
}

/** A pattern in brackets: it reads the event as words apart by blanks. Without fields it matches every event. */
export interface DelimitedPattern {
  readonly kind: 'delimited';
  /** At most one of them is `...`. */
  readonly fields: readonly Field[];
}

/** `...` for any number of words, or one word, with or without a name. Only a word with a name has a test. */
export type Field =
  { readonly kind: 'ellipsis' } | { readonly kind: 'word'; readonly name?: string; readonly test?: WordExpression };

export type WordExpression = WordGroup | WordTest;

export interface WordGroup {
  readonly kind: 'and' | 'or';
  readonly operands: readonly WordExpression[];
}

export type WordTest =
  | { readonly kind: 'equality'; readonly operator: '=' | '!='; readonly value: Word | Numeral | Regex }
  | { readonly kind: 'ordering'; readonly operator: OrderOperator; readonly value: Numeral };

/** The empty text: "matches all log events". */
export interface EverythingPattern {
  readonly kind: 'everything';
}
