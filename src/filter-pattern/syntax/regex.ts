/**
 * A regular expression in AWS's small dialect: no groups, so it is alternatives of plain sequences. It is searched for
 * anywhere in the text. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export interface Regex {
  readonly kind: 'regex';
  readonly alternatives: readonly RegexSequence[];
}

export type RegexSequence = readonly RegexItem[];

/** `^`, `$`, or a character repeated. */
export type RegexItem = { readonly kind: 'start' | 'end' } | Repetition;

/** `min` to `max` characters of the set, each any of it. `max` is Infinity where there is no bound. */
export interface Repetition {
  readonly kind: 'repetition';
  readonly of: CharacterSet;
  readonly min: number;
  readonly max: number;
}

/** `any` is `.`. Every character that a set names is ASCII. */
export type CharacterSet =
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'any' }
  | Shorthand
  | { readonly kind: 'class'; readonly negated: boolean; readonly members: readonly ClassMember[] };

export type ClassMember = { readonly kind: 'range'; readonly from: number; readonly to: number } | Shorthand;

/** `\d`, `\s`, `\w`; the capital letter is the complement. */
export interface Shorthand {
  readonly kind: 'shorthand';
  readonly letter: ShorthandLetter;
}

export type ShorthandLetter = 'd' | 'D' | 's' | 'S' | 'w' | 'W';
