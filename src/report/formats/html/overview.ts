import type { Failed, Result } from '../../result.ts';
import { codeOf } from '../../result.ts';
import { asSentence } from '../../sanitize-line.ts';
import { accountKey } from './answer.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { verdictBadge, verdictMarks } from './result-view.ts';
import type { MatrixCell, MatrixRow } from './tables.ts';
import { listView, matrixView } from './tables.ts';

const EXCEPTED_MARK = 'e';

/** Draws accounts × controls, a cell for each verdict, and a row for each account that could not be evaluated. */
export function resultsMatrix(results: readonly Result[], failed: readonly Failed[]): Markup {
  const controls = [...new Map(results.map(({ control }) => [control.id, control])).values()];
  const byAccount = new Map<string, Map<string, number>>();
  results.forEach((result, at) => {
    const row = byAccount.get(accountKey(result)) ?? new Map<string, number>();
    byAccount.set(accountKey(result), row.set(result.control.id, at));
  });
  const cellOf = (at: number | undefined): MatrixCell => {
    const result = at === undefined ? undefined : results[at];
    if (at === undefined || result === undefined) return { kind: 'none', mark: '–', words: 'not evaluated' };
    const { verdict, exception } = result;
    const words = `${verdict}, ${codeOf(result)}`;
    if (exception === undefined) return { kind: verdict, mark: verdictMarks[verdict], words, at };
    return { kind: 'excepted', mark: EXCEPTED_MARK, words: `${words}, excepted until ${exception.expires}`, at };
  };
  const rows = [...byAccount.values()].map((row): MatrixRow => {
    const first = results[[...row.values()][0] ?? 0];
    return {
      name: first?.name ?? '',
      detail: `${first?.accountId ?? ''} ${first?.region ?? ''}`,
      cells: controls.map(({ id }) => cellOf(row.get(id))),
    };
  });
  const missing = failed.map(({ name }): MatrixRow => ({ name, detail: '', cells: 'not evaluated' }));
  const isExcepted = results.some(({ exception }) => exception !== undefined);
  return matrixView({
    title: 'Accounts and controls',
    hint: `✓ satisfied, ✕ broken, ? undecided${isExcepted ? ', e excepted' : ''}. Select a cell to see its chain; arrow keys move between cells.`,
    rowTitle: 'account',
    sumTitle: `satisfied, of ${byAccount.size + failed.length}`,
    columns: controls.map(({ id, title }) => {
      const isSatisfied = (one: Result) => one.control.id === id && one.verdict === 'satisfied';
      return { id, title, sum: String(results.filter(isSatisfied).length) };
    }),
    rows: [...rows, ...missing],
  });
}

/** Lists every result with its reason. */
export function resultsList(results: readonly Result[]): Markup {
  return listView({
    title: 'All results',
    columns: ['account', 'control', 'verdict', 'code', 'reason'],
    filter: { title: 'Verdict', values: ['satisfied', 'broken', 'undecided'] },
    rows: results.map((result, at) => {
      const [{ finding }] = result.chains;
      return {
        value: result.verdict,
        cells: [
          markup`<button type="button" class="link" data-result="${at}">${result.name}</button>
            <small>${result.accountId} ${result.region}</small>`,
          markup`<span class="fit">${result.control.id}</span>`,
          verdictBadge(result),
          markup`<code>${finding?.code}</code>`,
          markup`${finding === undefined ? '' : asSentence(finding.sentence)}`,
        ],
      };
    }),
  });
}

/** Names the accounts that could not be evaluated, and why. */
export function failedView(failed: readonly Failed[]): Markup {
  return markup`<section class="failed" aria-label="Accounts that could not be evaluated">
    <h2>${failed.length === 1 ? 'An account' : 'Accounts'} that could not be evaluated</h2>
    <ul>
      ${failed.map(({ name, message }) => markup`<li><b>${name}</b>: ${message}</li>`)}
    </ul>
  </section>`;
}
