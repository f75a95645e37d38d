import type { Language } from '../../../conditions/languages/language.ts';
import type { IpBlock } from '../../syntax/ip-address.ts';

const DEAD = -1;
const POINT = 0x2e;
const ZERO = 0x30;

/** Texts over digits and points, recognized by a machine with numbered states. */
function overDigits(
  key: string,
  suggestions: readonly string[],
  next: (state: number, digit: number | 'point') => number,
  accepts: (state: number) => boolean,
): Language {
  return {
    key,
    suggestions,
    start: 0,
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

/** A state is the number of points so far, whether a needless zero was read, and the number since the last point, or nothing. */
const PER_NUMBER = 257;
const PER_PLACE = 2 * PER_NUMBER;

/**
 * The IPv4 addresses of a block. `plain`: as most programs spell them. `odd`: with needless zeros, of which it is not
 * documented what they mean.
 */
export function ipv4Language(block: Pick<IpBlock, 'first' | 'last'>, spelling: 'plain' | 'odd'): Language {
  const [low, high] = [numbersOf(block.first), numbersOf(block.last)];
  const partsOf = (state: number) => ({
    place: Math.floor(state / PER_PLACE),
    isOdd: Math.floor(state / PER_NUMBER) % 2 === 1,
    number: (state % PER_NUMBER) - 1,
  });
  const fits = (state: number): boolean => {
    const { place, number } = partsOf(state);
    return number >= (low[place] ?? 0) && number <= (high[place] ?? 0);
  };
  const stateOf = (place: number, isOdd: boolean, number: number) =>
    place * PER_PLACE + Number(isOdd) * PER_NUMBER + number + 1;
  const middle = numbersOf(block.first + (block.last - block.first) / 2n);
  const suggestions = [middle, low].map((numbers) => `${spelling === 'odd' ? '0' : ''}${numbers.join('.')}`);
  return overDigits(
    `ipv4 ${spelling} ${block.first}-${block.last}`,
    suggestions,
    (state, digit) => {
      const { place, isOdd, number } = partsOf(state);
      if (digit === 'point') return place < 3 && fits(state) ? stateOf(place + 1, isOdd, -1) : DEAD;
      if (number === 0 && spelling === 'plain') return DEAD;
      const longer = number < 0 ? digit : number * 10 + digit;
      return longer > 255 ? DEAD : stateOf(place, isOdd || number === 0, longer);
    },
    (state) => partsOf(state).place === 3 && fits(state) && partsOf(state).isOdd === (spelling === 'odd'),
  );
}

function numbersOf(value: bigint): readonly number[] {
  return [24n, 16n, 8n, 0n].map((shift) => Number((value >> shift) & 255n));
}

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
