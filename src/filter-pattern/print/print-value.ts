import type { Equality } from '../syntax/pattern.ts';
import { printRegex } from './print-regex.ts';

/** Roomy or tight: the blanks between tokens, and how a word is written. */
export interface PrintStyle {
  readonly gap: string;
  readonly word: (text: string) => string;
}

export function printValue(value: Equality['value'], word: (text: string) => string): string {
  switch (value.kind) {
    case 'numeral':
      return value.spelling;
    case 'word':
      return word(value.text);
    case 'regex':
      return printRegex(value);
  }
}

/** Text in double quotes, with the two escapes that are known. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
