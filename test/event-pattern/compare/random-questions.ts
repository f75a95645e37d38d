import { seededRandom } from '../../filter-pattern/compare/random-pairs.ts';

/** Event patterns and filter patterns that ask about the same few fields, and events that have them. */
export interface RandomQuestions {
  readonly eventPattern: () => string;
  /** The same pattern with one part of it changed, more often than not. */
  readonly changed: (pattern: string) => string;
  readonly filterPattern: () => string;
  readonly event: () => string;
}

type Json = Readonly<Record<string, unknown>>;

const TEXTS = ['x', 'xy', 'X', 'yx', '10.0.0.7', 'Root'];
const NUMBERS = [5, 5.5, -1, 10];
/** Fields of the record that hold one value, and fields of objects that may stand in an array. */
const FIELDS = [['eventName'], ['errorCode'], ['n'], ['u'], ['userIdentity', 'type'], ['r', 'x'], ['r', 'y']];

export function randomQuestions(seed: number): RandomQuestions {
  const random = seededRandom(seed);
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const chance = (part: number) => random() < part;
  const listOf = <Value>(make: () => Value, most: number) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, make);

  const textMatch = (): Json =>
    pick<() => Json>([
      () => ({ prefix: pick(['x', 'y', '10.']) }),
      () => ({ suffix: pick(['x', 'y']) }),
      () => ({ prefix: { 'equals-ignore-case': 'X' } }),
      () => ({ 'equals-ignore-case': 'xY' }),
      () => ({ wildcard: pick(['x*', '*y*', 'x*y']) }),
    ])();
  const excluded = (): unknown =>
    pick<() => unknown>([
      () => pick(TEXTS),
      () => listOf(() => pick(TEXTS), 3),
      () => listOf(() => pick(NUMBERS), 2),
      () => ({ prefix: 'x' }),
      () => ({ suffix: listOf(() => pick(['x', 'y']), 2) }),
      () => ({ 'equals-ignore-case': 'xy' }),
    ])();
  const test = (): unknown => {
    const kind = random();
    if (kind < 0.4) return pick(TEXTS);
    if (kind < 0.5) return pick(NUMBERS);
    if (kind < 0.56) return pick([true, false, null]);
    if (kind < 0.68) return textMatch();
    if (kind < 0.8) return { 'anything-but': excluded() };
    if (kind < 0.87)
      return {
        numeric: pick([
          ['<', 5],
          ['>=', 5],
          ['=', 10],
          ['>', 0, '<=', 5.5],
        ]),
      };
    if (kind < 0.9) return { cidr: '10.0.0.0/8' };
    return { exists: chance(0.5) };
  };
  const tests = () => listOf(test, 2);
  const record = (): Json => {
    const members: Record<string, unknown> = {};
    for (const [first = '', second] of listOf(() => pick(FIELDS), 3)) {
      if (second === undefined) members[first] = tests();
      else members[first] = { ...(members[first] as Json | undefined), [second]: tests() };
    }
    return members;
  };
  const object = (): Json => {
    const detail: Json = chance(0.2) ? { ...record(), $or: [record(), record()] } : record();
    if (chance(0.1)) return { source: [pick(['aws.iam', 'aws.s3'])] };
    return {
      ...(chance(0.2) && { source: [pick(['aws.iam', 'aws.s3', { prefix: 'aws.' }])] }),
      ...(chance(0.1) && {
        resources: [pick<unknown>(['x', { prefix: 'x' }, { exists: true }, { 'anything-but': 'x' }])],
      }),
      detail,
    };
  };
  const changed = (pattern: string): string => {
    const from = JSON.parse(pattern) as { readonly detail?: Record<string, unknown>; readonly source?: unknown };
    if (from.detail === undefined || chance(0.15)) return JSON.stringify(object());
    const names = Object.keys(from.detail);
    const name = pick(names);
    const rest = Object.fromEntries(Object.entries(from.detail).filter(([one]) => one !== name));
    const detail = names.length > 1 && chance(0.4) ? rest : { ...from.detail, ...record() };
    return JSON.stringify({ ...from, detail });
  };

  /** Such as the filter language decides: what it leaves open is tested with that language. */
  const condition = (): string => {
    const text = pick(['eventName', 'errorCode', 'n', 'u', 'userIdentity.type', 'r.x', 'r.y', 'r[*].x', 'r[0].y']);
    const kind = random();
    if (kind < 0.75) return `$.${text} = ${pick(['x', 'xy', 'x*', '*y', '"10.*"', 'Root'])}`;
    if (kind < 0.9) return `$.${pick(['eventName', 'errorCode'])} NOT EXISTS`;
    return `$.${pick(['n', 'u'])} IS ${pick(['NULL', 'TRUE', 'FALSE'])}`;
  };
  const group = (depth: number): string =>
    depth === 0 || chance(0.4) ? condition() : `(${group(depth - 1)} ${pick(['&&', '||'])} ${group(depth - 1)})`;

  const value = (): unknown => {
    const kind = random();
    if (kind < 0.65) return pick(TEXTS);
    return kind < 0.85 ? pick(NUMBERS) : pick([true, false, null]);
  };
  const maybe = (name: string, make: () => unknown): Json => (chance(0.6) ? { [name]: make() } : {});
  const inArray = (): Json => ({ ...maybe('x', value), ...maybe('y', value) });
  /** A source goes with the event source of the record, as in every event of CloudTrail. */
  const event = (): string => {
    const service = pick(['iam', 's3', 'ec2']);
    return JSON.stringify({
      version: '0',
      id: 'x',
      'detail-type': pick(['AWS API Call via CloudTrail', 'x']),
      source: `aws.${service}`,
      account: '111122223333',
      time: '2026-01-31T12:00:00Z',
      region: 'us-east-1',
      resources: chance(0.7) ? [] : listOf(() => pick(TEXTS), 2),
      detail: {
        eventSource: `${service}.amazonaws.com`,
        ...maybe('eventName', () => pick(TEXTS)),
        ...maybe('errorCode', () => pick(TEXTS)),
        ...maybe('n', value),
        ...maybe('u', value),
        ...maybe('userIdentity', () => maybe('type', () => pick(TEXTS))),
        ...maybe('r', () => (chance(0.5) ? inArray() : listOf(inArray, 2))),
      },
    });
  };
  return {
    eventPattern: () => JSON.stringify(object()),
    changed,
    filterPattern: () => `{ ${group(2)} }`,
    event,
  };
}
