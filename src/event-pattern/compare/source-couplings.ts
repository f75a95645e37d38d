import type { Selector } from '../../conditions/event/selector.ts';
import { RECORD_FIELD } from '../../conditions/formula/envelope-fields.ts';
import { and, type Formula, or } from '../../conditions/formula/formula.ts';
import { ANY_KIND, kindSet, type Predicate } from '../../conditions/formula/predicate.ts';
import { piecesLanguage } from '../../conditions/languages/word-language.ts';
import type { JsonPattern } from '../../filter-pattern/index.ts';
import { conditionsOf } from '../../filter-pattern/index.ts';
import { branchesOf } from '../syntax/branches.ts';
import type { EventPattern } from '../syntax/pattern.ts';

const SOURCE: Selector = [{ kind: 'field', name: 'source' }];
const EVENT_SOURCE: Selector = [
  { kind: 'field', name: RECORD_FIELD },
  { kind: 'field', name: 'eventSource' },
];

/** The `source` of the events of a service, by the `eventSource` of its records; undefined if it is no name of a service. */
export function sourceOf(eventSource: string): string | undefined {
  const service = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(eventSource)?.[1];
  return service === undefined ? undefined : `aws.${service}`;
}

/**
 * That an event of CloudTrail has the source of a service if and only if its record has the event source of it, for each
 * service that the patterns name. The reference of EventBridge says so of each service, in the same words: "`source`:
 * aws.iam, `eventSource`: iam.amazonaws.com".
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-iam.html
 */
export function sourceCouplings(
  patterns: readonly EventPattern[],
  filters: readonly JsonPattern[],
): readonly Formula[] {
  const eventSources = new Set([...patterns.flatMap(sourcesInPattern), ...filters.flatMap(sourcesInFilter)]);
  return [...eventSources].flatMap((eventSource) => {
    const source = sourceOf(eventSource);
    if (source === undefined) return [];
    return [
      or([
        and([hasText(SOURCE, source, true), hasText(EVENT_SOURCE, eventSource, true)]),
        and([hasText(SOURCE, source, false), hasText(EVENT_SOURCE, eventSource, false)]),
      ]),
    ];
  });
}

function sourcesInPattern(pattern: EventPattern): readonly string[] {
  return branchesOf(pattern).flatMap((branch) => {
    const textsAt = (path: string) =>
      (branch.get(path) ?? []).flatMap((test) =>
        test.kind === 'equals' && test.value.kind === 'string' ? [test.value.text] : [],
      );
    const named = textsAt('source').flatMap((source) => {
      return source.startsWith('aws.') ? [`${source.slice('aws.'.length)}.amazonaws.com`] : [];
    });
    return [...named, ...textsAt(`${RECORD_FIELD}.eventSource`)];
  });
}

/** The filter pattern is asked within the envelope. */
function sourcesInFilter({ expression }: JsonPattern): readonly string[] {
  return conditionsOf(expression).flatMap((condition) => {
    if (condition.kind !== 'equality' || condition.value.kind !== 'word') return [];
    const names = condition.selector.map((step) => (step.kind === 'field' ? step.name : ''));
    return names.join('.') === `${RECORD_FIELD}.eventSource` ? [condition.value.text] : [];
  });
}

function hasText(path: Selector, text: string, wanted: boolean): Formula {
  const predicate: Predicate = {
    kinds: wanted ? kindSet('string') : ANY_KIND,
    string: [[{ kind: 'written', language: piecesLanguage([text]), as: 'source', wanted }]],
    number: [],
  };
  return { kind: 'at', path, predicate };
}
