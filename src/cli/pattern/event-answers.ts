import { catalog } from '../../controls/catalog.ts';
import { compare, type EventPattern, match, parse as parseEvent, print } from '../../event-pattern/index.ts';
import {
  compare as compareFilters,
  describeIssue,
  parse as parseFilter,
  type Pattern,
  print as printFilter,
} from '../../filter-pattern/index.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { answerOf, type PatternAnswer, SENTENCES, type Sentences, unreadAnswer } from './answers.ts';
import { languageOf } from './language.ts';

/** Whether a text is an event pattern, and what its canonical form is. */
export function answerEventParse(text: string): PatternAnswer {
  const result = parseEvent(text);
  if (result.kind !== 'parsed') {
    const valid = result.kind === 'invalid' ? false : result.kind;
    return unreadAnswer(result, text, result.kind === 'invalid' ? 'this' : 'this pattern', {
      valid,
      issue: result.issue,
    });
  }
  const canonical = print(result.pattern);
  return {
    json: { valid: true, kind: 'event', canonical },
    text: `valid: an event pattern\n${canonical}`,
    exitCode: exitCodes.satisfied,
  };
}

/** Whether an event pattern matches an event, with its envelope, as JSON text. */
export function answerEventMatch(text: string, event: string): PatternAnswer {
  const result = parseEvent(text);
  if (result.kind !== 'parsed') {
    const reason = `the pattern, ${describeIssue(result.issue)}`;
    const json = result.kind === 'invalid' ? { invalid: result.issue } : { matches: 'undecided', reason };
    return unreadAnswer(result, text, 'the pattern', json);
  }
  const { matches, reason } = match(result.pattern, event);
  if (matches === 'undecided') {
    return { json: { matches, reason }, text: `undecided: ${reason}`, exitCode: exitCodes.undecided };
  }
  return {
    json: { matches },
    text: matches ? 'yes: the pattern matches the event' : 'no: the pattern does not match the event',
    exitCode: matches ? exitCodes.satisfied : exitCodes.broken,
  };
}

/**
 * Compares the events of an event pattern with those whose record a filter pattern requires, or with those of another
 * event pattern.
 *
 * @param premisesText - a filter pattern about the record of every required event, or an event pattern about its envelope
 * @throws TypeError if no event satisfies the required pattern and the premises together
 */
export function answerEventCompare(
  candidateText: string,
  requiredText: string,
  premisesText: string | undefined,
): PatternAnswer {
  const read = [
    readPattern('the required pattern', requiredText, languageOf(requiredText)),
    ...(premisesText === undefined ? [] : [readPattern('the premises', premisesText, languageOf(premisesText))]),
    readPattern('the candidate', candidateText, 'event'),
  ];
  const unread = read.find((one) => one.kind === 'unread');
  if (unread?.kind === 'unread') return unread.answer;
  const patterns = read.flatMap((one) => (one.kind === 'read' ? [one.pattern] : []));
  const [required, candidate] = [patterns[0], patterns.at(-1)];
  if (required === undefined || candidate?.kind !== 'event') throw new Error('a pattern that was read is missing');
  const given = premisesText === undefined ? undefined : patterns[1];
  return answerOf(
    compare({
      candidates: [candidate],
      required,
      ...premisesOf(required, given),
    }),
    EVENT_SENTENCES,
  );
}

/** A pattern may contradict the premises and not itself: another source, or another detail type. */
const EVENT_SENTENCES: Sentences = {
  ...SENTENCES,
  never: 'the candidate matches no event that is required under the premises, and no event that is not required',
};

type ReadPattern =
  | { readonly kind: 'read'; readonly pattern: Pattern | EventPattern }
  | { readonly kind: 'unread'; readonly answer: PatternAnswer };

function readPattern(role: string, text: string, language: 'filter' | 'event'): ReadPattern {
  const result = language === 'event' ? parseEvent(text) : parseFilter(text);
  if (result.kind === 'parsed') return { kind: 'read', pattern: result.pattern };
  const reason = `${role}, ${describeIssue(result.issue)}`;
  return { kind: 'unread', answer: unreadAnswer(result, text, role, { relation: result.kind, reason }) };
}

function premisesOf(
  required: Pattern | EventPattern,
  given: Pattern | EventPattern | undefined,
): { readonly premises?: Pattern; readonly envelopes?: readonly EventPattern[] } {
  if (given?.kind === 'event') return { envelopes: [given] };
  if (given !== undefined) return { premises: given };
  const premises = required.kind === 'event' ? undefined : usualPremises(required);
  return premises === undefined ? {} : { premises };
}

/**
 * Without premises, the events of a pattern of the catalog are those that its control is about. All others are taken for
 * API calls, as far as the pattern lets them be.
 */
function usualPremises(required: Pattern): Pattern | undefined {
  const text = printFilter(required);
  const control = catalog.find(({ filterPattern, texts }) =>
    [filterPattern, ...texts.map(({ pattern }) => pattern)].some((one) => printedFilter(one) === text),
  );
  const premises = filterOf(control?.premises ?? '{ $.eventType = "AwsApiCall" }');
  if (premises === undefined || required.kind !== 'json') return undefined;
  return compareFilters({ candidates: [premises], required }).shared.kind === 'event' ? premises : undefined;
}

function filterOf(text: string): Pattern | undefined {
  const result = parseFilter(text);
  return result.kind === 'parsed' ? result.pattern : undefined;
}

function printedFilter(text: string): string | undefined {
  const pattern = filterOf(text);
  return pattern && printFilter(pattern);
}
