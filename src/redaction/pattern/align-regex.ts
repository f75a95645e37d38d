import { wordsOf } from '../names.ts';
import type { Item, Regex, Repetition } from './regex-items.ts';
import { characterOf, shownSet } from './regex-items.ts';

/** A text of the account, and what it is in the copy. */
export interface Renamed {
  readonly text: string;
  readonly copy: string;
}

/** A longer text or expression is not aligned, so that no search takes long. */
const MAX_LENGTH = 1024;

/**
 * A sequence of a regular expression that matches the copy of a text as it matches the text: what it writes out of a word is
 * written as the word is in the copy, wherever the expression says `.` between. Each word that it touches is taken whole.
 *
 * @returns `undefined` if it does not match the text, or if no sequence of the same form matches the copy
 */
export function alignedWith(items: readonly Item[], { text, copy }: Renamed): readonly Item[] | undefined {
  const spans = spansIn(items, text);
  const words = wordPairs(text, copy);
  if (spans === undefined || words === undefined) return undefined;
  const shares = sharesOf(items, spans, words);
  const aligned = items.flatMap((item, at): readonly Item[] => {
    if (item.kind !== 'repetition') return [item];
    const share = shares.get(item);
    if (share !== undefined) return Array.from(share, writtenItem);
    // A letter that is not in the text could spell a name. One that is there and in no word is of a character such as `%2D`.
    const isLetter = item.of.kind === 'character' && /[A-Za-z0-9]/.test(String.fromCharCode(item.of.code));
    const isThere = (spans[at]?.to ?? 0) > (spans[at]?.from ?? 0);
    if (isLetter) return isThere ? [item] : [];
    return [{ ...item, of: shownSet(item.of) }];
  });
  return aligned.length <= MAX_LENGTH && matchesSequence(aligned, copy) ? aligned : undefined;
}

/** Whether one of the alternatives is somewhere in a text. */
export function matchesSomewhere({ alternatives }: Regex, text: string): boolean {
  return alternatives.some((items) => matchesSequence(items, text));
}

function matchesSequence(items: readonly Item[], text: string): boolean {
  return spansIn(items, text) !== undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where each item of a sequence is in a text. */
function spansIn(items: readonly Item[], text: string): readonly Span[] | undefined {
  if (text.length > MAX_LENGTH || items.length > MAX_LENGTH) return undefined;
  const found = new RegExp(items.map((item) => `(${sourceOf(item)})`).join(''), 'ds').exec(text);
  return found?.indices?.slice(1).map((indices) => ({ from: indices?.[0] ?? 0, to: indices?.[1] ?? 0 }));
}

function sourceOf(item: Item): string {
  if (item.kind !== 'repetition') return item.kind === 'start' ? '^' : '$';
  const { of, min, max } = item;
  return `${setSource(of)}{${min},${max === Infinity ? '' : max}}`;
}

function setSource(set: Repetition['of']): string {
  switch (set.kind) {
    case 'any':
      return '.';
    case 'character':
      return codeSource(set.code);
    case 'shorthand':
      return `\\${set.letter}`;
    case 'class': {
      const members = set.members.map((one) =>
        one.kind === 'shorthand' ? `\\${one.letter}` : `${codeSource(one.from)}-${codeSource(one.to)}`,
      );
      return `[${set.negated ? '^' : ''}${members.join('')}]`;
    }
  }
}

function codeSource(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A word of a text, and the stand-in for it. */
interface WordPair extends Span {
  readonly standIn: string;
}

/** The words of a text next to those of its copy; `undefined` if what is between them differs. */
function wordPairs(text: string, copy: string): readonly WordPair[] | undefined {
  const [words, standIns] = [wordsOf(text), wordsOf(copy)];
  const between = (whole: string, of: readonly { from: number; to: number }[]) =>
    [...of, { from: whole.length, to: 0 }].map(({ from }, at) => whole.slice(of[at - 1]?.to ?? 0, from));
  if (between(text, words).join('\0') !== between(copy, standIns).join('\0')) return undefined;
  return words.map(({ from, to }, at) => ({ from, to, standIn: standIns[at]?.text ?? '' }));
}

/**
 * What each item that is written out takes of the stand-ins for the words that it is in. An item that is not written out
 * takes the characters that it needs; the first one that is written out takes all that no other needs.
 */
function sharesOf(
  items: readonly Item[],
  spans: readonly Span[],
  words: readonly WordPair[],
): ReadonlyMap<Item, string> {
  const shares = new Map<Item, string>();
  for (const { from, to, standIn } of words) {
    const inside = items.flatMap((item, at) => {
      const span = spans[at];
      if (item.kind !== 'repetition' || span === undefined || span.to <= from || span.from >= to) return [];
      const own = isWrittenOut(item);
      return [
        { item, own, needs: own || span.from < from || span.to > to ? 0 : Math.min(item.min, span.to - span.from) },
      ];
    });
    const count = inside.filter(({ own }) => own).length;
    const needed = inside.reduce((sum, { needs }) => sum + needs, 0);
    if (count === 0) continue;
    // A stand-in that is too short for all of them is written out whole.
    const isShort = standIn.length - needed < count;
    const free = isShort ? standIn.length : standIn.length - needed;
    let place = 0;
    let isFirst = true;
    for (const { item, own, needs } of inside) {
      const rest = isShort ? 0 : 1;
      const length = own ? (isFirst ? free - rest * (count - 1) : rest) : needs;
      if (own) isFirst = false;
      if (own || (isShort && needs > 0)) shares.set(item, own ? standIn.slice(place, place + length) : '');
      place += isShort && !own ? 0 : length;
    }
  }
  return shares;
}

/** An expression writes ASCII out, and no percent sign, which a stand-in in the encoding of URLs has. */
function writtenItem(char: string): Item {
  return char === '%' || char > '\u007f'
    ? { kind: 'repetition', of: { kind: 'any' }, min: 1, max: 1 }
    : characterOf(char);
}

/** Whether an item names its characters: one character a fixed number of times, or any letter or digit. */
function isWrittenOut({ of, min, max }: Repetition): boolean {
  return of.kind === 'character' && (min === max || /[A-Za-z0-9]/.test(String.fromCharCode(of.code)));
}
