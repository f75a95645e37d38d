import { type CharacterInterpretation, setContains } from '../../event/characters.ts';
import type { CharacterSet, Regex, RegexItem } from '../../syntax/regex.ts';

/**
 * The positions in a regular expression, numbered through: an item of an alternative and how many of its
 * characters have been read. Behind the last item of each alternative is one place more, at which it has been found.
 */
export interface Steps {
  readonly places: readonly RegexPlace[];
  /** The first place of every alternative that may begin in the middle of a text. */
  readonly anywhere: readonly number[];
  readonly first: readonly number[];
}

interface RegexPlace {
  /** Undefined behind the last item. */
  readonly item: RegexItem | undefined;
  /** How many characters of a repetition have been read; no more are counted than it takes to tell. */
  readonly count: number;
  /** The first place of the next item. */
  readonly after: number;
}

/** Counted repetitions take a place for each count: `a{1000}` takes a thousand. */
export const MAX_PLACES = 600;

/** Undefined if there are more places than MAX_PLACES. */
export function stepsOf({ alternatives }: Regex): Steps | undefined {
  const places: RegexPlace[] = [];
  const first: number[] = [];
  const anywhere: number[] = [];
  for (const sequence of alternatives) {
    first.push(places.length);
    if (sequence[0]?.kind !== 'start') anywhere.push(places.length);
    for (const item of sequence) {
      const last = lastCount(item);
      if (places.length + last + 2 > MAX_PLACES) return undefined;
      const after = places.length + last + 1;
      for (let count = 0; count <= last; count += 1) places.push({ item, count, after });
    }
    places.push({ item: undefined, count: 0, after: places.length });
  }
  return { places, first, anywhere };
}

function lastCount(item: RegexItem): number {
  if (item.kind !== 'repetition') return 0;
  return item.max === Infinity ? item.min : item.max;
}

/** The places that can be reached from these without interpretation anything. */
export function closure(
  { places }: Steps,
  from: Iterable<number>,
  at: { readonly start: boolean; readonly end: boolean },
): ReadonlySet<number> {
  const reached = new Set(from);
  // A set that grows while it is walked is walked to its new end.
  for (const index of reached) {
    const place = places[index];
    if (place?.item !== undefined && isPassed(place.item, place.count, at)) reached.add(place.after);
  }
  return reached;
}

function isPassed(item: RegexItem, count: number, at: { readonly start: boolean; readonly end: boolean }): boolean {
  switch (item.kind) {
    case 'start':
      return at.start;
    case 'end':
      return at.end;
    case 'repetition':
      return count >= item.min;
  }
}

/** The places behind one more character. */
export function advancePlaces(
  { places }: Steps,
  from: Iterable<number>,
  unit: number,
  interpretation: CharacterInterpretation,
): number[] {
  const reached = new Set<number>();
  const known = new Map<CharacterSet, boolean>();
  for (const index of from) {
    const item = places[index]?.item;
    const count = places[index]?.count ?? 0;
    if (item?.kind !== 'repetition') continue;
    let isIn = known.get(item.of);
    if (isIn === undefined) known.set(item.of, (isIn = setContains(item.of, unit, interpretation)));
    if (!isIn) continue;
    if (count < lastCount(item)) reached.add(index + 1);
    else if (item.max === Infinity) reached.add(index);
  }
  return [...reached].sort((left, right) => left - right);
}

/** Whether one alternative has been found as a whole. */
export function isAccepting({ places }: Steps, reached: Iterable<number>): boolean {
  for (const index of reached) if (places[index]?.item === undefined) return true;
  return false;
}
