import type { StatusFinding } from './collect-status.ts';

/** The findings of one rule with one reason. */
export interface RuleGroup {
  readonly rule: string;
  /** Accounts and regions. */
  count: number;
  /** The accounts, as far as they are shown. */
  readonly places: string[];
}

/** The findings with one reason code. */
export interface ReasonGroup {
  readonly title: string;
  count: number;
  /** The annotation of the first, as an example. */
  readonly example: string | undefined;
  readonly rules: Map<string, RuleGroup>;
}

/**
 * Groups findings by reason code and rule. Each group keeps a bounded number of accounts and counts the others, so that
 * memory does not grow with the findings.
 *
 * @param most - how many accounts each group keeps
 */
export function findingGroups(most: number) {
  const groups = new Map<string, ReasonGroup>();
  return {
    add: (finding: StatusFinding) => {
      const { rule, annotation, problem } = finding;
      const title = titleOf(finding);
      const group: ReasonGroup = groups.get(title) ?? {
        title,
        count: 0,
        example: annotation ?? problem,
        rules: new Map<string, RuleGroup>(),
      };
      const ofRule = group.rules.get(rule) ?? { rule, count: 0, places: [] };
      group.count += 1;
      ofRule.count += 1;
      if (ofRule.places.length < most) ofRule.places.push(placeOf(finding));
      groups.set(title, group);
      group.rules.set(rule, ofRule);
    },
    /** The largest group first. */
    sorted: (): readonly ReasonGroup[] =>
      [...groups.values()].sort((a, b) => b.count - a.count || (a.title < b.title ? -1 : 1)),
  };
}

/** What a group is called whose annotations begin with no reason code. */
function titleOf({ code, annotation, problem }: StatusFinding): string {
  if (code !== undefined) return code;
  if (problem !== undefined) return 'annotation could not be read';
  return annotation === undefined ? 'without an annotation' : 'without a reason code';
}

export function accountTitle({ accountId, name }: { readonly accountId: string; readonly name: string }): string {
  return name === accountId ? accountId : `${name} (${accountId})`;
}

function placeOf({ accountId, accountName, region }: StatusFinding): string {
  return `${accountTitle({ accountId, name: accountName })} ${region}`;
}

/** The first names of a list, and how many more there are. */
export function shortList(names: readonly string[], most: number, total = names.length): string {
  const shown = names.slice(0, most);
  const hidden = total - shown.length;
  return hidden > 0 ? `${shown.join(', ')} and ${hidden} more` : shown.join(', ');
}
