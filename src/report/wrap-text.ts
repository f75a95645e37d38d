import { cutToWidth, displayWidth } from './display-width.ts';

/**
 * Breaks a line between words where it is longer than a width, and inside a word only where that alone is longer, then
 * behind a comma or slash if it can be; what follows is set under where the text began.
 *
 * @param lead - what comes before the text on its first line
 * @param columns - none: nothing is broken
 */
export function wrapText(lead: string, text: string, columns?: number): string {
  const room = columns === undefined ? Infinity : Math.max(20, columns - displayWidth(lead));
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const word of text.split(' ').flatMap((one) => pieces(one, room))) {
    const own = displayWidth(word);
    if (line !== '' && width + 1 + own > room) {
      lines.push(line);
      [line, width] = [word, own];
    } else {
      [line, width] = line === '' ? [word, own] : [`${line} ${word}`, width + 1 + own];
    }
  }
  lines.push(line);
  return lines.map((one, index) => `${index === 0 ? lead : ' '.repeat(displayWidth(lead))}${one}`).join('\n');
}

function pieces(word: string, room: number): readonly string[] {
  const parts: string[] = [];
  let rest = word;
  while (displayWidth(rest) > room) {
    const fitting = cutToWidth(rest, room);
    const cut = Math.max(fitting.lastIndexOf(','), fitting.lastIndexOf('/')) + 1 || fitting.length;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}
