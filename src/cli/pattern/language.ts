import { readEvent } from '../../filter-pattern/index.ts';

/** The pattern languages, by the names that `--language` takes. */
export const LANGUAGES = ['filter', 'event'] as const;

export type PatternLanguage = (typeof LANGUAGES)[number];

/** Which language a text is in: that of EventBridge if it is a JSON object, or was meant to be one. */
export function languageOf(text: string): PatternLanguage {
  const read = readEvent(text);
  // Braces with nothing in them are refused by EventBridge, and may be a filter pattern.
  if (read.kind === 'read') return read.value.kind === 'object' && read.value.members.length > 0 ? 'event' : 'filter';
  // No filter pattern begins with a name in double quotes and a colon.
  return /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(text) ? 'event' : 'filter';
}
