import type { Interpretations } from '../ambiguities/ambiguities.ts';
import type { CharacterSet, Shorthand } from '../syntax/regex.ts';

/** How the ambiguities about single characters are read. */
export interface CharacterInterpretation {
  readonly dot: Interpretations['regexDot'];
  readonly units: Interpretations['regexUnits'];
  readonly verticalTab: Interpretations['regexVerticalTab'];
}

/** Stands for a byte of a character beyond ASCII: no set names one. */
export const OTHER_BYTE = 0xfffd;

const LINE_BREAKS: readonly number[] = [0x0a, 0x0d, 0x85, 0x2028, 0x2029];

/** A text as the units that `.` counts. */
export function unitsOf(text: string, interpretation: Interpretations['regexUnits']): readonly number[] {
  switch (interpretation) {
    case 'character':
    case 'unicode':
      return Array.from(text, (character) => character.codePointAt(0) ?? 0);
    case 'utf-16':
      return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    case 'byte':
      return [...new TextEncoder().encode(text)].map((byte) => (byte < 0x80 ? byte : OTHER_BYTE));
  }
}

export function setContains(of: CharacterSet, unit: number, interpretation: CharacterInterpretation): boolean {
  switch (of.kind) {
    case 'character':
      return of.code === unit;
    case 'any':
      return interpretation.dot === 'any' || !LINE_BREAKS.includes(unit);
    case 'shorthand':
      return inShorthand(of, unit, interpretation);
    case 'class':
      return (
        of.negated !==
        of.members.some((member) =>
          member.kind === 'range'
            ? member.from <= unit && unit <= member.to
            : inShorthand(member, unit, interpretation),
        )
      );
  }
}

/** "\w matches any alphanumeric character or the underscore, [a-zA-Z_0-9]", in every interpretation. */
function inShorthand({ letter }: Shorthand, unit: number, interpretation: CharacterInterpretation): boolean {
  const text = String.fromCodePoint(unit);
  switch (letter) {
    case 'd':
    case 'D':
      return (interpretation.units === 'unicode' ? /\p{Nd}/u : /[0-9]/).test(text) === (letter === 'd');
    case 's':
    case 'S':
      return isBlank(text, interpretation) === (letter === 's');
    case 'w':
    case 'W':
      return /[A-Za-z0-9_]/.test(text) === (letter === 'w');
  }
}

function isBlank(text: string, { units, verticalTab }: CharacterInterpretation): boolean {
  if (text === '\v') return verticalTab === 'blank';
  return (units === 'unicode' ? /[\s\u0085]/u : /[ \t\n\f\r]/).test(text);
}
