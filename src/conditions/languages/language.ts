/**
 * A set of texts as a deterministic automaton that is built while it is walked. States are numbers, characters are
 * UTF-16 code units. Whatever a pattern says about a text is one of these, wanted or not wanted.
 */
export interface Language {
  /** Equal keys mean equal languages. */
  readonly key: string;
  /** The one text there is in it, if it is only one. */
  readonly only?: string;
  /** Texts that are worth a try. They need not be in it. */
  readonly suggestions: readonly string[];
  readonly start: number;
  readonly next: (state: number, unit: number) => number;
  readonly accepts: (state: number) => boolean;
  /** True if no text goes on from here to be accepted. May be false where that takes work to see. */
  readonly isDead: (state: number) => boolean;
  /** True if every text that goes on from here is accepted. May be false where that takes work to see. */
  readonly isFull: (state: number) => boolean;
  /** Code units at which a new class of characters begins, besides 0. */
  readonly cuts: () => readonly number[];
  /** Characters of the same class lead to the same states. */
  readonly classOf: (unit: number) => number;
}

/** Whether the text is in the language. */
export function languageIncludes(language: Language, text: string): boolean {
  let state = language.start;
  for (let index = 0; index < text.length; index += 1) {
    if (language.isDead(state)) return false;
    state = language.next(state, text.charCodeAt(index));
  }
  return language.accepts(state);
}
