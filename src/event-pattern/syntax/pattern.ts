import type { Scalar } from '../../conditions/event/event.ts';

/** The tree of an EventBridge event pattern. Plain data: programs may build it, `print` renders it, `parse` reads it. */
export interface EventPattern {
  readonly kind: 'event';
  readonly root: ObjectPattern;
}

/** Never empty. All members have to match, in their order: of two that ask of one field, the last one counts. */
export type ObjectPattern = readonly MemberPattern[];

export type MemberPattern = FieldPattern | OrPattern;

export interface FieldPattern {
  readonly kind: 'field';
  /** As written. A point in it means what a nested object means. */
  readonly name: string;
  readonly of: NestedPattern | LeafPattern;
}

export interface NestedPattern {
  readonly kind: 'object';
  readonly members: ObjectPattern;
}

/** Never empty. One of the tests has to hold. */
export interface LeafPattern {
  readonly kind: 'leaf';
  readonly tests: readonly ValueTest[];
}

/** `$or`: at least two objects, one of which has to match. */
export interface OrPattern {
  readonly kind: 'or';
  readonly alternatives: readonly ObjectPattern[];
}

/** What may be asked of one value. All of them but `exists` ask of a value that is there and is no object. */
export type ValueTest = EqualsTest | TextTest | AnythingButTest | NumericTest | CidrTest | ExistsTest;

export interface EqualsTest {
  readonly kind: 'equals';
  readonly value: Scalar;
}

export interface TextTest {
  readonly kind: 'text';
  readonly match: TextMatch;
}

export type TextMatch =
  | { readonly kind: 'prefix' | 'suffix'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly kind: 'equals'; readonly text: string; readonly ignoreCase: true }
  /** With its escapes: `\*` is an asterisk, `\\` a backslash. */
  | { readonly kind: 'wildcard'; readonly text: string };

/** Holds for a value that is none of these. */
export interface AnythingButTest {
  readonly kind: 'anything-but';
  readonly values: ExcludedTexts | ExcludedNumbers | ExcludedMatches;
}

export interface ExcludedTexts {
  readonly kind: 'texts';
  readonly texts: readonly string[];
}

export interface ExcludedNumbers {
  readonly kind: 'numbers';
  readonly spellings: readonly string[];
}

/** All of one kind. */
export interface ExcludedMatches {
  readonly kind: 'matches';
  readonly matches: readonly TextMatch[];
}

/** One bound, or a lower and an upper one. */
export interface NumericTest {
  readonly kind: 'numeric';
  readonly bounds: readonly NumericBound[];
}

export interface NumericBound {
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly spelling: string;
}

/** Such as `10.0.0.0/24` or `2001:db8::/32`. */
export interface CidrTest {
  readonly kind: 'cidr';
  readonly block: string;
}

export interface ExistsTest {
  readonly kind: 'exists';
  readonly wanted: boolean;
}
