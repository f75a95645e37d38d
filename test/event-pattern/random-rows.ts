import { seededRandom } from '../filter-pattern/compare/random-pairs.ts';

/** Random patterns and events that meet: few names and values, so that patterns match about as often as not. */
export interface RandomRows {
  readonly pattern: () => string;
  readonly event: () => string;
  /** One value that events may have, as JSON text. */
  readonly value: () => string;
}

const TEXTS = ['x', 'xy', 'X', 'yx', 'y*', '', 'äB', 'Äb', '10.0.0.7', '10.0.1.7', '2001:db8::1', '5'];
const NUMBERS = ['5', '5.0', '-1', '0', '3.25', '1e1', '10', '4999999999.5', '7000000000', '18'];
const NAMES = ['a', 'b', 'c'];

export function randomRows(seed: number): RandomRows {
  const random = seededRandom(seed);
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const several = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const listOf = <Value>(make: () => Value, least: number, most: number) =>
    Array.from({ length: several(least, most) }, make);
  const text = () => JSON.stringify(pick(TEXTS));

  const numeric = (): string => {
    const kind = random();
    if (kind < 0.6) return `{"numeric":["${pick(['<', '<=', '=', '>=', '>'])}",${pick(['5', '0', '3.25', '10'])}]}`;
    return `{"numeric":["${pick(['>', '>='])}",${pick(['-1', '0', '3'])},"${pick(['<', '<='])}",${pick(['5', '10'])}]}`;
  };
  const excluded = (): string => {
    const kind = random();
    if (kind < 0.25) return text();
    if (kind < 0.4) return `[${listOf(text, 1, 2).join()}]`;
    if (kind < 0.55) return pick(NUMBERS.slice(0, 7));
    if (kind < 0.65) return `[${listOf(() => pick(NUMBERS.slice(0, 7)), 1, 2).join()}]`;
    const filled = () => JSON.stringify(pick(TEXTS.filter((one) => one !== '' && !one.includes('*'))));
    return `{"${pick(['prefix', 'suffix', 'equals-ignore-case', 'wildcard'])}":${pick([filled(), `[${listOf(filled, 1, 2).join()}]`])}}`;
  };
  const test = (): string => {
    const kind = random();
    if (kind < 0.28) return text();
    if (kind < 0.36) return pick(NUMBERS);
    if (kind < 0.42) return pick(['true', 'false', 'null']);
    if (kind < 0.5) return `{"${pick(['prefix', 'suffix'])}":${text()}}`;
    if (kind < 0.55) return `{"${pick(['prefix', 'suffix'])}":{"equals-ignore-case":${text()}}}`;
    if (kind < 0.6) return `{"equals-ignore-case":${text()}}`;
    if (kind < 0.66) return `{"wildcard":${JSON.stringify(pick(['x*', '*y', '*', 'x*y', 'y\\*', '*x*', 'y\\\\*']))}}`;
    if (kind < 0.78) return `{"anything-but":${excluded()}}`;
    if (kind < 0.84) return numeric();
    if (kind < 0.88) return `{"cidr":"${pick(['10.0.0.0/24', '10.0.0.0/16', '2001:db8::/32', '18.0.0.0/8'])}"}`;
    return `{"exists":${random() < 0.5}}`;
  };
  const object = (depth: number): string => {
    const members = listOf(
      () => {
        const name = random() < 0.06 ? `${pick(NAMES)}.${pick(NAMES)}` : pick(NAMES);
        if (depth > 0 && random() < 0.3) return `"${name}":${object(depth - 1)}`;
        return `"${name}":[${listOf(test, 1, 2).join()}]`;
      },
      1,
      2,
    );
    if (random() < 0.15) members.push(`"$or":[${listOf(() => object(Math.max(0, depth - 1)), 2, 3).join()}]`);
    return `{${members.join()}}`;
  };

  const value = (): string => {
    const kind = random();
    if (kind < 0.6) return text();
    if (kind < 0.8) return pick(NUMBERS);
    return pick(['true', 'false', 'null']);
  };
  const nested = (depth: number): string => {
    const kind = random();
    if (depth > 0 && kind < 0.35) return eventObject(depth - 1);
    if (depth > 0 && kind < 0.6) return `[${listOf(() => nested(depth - 1), 0, 3).join()}]`;
    return value();
  };
  const eventObject = (depth: number): string => {
    const names = NAMES.filter(() => random() < 0.6);
    if (random() < 0.04) names.push('a.b');
    return `{${names.map((name) => `"${name}":${nested(depth)}`).join()}}`;
  };
  return { pattern: () => object(2), event: () => eventObject(3), value };
}
