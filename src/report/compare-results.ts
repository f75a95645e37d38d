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
  /** What the two results were judged by where that differs: a change may come from it alone. */
  readonly rules: readonly RuleChange[];
}

/** A rule parameter, or the filter pattern or premises of the control, with two values. */
export interface RuleChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What changed between two sets of results: changed verdicts first, then results of the same verdict with other links.
 *
 * @returns nothing for results that are the same
 * @throws Error if one side has two results of the same account, region, control and name
 */
export function compareResults(before: readonly Result[], after: readonly Result[]): readonly ResultChange[] {
  const { old, current } = pairedResults(before, after);
  const changes = [...new Set([...old.keys(), ...current.keys()])].sort().flatMap((key): readonly ResultChange[] => {
    const change = changeOf(old.get(key), current.get(key));
    return change === undefined ? [] : [change];
  });
  return [...changes.filter(hasOtherVerdict), ...changes.filter((change) => !hasOtherVerdict(change))];
}

export function hasOtherVerdict({ before, after }: ResultChange): boolean {
  return before?.verdict !== after?.verdict;
}

/** The results of both sides by account, region and control; also by name where these alone are not enough. */
export function pairedResults(
  before: readonly Result[],
  after: readonly Result[],
): { readonly old: ReadonlyMap<string, Result>; readonly current: ReadonlyMap<string, Result> } {
  const shortKey = ({ accountId, region, control }: Result) => `${accountId} ${region} ${control.id}`;
  const isUnique = (results: readonly Result[]) => new Set(results.map(shortKey)).size === results.length;
  const keyOf =
    isUnique(before) && isUnique(after) ? shortKey : (result: Result) => `${shortKey(result)} (${result.name})`;
  return { old: byKey(before, keyOf), current: byKey(after, keyOf) };
}

function byKey(results: readonly Result[], keyOf: (result: Result) => string): ReadonlyMap<string, Result> {
  const map = new Map(results.map((result) => [keyOf(result), result]));
  if (map.size === results.length) return map;
  const twice = results.map(keyOf).find((key, at, keys) => keys.indexOf(key) !== at) ?? '';
  throw new Error(`two results are of ${twice}: which of them to compare is not known`);
}

function ruleChanges(before: Result, after: Result): readonly RuleChange[] {
  const [old, current] = [rulesOf(before), rulesOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((name): readonly RuleChange[] => {
    const [one, other] = [old.get(name), current.get(name)];
    // Results of earlier versions do not say every rule; what is not said is no difference.
    return one === undefined || other === undefined || one === other ? [] : [{ name, before: one, after: other }];
  });
}

function rulesOf({ parameters = {}, control: { filterPattern, premises } }: Result): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(parameters),
    ['filterPattern', filterPattern],
    ...(premises === undefined ? [] : [['premises', premises] as const]),
  ]);
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
    rules: before === undefined || after === undefined ? [] : ruleChanges(before, after),
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
