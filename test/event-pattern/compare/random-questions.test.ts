import { expect } from 'chai';

import { compare, type EventPattern, match, parse } from '../../../src/event-pattern/index.ts';
import {
  type Comparison,
  matchesUnderAll,
  parse as parseFilter,
  type Pattern,
} from '../../../src/filter-pattern/index.ts';
import { randomQuestions } from './random-questions.ts';

/** Far more were asked once, with other seeds: this many are asked each time. */
const PAIRS = 160;
const EVENTS = 150;
const PATTERNS = 10;

function eventPattern(text: string): EventPattern {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(`${text}: ${parsed.issue.expected}`);
  return parsed.pattern;
}

function filterPattern(text: string): Pattern {
  const parsed = parseFilter(text);
  if (parsed.kind !== 'parsed') throw new Error(`${text}: ${parsed.issue.expected}`);
  return parsed.pattern;
}

/** Undefined where no event satisfies the required pattern. */
function compared(candidate: EventPattern, required: Pattern | EventPattern): Comparison | undefined {
  try {
    return compare({ candidates: [candidate], required, envelopes: [] });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function hasArray(event: string): boolean {
  const { detail } = JSON.parse(event) as { readonly detail: { readonly r?: unknown } };
  return Array.isArray(detail.r);
}

function isRequired(required: Pattern | EventPattern, event: string): boolean | 'undecided' {
  if (required.kind === 'event') return match(required, event).matches;
  const { detail } = JSON.parse(event) as { readonly detail: unknown };
  return matchesUnderAll(required, JSON.stringify(detail)).matches;
}

describe('random event patterns, compared with event patterns and with filter patterns', () => {
  const questions = randomQuestions(20_260_131);
  const events = Array.from({ length: EVENTS }, questions.event);
  const pairs = Array.from({ length: PAIRS }, (_, index) => {
    const candidate = questions.eventPattern();
    if (index % 2 === 0) {
      const required = eventPattern(questions.changed(candidate));
      return { candidate: eventPattern(candidate), required, world: events };
    }
    const text = questions.filterPattern();
    // What a filter pattern goes into by name is an object.
    const world = text.includes('$.r.') && !text.includes('$.r[') ? events.filter((event) => !hasArray(event)) : events;
    return { candidate: eventPattern(candidate), required: filterPattern(text), world };
  });
  const answers = pairs.map(({ candidate, required }) => compared(candidate, required));

  it('are contradicted by no event of a small world', () => {
    for (const [index, { candidate, required, world }] of pairs.entries()) {
      const answer = answers[index];
      for (const event of world) {
        const [caught, wanted] = [match(candidate, event).matches, isRequired(required, event)];
        const seen = { missed: wanted === true && caught === false, extra: wanted === false && caught === true };
        const shared = wanted === true && caught === true;
        expect(answer === undefined && wanted === true, event).to.equal(false);
        expect(answer?.missed.kind === 'none' && seen.missed, event).to.equal(false);
        expect(answer?.extra.kind === 'none' && seen.extra, event).to.equal(false);
        expect(answer?.shared.kind === 'none' && shared, event).to.equal(false);
      }
    }
  });

  it('show events that the matchers answer as the comparison says', () => {
    let shown = 0;
    for (const [index, { candidate, required }] of pairs.entries()) {
      const answer = answers[index];
      for (const [found, caught, wanted] of [
        [answer?.missed, false, true],
        [answer?.extra, true, false],
        [answer?.shared, true, true],
      ] as const) {
        if (found?.kind !== 'event') continue;
        shown += 1;
        expect([match(candidate, found.event).matches, isRequired(required, found.event)], found.event).to.deep.equal([
          caught,
          wanted,
        ]);
      }
    }
    expect(shown).to.be.greaterThan(PAIRS);
  });

  it('are undecided in at most one of a hundred', () => {
    const open = answers.filter((answer) => answer?.relation === 'undecided');
    expect(open.length).to.be.at.most(PAIRS / 100);
  });

  it('have the mirrored answers from the other side', () => {
    for (const [index, { candidate, required }] of pairs.entries()) {
      const answer = answers[index];
      if (required.kind !== 'event' || answer === undefined) continue;
      const back = compared(required, candidate);
      if (back === undefined) continue;
      expect([back.missed.kind, back.extra.kind, back.shared.kind]).to.deep.equal([
        answer.extra.kind,
        answer.missed.kind,
        answer.shared.kind,
      ]);
    }
  });

  it('are covered by what covers what covers them', () => {
    const first = questions.eventPattern();
    const patterns = [first];
    while (patterns.length < PATTERNS) patterns.push(questions.changed(patterns.at(-1) ?? first));
    const trees = patterns.map(eventPattern);
    const covers = trees.map((left) => trees.map((right) => compared(left, right)?.missed.kind));
    let chains = 0;
    for (const [one, row] of covers.entries()) {
      for (const [two, near] of row.entries()) {
        if (near !== 'none' || one === two) continue;
        for (const [three, second] of (covers[two] ?? []).entries()) {
          if (second !== 'none' || two === three) continue;
          chains += 1;
          expect(row[three], `${patterns[one]} ${patterns[two]} ${patterns[three]}`).to.not.equal('event');
        }
      }
    }
    expect(chains).to.be.greaterThan(0);
  });
});
