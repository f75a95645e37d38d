import type { Selector } from '../conditions/event/selector.ts';
import { FALSE, type Formula, TRUE } from '../conditions/formula/formula.ts';
import { ANY_KIND, type KindSet, kindSet, type Kind, type Predicate } from '../conditions/formula/predicate.ts';
import type { Statement } from '../conditions/formula/statement.ts';
import { caselessLanguage } from '../conditions/languages/caseless-language.ts';
import type { Language } from '../conditions/languages/language.ts';
import { piecesLanguage } from '../conditions/languages/word-language.ts';
import { type Answer, type Comparison, comparisonOf } from '../conditions/relation.ts';
import type { Clause } from '../conditions/texts/clause.ts';
import {
  conditionsOf,
  DEFAULT_BUDGET,
  findJsonEvent,
  type JsonPattern,
  type Memory,
  newMemory,
  type Pattern,
} from '../filter-pattern/index.ts';
import { type Literal, type Node, nodeOf, outcomeFor } from './literals.ts';
import { matchNode } from './match.ts';
import type { LogQuery, QueryField, QueryTextTest } from './query.ts';

/** Which records a query counts, and which it should. */
export interface QueryQuestion {
  readonly candidate: LogQuery;
  readonly required: Pattern;
  /** What every required record also satisfies. */
  readonly premises?: Pattern;
  /** Steps that may be spent. The same question with the same budget always gets the same answer. */
  readonly budget?: number;
}

/** What comparisons remember if the caller has no memory of its own. */
const MEMORY = newMemory();

/**
 * Compares which records of CloudTrail a query counts with what is required: `missed`, `extra` and `shared` are each a
 * record, the proof that there is none, or undecided. Each record has been checked with the matchers of both languages.
 *
 * @param memory - what earlier comparisons have worked out; it makes this one faster and changes no answer
 * @throws TypeError if no record satisfies the required pattern and the premises together: such a control is a mistake
 */
export function compare(question: QueryQuestion, memory: Memory = MEMORY): Comparison {
  const { candidate, required, premises, budget = DEFAULT_BUDGET } = question;
  const needed = [required, ...(premises === undefined ? [] : [premises])].map(asJson);
  const records = needed.filter((one) => one !== undefined);
  const [wanted] = records;
  if (wanted === undefined || records.length < needed.length) {
    const open: Answer = { kind: 'undecided', reason: 'terms and words are not compared with a query' };
    return comparisonOf({ missed: open, extra: open, shared: open });
  }
  const places = records.flatMap(({ expression }) => conditionsOf(expression)).map(({ selector }) => selector);
  const counted = statementOf(nodeOf(candidate), places);
  const limits = { universe: 'cloudtrail', budget: Math.floor(budget / 3) } as const;
  const missed = findJsonEvent({ all: records, none: [counted], ...limits }, memory);
  const extra = findJsonEvent({ all: [], some: [counted], none: [wanted], ...limits }, memory);
  const shared = findJsonEvent({ all: records, some: [counted], none: [], ...limits }, memory);
  if (missed.kind === 'none' && shared.kind === 'none') {
    throw new TypeError('no record satisfies the required pattern, or not together with the premises');
  }
  return comparisonOf({ missed, extra, shared });
}

function asJson(pattern: Pattern): JsonPattern | undefined {
  if (pattern.kind === 'everything') return { kind: 'json', expression: { kind: 'and', operands: [] } };
  return pattern.kind === 'json' ? pattern : undefined;
}

/** Where a text may well be that is looked for in a whole record, besides the fields that are asked for. */
const FREE_TEXT: Selector = ['requestParameters', 'policyDocument'].map((name) => ({ kind: 'field', name }));

/** @param others - the fields that the question looks at besides those of the query */
function statementOf(node: Node, others: readonly Selector[]): Statement {
  const own = fieldsIn(node).flatMap(selectorsOf);
  const asksMessage = fieldsIn(node).some(({ kind }) => kind === 'message');
  const places = [FREE_TEXT, ...own, ...others].filter((one) => one.every(isPlain));
  return {
    kind: 'statement',
    selectors: asksMessage ? [...own, FREE_TEXT] : own,
    formula: (wanted, unknown) => formulaOf(node, wanted, unknown, places),
    holds: (event) => matchNode(node, event),
  };
}

function fieldsIn(node: Node): readonly QueryField[] {
  return node.kind === 'literal' ? [node.field] : node.operands.flatMap(fieldsIn);
}

function selectorsOf(field: QueryField): readonly Selector[] {
  return field.kind === 'message' ? [] : [selectorOf(field.names)];
}

function selectorOf(names: readonly string[]): Selector {
  return names.map((name, at) =>
    at > 0 && /^\d{1,9}$/.test(name) ? { kind: 'index', index: Number(name) } : { kind: 'field', name },
  );
}

function isPlain({ kind }: Selector[number]): boolean {
  return kind === 'field' || kind === 'index';
}

function formulaOf(node: Node, wanted: boolean, unknown: 'every' | 'some', places: readonly Selector[]): Formula {
  if (node.kind !== 'literal') {
    const operands = node.operands.map((one) => formulaOf(one, wanted, unknown, places));
    return { kind: (node.kind === 'and') === wanted ? 'and' : 'or', operands };
  }
  if (node.field.kind === 'message') return messageFormula(node, wanted, unknown, places);
  return { kind: 'at', path: selectorOf(node.field.names), predicate: predicateFor(node, wanted, unknown) };
}

const KINDS: readonly Kind[] = ['string', 'number', 'true', 'false', 'object', 'array', 'missing', 'null', 'broken'];

/** What has to be found at the field so that the literal is true, or false if it is not `wanted`. */
function predicateFor(literal: Literal, wanted: boolean, unknown: 'every' | 'some'): Predicate {
  const kinds = KINDS.filter((kind) => {
    const outcome = outcomeFor(literal, kind);
    return outcome === 'by-text' || outcome === wanted || (typeof outcome === 'string' && unknown === 'some');
  });
  const clauses = literal.tests === undefined ? [] : clausesFor(literal.tests, literal.wanted === wanted);
  return { kinds: kindSet(...kinds), string: clauses, number: [] };
}

/** One of the tests holds for a text, or none. */
function clausesFor(tests: readonly QueryTextTest[], some: boolean): readonly Clause[] {
  const literals = tests.map(
    (test) => ({ kind: 'written', language: languageOf(test), as: 'source', wanted: some }) as const,
  );
  return some ? [literals] : literals.map((one) => [one]);
}

function languageOf({ text, start, end, ignoreCase }: QueryTextTest): Language {
  const pieces = [...(start ? [] : ['']), text, ...(end ? [] : [''])];
  return ignoreCase ? caselessLanguage(pieces) : piecesLanguage(pieces);
}

const STRING: KindSet = kindSet('string');

/**
 * What has to be found so that the text of the record holds one of the texts, or none. A text may be anywhere, so of
 * "possibly somewhere" nothing follows. Every record that is found is checked as a whole.
 */
function messageFormula(
  { tests, wanted: isWanted }: Literal,
  wanted: boolean,
  unknown: 'every' | 'some',
  places: readonly Selector[],
): Formula {
  // The text of a record is always there.
  if (tests === undefined) return isWanted === wanted ? TRUE : FALSE;
  const isThere = isWanted === wanted;
  if (isThere && unknown === 'some') return TRUE;
  const string = clausesFor(tests, isThere);
  const operands = places.map((path): Formula => {
    return { kind: 'at', path, predicate: { kinds: isThere ? STRING : ANY_KIND, string, number: [] } };
  });
  return { kind: isThere ? 'or' : 'and', operands };
}
