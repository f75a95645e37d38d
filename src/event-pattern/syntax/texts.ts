import type { TextMatch } from './pattern.ts';

/** A text cut at its wildcards: one piece means that there is none. */
export interface Pieces {
  readonly pieces: readonly string[];
  readonly ignoreCase: boolean;
}

/** What every kind of text match comes down to. */
export function piecesOfMatch(match: TextMatch): Pieces {
  switch (match.kind) {
    case 'prefix':
      return { pieces: [match.text, ''], ignoreCase: match.ignoreCase };
    case 'suffix':
      return { pieces: ['', match.text], ignoreCase: match.ignoreCase };
    case 'equals':
      return { pieces: [match.text], ignoreCase: true };
    case 'wildcard':
      return { pieces: wildcardPieces(match.text), ignoreCase: false };
  }
}

function wildcardPieces(text: string): readonly string[] {
  const pieces = [''];
  for (let index = 0; index < text.length; index += 1) {
    if (text.charAt(index) === '*') {
      pieces.push('');
      continue;
    }
    if (text.charAt(index) === '\\') index += 1;
    pieces.push((pieces.pop() ?? '') + text.charAt(index));
  }
  return pieces;
}
