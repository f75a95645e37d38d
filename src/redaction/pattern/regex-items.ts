import type { Condition } from '../../filter-pattern/index.ts';

type Value = Extract<Condition, { readonly kind: 'equality' }>['value'];
export type Regex = Extract<Value, { readonly kind: 'regex' }>;
export type Item = Regex['alternatives'][number][number];
export type Repetition = Extract<Item, { readonly kind: 'repetition' }>;

/** An item that stands for one character. */
export function characterOf(char: string): Item {
  return { kind: 'repetition', of: { kind: 'character', code: char.charCodeAt(0) }, min: 1, max: 1 };
}

const wholeRanges = ['az', 'AZ', '09'];

/** A set as it may be shown: a class that lists letters or digits could spell a name, so any character stands for it. */
export function shownSet(set: Repetition['of']): Repetition['of'] {
  if (set.kind !== 'class') return set;
  const isShown = set.members.every((member) => {
    if (member.kind !== 'range') return true;
    const [from, to] = [String.fromCharCode(member.from), String.fromCharCode(member.to)];
    return wholeRanges.includes(`${from}${to}`) || (from === to && !/[A-Za-z0-9]/.test(from));
  });
  return isShown ? set : { kind: 'any' };
}
