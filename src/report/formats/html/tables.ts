import type { Markup } from './markup.ts';
import { markup } from './markup.ts';

/** A matrix, such as of accounts × controls. */
export interface Matrix {
  /** What it is called. */
  readonly title: string;
  /** What a reader can do with it. */
  readonly hint: string;
  /** What a row is. */
  readonly rowTitle: string;
  /** What the number under each column counts. */
  readonly sumTitle: string;
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
}

export interface MatrixColumn {
  readonly id: string;
  readonly title: string;
  readonly sum: string;
}

export interface MatrixRow {
  readonly name: string;
  readonly detail: string;
  /** In the order of the columns, or why there are none. */
  readonly cells: readonly MatrixCell[] | string;
}

export interface MatrixCell {
  readonly kind: 'satisfied' | 'broken' | 'undecided' | 'none' | 'excepted';
  readonly mark: string;
  /** What the cell says, in words. */
  readonly words: string;
  /** The number of the result to which the cell leads, if it leads anywhere. */
  readonly at?: number;
}

/** With more columns than this, their titles are turned. */
const MAX_UPRIGHT = 3;

/**
 * Draws a matrix, a cell for each answer. Only one cell is a tab stop; the arrow keys move from cell to cell.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function matrixView({ title, hint, rowTitle, sumTitle, columns, rows }: Matrix): Markup {
  const head = columns.map(
    (column) =>
      markup`<th scope="col" title="${column.title}"><span>${column.id}</span><small title="${sumTitle}">${column.sum}</small></th>`,
  );
  let hasTabStop = false;
  const cellView = ({ kind, mark, words, at }: MatrixCell, row: MatrixRow, { id }: MatrixColumn) => {
    const label = `${row.name}, ${id}: ${words}`;
    if (at === undefined) {
      return markup`<td class="${kind}"><span role="img" aria-label="${label}" title="${words}">${mark}</span></td>`;
    }
    const tabIndex = hasTabStop ? -1 : 0;
    hasTabStop = true;
    return markup`<td class="${kind}"><button type="button" data-result="${at}" tabindex="${tabIndex}" aria-label="${label}" title="${words}">${mark}</button></td>`;
  };
  const body = rows.map((row) => {
    const { name, detail, cells } = row;
    return markup`<tr>
      <th scope="row">${name}<small>${detail}</small></th>
      ${
        typeof cells === 'string'
          ? markup`<td class="missing" colspan="${columns.length}">${cells}</td>`
          : cells.map((cell, at) => cellView(cell, row, columns[at] ?? { id: '', title: '', sum: '' }))
      }
    </tr> `;
  });
  return markup`<section class="matrix${columns.length > MAX_UPRIGHT ? '' : ' upright'}" aria-label="${title}">
    <h2>${title}</h2>
    <p class="quiet">${hint}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Matrix: ${title.toLowerCase()}">
      <table>
        <thead>
          <tr>
            <th scope="col">${rowTitle}<small>${sumTitle}</small></th>
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

/** A list that can be filtered and sorted. */
export interface List {
  readonly title: string;
  readonly columns: readonly string[];
  /** What the list is filtered by besides text: what it is called, and the values. */
  readonly filter: { readonly title: string; readonly values: readonly string[] };
  readonly rows: readonly ListRow[];
}

export interface ListRow {
  /** The value by which the list is filtered. */
  readonly value: string;
  /** In the order of the columns. */
  readonly cells: readonly Markup[];
}

/**
 * A plain table that scrolls on its own where it is too wide.
 *
 * @param label - what the table is of, for a screen reader
 * @param rows - a `tr` each
 */
export function tableView(label: string, head: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${head.map((name) => markup`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** Lists every answer with its reason, to be filtered, sorted and printed. */
export function listView({ title, columns, filter, rows }: List): Markup {
  return markup`<section class="list" aria-label="${title}">
    <h2>${title}</h2>
    <form class="filters" role="search" aria-label="Filter the list">
      <label>Text <input type="search" name="text" autocomplete="off" /></label>
      <label
        >${filter.title}
        <select name="verdict">
          <option value="">all</option>
          ${filter.values.map((value) => markup`<option>${value}</option>`)}
        </select></label
      >
      <output aria-live="polite"></output>
    </form>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: ${title.toLowerCase()}">
      <table>
        <thead>
          <tr>
            ${columns.map((name, at) => markup`<th scope="col" aria-sort="none"><button type="button" data-sort="${at}">${name}</button></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ value, cells }) =>
              markup`<tr data-verdict="${value}">
                ${cells.map((cell) => markup`<td>${cell}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
