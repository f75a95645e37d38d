import { type Answer, type Comparison, comparisonOf } from '../../conditions/relation.ts';
import {
  DEFAULT_BUDGET,
  findJsonEvent,
  type JsonEventQuestion,
  type JsonPattern,
  type Memory,
  newMemory,
  type Pattern,
} from '../../filter-pattern/index.ts';
import { print } from '../print/print.ts';
import type { EventPattern } from '../syntax/pattern.ts';
import { envelopesOf } from './envelopes-of.ts';
import { sourceCouplings } from './source-couplings.ts';
import { prepare } from './statement-of.ts';
import { withinRecord } from './within-record.ts';

/** Candidates are judged together: an event counts as caught when one of them matches it. */
export interface EventQuestion {
  readonly candidates: readonly EventPattern[];
  /** What is asked of the record of CloudTrail in `detail`; or of the whole event, if it is an event pattern. */
  readonly required: Pattern | EventPattern;
  /** What the record of every required event also satisfies. */
  readonly premises?: Pattern;
  /**
   * What the envelope of every required event also satisfies, such as its source and detail type. Several are ways in which
   * AWS may write it: the answer has to be the same for all. By default, what follows for the envelope from a required
   * filter pattern and the premises.
   */
  readonly envelopes?: readonly EventPattern[];
  /** Steps that may be spent. The same question with the same budget always gets the same answer. */
  readonly budget?: number;
}

/** What comparisons remember if the caller has no memory of its own. */
const MEMORY = newMemory();

const NO_EVENT: Answer = { kind: 'none' };

/**
 * Compares what event patterns mean with what is required: `missed`, `extra` and `shared` are each an event of EventBridge
 * that carries a record of CloudTrail, the proof that there is none, or undecided. Each event has been checked with the
 * matchers of both languages.
 *
 * @param memory - what earlier comparisons have worked out; it makes this one faster and changes no answer
 * @throws TypeError if no event satisfies the required pattern and the premises together: such a control is a mistake
 */
export function compare(question: EventQuestion, memory: Memory = MEMORY): Comparison {
  const { candidates, required, premises, budget = DEFAULT_BUDGET } = question;
  const record = recordPatterns(required, premises);
  if (record === undefined)
    return undecided('terms and words are searched in lines of a log, which no event of EventBridge is');
  const [first, second] = record;
  const envelopes =
    question.envelopes ?? (required.kind === 'event' || first === undefined ? [] : envelopesOf(first, second, memory));
  const filters = record.map(withinRecord);
  const patterns = [...candidates, ...(required.kind === 'event' ? [required] : []), ...envelopes];
  const prepared = prepare(patterns, filters);
  if (prepared === undefined) return undecided('the patterns ask about too many places of an event');
  const { statements, isComplete } = prepared;
  const given = [...prepared.given, ...sourceCouplings(patterns, filters)];
  const statementsOf = (some: readonly EventPattern[]) => some.flatMap((one) => statements.get(one) ?? []);
  const find = (parts: Pick<JsonEventQuestion, 'all' | 'some' | 'none'>): Answer => {
    const answer = findJsonEvent({ ...parts, given, universe: 'eventbridge', budget: Math.floor(budget / 3) }, memory);
    return answer.kind === 'none' && !isComplete ? TOO_MANY_ELEMENTS : answer;
  };
  const caught = statementsOf(candidates);
  const wanted = required.kind === 'event' ? statementsOf([required]) : filters.slice(0, 1);
  const needed = required.kind === 'event' ? [...wanted, ...filters] : filters;
  /** The same question for each way to write the envelope. */
  const findRequired = (parts: Pick<JsonEventQuestion, 'some' | 'none'>): Answer =>
    agreed(
      (envelopes.length === 0 ? [[]] : envelopes.map((one) => statementsOf([one]))).map((envelope) =>
        find({ all: [...needed, ...envelope], ...parts }),
      ),
    );
  const isSame = required.kind === 'event' && candidates.some((one) => print(one) === print(required));
  const missed = isSame ? NO_EVENT : findRequired({ none: caught });
  const extra = find({ all: [], some: caught, none: wanted });
  const shared = findRequired({ some: caught, none: [] });
  if (missed.kind === 'none' && shared.kind === 'none') {
    throw new TypeError('no event satisfies the required pattern, or not together with the premises');
  }
  return comparisonOf({ missed, extra, shared });
}

const TOO_MANY_ELEMENTS: Answer = {
  kind: 'undecided',
  reason: 'the patterns ask for more elements of one array than are looked at',
};

/** The answer that is the same for all ways to write the envelope. */
function agreed(answers: readonly Answer[]): Answer {
  const [first = NO_EVENT] = answers;
  if (answers.every(({ kind }) => kind === first.kind)) return first;
  const open = answers.find(({ kind }) => kind === 'undecided');
  return open ?? { kind: 'undecided', reason: 'pages of AWS write the detail type of these events in several ways' };
}

function undecided(reason: string): Comparison {
  const open: Answer = { kind: 'undecided', reason };
  return comparisonOf({ missed: open, extra: open, shared: open });
}

/** What is asked of the record: by the required pattern first, if it is a filter pattern. Undefined if it cannot be asked of one. */
function recordPatterns(
  required: Pattern | EventPattern,
  premises: Pattern | undefined,
): readonly JsonPattern[] | undefined {
  const patterns = [...(required.kind === 'event' ? [] : [required]), ...(premises === undefined ? [] : [premises])];
  const json = patterns.map(asJson);
  return json.every((one) => one !== undefined) ? json : undefined;
}

function asJson(pattern: Pattern): JsonPattern | undefined {
  if (pattern.kind === 'everything') return { kind: 'json', expression: { kind: 'and', operands: [] } };
  return pattern.kind === 'json' ? pattern : undefined;
}
