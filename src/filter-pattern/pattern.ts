/** The tree of a filter pattern. Plain data: programs may build it, `print` renders it, `parse` reads it. */
export type Pattern = JsonPattern;

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
  readonly value: Word | Numeral;
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

export type OrderOperator = '<' | '<=' | '>' | '>=';
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

/** Never empty. At most one step is a wildcard. */
export type Selector = readonly Step[];

export type Step = FieldStep | IndexStep | WildcardStep;

export interface FieldStep {
  readonly kind: 'field';
  readonly name: string;
}

/** Zero-based. */
export interface IndexStep {
  readonly kind: 'index';
  readonly index: number;
}

/** `.*`, any field of an object, or `[*]`, any element of an array. */
export interface WildcardStep {
  readonly kind: 'any-field' | 'any-element';
}
