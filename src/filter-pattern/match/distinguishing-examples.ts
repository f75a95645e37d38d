import { type Corner, CORNERS, LIKELY_READING } from '../ambiguities/ambiguities.ts';
import { matches } from './matches.ts';
import { parse } from '../parse/parse.ts';

/** A pattern and a message on which the readings of a corner differ, whatever the other corners are. */
export interface Probe {
  readonly pattern: string;
  readonly event: string;
}

function probe(pattern: string, event: string): Probe {
  return { pattern, event };
}

/** For each corner, what to ask AWS: the answers together tell its readings apart. */
export const PROBES: Readonly<Record<Corner, readonly Probe[]>> = {
  innerStar: [probe('{ $.a = "x*z" }', '{"a":"xyz"}'), probe('{ $.a = "x*z" }', '{"a":"xzz"}')],
  booleanEquality: [probe('{ $.a = true }', '{"a":true}'), probe('{ $.a != "x" }', '{"a":true}')],
  nullEquality: [probe('{ $.a = "null" }', '{"a":null}'), probe('{ $.a != "x" }', '{"a":null}')],
  containerScope: [probe('{ $.a = 1 || $.b = 1 }', '{"a":{},"b":1}')],
  wildcardInequality: [probe('{ $.a[*] != x }', '{"a":["x","y"]}'), probe('{ $.a[*] != x }', '{"a":[]}')],
  wildcardState: [probe('{ $.a[*] IS TRUE }', '{"a":[true,1]}'), probe('{ $.a[*] IS TRUE }', '{"a":[]}')],
  wildcardAbsence: [
    probe('{ $.a[*].k NOT EXISTS }', '{"a":[{"k":1},{}]}'),
    probe('{ $.a[*].k NOT EXISTS }', '{"a":[]}'),
  ],
  brokenStep: [probe('{ $.a.b NOT EXISTS }', '{"a":"text"}')],
  digitString: [probe('{ $.a = 404 }', '{"a":"404"}'), probe('{ $.a = 404 }', '{"a":"404.0"}')],
  numberSpelling: [probe('{ $.a = "1e3" }', '{"a":1e3}'), probe('{ $.a = "1000" }', '{"a":1e3}')],
  numberPrecision: [probe('{ $.a = 9007199254740993 }', '{"a":9007199254740992}')],
  notAnObject: [probe('{ $.a NOT EXISTS }', 'plain text')],
  surroundingText: [probe('{ $.a = 1 }', 'INFO {"a":1}')],
  duplicateKey: [probe('{ $.a = 1 }', '{"a":1,"a":2}')],
  regexNumber: [probe('{ $.a = %4% }', '{"a":404}'), probe('{ $.a != %5% }', '{"a":404}')],
  regexDot: [probe('{ $.a = %x.y% }', '{"a":"x\\ny"}')],
  regexUnits: [
    probe('{ $.a = %^.$% }', '{"a":"é"}'),
    probe('{ $.a = %^.$% }', '{"a":"😀"}'),
    probe('{ $.a = %^\\d$% }', '{"a":"٣"}'),
  ],
  regexVerticalTab: [probe('{ $.a = %\\s% }', '{"a":"x\\u000by"}')],
  optionalWithExcluded: [probe('?alpha -beta', 'alpha beta'), probe('?alpha -beta', 'gamma')],
  blankPhrase: [probe('" "', 'word')],
  fieldCount: [probe('[a, b = y]', 'x y z'), probe('[a, b = "y z"]', 'x y z'), probe('[a = "x y", b]', 'x y z')],
  wordDelimiters: [probe('[a = "xy*", ...]', 'x"y z"')],
  wordBlanks: [probe('[a, ..., b, c]', 'x  y'), probe('[a, b, ...]', 'x\ty')],
  wordNumber: [probe('[a = 200]', '200.0')],
};

/** What a reading makes of a probe. */
export function expectedAnswer(corner: Corner, reading: string, { pattern, event }: Probe): boolean {
  const result = parse(pattern);
  if (result.kind !== 'parsed') throw new Error(`the probe ${pattern} is not read`, { cause: result });
  return matches(result.pattern, event, { ...LIKELY_READING, [corner]: reading });
}

/** The readings of a corner that agree with all the answers, one answer for each of its probes in their order. */
export function readingsThatAgree(corner: Corner, answers: readonly boolean[]): readonly string[] {
  return CORNERS[corner].readings.filter((reading) =>
    PROBES[corner].every((probe, index) => expectedAnswer(corner, reading, probe) === answers[index]),
  );
}
