/**
 * Breaks a line between words where it is longer than a width, and inside a word only where that alone is longer, then
 * behind a comma or slash if it can be; what follows is set under where the text began.
 *
 * @param lead - what stands before the text on its first line
 * @param columns - none: nothing is broken
 */
export function wrapText(lead: string, text: string, columns?: number): string {
  const room = columns === undefined ? Infinity : Math.max(20, columns - lead.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((one, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}${one}`).join('\n');
}

function pieces(word: string, room: number): readonly string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest.length > room) {
    const cut = Math.max(rest.lastIndexOf(',', room - 1), rest.lastIndexOf('/', room - 1)) + 1 || room;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}
