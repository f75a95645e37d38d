import type { Language } from './language.ts';

/** The spellings of numbers: how JSON writes them, the same without exponent, and what is read as one in a string. */
export type GrammarName = 'json' | 'plain' | 'loose';

export type Sign = 'negative' | 'other';

const SIGNS = '0123456789.-+eE';

const DEAD = -1;
const START = 0;
const SIGNED = 1;
const ZERO = 2;
const WHOLE = 3;
const POINT = 4;
const BARE_POINT = 5;
const FRACTION = 6;
const EXPONENT = 7;
const EXPONENT_SIGN = 8;
const POWER = 9;

const ENDS = new Set([ZERO, WHOLE, FRACTION, POWER]);

/** The spellings of negative numbers begin with a minus, the others do not; -0 counts as negative. */
export function numberGrammar(name: GrammarName, sign?: Sign): Language {
  const loose = name === 'loose';
  return {
    key: `number ${name} ${sign ?? 'any'}`,
    suggestions: [],
    start: START,
    next: (state, unit) => step(name, sign, state, String.fromCharCode(unit)),
    accepts: (state) => ENDS.has(state) || (loose && state === POINT),
    isDead: (state) => state === DEAD,
    isFull: () => false,
    cuts: () => SIGNS.split('').flatMap((character) => [character.charCodeAt(0), character.charCodeAt(0) + 1]),
    classOf: (unit) => SIGNS.indexOf(String.fromCharCode(unit)) + 1,
  };
}

function step(name: GrammarName, sign: Sign | undefined, state: number, character: string): number {
  const digit = character >= '0' && character <= '9';
  switch (state) {
    case START:
      if (character === '-') return sign === 'other' ? DEAD : SIGNED;
      if (sign === 'negative') return DEAD;
      if (character === '+') return name === 'loose' ? SIGNED : DEAD;
      return afterSign(name, character, digit);
    case SIGNED:
      return afterSign(name, character, digit);
    case ZERO:
    case WHOLE:
      if (digit) return state === WHOLE || name === 'loose' ? WHOLE : DEAD;
      return character === '.' ? POINT : exponent(name, character);
    case POINT:
      if (digit) return FRACTION;
      return name === 'loose' ? exponent(name, character) : DEAD;
    case BARE_POINT:
      return digit ? FRACTION : DEAD;
    case FRACTION:
      return digit ? FRACTION : exponent(name, character);
    case EXPONENT:
      if (character === '+' || character === '-') return EXPONENT_SIGN;
      return digit ? POWER : DEAD;
    case EXPONENT_SIGN:
    case POWER:
      return digit ? POWER : DEAD;
    default:
      return DEAD;
  }
}

function afterSign(name: GrammarName, character: string, digit: boolean): number {
  if (digit) return character === '0' ? ZERO : WHOLE;
  return character === '.' && name === 'loose' ? BARE_POINT : DEAD;
}

function exponent(name: GrammarName, character: string): number {
  return (character === 'e' || character === 'E') && name !== 'plain' ? EXPONENT : DEAD;
}
