import { matchesRegex } from './match-regex.ts';
import type { Word } from '../syntax/pattern.ts';
import type { Regex } from '../syntax/regex.ts';
import { isStarOpen, matchesWord } from '../../conditions/event/stars.ts';
import type { Interpret } from '../ambiguities/interpret.ts';

/** Whether text satisfies a word with its asterisks, as a whole, or a regular expression somewhere in it. */
export function matchesText(value: Word | Regex, text: string, interpret: Interpret): boolean {
  if (value.kind === 'regex') return matchesRegex(value, text, interpret);
  return matchesWord(value.text, text, isStarOpen(value.text) ? interpret('innerStar') : 'glob');
}
