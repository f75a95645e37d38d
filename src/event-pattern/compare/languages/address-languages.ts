import type { Language } from '../../../conditions/languages/language.ts';
import type { IpBlock } from '../../syntax/ip-address.ts';

const DEAD = -1;
const NONE = 0;
const POINT = 0x2e;
const ZERO = 0x30;

/** Texts over digits and points, told apart by a machine with numbered states. */
function overDigits(
  key: string,
  suggestions: readonly string[],
  next: (state: number, digit: number | 'point') => number,
  accepts: (state: number) => boolean,
): Language {
  return {
    key,
    suggestions,
    start: NONE,
    next: (state, unit) => {
      if (state === DEAD) return DEAD;
      if (unit === POINT) return next(state, 'point');
      return unit >= ZERO && unit <= ZERO + 9 ? next(state, unit - ZERO) : DEAD;
    },
    accepts: (state) => state !== DEAD && accepts(state),
    isDead: (state) => state === DEAD,
    isFull: () => false,
    cuts: () => [POINT, POINT + 1, ...Array.from({ length: 11 }, (_, digit) => ZERO + digit)],
    classOf: (unit) => (unit === POINT ? 11 : unit >= ZERO && unit <= ZERO + 9 ? unit - ZERO + 1 : 0),
  };
}

/** A state is the number of points so far, and the number since the last one, or nothing. */
const PER_NUMBER = 257;

/** The IPv4 addresses of a block, as most programs spell them. */
export function ipv4BlockLanguage(block: IpBlock): Language {
  const [low, high] = [numbersOf(block.first), numbersOf(block.last)];
  const fits = (state: number): boolean => {
    const [place, number] = [Math.floor(state / PER_NUMBER), (state % PER_NUMBER) - 1];
    return number >= (low[place] ?? 0) && number <= (high[place] ?? 0);
  };
  return overDigits(
    `ipv4 ${block.first}/${block.prefix}`,
    [numbersOf(block.first + (block.last - block.first) / 2n).join('.'), low.join('.')],
    (state, digit) => {
      const place = Math.floor(state / PER_NUMBER);
      const number = (state % PER_NUMBER) - 1;
      if (digit === 'point') return place < 3 && fits(state) ? (place + 1) * PER_NUMBER : DEAD;
      if (number === 0) return DEAD;
      const longer = number < 0 ? digit : number * 10 + digit;
      return longer > 255 ? DEAD : place * PER_NUMBER + longer + 1;
    },
    (state) => Math.floor(state / PER_NUMBER) === 3 && fits(state),
  );
}

function numbersOf(value: bigint): readonly number[] {
  return [24n, 16n, 8n, 0n].map((shift) => Number((value >> shift) & 255n));
}

/** What the digits since the last point are: none, a lone zero, or a number without a needless zero. */
const DIGITS = { none: 0, zero: 1, number: 2 } as const;

/** IPv4 addresses with needless zeros: which address they mean, if any, is not documented. */
export const oddIpv4Language: Language = overDigits(
  'odd ipv4',
  ['010.0.0.1'],
  (state, digit) => {
    const [place, isOdd, digits] = [Math.floor(state / 6), Math.floor(state / 3) % 2, state % 3];
    const stateOf = (at: number, odd: number, now: number) => at * 6 + odd * 3 + now;
    if (digit === 'point') return place < 3 && digits !== DIGITS.none ? stateOf(place + 1, isOdd, DIGITS.none) : DEAD;
    if (digits === DIGITS.none) return stateOf(place, isOdd, digit === 0 ? DIGITS.zero : DIGITS.number);
    return digits === DIGITS.zero ? stateOf(place, 1, DIGITS.number) : state;
  },
  (state) => Math.floor(state / 6) === 3 && Math.floor(state / 3) % 2 === 1 && state % 3 !== DIGITS.none,
);

const COLON = 0x3a;

/** Texts that look like an IPv6 address: hexadecimal digits and at least one colon. */
export const ipv6LookingLanguage: Language = {
  key: 'like ipv6',
  suggestions: ['2001:db8::1'],
  start: 0,
  next: (state, unit) => {
    if (state === DEAD) return DEAD;
    if (unit === COLON) return 1;
    return hexClass(unit) === 0 ? DEAD : state;
  },
  accepts: (state) => state === 1,
  isDead: (state) => state === DEAD,
  isFull: () => false,
  cuts: () => [ZERO, ZERO + 10, COLON + 1, 0x41, 0x47, 0x61, 0x67],
  classOf: (unit) => (unit === COLON ? 2 : hexClass(unit)),
};

function hexClass(unit: number): 0 | 1 {
  return /[0-9a-fA-F]/.test(String.fromCharCode(unit)) ? 1 : 0;
}

/** Some addresses of a block of IPv6, one spelling of each. */
export function ipv6Samples({ first, last }: IpBlock): readonly string[] {
  return [first, first + 1n, last].filter((value) => value <= last).map(spelledIpv6);
}

function spelledIpv6(value: bigint): string {
  return Array.from({ length: 8 }, (_, group) => ((value >> BigInt(112 - 16 * group)) & 0xffffn).toString(16)).join(
    ':',
  );
}
