import { compareDecimals, type Decimal, readDecimal } from '../event/decimal.ts';

/** A number as a whole number times a power of ten: big × 10^-places. */
interface Scaled {
  readonly big: bigint;
  readonly places: bigint;
}

/** Farther apart in scale than this, numbers are not brought to one scale. */
const MAX_SHIFT = 2000n;
/** So much finer than a number itself that the next 64-bit float is far away. */
const FINE = 30n;

/**
 * One number from each class that comparisons with the constants can tell apart, the plainest one, in order of
 * plainness: the constants, what lies between neighbours, what lies beyond them, and what lies so near to a constant
 * that only an exact comparison sees it.
 */
export function* pointsAround(constants: readonly string[]): Iterable<string> {
  yield '1';
  const sorted = sortedConstants(constants);
  for (const constant of sorted) yield spelled(constant);
  for (const [index, high] of sorted.slice(1).entries()) yield* middles(sorted[index] ?? high, high);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (highest !== undefined) yield* [plus(highest, 1n), times(highest, 3n)].map(spelled);
  if (lowest !== undefined) yield* [plus(lowest, -1n), times(lowest, 3n)].map(spelled);
  yield '0';
  yield '-1';
  for (const constant of sorted) yield* [nextTo(constant, 1n), nextTo(constant, -1n)].map(spelled);
}

/** True if a 64-bit float tells the constants apart just as exact numbers do, so that `pointsAround` is complete. */
export function isTame(constant: string): boolean {
  const decimal = readDecimal(constant);
  return decimal !== undefined && decimal.digits.length <= 15 && decimal.exponent > -300n && decimal.exponent < 300n;
}

function sortedConstants(constants: readonly string[]): readonly Scaled[] {
  const decimals = [...new Set(constants)].map(readDecimal).filter((decimal) => decimal !== undefined);
  return decimals.sort(compareDecimals).map(scaled);
}

function scaled({ sign, digits, exponent }: Decimal): Scaled {
  if (sign === 0) return { big: 0n, places: 0n };
  return { big: BigInt(sign) * BigInt(digits), places: BigInt(digits.length) - exponent };
}

function middles(low: Scaled, high: Scaled): readonly string[] {
  const [near, far] = aligned(low, high) ?? [undefined, undefined];
  if (near === undefined) return [plus(low, 1n), times(low, 3n), plus(high, -1n), nextTo(high, -1n)].map(spelled);
  const middle = spelled({ big: (near.big + far.big) * 5n, places: near.places + 1n });
  const whole = { big: near.big + 10n ** (near.places < 0n ? 0n : near.places), places: near.places };
  const double = Number(spelled(low)) / 2 + Number(spelled(high)) / 2;
  return [...(whole.big < far.big ? [spelled(whole)] : []), middle, ...(Number.isFinite(double) ? [`${double}`] : [])];
}

function aligned(left: Scaled, right: Scaled): readonly [Scaled, Scaled] | undefined {
  const distance = left.places - right.places;
  if (distance > MAX_SHIFT || -distance > MAX_SHIFT) return undefined;
  return distance < 0n ? [finer(left, -distance), right] : [left, finer(right, distance)];
}

function finer({ big, places }: Scaled, by: bigint): Scaled {
  return { big: big * 10n ** by, places: places + by };
}

function plus(number: Scaled, one: bigint): Scaled {
  const [left, right] = aligned(number, { big: one, places: 0n }) ?? [number, { big: 0n, places: 0n }];
  return { big: left.big + right.big, places: left.places };
}

function times({ big, places }: Scaled, factor: bigint): Scaled {
  return { big: big * factor, places };
}

function nextTo(number: Scaled, direction: bigint): Scaled {
  if (number.big === 0n) return { big: direction, places: 400n };
  const fine = finer(number, FINE);
  return { big: fine.big + direction, places: fine.places };
}

/** Written out if that is short, with an exponent otherwise. */
function spelled({ big, places }: Scaled): string {
  if (big === 0n) return '0';
  const sign = big < 0n ? '-' : '';
  const digits = `${big < 0n ? -big : big}`;
  if (places <= 0n)
    return places > -20n ? `${sign}${digits}${'0'.repeat(Number(-places))}` : `${sign}${digits}e${-places}`;
  if (places > 60n) return `${sign}${digits}e-${places}`;
  const padded = digits.padStart(Number(places) + 1, '0');
  const point = padded.length - Number(places);
  const fraction = padded.slice(point).replace(/0+$/, '');
  return `${sign}${padded.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}
