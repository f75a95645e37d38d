/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (Mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SELECTORS = ['errorCode', 'eventName', 'a', 'a.b', 'n', 't', 'e', 'a[0]', 'a[*]', 'userIdentity.type'];
const WORDS = [
  'x',
  'xy',
  'xyx',
  '*ice',
  '*yx',
  'x*',
  '*x*',
  '*',
  'y*x',
  '"12"',
  '12',
  '10',
  '1.5',
  'Root',
  '*y',
  '"1e1"',
];
const NUMBERS = ['10', '1', '1.5', '-2', '12', '1e1', '0'];

type Tree = string | { readonly joiner: '&&' | '||'; readonly operands: readonly Tree[] };

/**
 * Pairs of small JSON patterns, the same ones for the same seed. More often than not the second one is a change of the
 * first one: another joiner, one operand less, another condition, or another order.
 */
export function randomPairs(seed: number, count: number): readonly (readonly [required: string, candidate: string])[] {
  const random = seededRandom(seed);
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;

  const condition = (): string => {
    const selector = `$.${pick(SELECTORS)}`;
    const kind = random();
    if (kind < 0.65) return `${selector} ${pick(['=', '=', '!='])} ${pick(WORDS)}`;
    if (kind < 0.82) return `${selector} ${pick(['<', '<=', '>', '>='])} ${pick(NUMBERS)}`;
    return kind < 0.92 ? `${selector} NOT EXISTS` : `${selector} IS ${pick(['NULL', 'TRUE', 'FALSE'])}`;
  };
  const tree = (depth: number): Tree =>
    depth === 0 || random() < 0.25
      ? condition()
      : { joiner: pick(['&&', '||']), operands: Array.from({ length: pick([2, 2, 2, 3]) }, () => tree(depth - 1)) };
  const changed = (from: Tree): Tree => {
    if (typeof from === 'string') return random() < 0.5 ? condition() : from;
    const { joiner, operands } = from;
    const change = random();
    if (change < 0.3) return { joiner: joiner === '&&' ? '||' : '&&', operands };
    if (change < 0.5) return pick(operands);
    if (change < 0.65) return { joiner, operands: operands.toReversed() };
    const place = Math.floor(random() * operands.length);
    return { joiner, operands: operands.map((operand, index) => (index === place ? changed(operand) : operand)) };
  };
  const text = (of: Tree): string =>
    typeof of === 'string' ? of : `(${of.operands.map(text).join(` ${of.joiner} `)})`;
  const fits = (pattern: string) => (pattern.match(/\[\*\]/g) ?? []).length <= 3;

  const pairs: (readonly [string, string])[] = [];
  while (pairs.length < count) {
    const required = tree(random() < 0.3 ? 3 : 2);
    const candidate = random() < 0.6 ? changed(required) : tree(2);
    const pair = [`{ ${text(required)} }`, `{ ${text(candidate)} }`] as const;
    if (pair.every(fits)) pairs.push(pair);
  }
  return pairs;
}
