import { matchesRegex } from './match-regex.ts';
import type { Term, TermsPattern } from '../syntax/pattern.ts';
import type { MatchTest, MatchTree } from './match-tree.ts';

/**
 * Tries terms on the raw text of a message, JSON or not: "ERROR" is found within "ERRORCODE", upper and lower case
 * differ, and the order does not matter.
 *
 * "?-terms are ignored" next to others: "`?ERROR ?ARGUMENTS REQUEST` ... returns the log events that contain REQUEST".
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function termsMatchTree({ terms }: TermsPattern, message: string): MatchTree {
  const of = (kind: Term['kind']) =>
    terms.filter((term) => term.kind === kind).map((term) => occurrenceTest(term, message));
  const [required, optional, excluded] = [of('required'), of('optional'), of('excluded')];
  const wanted: MatchTree = { kind: 'and', operands: required };
  const unwanted = excluded.map(negated);
  if (optional.length === 0 || required.length > 0) return { kind: 'and', operands: [wanted, ...unwanted] };
  if (excluded.length === 0) return { kind: 'or', operands: optional };
  return optionalWithExcluded(optional, unwanted);
}

function optionalWithExcluded(optional: readonly MatchTest[], unwanted: readonly MatchTest[]): MatchTest {
  return {
    kind: 'test',
    passes: (interpret) => {
      const some = optional.some((test) => test.passes(interpret));
      const clean = unwanted.every((test) => test.passes(interpret));
      if (some === clean) return some;
      switch (interpret('optionalWithExcluded')) {
        case 'ignored':
          return clean;
        case 'alternative':
          return some || clean;
        case 'both':
          return some && clean;
      }
    },
  };
}

function occurrenceTest({ text }: Term, message: string): MatchTest {
  return {
    kind: 'test',
    passes: (interpret) => {
      if (text.kind === 'regex') return matchesRegex(text, message, interpret);
      if (text.text.trim() !== '' || message.includes(text.text)) return message.includes(text.text);
      return interpret(text.text === ' ' ? 'blankPhrase' : 'whiteSpacePhrase') === 'everything';
    },
  };
}

function negated(test: MatchTest): MatchTest {
  return { kind: 'test', passes: (interpret) => !test.passes(interpret) };
}
