import {
  compareTexts,
  AMBIGUITIES,
  describeIssue,
  type Issue,
  matchesUnderAll,
  parse,
  print,
  renderIssue,
  type TextComparison,
} from '../../filter-pattern/index.ts';
import { exitCodes } from '../terminal/exit-code.ts';

/** An answer to one question about patterns. */
export interface PatternAnswer {
  /** For programs: the shape that `--help` describes. */
  readonly json: Readonly<Record<string, unknown>>;
  /** For people: the first line is the answer, what follows explains it. */
  readonly text: string;
  readonly exitCode: number;
}

const yes = exitCodes.satisfied;
const no = exitCodes.broken;
const { undecided } = exitCodes;

/** Whether a text is a filter pattern, and what its canonical form is. */
export function answerParse(pattern: string): PatternAnswer {
  const result = parse(pattern);
  switch (result.kind) {
    case 'parsed': {
      const { kind } = result.pattern;
      const canonical = print(result.pattern);
      const what = kind === 'everything' ? 'the empty pattern, which matches everything' : `a ${kind} pattern`;
      return { json: { valid: true, kind, canonical }, text: `valid: ${what}\n${canonical}`, exitCode: yes };
    }
    case 'invalid':
      return unreadAnswer(result, pattern, 'this', { valid: false, issue: result.issue });
    case 'undecided':
      return unreadAnswer(result, pattern, 'this pattern', { valid: 'undecided', issue: result.issue });
  }
}

/** Whether a pattern matches an event, a raw message. */
export function answerMatch(pattern: string, event: string): PatternAnswer {
  const result = parse(pattern);
  switch (result.kind) {
    case 'parsed': {
      const { matches, ambiguity } = matchesUnderAll(result.pattern, event);
      if (matches !== 'undecided') {
        return {
          json: { matches },
          text: matches ? 'yes: the pattern matches the event' : 'no: the pattern does not match the event',
          exitCode: matches ? yes : no,
        };
      }
      const reason =
        ambiguity === undefined
          ? 'AWS does not document it'
          : `AWS does not document ${AMBIGUITIES[ambiguity].question}`;
      return { json: { matches, reason }, text: `undecided: ${reason}`, exitCode: undecided };
    }
    case 'invalid':
      return unreadAnswer(result, pattern, 'the pattern', { invalid: result.issue });
    case 'undecided': {
      const reason = unread('the pattern', result.issue);
      return unreadAnswer(result, pattern, 'this pattern', { matches: 'undecided', reason });
    }
  }
}

/** Compares the events of a candidate with the required ones. */
export function answerCompare(candidate: string, required: string, premises: string | undefined): PatternAnswer {
  const roles = [
    ['the required pattern', required],
    ['the premises', premises],
    ['the candidate', candidate],
  ] as const;
  for (const [role, text] of roles) {
    const result = text === undefined ? undefined : parse(text);
    if (text === undefined || result === undefined || result.kind === 'parsed') continue;
    return unreadAnswer(result, text, role, { relation: result.kind, reason: unread(role, result.issue) });
  }
  return answerOf(compareTexts(candidate, required, premises));
}

/**
 * What to say of a text that is no pattern, or may be none.
 *
 * @param role - what the text is, as in "AWS refuses the candidate"
 */
export function unreadAnswer(
  { kind, issue }: { readonly kind: 'invalid' | 'undecided'; readonly issue: Issue },
  text: string,
  role: string,
  json: PatternAnswer['json'],
): PatternAnswer {
  const doubt = kind === 'invalid' ? `AWS refuses ${role}` : `AWS may accept ${role}, but does not document it`;
  return {
    json,
    text: `${kind}: ${doubt}\n${renderIssue(text, issue)}`,
    exitCode: kind === 'invalid' ? no : undecided,
  };
}

function unread(role: string, issue: Issue): string {
  return `${role}, ${describeIssue(issue)}`;
}

export const SENTENCES = {
  equivalent: 'the candidate matches the required events and no others',
  broader: 'the candidate matches the required events, and others',
  narrower: 'the candidate matches some of the required events, and no others',
  overlapping: 'the candidate matches some of the required events, and others',
  disjoint: 'the candidate matches none of the required events',
  never: 'no event can match the candidate: it contradicts itself, or what holds for every required event',
} as const;

export type Sentences = Readonly<Record<keyof typeof SENTENCES, string>>;

/** The answer to a comparison, in either language. */
export function answerOf(comparison: TextComparison, sentences: Sentences = SENTENCES): PatternAnswer {
  if (comparison.relation === 'invalid') {
    const reason = unread('the candidate', comparison.issue);
    return { json: { relation: 'invalid', reason }, text: `invalid: ${reason}`, exitCode: no };
  }
  const { relation, missed, extra, shared, reason } = comparison;
  const sentence = relation === 'undecided' ? (reason ?? 'not determined') : sentences[relation];
  return {
    json: {
      relation,
      ...(missed.kind === 'event' && { missedEvent: missed.event }),
      ...(extra.kind === 'event' && { extraEvent: extra.event }),
      ...(shared.kind === 'event' && { sharedEvent: shared.event }),
      ...(reason !== undefined && { reason }),
    },
    text: [`${relation}: ${sentence}`, ...examples({ missed, extra, shared }, relation === 'undecided')].join('\n'),
    exitCode: relation === 'undecided' ? undecided : relation === 'equivalent' ? yes : no,
  };
}

type Answers = Pick<Exclude<TextComparison, { relation: 'invalid' }>, 'missed' | 'extra' | 'shared'>;

const LABELS = {
  missed: ['required, and missed', 'no required event is missed'],
  extra: ['matched, and not required', 'no other event is matched'],
  shared: ['required, and matched', 'no required event is matched'],
} as const;

/** The example events. Where the relation is undecided, also what is certain nevertheless. */
function examples(answers: Answers, isOpen: boolean): readonly string[] {
  return (['missed', 'extra', 'shared'] as const).flatMap((name) => {
    const answer = answers[name];
    const [label, none] = LABELS[name];
    if (answer.kind === 'event') return [`  ${label.padEnd(25)}  ${answer.event}`];
    return isOpen && answer.kind === 'none' ? [`  ${none}`] : [];
  });
}
