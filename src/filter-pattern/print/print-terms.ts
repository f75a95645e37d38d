import { printRegex } from './print-regex.ts';
import { quote } from './print-value.ts';
import type { Term, TermsPattern } from '../syntax/pattern.ts';

const SIGNS: Readonly<Record<Term['kind'], string>> = { required: '', optional: '?', excluded: '-' };

/** The terms apart by one blank, in quotes if `quoted` or if they have to be. */
export function printTerms({ terms }: TermsPattern, quoted: boolean): string {
  return terms
    .map(({ kind, text }) => SIGNS[kind] + (text.kind === 'regex' ? printRegex(text) : printPhrase(text.text, quoted)))
    .join(' ');
}

function printPhrase(text: string, quoted: boolean): string {
  return quoted || !/^\w+$/.test(text) ? quote(text) : text;
}
