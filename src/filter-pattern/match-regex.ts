import type { Reading } from './corners.ts';
import type { CharacterSet, Regex, RegexSequence, Repetition, Shorthand } from './regex.ts';
import type { Ask } from './trial.ts';

/**
 * Whether the regular expression is found anywhere in the text: the set of places where a sequence can stand, moved
 * forward item by item. Nothing is tried twice, so the time is the length of the text times that of the expression.
 */
export function matchesRegex(regex: Regex, text: string, ask: Ask): boolean {
  const subject = readSubject(text, ask);
  return regex.alternatives.some((sequence) => isFound(sequence, subject));
}

/** A text as the numbers that a set is asked for, with the places at which `^` and `$` hold. */
interface Subject {
  readonly units: readonly number[];
  readonly starts: ReadonlySet<number>;
  readonly ends: ReadonlySet<number>;
  readonly lines: Reading['regexLines'];
  readonly shorthands: Reading['regexShorthands'];
}

const LINE_BREAKS: readonly number[] = [0x0a, 0x0d, 0x85, 0x2028, 0x2029];

function readSubject(text: string, ask: Ask): Subject {
  const lines = /[\n\r\u0085\u2028\u2029]/.test(text) ? ask('regexLines') : 'none';
  const shorthands = /[\v]|[^\0-\x7f]/.test(text) ? ask('regexShorthands') : 'ascii';
  const units = /[^\0-\x7f]/.test(text) ? unitsOf(text, ask('regexUnits')) : unitsOf(text, 'character');
  const starts = new Set([0]);
  const ends = new Set([units.length]);
  for (const [index, unit] of units.entries()) {
    if (!LINE_BREAKS.includes(unit)) continue;
    if (lines === 'every') starts.add(index + 1);
    if (lines === 'every' || (lines === 'last' && isLastBreak(units, index))) ends.add(index);
  }
  return { units, starts, ends, lines, shorthands };
}

function isLastBreak(units: readonly number[], index: number): boolean {
  const rest = units.length - index;
  return rest === 1 || (rest === 2 && units[index] === 0x0d && units[index + 1] === 0x0a);
}

function unitsOf(text: string, reading: Reading['regexUnits']): readonly number[] {
  switch (reading) {
    case 'character':
      return Array.from(text, (character) => character.codePointAt(0) ?? 0);
    case 'utf-16':
      return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    case 'byte':
      return [...new TextEncoder().encode(text)];
  }
}

function isFound(sequence: RegexSequence, subject: Subject): boolean {
  let places: readonly boolean[] = Array.from({ length: subject.units.length + 1 }, () => true);
  for (const item of sequence) {
    switch (item.kind) {
      case 'start':
        places = places.map((there, index) => there && subject.starts.has(index));
        break;
      case 'end':
        places = places.map((there, index) => there && subject.ends.has(index));
        break;
      case 'repetition':
        places = moved(places, item, subject);
    }
  }
  return places.includes(true);
}

/** The places behind `min` to `max` characters of the set, from each of the places. */
function moved(places: readonly boolean[], { of, min, max }: Repetition, subject: Subject): readonly boolean[] {
  const runs = runLengths(of, subject);
  /** How many more ranges of places begin than end here. */
  const changes = Array.from({ length: places.length + 1 }, () => 0);
  for (const [index, there] of places.entries()) {
    const longest = Math.min(max, runs[index] ?? 0);
    if (!there || longest < min) continue;
    changes[index + min] = (changes[index + min] ?? 0) + 1;
    changes[index + longest + 1] = (changes[index + longest + 1] ?? 0) - 1;
  }
  let open = 0;
  return places.map((_, index) => {
    open += changes[index] ?? 0;
    return open > 0;
  });
}

/** For each place, how many characters from there on are in the set without a gap. */
function runLengths(of: CharacterSet, subject: Subject): readonly number[] {
  const runs = Array.from({ length: subject.units.length + 1 }, () => 0);
  for (let index = subject.units.length - 1; index >= 0; index -= 1) {
    if (contains(of, subject.units[index] ?? 0, subject)) runs[index] = (runs[index + 1] ?? 0) + 1;
  }
  return runs;
}

/** Whether the unit of a text is in the set, as far as the corners of line breaks and shorthands decide. */
export function contains(
  of: CharacterSet,
  unit: number,
  reading: { readonly lines: Reading['regexLines']; readonly shorthands: Reading['regexShorthands'] },
): boolean {
  switch (of.kind) {
    case 'character':
      return of.code === unit;
    case 'any':
      return reading.lines === 'none' || !LINE_BREAKS.includes(unit);
    case 'shorthand':
      return inShorthand(of, unit, reading.shorthands);
    case 'class':
      return (
        of.negated !==
        of.members.some((member) =>
          member.kind === 'range'
            ? member.from <= unit && unit <= member.to
            : inShorthand(member, unit, reading.shorthands),
        )
      );
  }
}

/** "\w matches any alphanumeric character or the underscore", `[a-zA-Z_0-9]`, whatever the other two are. */
function inShorthand({ letter }: Shorthand, unit: number, reading: Reading['regexShorthands']): boolean {
  const text = String.fromCodePoint(unit);
  switch (letter) {
    case 'd':
      return (reading === 'unicode' ? /\p{Nd}/u : /[0-9]/).test(text);
    case 'D':
      return !inShorthand({ kind: 'shorthand', letter: 'd' }, unit, reading);
    case 's':
      return (reading === 'unicode' ? /\s|\u0085/u : reading === 'ascii' ? /[ \t\n\v\f\r]/ : /[ \t\n\f\r]/).test(text);
    case 'S':
      return !inShorthand({ kind: 'shorthand', letter: 's' }, unit, reading);
    case 'w':
      return /[A-Za-z0-9_]/.test(text);
    case 'W':
      return !inShorthand({ kind: 'shorthand', letter: 'w' }, unit, reading);
  }
}
