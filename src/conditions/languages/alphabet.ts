import type { Language } from './language.ts';

const PLAUSIBLE = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@ ';
const LAST_UNIT = 0xffff;

/** One character for each class that the languages tell apart, the most plausible one, in order of plausibility. */
export function alphabetOf(languages: readonly Language[]): readonly number[] {
  const starts = [...new Set([0, 0x20, 0x7f, ...languages.flatMap(({ cuts }) => cuts())])]
    .filter((unit) => unit <= LAST_UNIT)
    .sort((left, right) => left - right);
  const units = new Map<string, number>();
  for (const [index, start] of starts.entries()) {
    const unit = mostPlausible(start, (starts[index + 1] ?? LAST_UNIT + 1) - 1);
    const signature = languages.map((language) => language.classOf(unit)).join(' ');
    const known = units.get(signature);
    if (known === undefined || rank(unit) < rank(known)) units.set(signature, unit);
  }
  return [...units.values()].sort((left, right) => rank(left) - rank(right));
}

function mostPlausible(from: number, to: number): number {
  for (const character of PLAUSIBLE) {
    const unit = character.charCodeAt(0);
    if (unit >= from && unit <= to) return unit;
  }
  return from;
}

/** Letters and digits come first, then what can be seen, then all else. */
function rank(unit: number): number {
  const place = PLAUSIBLE.indexOf(String.fromCharCode(unit));
  if (place !== -1) return place;
  return unit > 0x20 && unit < 0x7f ? 0x100 + unit : 0x1000 + unit;
}
