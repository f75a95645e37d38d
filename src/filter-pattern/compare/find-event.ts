import { patternKey } from '../print/canonical.ts';
import { AMBIGUITIES } from '../ambiguities/ambiguities.ts';
import { matchesUnderAll } from '../match/matches.ts';
import type { Expression, JsonPattern, Pattern, Term, TermsPattern } from '../syntax/pattern.ts';
import type { Memory } from './memory.ts';
import type { Answer, UniverseName } from '../../conditions/relation.ts';
import { findJsonEvent } from './find-json-event.ts';
import { occurrenceOf } from './terms/occurrence-of.ts';
import { conditionsOf } from '../syntax/expression.ts';
import { type Comparable, termsContradict, lineScopeOf } from './terms/line-scope.ts';
import { sampleOf } from './languages/regex-language.ts';
import { isEverything, termsShapeOf } from './terms/terms-shape.ts';
import { withTexts } from './terms/with-texts.ts';
import type { Selector } from '../../conditions/event/selector.ts';

/** Is there an event that all of these match, at least one of those if there are any given, and none of the last? */
export interface EventSearch {
  readonly all: readonly Pattern[];
  readonly some?: readonly Pattern[];
  readonly none: readonly Pattern[];
  readonly universe: UniverseName;
  /** Steps to spend. */
  readonly budget: number;
}

/** Of terms of which one is enough, so many are tried. */
const MAX_CHOICES = 4;

const NO_EVENT: Answer = { kind: 'none' };
const WORDS_REASON = 'AWS does not document how it splits a line of JSON into words';
const TERMS_REASON = 'it is not proved whether every such event contains the terms, or none does';

/**
 * An event, which then answers the question in every interpretation of the ambiguities and has been checked to do so; the
 * proof that there is none in any interpretation; or undecided. Events are taken for compact JSON, as CloudTrail writes it.
 */
export function findEvent(question: EventSearch, memory: Memory): Answer {
  const { all, some, none, universe, budget } = question;
  const json = (patterns: readonly Pattern[]) => patterns.filter((pattern) => pattern.kind === 'json');
  if ([...all, ...(some ?? []), ...none].every(({ kind }) => kind === 'json')) {
    return findJsonEvent(
      { all: json(all), ...(some && { some: json(some) }), none: json(none), universe, budget },
      memory,
    );
  }
  if (some === undefined) return findEventOfAnyKind(question, memory);
  // One after the other: what terms have in common is not determined.
  const answers = some.map((one) =>
    findEvent({ all: [...all, one], none, universe, budget: Math.floor(budget / some.length) }, memory),
  );
  return answers.find(({ kind }) => kind === 'event') ?? answers.find(({ kind }) => kind === 'undecided') ?? NO_EVENT;
}

function findEventOfAnyKind({ all, none, universe, budget }: EventSearch, memory: Memory): Answer {
  // A question of each field of a delimited pattern, and one in the end.
  const limits = { universe, budget: Math.floor(budget / 4) };
  const isPossible = (pattern: JsonPattern) =>
    findJsonEvent({ all: [pattern], none: [], universe: 'any-json', budget: Math.floor(budget / 25) }, memory).kind !==
    'none';
  const wanted = all.map((pattern) => lineScopeOf(pattern, isPossible));
  const unwanted = none.map((pattern) => lineScopeOf(pattern, isPossible));
  if (wanted.some(({ kind }) => kind === 'none') || unwanted.some(({ kind }) => kind === 'every')) return NO_EVENT;

  const comparable = (standings: typeof wanted): readonly Comparable[] =>
    standings.flatMap((standing) => (standing.kind === 'some' ? [standing.pattern] : []));
  const parts: ComparableParts = { all: comparable(wanted), none: comparable(unwanted) };
  if (termsContradict(parts.all.filter((pattern) => pattern.kind === 'terms'))) return NO_EVENT;
  const selectors = selectorsOf([...parts.all, ...parts.none]);
  const core = findJsonEvent({ ...coreOf(parts, selectors), ...limits }, memory);
  if (core.kind === 'none') return NO_EVENT;
  if ([...wanted, ...unwanted].some(({ kind }) => kind === 'words')) return { kind: 'undecided', reason: WORDS_REASON };
  return core.kind === 'undecided' ? core : eventFrom(core.event, parts, selectors);
}

interface ComparableParts {
  readonly all: readonly Comparable[];
  readonly none: readonly Comparable[];
}

/**
 * What an event has to satisfy as far as JSON patterns can say it. Terms that must not match are denied by what is
 * enough for them to match, and terms that must not occur by what is enough for them to occur: so there is no event
 * if there is none for the core.
 */
function coreOf(
  { all, none }: ComparableParts,
  selectors: readonly Selector[],
): { all: JsonPattern[]; none: JsonPattern[] } {
  const terms = all.filter((pattern) => pattern.kind === 'terms');
  const occurs = (term: Term) => occurrenceOf(term, selectors)?.expression;
  const denied = none.flatMap((pattern): readonly JsonPattern[] => {
    if (pattern.kind === 'json') return [pattern];
    const expression = sufficientCondition(pattern, terms, occurs);
    return expression === undefined ? [] : [{ kind: 'json', expression }];
  });
  const excluded = terms.flatMap((pattern) => {
    const shape = termsShapeOf(pattern);
    return shape.kind === 'all' ? shape.excluded.flatMap((term) => occurrenceOf(term, selectors) ?? []) : [];
  });
  return { all: all.filter((pattern) => pattern.kind === 'json'), none: [...denied, ...excluded] };
}

/** What is enough for terms to match an event that the others match; undefined if nothing is known to be. */
function sufficientCondition(
  pattern: TermsPattern,
  others: readonly TermsPattern[],
  occurs: (term: Term) => Expression | undefined,
): Expression | undefined {
  if (others.some((other) => patternKey(other) === patternKey(pattern))) return { kind: 'and', operands: [] };
  const shape = termsShapeOf(pattern);
  const shapes = others.map(termsShapeOf);
  const given = shapes.flatMap((other) => (other.kind === 'all' ? other.required : []));
  const barred = shapes.flatMap((other) => (other.kind === 'all' ? other.excluded : []));
  const enough = (term: Term): Expression | undefined =>
    isEverything(term) || given.some((one) => textIncludes(one, term)) ? { kind: 'and', operands: [] } : occurs(term);
  switch (shape.kind) {
    case 'all': {
      const operands = shape.required.map(enough).filter((one) => one !== undefined);
      const clean = shape.excluded.every((term) => barred.some((one) => textIncludes(term, one)));
      return clean && operands.length === shape.required.length ? { kind: 'and', operands } : undefined;
    }
    case 'any': {
      const isGiven = shapes.some(
        (other) =>
          other.kind === 'any' && other.optional.every((one) => shape.optional.some((term) => textIncludes(one, term))),
      );
      if (isGiven) return { kind: 'and', operands: [] };
      return { kind: 'or', operands: shape.optional.map(enough).filter((one) => one !== undefined) };
    }
    case 'open':
      return undefined;
  }
}

/** Whether a text that holds the one holds the other as well. A phrase of blanks alone may mean something else. */
function textIncludes(outer: Term, inner: Term): boolean {
  if (outer.text.kind !== 'word' || inner.text.kind !== 'word' || inner.text.text.trim() === '') return false;
  return outer.text.text.includes(inner.text.text);
}

/** Tries the event of the core: as it is, with terms in it that have to occur, and with terms that void others. */
function eventFrom(event: string, parts: ComparableParts, selectors: readonly Selector[]): Answer {
  const terms = (patterns: readonly Comparable[]) => patterns.filter((pattern) => pattern.kind === 'terms');
  const voiding = terms(parts.none).flatMap(textsToVoid);
  const choices = Array.from({ length: MAX_CHOICES }, (_, choice) =>
    terms(parts.all).flatMap((pattern) => textsToMatch(pattern, choice)),
  );
  let reason = TERMS_REASON;
  for (const texts of [[], ...choices, ...choices.map((wanted) => [...wanted, ...voiding])]) {
    for (const tried of withTexts(event, [...new Set(texts)], selectors)) {
      const checks = [
        ...parts.all.map((pattern) => ({ expected: true, ...matchesUnderAll(pattern, tried) })),
        ...parts.none.map((pattern) => ({ expected: false, ...matchesUnderAll(pattern, tried) })),
      ];
      const wrong = checks.filter(({ expected, matches }) => matches !== expected);
      if (wrong.length === 0) return { kind: 'event', event: tried };
      const ambiguity = wrong.every(({ matches }) => matches === 'undecided') ? wrong[0]?.ambiguity : undefined;
      if (ambiguity !== undefined) reason = `AWS does not document ${AMBIGUITIES[ambiguity].question}`;
    }
  }
  return { kind: 'undecided', reason };
}

/** Of terms of which one is enough, the one that is chosen. */
function textsToMatch(pattern: TermsPattern, choice: number): readonly string[] {
  const required = pattern.terms.filter(({ kind }) => kind === 'required');
  const optional = pattern.terms.filter(({ kind }) => kind === 'optional');
  const chosen = choice % Math.max(1, optional.length);
  return (required.length > 0 ? required : optional.slice(chosen, chosen + 1)).map(sampleText);
}

function textsToVoid(pattern: TermsPattern): readonly string[] {
  return pattern.terms
    .filter(({ kind }) => kind === 'excluded')
    .slice(0, 1)
    .map(sampleText);
}

function sampleText({ text }: Term): string {
  return text.kind === 'word' ? text.text : sampleOf(text.alternatives[0] ?? []);
}

function selectorsOf(patterns: readonly Comparable[]): readonly Selector[] {
  return patterns.flatMap((pattern) =>
    pattern.kind === 'json' ? conditionsOf(pattern.expression).map(({ selector }) => selector) : [],
  );
}
