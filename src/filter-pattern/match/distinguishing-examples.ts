import { type Ambiguity, AMBIGUITIES, LIKELY_INTERPRETATIONS } from '../ambiguities/ambiguities.ts';
import { matches } from './matches.ts';
import { parse } from '../parse/parse.ts';

/** A pattern and a message on which the interpretations of an ambiguity differ, whatever the other ambiguities are. */
export interface DistinguishingExample {
  readonly pattern: string;
  readonly event: string;
}

function example(pattern: string, event: string): DistinguishingExample {
  return { pattern, event };
}

/** For each ambiguity, what to ask AWS: the answers together tell its interpretations apart. */
export const DISTINGUISHING_EXAMPLES: Readonly<Record<Ambiguity, readonly DistinguishingExample[]>> = {
  innerStar: [example('{ $.a = "x*z" }', '{"a":"xyz"}'), example('{ $.a = "x*z" }', '{"a":"xzz"}')],
  booleanEquality: [example('{ $.a = true }', '{"a":true}'), example('{ $.a != "x" }', '{"a":true}')],
  nullEquality: [example('{ $.a = "null" }', '{"a":null}'), example('{ $.a != "x" }', '{"a":null}')],
  containerScope: [example('{ $.a = 1 || $.b = 1 }', '{"a":{},"b":1}')],
  wildcardInequality: [example('{ $.a[*] != x }', '{"a":["x","y"]}'), example('{ $.a[*] != x }', '{"a":[]}')],
  wildcardState: [example('{ $.a[*] IS TRUE }', '{"a":[true,1]}'), example('{ $.a[*] IS TRUE }', '{"a":[]}')],
  wildcardAbsence: [
    example('{ $.a[*].k NOT EXISTS }', '{"a":[{"k":1},{}]}'),
    example('{ $.a[*].k NOT EXISTS }', '{"a":[]}'),
  ],
  brokenStep: [example('{ $.a.b NOT EXISTS }', '{"a":"text"}')],
  digitString: [example('{ $.a = 404 }', '{"a":"404"}'), example('{ $.a = 404 }', '{"a":"404.0"}')],
  numberSpelling: [example('{ $.a = "1e3" }', '{"a":1e3}'), example('{ $.a = "1000" }', '{"a":1e3}')],
  numberPrecision: [example('{ $.a = 9007199254740993 }', '{"a":9007199254740992}')],
  notAnObject: [example('{ $.a NOT EXISTS }', 'plain text')],
  surroundingText: [example('{ $.a = 1 }', 'INFO {"a":1}')],
  duplicateKey: [example('{ $.a = 1 }', '{"a":1,"a":2}')],
  regexNumber: [example('{ $.a = %4% }', '{"a":404}'), example('{ $.a != %5% }', '{"a":404}')],
  regexDot: [example('{ $.a = %x.y% }', '{"a":"x\\ny"}')],
  regexUnits: [
    example('{ $.a = %^.$% }', '{"a":"é"}'),
    example('{ $.a = %^.$% }', '{"a":"😀"}'),
    example('{ $.a = %^\\d$% }', '{"a":"٣"}'),
  ],
  regexVerticalTab: [example('{ $.a = %\\s% }', '{"a":"x\\u000by"}')],
  optionalWithExcluded: [example('?alpha -beta', 'alpha beta'), example('?alpha -beta', 'gamma')],
  blankPhrase: [example('" "', 'word')],
  whiteSpacePhrase: [example('"  "', 'word')],
  fieldCount: [example('[a, b = y]', 'x y z'), example('[a, b = "y z"]', 'x y z')],
  wordDelimiters: [example('[a = "xy*", ...]', 'x"y z"')],
  wordBlanks: [example('[a, ..., b, c]', 'x  y'), example('[a, b, ...]', 'x\ty')],
  wordNumber: [example('[a = 200]', '200.0')],
};

/**
 * What an interpretation makes of a probe.
 *
 * @throws Error if the pattern of the probe cannot be read
 */
export function expectedAnswer(
  ambiguity: Ambiguity,
  interpretation: string,
  { pattern, event }: DistinguishingExample,
): boolean {
  const result = parse(pattern);
  if (result.kind !== 'parsed') throw new Error(`the probe ${pattern} is not read`, { cause: result });
  return matches(result.pattern, event, { ...LIKELY_INTERPRETATIONS, [ambiguity]: interpretation });
}

/** The interpretations of an ambiguity that agree with all the answers, one answer for each of its probes in their order. */
export function interpretationsThatAgree(ambiguity: Ambiguity, answers: readonly boolean[]): readonly string[] {
  return AMBIGUITIES[ambiguity].interpretations.filter((interpretation) =>
    DISTINGUISHING_EXAMPLES[ambiguity].every(
      (probe, index) => expectedAnswer(ambiguity, interpretation, probe) === answers[index],
    ),
  );
}
