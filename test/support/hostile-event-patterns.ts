type Json = Readonly<Record<string, unknown>>;

/** The envelope of the events that most controls ask for, so that a pattern has to be compared. */
const ENVELOPE = { source: ['aws.iam'], 'detail-type': ['AWS API Call via CloudTrail'] };

/** Event patterns of at most 4,096 characters, or nearly so, each of which makes some part of a comparison work hard. */
export const HOSTILE_EVENT_PATTERNS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(shapes()).map((name) => [name, hostile(name, 0)]),
);

/** Different patterns with hard parts, which look as if they were meant for controls. */
export function hostileEventPatterns(count: number): readonly string[] {
  const names = Object.keys(HOSTILE_EVENT_PATTERNS);
  return Array.from({ length: count }, (_, seed) => hostile(names[seed % names.length] ?? '', seed));
}

/** What makes a pattern hard, by how much of it there is: more, as long as the pattern is short enough. */
function shapes(): Readonly<Record<string, (size: number, seed: number) => Json>> {
  const many = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));
  return {
    'a choice within a choice': (size, seed) => choiceWithin(Math.floor(Math.log2(size + 1)), seed),
    'choices next to each other': (size, seed) =>
      Object.fromEntries(
        many(Math.min(size, 9), (index) => [
          `f${index}`,
          { $or: [{ x: [{ prefix: `${seed}` }] }, { y: [{ 'anything-but': { suffix: `${index}` } }] }] },
        ]),
      ),
    'wildcards of one field': (size, seed) => ({
      eventName: many(size, (index) => ({ wildcard: `*${index}*a*${seed}*` })),
    }),
    'wildcards that must not match': (size, seed) => ({
      eventName: [{ 'anything-but': { wildcard: many(size, (index) => `*${index}*${seed}*`) } }],
    }),
    'ranges of one number': (size, seed) => ({
      n: many(size, (index) => ({ numeric: ['>', index * 2 + seed, '<', index * 2 + seed + 1.5] })),
    }),
    'prefixes, suffixes and spellings': (size, seed) => ({
      eventName: many(size, (index) =>
        index % 3 === 0
          ? { prefix: `De${index}` }
          : index % 3 === 1
            ? { suffix: `${seed}Device${index}` }
            : { 'equals-ignore-case': `deactivate${index}` },
      ),
      errorCode: [{ exists: false }, { 'anything-but': { prefix: many(Math.ceil(size / 4), (index) => `x${index}`) } }],
    }),
    'objects in arrays': (size, seed) =>
      Object.fromEntries(
        many(Math.min(size, 40), (index) => [`a${index % 8}`, { [`b${index}`]: [`${seed}`, { exists: false }] }]),
      ),
  };
}

function choiceWithin(depth: number, seed: number): Json {
  if (depth === 0) return { [`k${seed % 97}`]: [{ prefix: `a${seed}` }] };
  return { $or: [choiceWithin(depth - 1, seed * 2), choiceWithin(depth - 1, seed * 2 + 1)] };
}

function hostile(name: string, seed: number): string {
  const shape = shapes()[name];
  if (shape === undefined) throw new Error(`no such pattern: ${name}`);
  const textOf = (size: number) => {
    const hard = shape(size, seed);
    return JSON.stringify({ ...ENVELOPE, detail: { eventName: ['DeactivateMFADevice'], ...hard } });
  };
  let text = textOf(1);
  for (let size = 2; size <= 127; size += 1) {
    const longer = textOf(size);
    if (longer.length > 4096) break;
    text = longer;
  }
  return text;
}
