import { isDeepStrictEqual } from 'node:util';

import { parseParameters } from '../../parameters/parameters.ts';
import type { Result } from '../../report/result.ts';
import type { ReadSnapshot } from '../sources/snapshot-sources.ts';
import { readerOfSnapshot } from '../sources/snapshot-sources.ts';
import { evaluateSource } from './evaluate-source.ts';
import { resultsIn } from '../saved/read-results.ts';

/** Whether one result is what a snapshot gives under the rules that the result names. */
export interface ResultCheck {
  readonly controlId: string;
  readonly verdict: Result['verdict'];
  readonly state: 'follows' | 'differs' | 'other-snapshot' | 'unknown';
}

/**
 * Judges a snapshot again under the rules that results name, and compares. A result is nothing but what a snapshot gives under
 * rules, so it needs no signature of its own where the snapshot has one.
 *
 * @param text - of the file with the results
 * @throws Error if it holds no results of `evaluate`
 */
export async function checkResults(text: string, base: ReadSnapshot): Promise<readonly ResultCheck[]> {
  const results = resultsIn(text);
  if (results === undefined || results.length === 0 || !results.every(isWhole)) {
    throw new Error('it holds no results of `evaluate --format json`');
  }
  const checks: ResultCheck[] = [];
  for (const result of results) {
    const { control, verdict } = result;
    checks.push({ controlId: control.id, verdict, state: await stateOf(result, base) });
  }
  return checks;
}

async function stateOf(result: Result, { snapshot, sha256 }: ReadSnapshot): Promise<ResultCheck['state']> {
  const { control, parameters, source } = result;
  if (source?.sha256 !== sha256) return 'other-snapshot';
  const { id, filterPattern, premises } = control;
  const asked =
    id === 'custom' ? { filterPattern, ...(premises === undefined ? {} : { premises }) } : { controlId: id };
  const parsed = parameters === undefined ? undefined : parseParameters({ ...parameters, ...asked });
  if (parsed?.kind !== 'parsed') return 'unknown';
  const reader = readerOfSnapshot(snapshot, sha256);
  const open = () => Promise.resolve(reader);
  const [again] = await evaluateSource({ name: result.name, title: result.name, open }, [parsed.parameters]);
  const isSameQuestion =
    again.result.control.filterPattern === filterPattern &&
    again.result.control.premises === premises &&
    isDeepStrictEqual(again.result.parameters, parameters);
  // Another version of the program may know the control otherwise.
  if (!isSameQuestion) return 'unknown';
  return isDeepStrictEqual(factsOf(again.result), factsOf(result)) ? 'follows' : 'differs';
}

/** What a result says, without the words in which it says it. */
function factsOf({ accountId, region, readAt, verdict, chains, evaluations }: Result): unknown {
  return {
    ...{ accountId, region, readAt, verdict },
    chains: chains.map(({ outcome, path, links }) => ({
      outcome,
      path: { ...path },
      links: links.map(({ link, state, finding }) => [link, state, finding?.code]),
    })),
    evaluations: evaluations.map(({ complianceResourceType, complianceResourceId, complianceType }) => [
      complianceResourceType,
      complianceResourceId,
      complianceType,
    ]),
  };
}

function isWhole(result: Partial<Result>): boolean {
  const { control, verdict, chains, evaluations } = result;
  const isNamed = typeof control?.id === 'string' && typeof verdict === 'string';
  return (
    isNamed && Array.isArray(chains) && Array.isArray(evaluations) && chains.every(({ links }) => Array.isArray(links))
  );
}
