import type { LinkChange, LinkView, Result, ResultBefore } from './result.ts';
import { codeOf } from './result.ts';

/** What changed for one account, region and control. */
export interface ResultChange {
  readonly accountId: string;
  readonly region: string;
  readonly controlId: string;
  /** Absent if only the other side has a result. */
  readonly before?: { readonly verdict: Result['verdict']; readonly code: string };
  readonly after?: { readonly verdict: Result['verdict']; readonly code: string };
  readonly links: readonly LinkChange[];
}

/**
 * What changed between two sets of results: changed verdicts first, then results of the same verdict with other links.
 *
 * @returns nothing for results that are the same
 */
export function compareResults(before: readonly Result[], after: readonly Result[]): readonly ResultChange[] {
  const [old, current] = [byKey(before), byKey(after)];
  const changes = [...new Set([...old.keys(), ...current.keys()])].sort().flatMap((key): readonly ResultChange[] => {
    const change = changeOf(old.get(key), current.get(key));
    return change === undefined ? [] : [change];
  });
  return [...changes.filter(hasOtherVerdict), ...changes.filter((change) => !hasOtherVerdict(change))];
}

export function hasOtherVerdict({ before, after }: ResultChange): boolean {
  return before?.verdict !== after?.verdict;
}

function byKey(results: readonly Result[]): ReadonlyMap<string, Result> {
  return new Map(results.map((result) => [`${result.accountId} ${result.region} ${result.control.id}`, result]));
}

function changeOf(before: Result | undefined, after: Result | undefined): ResultChange | undefined {
  const either = after ?? before;
  if (either === undefined) return undefined;
  const links = before === undefined || after === undefined ? [] : linkChanges(before, after);
  const change = {
    accountId: either.accountId,
    region: either.region,
    controlId: either.control.id,
    ...(before === undefined ? {} : { before: { verdict: before.verdict, code: codeOf(before) } }),
    ...(after === undefined ? {} : { after: { verdict: after.verdict, code: codeOf(after) } }),
    links,
  };
  return hasOtherVerdict(change) || change.before?.code !== change.after?.code || links.length > 0 ? change : undefined;
}

/** What an account was, for its result after a deployment. */
export function resultBefore(before: Result, after: Result): ResultBefore {
  return { verdict: before.verdict, code: codeOf(before), links: linkChanges(before, after) };
}

/** The links of the nearest chains, in the order of the chain. */
function linkChanges(before: Result, after: Result): readonly LinkChange[] {
  const [old, current] = [linksOf(before), linksOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((link): readonly LinkChange[] => {
    const [one, other] = [old.get(link), current.get(link)];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    return [{ link, ...(one === undefined ? {} : { before: one }), ...(other === undefined ? {} : { after: other }) }];
  });
}

function linksOf({ chains: [nearest] }: Result): ReadonlyMap<string, LinkView> {
  return new Map(
    nearest.links.map(({ link, state, subject, finding }) => [
      link,
      { state, subject, ...(finding === undefined ? {} : { code: finding.code }) },
    ]),
  );
}
