import { readDecimal } from '../event/decimal.ts';
import type { Language } from './language.ts';

const DEAD = -1;
const SIGNS = '0123456789.-+eE';

/**
 * The texts with the digits of a number: its significant digits in their order, with zeros before and behind them, points
 * and signs anywhere, and any exponent. Every spelling of the number is among them, and many others: so no spelling has a
 * property that none of these texts has.
 */
export function significandLanguage(spelling: string): Language {
  const digits = readDecimal(spelling)?.digits ?? '';
  const exponent = digits.length + 1;
  return {
    key: `significand ${digits}`,
    suggestions: [],
    start: 0,
    next: (state, unit) => {
      const character = String.fromCharCode(unit);
      if (state === DEAD || state === exponent) return state;
      if (character === 'e' || character === 'E') return state === digits.length ? exponent : DEAD;
      if (character < '0' || character > '9') return state;
      if (state < digits.length && character === digits.charAt(state)) return state + 1;
      return character === '0' && (state === 0 || state === digits.length) ? state : DEAD;
    },
    accepts: (state) => state >= digits.length,
    isDead: (state) => state === DEAD,
    isFull: (state) => state === exponent,
    cuts: () => SIGNS.split('').flatMap((character) => [character.charCodeAt(0), character.charCodeAt(0) + 1]),
    classOf: (unit) => SIGNS.indexOf(String.fromCharCode(unit)) + 1,
  };
}
