import type { Interpret } from '../ambiguities/interpret.ts';

/**
 * The words of a space-delimited message. "Text between square brackets or double quotes is a single word", and the
 * brackets and quotes are dropped. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export function splitWords(message: string, interpret: Interpret): readonly string[] {
  const blanks = /[^\S ]|^ | $| {2}/.test(message) ? interpret('wordBlanks') : 'run';
  const isBlank = blanks === 'white-space' ? /\s/ : / /;
  const inner = hasInnerDelimiter(message) ? interpret('wordDelimiters') : 'outer';
  const words: string[] = [];
  let word: string | undefined = blanks === 'each' ? '' : undefined;
  for (let position = 0; position < message.length; position += 1) {
    const character = message.charAt(position);
    if (isBlank.test(character)) {
      if (word !== undefined) words.push(word);
      word = blanks === 'each' ? '' : undefined;
      continue;
    }
    const close =
      inner === 'inner' || !word ? closing(message, position, inner === 'outer' ? isBlank : undefined) : undefined;
    word = (word ?? '') + (close === undefined ? character : message.slice(position + 1, close));
    position = close ?? position;
  }
  return word === undefined ? words : [...words, word];
}

/** Where the bracket or quote at the position is closed; undefined if there is none, or if it is an ordinary character. */
function closing(message: string, position: number, followedBy: RegExp | undefined): number | undefined {
  const open = message.charAt(position);
  if (open !== '[' && open !== '"') return undefined;
  const close = open === '[' ? ']' : '"';
  let at = message.indexOf(close, position + 1);
  if (followedBy === undefined) return at === -1 ? message.length : at;
  while (at !== -1 && at + 1 < message.length && !followedBy.test(message.charAt(at + 1)))
    at = message.indexOf(close, at + 1);
  return at === -1 ? undefined : at;
}

/** Brackets or quotes that are not simply the first and last character of a word. */
function hasInnerDelimiter(message: string): boolean {
  return /["[\]]/.test(message.replace(/(?<=^|\s)(?:\[[^[\]"]*\]|"[^[\]"]*")(?=\s|$)/g, ''));
}
