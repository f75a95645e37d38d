/** A number from 0 below `limit`, as good as chance; the same seed gives the same numbers. */
export type Random = (limit: number) => number;

/** Park and Miller's generator. */
export function randomFrom(seed: number): Random {
  let state = (seed % 2147483646) + 1;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

const TOKENS = [
  ...Array.from('{}[]()"\'%\\*?-+.,:;=!<>&|$@_ \n\t0123456789eEaxyzé😀'),
  ...['$.a', '$.a.b', '$.a[0]', '$.a[*]', '$.*', "$.['a.b']", ' = ', ' != ', ' > ', ' <= ', ' && ', ' || ', ' IS NULL'],
  ...[
    ' IS TRUE',
    ' NOT EXISTS',
    '"x*"',
    '"*y*"',
    '%x%',
    '%^[^x]+$%',
    '%\\d{2,}%',
    '?x',
    '-x',
    '...',
    ', ',
    '12.0',
    '1e3',
    '-0',
  ],
  ...['"$or":[', '{"prefix":', '{"suffix":', '{"wildcard":"x*"}', '{"anything-but":', '{"exists":false}', '"detail":{'],
  ...['{"numeric":[">=",5]}', '{"cidr":"10.0.0.0/8"}', '{"equals-ignore-case":"X"}', '"source":["aws.iam"]'],
  ...['{"a":"x"}', '{"a":12.0}', '{"a":[1,"x"]}', '{"a":{"b":null}}', 'true', 'null', '"\\u00e9"', '"a":'],
];

/** A text that differs in a few places from one of the corpus, or has parts of two. */
export function mutated(corpus: readonly string[], random: Random, maxLength: number): string {
  let text = pick(corpus, random);
  for (let changes = 1 + random(4); changes > 0; changes -= 1) text = changed(text, corpus, random);
  return text.slice(0, maxLength);
}

function changed(text: string, corpus: readonly string[], random: Random): string {
  const [from, to] = [random(text.length + 1), random(text.length + 1)].sort((left, right) => left - right) as [
    number,
    number,
  ];
  switch (random(6)) {
    case 0:
      return text.slice(0, from) + text.slice(Math.min(to, from + 8));
    case 1:
      return text.slice(0, to) + text.slice(from);
    case 2: {
      const other = pick(corpus, random);
      return text.slice(0, from) + other.slice(random(other.length + 1));
    }
    case 3: {
      const [lines, others] = [text.split('\n'), pick(corpus, random).split('\n')];
      lines[random(lines.length)] = pick(others, random);
      return lines.join('\n');
    }
    case 4:
      return text.slice(0, from) + pick(TOKENS, random) + text.slice(from + 1);
    default:
      return text.slice(0, from) + pick(TOKENS, random) + text.slice(from);
  }
}

function pick(list: readonly string[], random: Random): string {
  return list[random(list.length)] ?? '';
}
