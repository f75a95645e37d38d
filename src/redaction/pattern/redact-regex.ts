import type { Condition } from '../../filter-pattern/index.ts';
import type { Names } from '../names.ts';

type Value = Extract<Condition, { readonly kind: 'equality' }>['value'];
type Regex = Extract<Value, { readonly kind: 'regex' }>;
type Item = Regex['alternatives'][number][number];
type CharacterSet = Extract<Item, { readonly kind: 'repetition' }>['of'];

/**
 * A regular expression with other names. Runs of characters that are written out are words; counts, anchors, `.` and
 * classes of whole ranges stay. A class that lists letters or digits could spell a name, so any character stands for it.
 *
 * @param isAllowed - whether a run of characters may be shown
 */
export function redactRegex(regex: Regex, isAllowed: (text: string) => boolean, names: Names): Regex {
  return { ...regex, alternatives: regex.alternatives.map((items) => redactSequence(items, isAllowed, names)) };
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
      redacted.push(item.kind === 'repetition' ? { ...item, of: redactSet(item.of) } : item);
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

function characterOf(char: string): Item {
  return { kind: 'repetition', of: { kind: 'character', code: char.charCodeAt(0) }, min: 1, max: 1 };
}

const wholeRanges = ['az', 'AZ', '09'];

function redactSet(set: CharacterSet): CharacterSet {
  if (set.kind !== 'class') return set;
  const isShown = set.members.every((member) => {
    if (member.kind !== 'range') return true;
    const [from, to] = [String.fromCharCode(member.from), String.fromCharCode(member.to)];
    return wholeRanges.includes(`${from}${to}`) || (from === to && !/[A-Za-z0-9]/.test(from));
  });
  return isShown ? set : { kind: 'any' };
}
