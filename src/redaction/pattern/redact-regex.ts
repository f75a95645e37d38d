import type { Names } from '../names.ts';
import type { Renamed } from './align-regex.ts';
import { alignedWith, matchesSomewhere } from './align-regex.ts';
import type { Item, Regex } from './regex-items.ts';
import { characterOf, shownSet } from './regex-items.ts';

/**
 * A regular expression with other names. Runs of characters that are written out are words; counts, anchors, `.` and
 * classes of whole ranges stay. A class that lists letters or digits could spell a name, so any character stands for it.
 *
 * Where it would not match the copies of the same texts as before, each alternative is written as it is in the copies of the
 * texts that it matches.
 *
 * @param isAllowed - whether a run of characters may be shown
 * @param renamed - what the account compares the same field with
 */
export function redactRegex(
  regex: Regex,
  isAllowed: (text: string) => boolean,
  names: Names,
  renamed: readonly Renamed[],
): Regex {
  const plain = { ...regex, alternatives: regex.alternatives.map((items) => redactSequence(items, isAllowed, names)) };
  if (matchesAlike(regex, plain, renamed)) return plain;
  const alternatives = regex.alternatives.flatMap((items, at): Regex['alternatives'] => {
    const aligned = renamed.flatMap((one) => {
      const sequence = alignedWith(items, one);
      return sequence === undefined ? [] : [sequence];
    });
    return aligned.length === 0 ? plain.alternatives.slice(at, at + 1) : distinct(aligned);
  });
  const joint = { ...regex, alternatives };
  return matchesAlike(regex, joint, renamed) ? joint : plain;
}

function matchesAlike(regex: Regex, other: Regex, renamed: readonly Renamed[]): boolean {
  return renamed.every(({ text, copy }) => matchesSomewhere(regex, text) === matchesSomewhere(other, copy));
}

function distinct(sequences: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  return [...new Map(sequences.map((one) => [JSON.stringify(one), one] as const)).values()];
}

function redactSequence(items: readonly Item[], isAllowed: (text: string) => boolean, names: Names): readonly Item[] {
  const redacted: Item[] = [];
  let run = '';
  const flush = () => {
    const text = isAllowed(run) ? run : names.text(run);
    redacted.push(...Array.from(text, characterOf));
    run = '';
  };
  for (const item of items) {
    const written = writtenOut(item);
    if (written !== undefined) {
      run += written;
    } else {
      flush();
      redacted.push(item.kind === 'repetition' ? { ...item, of: shownSet(item.of) } : item);
    }
  }
  flush();
  return redacted;
}

/** The characters that an item stands for, if it stands for just those. */
function writtenOut(item: Item): string | undefined {
  if (item.kind !== 'repetition' || item.of.kind !== 'character') return undefined;
  const char = String.fromCharCode(item.of.code);
  if (item.min === item.max) return char.repeat(Math.min(item.min, 64));
  return /[A-Za-z0-9]/.test(char) ? char : undefined;
}
