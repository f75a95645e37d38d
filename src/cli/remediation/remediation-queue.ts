import type { Choices } from '../../remediation/plan/plan.ts';
import { controlFactsOf } from '../../report/control-facts.ts';
import type { RemediationText, Result } from '../../report/result.ts';
import { codeOf } from '../../report/result.ts';
import type { Evaluated } from '../run/evaluate-source.ts';
import { inParallel } from '../run/run-in-parallel.ts';

/** Results whose remediation may be planned, of which the most important are. */
export interface RemediationQueue {
  /** Takes the results of one account: its place among the accounts, and the results in the order of the controls. */
  readonly add: (account: number, evaluated: readonly Evaluated[]) => void;
  /**
   * Plans what is in the queue. The accounts are planned side by side.
   *
   * @returns the texts of each result that was planned
   */
  readonly plan: (choices: Choices, options: PlanOptions) => Promise<ReadonlyMap<Result, readonly RemediationText[]>>;
}

export interface PlanOptions {
  /** How many accounts are planned at the same time. */
  readonly concurrency: number;
  /** Ends the planning; what is planned until then is returned. */
  readonly signal: AbortSignal;
}

interface Queued {
  readonly account: number;
  readonly control: number;
  readonly result: Result;
  readonly remediate: NonNullable<Evaluated['remediate']>;
}

/**
 * A queue that keeps a bounded number of results. A plan takes much longer than a verdict, and nobody reads thousands of
 * them. Broken comes before undecided, a severe control before others, and of each kind of finding, which is a control
 * with a reason code, one account after another gets its turn. So every kind has a worked example first.
 *
 * What the queue keeps does not depend on the order in which accounts are added.
 *
 * @param most - how many results are kept
 */
export function remediationQueue(most: number): RemediationQueue {
  let queued: readonly Queued[] = [];
  return {
    add: (account, evaluated) => {
      const own = evaluated.flatMap(({ result, remediate }, control) =>
        remediate === undefined ? [] : [{ account, control, result, remediate }],
      );
      queued = [...queued, ...own];
      // What comes later only moves others back, so what is too far back already can be let go, with what was read.
      if (queued.length > 2 * most) queued = inOrder(queued).slice(0, most);
    },
    plan: async (choices, { concurrency, signal }) => {
      const planned = new Map<Result, readonly RemediationText[]>();
      const byAccount = new Map<number, Queued[]>();
      for (const one of inOrder(queued).slice(0, most)) {
        byAccount.set(one.account, [...(byAccount.get(one.account) ?? []), one]);
      }
      await inParallel([...byAccount.values()], concurrency, signal, async (ofAccount) => {
        for (const { result, remediate } of ofAccount) {
          if (signal.aborted) return;
          planned.set(result, await remediate(choices));
        }
      });
      return planned;
    },
  };
}

const severities: readonly (string | undefined)[] = ['Critical', 'High', 'Medium', 'Low'];

/** The most important first; a total order. */
function inOrder(queued: readonly Queued[]): readonly Queued[] {
  const controls = new Map(controlFactsOf(queued.map(({ result }) => result.control)).map((one) => [one.id, one]));
  const severityOf = ({ control }: Result) => {
    const at = severities.indexOf(controls.get(control.id)?.severity);
    return at === -1 ? severities.length : at;
  };
  const turns = new Map<string, number>();
  const ranked = [...queued]
    .sort((a, b) => a.account - b.account || a.control - b.control)
    .map((one) => {
      const { result } = one;
      const kind = `${result.verdict} ${result.control.id} ${codeOf(result)}`;
      const turn = turns.get(kind) ?? 0;
      turns.set(kind, turn + 1);
      return { one, rank: [result.verdict === 'broken' ? 0 : 1, severityOf(result), turn] as const };
    });
  // The sort is stable, so that accounts and controls keep their order within a rank.
  ranked.sort(({ rank: a }, { rank: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return ranked.map(({ one }) => one);
}
