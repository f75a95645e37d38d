import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns of a terminal a text takes: a Chinese character takes two, a combining accent none. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/**
 * The start of a text that fits in a width, cut between characters as a reader sees them.
 *
 * @param width - in columns
 */
export function cutToWidth(text: string, width: number): string {
  let cut = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > width) return cut;
    cut += segment;
  }
  return cut;
}

/** A text of exactly so many columns: filled with blanks, or cut and marked with an ellipsis. */
export function fitToWidth(text: string, width: number): string {
  const fitting = displayWidth(text) > width ? `${cutToWidth(text, width - 1)}…` : text;
  return `${fitting}${' '.repeat(Math.max(0, width - displayWidth(fitting)))}`;
}
