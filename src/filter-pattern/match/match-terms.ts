import { matchesRegex } from './match-regex.ts';
import type { Term, TermsPattern } from '../syntax/pattern.ts';
import type { Test, Trial } from './match-tree.ts';

/**
 * Tries terms on the raw text of a message, JSON or not: "ERROR" is found within "ERRORCODE", upper and lower case are
 * told apart, and the order does not matter.
 *
 * "?-terms are ignored" beside others: "`?ERROR ?ARGUMENTS REQUEST` ... returns the log events that contain REQUEST".
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function termsTrial({ terms }: TermsPattern, message: string): Trial {
  const of = (kind: Term['kind']) => terms.filter((term) => term.kind === kind).map((term) => occurs(term, message));
  const [required, optional, excluded] = [of('required'), of('optional'), of('excluded')];
  const wanted: Trial = { kind: 'and', operands: required };
  const unwanted = excluded.map(not);
  if (optional.length === 0 || required.length > 0) return { kind: 'and', operands: [wanted, ...unwanted] };
  if (excluded.length === 0) return { kind: 'or', operands: optional };
  return optionalWithExcluded(optional, unwanted);
}

function optionalWithExcluded(optional: readonly Test[], unwanted: readonly Test[]): Test {
  return {
    kind: 'test',
    holds: (ask) => {
      const some = optional.some((test) => test.holds(ask));
      const clean = unwanted.every((test) => test.holds(ask));
      if (some === clean) return some;
      switch (ask('optionalWithExcluded')) {
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

function occurs({ text }: Term, message: string): Test {
  return {
    kind: 'test',
    holds: (ask) => {
      if (text.kind === 'regex') return matchesRegex(text, message, ask);
      // "Use a blank in double quotes to match everything", says the guide: with or without a blank in the message?
      if (text.text.trim() === '' && !message.includes(text.text)) return ask('blankPhrase') === 'everything';
      return message.includes(text.text);
    },
  };
}

function not(test: Test): Test {
  return { kind: 'test', holds: (ask) => !test.holds(ask) };
}
