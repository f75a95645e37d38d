import { expect } from 'chai';

import {
  type Ambiguity,
  AMBIGUITIES,
  LIKELY_INTERPRETATIONS,
  matches,
  matchesUnderAll,
  parse,
  type Pattern,
} from '../../../src/filter-pattern/index.ts';

function patternOf(text: string): Pattern {
  const result = parse(text);
  if (result.kind !== 'parsed') throw new Error(`${text} is not read`, { cause: result });
  return result.pattern;
}

/** The interpretations of an ambiguity under which the pattern matches, all other ambiguities read as is likely. */
function readingsThatMatch(ambiguity: Ambiguity, pattern: string, event: string): readonly string[] {
  return AMBIGUITIES[ambiguity].interpretations.filter((interpretation) =>
    matches(patternOf(pattern), event, { ...LIKELY_INTERPRETATIONS, [ambiguity]: interpretation }),
  );
}

/** Ambiguity, pattern, event, and the interpretations under which the one matches the other. */
const differing: readonly (readonly [Ambiguity, string, string, readonly string[]])[] = [
  ['innerStar', '{ $.a = "x*z" }', '{"a":"xyz"}', ['glob', 'leftmost']],
  ['innerStar', '{ $.a = "x*z" }', '{"a":"xzz"}', ['glob']],
  ['innerStar', '{ $.a = "*z" }', '{"a":"zaz"}', ['glob', 'literal']],
  ['innerStar', '{ $.a != "x*z" }', '{"a":"xyz"}', ['literal']],
  ['innerStar', '{ $.a = 1*3 }', '{"a":123}', ['glob', 'leftmost']],
  ['booleanEquality', '{ $.a = true }', '{"a":true}', ['text']],
  ['booleanEquality', '{ $.a = "*" }', '{"a":false}', ['text']],
  ['booleanEquality', '{ $.a != false }', '{"a":true}', ['differs', 'text']],
  ['booleanEquality', '{ $.a != 1 }', '{"a":true}', ['differs', 'text']],
  ['nullEquality', '{ $.a = "null" }', '{"a":null}', ['text']],
  ['nullEquality', '{ $.a != "x" }', '{"a":null}', ['differs', 'text']],
  ['containerScope', '{ $.a = 1 || $.b = 1 }', '{"a":{},"b":1}', ['condition']],
  ['containerScope', '{ $.a NOT EXISTS || $.b = 1 }', '{"a":[],"b":1}', ['condition']],
  ['wildcardInequality', '{ $.a[*] != x }', '{"a":["x","y"]}', ['any']],
  ['wildcardInequality', '{ $.a[*] != x }', '{"a":[]}', ['vacuous']],
  ['wildcardInequality', '{ $.a.* != x }', '{"a":{"b":"y"}}', ['any', 'all', 'vacuous']],
  ['wildcardState', '{ $.a[*] IS TRUE }', '{"a":[true,1]}', ['any']],
  ['wildcardState', '{ $.a[*] IS NULL }', '{"b":1}', ['vacuous']],
  ['wildcardAbsence', '{ $.a[*].k NOT EXISTS }', '{"a":[{"k":1},{}]}', ['any']],
  ['wildcardAbsence', '{ $.a[*].k NOT EXISTS }', '{}', ['vacuous']],
  ['brokenStep', '{ $.a.b NOT EXISTS }', '{"a":null}', ['absent']],
  ['brokenStep', '{ $.a.b NOT EXISTS }', '{"a":"text"}', ['absent']],
  ['brokenStep', '{ $.a.b NOT EXISTS }', '{"a":[]}', ['absent']],
  ['brokenStep', '{ $.a[0] NOT EXISTS }', '{"a":{}}', ['absent']],
  ['brokenStep', '{ $.a.b.c NOT EXISTS }', '{"a":1}', ['absent']],
  ['digitString', '{ $.a = 404 }', '{"a":"404"}', ['text', 'numeric']],
  ['digitString', '{ $.a = 404 }', '{"a":"404.0"}', ['numeric']],
  ['digitString', '{ $.a != +404 }', '{"a":"404"}', ['text', 'never']],
  ['digitString', '{ $.a > 400 }', '{"a":"404"}', ['numeric']],
  ['numberSpelling', '{ $.a = "1e3" }', '{"a":1e3}', ['source']],
  ['numberSpelling', '{ $.a = "1000" }', '{"a":1e3}', ['plain']],
  ['numberSpelling', '{ $.a = "1000.0" }', '{"a":1e3}', ['double']],
  ['numberSpelling', '{ $.a = "-0" }', '{"a":-0}', ['source']],
  ['numberSpelling', '{ $.a = "1.50" }', '{"a":1.50}', ['source', 'plain']],
  ['numberSpelling', '{ $.a = *.9 }', '{"a":12345678.9}', ['source', 'plain']],
  ['numberPrecision', '{ $.a = 9007199254740993 }', '{"a":9007199254740992}', ['double']],
  ['numberPrecision', '{ $.a < 1e401 }', '{"a":1e400}', ['exact']],
  ['notAnObject', '{ $.a NOT EXISTS }', 'plain text', ['absent']],
  ['notAnObject', '{ $.a NOT EXISTS }', '[{"a":1}]', ['absent']],
  ['surroundingText', '{ $.a = 1 }', 'INFO {"a":1}', ['ignored']],
  ['surroundingText', '{ $.a = 1 }', '{"a":1} done', ['ignored']],
  ['duplicateKey', '{ $.a = 1 }', '{"a":1,"a":2}', ['first']],
  ['duplicateKey', '{ $.* = 2 }', '{"a":1,"a":2}', ['last']],
  ['regexNumber', '{ $.a = %4% }', '{"a":404}', ['text']],
  ['regexNumber', '{ $.a != %5% }', '{"a":404}', ['text', 'differs']],
  ['booleanEquality', '{ $.a = %tru% }', '{"a":true}', ['text']],
  ['nullEquality', '{ $.a != %nul% }', '{"a":null}', ['differs']],
  ['regexDot', '{ $.a = %x.y% }', '{"a":"x\\ny"}', ['any']],
  ['regexDot', '{ $.a = %x.y% }', '{"a":"x\\u2028y"}', ['any']],
  ['regexUnits', '{ $.a = %^.$% }', '{"a":"é"}', ['character', 'utf-16', 'unicode']],
  ['regexUnits', '{ $.a = %^[^a]$% }', '{"a":"😀"}', ['character', 'unicode']],
  ['regexUnits', '{ $.a = %^\\D{2}$% }', '{"a":"é"}', ['byte']],
  ['regexUnits', '%\\s%', 'a\u00a0b', ['unicode']],
  ['regexUnits', '%[\\d]%', '٣', ['unicode']],
  ['regexVerticalTab', '%\\s%', 'a\vb', ['blank']],
  ['optionalWithExcluded', '?a -b', 'a b', ['alternative']],
  ['optionalWithExcluded', '?a -b', 'c', ['ignored', 'alternative']],
  ['blankPhrase', '" "', 'word', ['everything']],
  ['blankPhrase', 'word -" "', 'word', ['blank']],
  ['whiteSpacePhrase', '"\t"', 'word', ['everything']],
  ['whiteSpacePhrase', 'word -"  "', 'word', ['blank']],
  ['fieldCount', '[a, b = y]', 'x y z', ['prefix']],
  ['fieldCount', '[a, b = "y z"]', 'x y z', ['last-takes-rest']],
  ['wordDelimiters', '[a = "xy z", ...]', 'x"y z"', ['inner']],
  ['wordDelimiters', '[a, b]', '[x y', ['outer']],
  ['wordBlanks', '[a, b = y]', 'x  y', ['run', 'white-space']],
  ['wordBlanks', '[a, b, c]', 'x  y', ['each']],
  ['wordBlanks', '[a, b]', 'x\ty', ['white-space']],
  ['wordNumber', '[a = 200]', '200.0', ['numeric']],
  ['wordNumber', '[a > 100]', '2e2', ['numeric']],
];

/** What is certain although the place looks open. */
const certain = [
  ['{ $.a = "x*" }', '{"a":"xyz"}', true],
  ['{ $.a = "*y*" }', '{"a":"xyz"}', true],
  ['{ $.a = "*" }', '{"a":""}', true],
  ['{ $.a = "**" }', '{"a":""}', true],
  ['{ $.a = "*z" }', '{"a":"xyz"}', true],
  ['{ $.a = "*ab*a" }', '{"a":"b"}', false],
  ['{ $.a < 5 }', '{"a":true}', false],
  ['{ $.a < 5 }', '{"a":null}', false],
  ['{ $.a < 5 }', '{"a":"text"}', false],
  ['{ $.a < 5 }', '{"a":[1]}', false],
  ['{ $.a < 5 }', '{}', false],
  ['{ $.a != 5 }', '{}', false],
  ['{ $.a.b != 5 }', '{"a":"text"}', false],
  ['{ $.a IS NULL }', '{}', false],
  ['{ $.a IS NULL }', '{"a":"null"}', false],
  ['{ $.a IS FALSE }', '{"a":true}', false],
  ['{ $.a IS TRUE }', '{"a":false}', false],
  ['{ $.a IS TRUE }', '{"a":"true"}', false],
  ['{ $.a.b NOT EXISTS }', '{}', true],
  ['{ $.a[3] NOT EXISTS }', '{"a":[1]}', true],
  ['{ $.a NOT EXISTS }', '{"a":{}}', false],
  ['{ $.a[*] = x }', '{"a":["y","x"]}', true],
  ['{ $.a[*] > 5 }', '{"a":[1,9]}', true],
  ['{ $.a[*] = x }', '{"a":{"b":"x"}}', false],
  ['{ $.a.* = x }', '{"a":["x"]}', false],
  ['{ $.a.* = x }', '{"a":{"b":{"c":"x"}}}', false],
  ['{ $.* = x }', '{"a":{},"b":"x"}', true],
  ['{ $.a = 12 }', '{"a":12.0}', true],
  ['{ $.a = "12" }', '{"a":12.0}', false],
  ['{ $.a = 0 }', '{"a":-0}', true],
  ['{ $.a = 1e3 }', '{"a":1000}', true],
  ['{ $.a > 1e999999999 }', '{"a":1e9999999999}', 'undecided'],
  ['{ $.a = 12 }', '{"a":"twelve"}', false],
  ['{ $.a = x }', '{"a":"x","b":1,"b":2}', true],
  ['{ $.a = x }', '{"a":"y","a":"y"}', false],
  ['{ $.a = true || $.a IS TRUE }', '{"a":true}', true],
  ['{ $.a = true && $.a IS FALSE }', '{"a":true}', false],
  ['{ $.a = 1 }', 'no JSON', false],
  ['{ $.a = 1 }', '{"a":1,}', false],
  ['', '', true],
  ['[]', 'any text', true],
  ['[...]', '', true],
  ['{ $.a = %^De.*vice$% }', '{"a":"DeactivateMFADevice"}', true],
  ['{ $.a != %x% }', '{"a":"xyz"}', false],
  ['{ $.a != %x% }', '{}', false],
  ['{ $.a = %x% }', '{"a":["x"]}', false],
  ['%a{2,3}b%', 'aaaab', true],
  ['%^a{2,3}b%', 'aaaab', false],
  ['%a$b%', 'a$b', false],
  ['%a|^b%', 'cb', false],
  ['%[^b-y]{3}%', 'aza', true],
  ['%[^b-y]{3}%', 'ayaz', false],
  ['%x{,2}$%', '', true],
  ['{ $.a = %^b% }', '{"a":"a\\nb"}', false],
  ['{ $.a = %a$% }', '{"a":"a\\n"}', false],
  ['?a b', 'b', true],
  ['?a ?b -c d', 'a c', false],
  ['-a', 'b', true],
  ['"a*b"', 'axb', false],
  ['" "', 'two words', true],
  ['[a, b]', 'x', false],
  ['[a, ..., b]', 'x y', true],
  ['[a, ..., b]', 'x', false],
  ['[a = x || a = y && a != "y*", b]', 'x 1', true],
  ['[a = x || a = y && a != "y*", b]', 'y 1', false],
  ['[a, b = "GET *"]', '- "GET /x HTTP/1.0"', true],
  ['[a, b = "10/Oct*"]', '- [10/Oct/2000 -0700]', true],
  ['[a != 5]', 'text', true],
  ['[a < 5]', 'text', false],
  ['[a < 5]', '4.5', true],
] as const;

describe('an ambiguity', () => {
  for (const [ambiguity, pattern, event, interpretations] of differing) {
    it(`${ambiguity}: ${pattern} matches ${event} when read as ${interpretations.join(', ')}`, () => {
      expect(readingsThatMatch(ambiguity, pattern, event)).to.deep.equal(interpretations);
    });
  }

  for (const [ambiguity, pattern, event, interpretations] of differing) {
    if (interpretations.length === AMBIGUITIES[ambiguity].interpretations.length) continue;
    it(`${ambiguity} leaves ${pattern} on ${event} undecided, and is named`, () => {
      const match = matchesUnderAll(patternOf(pattern), event, {});
      expect(match.matches).to.equal('undecided');
      expect(match.ambiguity).to.be.a('string');
    });
  }

  it('is shown for every entry of the table, in an example where its interpretations differ', () => {
    const shown = differing.filter(
      ([ambiguity, , , interpretations]) => interpretations.length < AMBIGUITIES[ambiguity].interpretations.length,
    );
    expect([...new Set(shown.map(([ambiguity]) => ambiguity))]).to.have.members(Object.keys(AMBIGUITIES));
  });

  it('has interpretations that all differ from each other somewhere', () => {
    for (const [ambiguity, { interpretations }] of Object.entries(AMBIGUITIES)) {
      for (const [index, one] of interpretations.entries()) {
        for (const other of interpretations.slice(index + 1)) {
          const rows = differing.filter(
            ([name, , , hits]) => name === ambiguity && hits.includes(one) !== hits.includes(other),
          );
          expect(rows, `${ambiguity}: ${one} and ${other}`).to.not.be.empty;
        }
      }
    }
  });
});

describe('a match', () => {
  for (const [pattern, event, expected] of certain) {
    it(`of ${pattern} on ${event} is ${expected}`, () => {
      expect(matchesUnderAll(patternOf(pattern), event, {}).matches).to.equal(expected);
    });
  }
});
