import type { Language } from '../../../conditions/languages/language.ts';
import { DECIMALS } from '../../syntax/numbers.ts';

const POINT = 0x2e;
const FINE = DECIMALS + 2;

/** Spellings of numbers that may have more decimals than `numeric` certainly compares: with many digits behind the point, or an exponent. */
export const fineNumberLanguage: Language = {
  key: 'fine number',
  suggestions: [],
  start: 0,
  /** 0 before the point, then 1 and one more for each digit. */
  next: (state, unit) => {
    if (state === FINE || unit === 0x45 || unit === 0x65) return FINE;
    if (unit === POINT) return Math.max(state, 1);
    return state === 0 ? 0 : state + 1;
  },
  accepts: (state) => state === FINE,
  isDead: () => false,
  isFull: (state) => state === FINE,
  cuts: () => [POINT, POINT + 1, 0x45, 0x46, 0x65, 0x66],
  classOf: (unit) => (unit === POINT ? 1 : unit === 0x45 || unit === 0x65 ? 2 : 0),
};
