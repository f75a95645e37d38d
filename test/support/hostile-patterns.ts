/** Patterns of at most 1,024 characters, or nearly so, each of which makes some part of a comparison work hard. */
export const HOSTILE_PATTERNS: Readonly<Record<string, string>> = {
  'asterisk values of one field': fill((index) => `$.a=*${index}*`, '&&'),
  'alternatives of one field': fill((index) => `$.a=*${index}*`, '||'),
  'clauses of three fields': fill((index) => `(${clause(index, 0)})`, '&&'),
  'clauses of three fields, shifted': fill((index) => `(${clause(index, 1)})`, '&&'),
  'ranges of one number': fill((index) => `($.n>1.5${index}||$.n<1.25)`, '&&'),
  'ranges of many numbers': fill((index) => `($.n${index}>1.5||$.n${index}<1.25)`, '&&'),
  'ranges with exponents': fill((index) => `($.n>${index}e${(index * 99999999) % 999999999}||$.n<-1e${index})`, '&&'),
  'numbers with asterisks': fill((index) => `($.n>${index}&&$.n=${index}*)`, '||'),
  'wanted and unwanted asterisks': fill((index) => `$.a${index % 2 === 0 ? '' : '!'}=*${letter(index)}*x*`, '&&'),
  'five pigeons in four holes': `{ ${pigeons()} }`,
  'exclusive pairs': fill(
    (index) => `(($.${letter(index)}=1&&$.${letter(index + 1)}!=1)||($.${letter(index)}!=1&&$.${letter(index + 1)}=1))`,
    '&&',
  ),
  'paths through one another': fill(
    (index) => `($.a${'.b'.repeat(index % 9)}=x||$.a${'.b'.repeat((index + 1) % 9)} IS NULL)`,
    '&&',
  ),
  'a regular expression with a long memory': `{ $.eventName=%.*a${'.'.repeat(200)}% && $.eventName!=%.*b${'.'.repeat(200)}% }`,
  'nested parentheses': `{ ${'('.repeat(500)}$.a=x${')'.repeat(500)} }`,
  'a path of 505 steps': `{ $${'.a'.repeat(505)}=x }`,
};

/**
 * Different patterns of nearly 1,024 characters with hard ranges of numbers, which look as if they were meant for controls.
 *
 * @param words - what the controls look for, so that the patterns contain it
 */
export function hostileRanges(count: number, words: readonly string[] = []): readonly string[] {
  const parts: readonly (readonly [part: (index: number, seed: number) => string, joiner: string])[] = [
    [(index, seed) => `($.n>1.5${seed}${index}||$.n<1.25)`, '&&'],
    [(index, seed) => `($.n${index}>1.5${seed}||$.n${index}<1.25)`, '&&'],
    [(index, seed) => `($.n>${index}e${((index + seed) * 99999999) % 999999999}||$.n<-1e${index})`, '&&'],
    [(index, seed) => `($.n>${index}&&$.n=${seed}${index}*)`, '||'],
  ];
  const decoy = words.map((word) => `$.eventName!=${word}&&`).join('');
  return Array.from({ length: count }, (_, seed) => {
    const [part, joiner] = parts[seed % parts.length] ?? [String, ''];
    const ranges = fill((index) => part(index, seed), joiner, 1024 - decoy.length - 2);
    return decoy === '' ? ranges : `{ ${decoy}(${ranges.slice(2, -2)}) }`;
  });
}

/** As many parts as AWS accepts in one pattern: it may have 1,024 characters. */
function fill(part: (index: number) => string, joiner: string, limit = 1024): string {
  let inside = part(0);
  for (let index = 1; ; index += 1) {
    const longer = `${inside}${joiner}${part(index)}`;
    if (longer.length > limit - 4) return `{ ${inside} }`;
    inside = longer;
  }
}

function letter(index: number): string {
  return String.fromCharCode(97 + (index % 26));
}

function clause(index: number, shift: number): string {
  return [1, 2, 3].map((step) => `$.f${(index * step + shift) % 9}=${(index + step) % 2}*`).join('||');
}

/** No event satisfies it: each of five fields has one of four values, and no two have the same. */
function pigeons(): string {
  const [fields, values] = [
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3],
  ] as const;
  const some = fields.map((field) => `(${values.map((value) => `$.p${field}=${value}`).join('||')})`);
  const differ = values.flatMap((value) =>
    fields.flatMap((left) => fields.slice(left + 1).map((right) => `($.p${left}!=${value}||$.p${right}!=${value})`)),
  );
  return [...some, ...differ.slice(0, 26)].join('&&');
}
