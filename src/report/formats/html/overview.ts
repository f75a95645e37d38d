import type { Failed, Result } from '../../result.ts';
import { accountKey } from './answer.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { sentence, verdictBadge } from './result-view.ts';

const marks = { satisfied: '✓', broken: '✕', undecided: '?' } as const;

/**
 * Draws accounts × controls, a cell for each verdict. Only one cell is a tab stop; the arrow keys move from cell to cell.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function matrixView(results: readonly Result[]): Markup {
  const controls = [...new Map(results.map(({ control }) => [control.id, control])).values()];
  const rows = new Map<string, Map<string, number>>();
  results.forEach((result, at) => {
    const row = rows.get(accountKey(result)) ?? new Map<string, number>();
    rows.set(accountKey(result), row.set(result.control.id, at));
  });
  const head = controls.map(({ id, title }) => markup`<th scope="col" title="${title}"><span>${id}</span></th>`);
  const body = [...rows.values()].map((row, rowNumber) => {
    const first = results[[...row.values()][0] ?? 0];
    const cells = controls.map(({ id }, column) => {
      const at = row.get(id);
      const result = at === undefined ? undefined : results[at];
      if (result === undefined) return markup`<td class="none" aria-label="not evaluated">–</td>`;
      const code = result.chains[0].finding?.code ?? 'SATISFIED';
      return markup`<td class="${result.verdict}">
        <button
          type="button"
          data-result="${at}"
          tabindex="${rowNumber === 0 && column === 0 ? 0 : -1}"
          aria-label="${result.name}, ${id}: ${result.verdict}, ${code}"
          title="${code}"
        >
          ${marks[result.verdict]}
        </button>
      </td>`;
    });
    return markup`<tr>
      <th scope="row">${first?.name}<small>${first?.accountId} ${first?.region}</small></th>
      ${cells}
    </tr> `;
  });
  return markup`<section class="matrix" aria-label="Accounts and controls">
    <h2>Accounts and controls</h2>
    <p class="quiet">Select a cell to see its chain. Arrow keys move between cells.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Matrix of accounts and controls">
      <table>
        <thead>
          <tr>
            <th scope="col">account</th>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
  </section>`;
}

const columns = ['account', 'control', 'verdict', 'code', 'reason'] as const;

/** Lists every result with its reason, to be filtered, sorted and printed. */
export function listView(results: readonly Result[], failed: readonly Failed[]): Markup {
  const rows = results.map((result, at) => {
    const [{ finding }] = result.chains;
    return markup`<tr data-verdict="${result.verdict}">
      <td>
        <button type="button" class="link" data-result="${at}">${result.name}</button>
        <small>${result.accountId}</small>
      </td>
      <td>${result.control.id}</td>
      <td>${verdictBadge(result.verdict)}</td>
      <td><code>${finding?.code}</code></td>
      <td>${finding === undefined ? '' : sentence(finding.sentence)}</td>
    </tr> `;
  });
  return markup`<section class="list" aria-label="All results">
    <h2>All results</h2>
    <form class="filters" role="search" aria-label="Filter the results">
      <label>Text <input type="search" name="text" autocomplete="off" /></label>
      <label
        >Verdict
        <select name="verdict">
          <option value="">all</option>
          <option>satisfied</option>
          <option>broken</option>
          <option>undecided</option>
        </select></label
      >
      <output aria-live="polite"></output>
    </form>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of all results">
      <table>
        <thead>
          <tr>
            ${columns.map((name, at) => markup`<th scope="col" aria-sort="none"><button type="button" data-sort="${at}">${name}</button></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${failed.length > 0 && failedView(failed)}
  </section>`;
}

function failedView(failed: readonly Failed[]): Markup {
  return markup`<section class="failed" aria-label="Accounts that could not be evaluated">
    <h2>Accounts that could not be evaluated</h2>
    <ul>
      ${failed.map(({ name, message }) => markup`<li><b>${name}</b>: ${message}</li>`)}
    </ul>
  </section>`;
}
