import type { Reading } from '../ambiguities/ambiguities.ts';
import type { CharacterSet, Shorthand } from '../syntax/regex.ts';

/** How the corners about single characters are read. */
export interface CharacterReading {
  readonly dot: Reading['regexDot'];
  readonly units: Reading['regexUnits'];
  readonly verticalTab: Reading['regexVerticalTab'];
}

/** Stands for a byte of a character beyond ASCII: no set names one. */
export const OTHER_BYTE = 0xfffd;

const LINE_BREAKS: readonly number[] = [0x0a, 0x0d, 0x85, 0x2028, 0x2029];

/** A text as the units that `.` counts. */
export function unitsOf(text: string, reading: Reading['regexUnits']): readonly number[] {
  switch (reading) {
    case 'character':
    case 'unicode':
      return Array.from(text, (character) => character.codePointAt(0) ?? 0);
    case 'utf-16':
      return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    case 'byte':
      return [...new TextEncoder().encode(text)].map((byte) => (byte < 0x80 ? byte : OTHER_BYTE));
  }
}

export function contains(of: CharacterSet, unit: number, reading: CharacterReading): boolean {
  switch (of.kind) {
    case 'character':
      return of.code === unit;
    case 'any':
      return reading.dot === 'any' || !LINE_BREAKS.includes(unit);
    case 'shorthand':
      return inShorthand(of, unit, reading);
    case 'class':
      return (
        of.negated !==
        of.members.some((member) =>
          member.kind === 'range' ? member.from <= unit && unit <= member.to : inShorthand(member, unit, reading),
        )
      );
  }
}

/** "\w matches any alphanumeric character or the underscore, [a-zA-Z_0-9]", in every reading. */
function inShorthand({ letter }: Shorthand, unit: number, reading: CharacterReading): boolean {
  const text = String.fromCodePoint(unit);
  switch (letter) {
    case 'd':
    case 'D':
      return (reading.units === 'unicode' ? /\p{Nd}/u : /[0-9]/).test(text) === (letter === 'd');
    case 's':
    case 'S':
      return isBlank(text, reading) === (letter === 's');
    case 'w':
    case 'W':
      return /[A-Za-z0-9_]/.test(text) === (letter === 'w');
  }
}

function isBlank(text: string, { units, verticalTab }: CharacterReading): boolean {
  if (text === '\v') return verticalTab === 'blank';
  return (units === 'unicode' ? /[\s\u0085]/u : /[ \t\n\f\r]/).test(text);
}
