import type { ViewOptions } from '../chain-view.ts';
import { resultView } from '../result-view.ts';
import type { PackedResults } from '../shared-texts.ts';
import { unpackResult } from '../shared-texts.ts';

interface Data extends PackedResults {
  readonly routes: ViewOptions['routes'];
}

/** The results of a large page, read when one is first selected. */
let data: Data | undefined;
function loadData(): Data {
  data ??= JSON.parse(document.getElementById('data')?.textContent ?? '{}') as Data;
  return data;
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button === null) return;
  const { result, copy, sort } = button.dataset;
  if (result !== undefined) showResult(Number(result), button);
  else if (copy !== undefined) void copyText(copy, button);
  else if (sort !== undefined) sortBy(Number(sort), button);
  else if (button.getAttribute('role') === 'tab') selectTab(button);
  else if (button.classList.contains('node')) selectStation(button);
});

/** Shows what is known of one link of a chain, and hides the others. */
function selectStation(button: HTMLButtonElement): void {
  const chain = button.closest('.chain');
  const chosen = button.getAttribute('aria-controls');
  chain?.querySelectorAll('button.node').forEach((one) => {
    one.setAttribute('aria-expanded', String(one === button));
  });
  chain?.querySelectorAll<HTMLElement>('.panel').forEach((panel) => {
    panel.hidden = panel.id !== chosen;
  });
}

function selectTab(tab: HTMLButtonElement): void {
  const fixes = tab.closest('.fixes');
  fixes?.querySelectorAll<HTMLElement>('[role=tab]').forEach((one) => {
    one.setAttribute('aria-selected', String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
  });
  fixes?.querySelectorAll<HTMLElement>('[role=tabpanel]').forEach((panel) => {
    panel.hidden = panel.id !== tab.getAttribute('aria-controls');
  });
}

async function copyText(id: string, button: HTMLButtonElement): Promise<void> {
  const source = document.getElementById(id);
  const label = button.textContent;
  const isCopied = await writeToClipboard(source);
  button.textContent = isCopied ? 'Copied' : 'Select the text and copy it';
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}

/** A page from a file may have no clipboard; then the text is selected, so that one key copies it. */
async function writeToClipboard(source: HTMLElement | null): Promise<boolean> {
  if (source === null) return false;
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}

/** The address to notify that somebody typed; it replaces the placeholder in every text of the page. */
let address = '';

/** Addresses without a character that a shell, a template or a query would have to quote. */
const PLAIN_ADDRESS = /^[\w.+%-]+@[\w-]+(\.[\w-]+)+$/;

document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.name !== 'address') return;
  const given = target.value.trim();
  const isPlain = PLAIN_ADDRESS.test(given);
  address = isPlain ? given : '';
  fillInAddress(target);
  const output = target.closest('.address')?.querySelector('output');
  if (output != null) output.textContent = isPlain || given === '' ? '' : 'Not an address that can be filled in.';
});

function fillInAddress(typedIn?: HTMLInputElement): void {
  document.querySelectorAll<HTMLInputElement>('input[name=address]').forEach((input) => {
    if (input !== typedIn) input.value = address;
    input
      .closest('.fixes')
      ?.querySelectorAll<HTMLElement>('.slot')
      .forEach((slot) => {
        slot.textContent = address === '' ? (input.dataset['placeholder'] ?? '') : address;
      });
  });
}

/** Draws one result: where the page has drawn all, the browser goes there. */
function showResult(at: number, button: HTMLButtonElement): void {
  const drawn = document.getElementById(`r${at}-title`);
  if (drawn !== null) {
    drawn.closest('tr')?.removeAttribute('hidden');
    drawn.tabIndex = -1;
    drawn.scrollIntoView({ block: 'start' });
    drawn.focus({ preventScroll: true });
    return;
  }
  const place = document.getElementById('selected');
  const { results, texts, routes } = loadData();
  const result = results[at];
  if (place === null || result === undefined) return;
  // `resultView` escapes every text; see markup.ts.
  place.innerHTML = resultView(unpackResult(result, texts), { idPrefix: 'selected', routes }).html;
  fillInAddress();
  document.querySelectorAll('[data-current]').forEach((one) => {
    delete (one as HTMLElement).dataset['current'];
  });
  button.dataset['current'] = '';
  place.closest('section')?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (!(target instanceof HTMLButtonElement)) return;
  const next = target.getAttribute('role') === 'tab' ? nextTab(target, key) : nextCell(target, key);
  if (next === undefined) return;
  event.preventDefault();
  if (next.getAttribute('role') === 'tab') selectTab(next);
  else moveTabStop(target, next);
  next.focus();
});

function nextTab(tab: HTMLButtonElement, key: string): HTMLButtonElement | undefined {
  const tabs = [...(tab.parentElement?.querySelectorAll<HTMLButtonElement>('[role=tab]') ?? [])];
  return tabs[nextPlace(tabs.indexOf(tab), tabs.length, key, 'ArrowLeft', 'ArrowRight')];
}

function nextCell(button: HTMLButtonElement, key: string): HTMLButtonElement | undefined {
  const cell = button.closest<HTMLTableCellElement>('.matrix td');
  const row = cell?.closest('tr');
  const body = row?.parentElement;
  if (cell == null || row == null || body == null) return undefined;
  const rows = [...body.children] as HTMLTableRowElement[];
  const at = rows.indexOf(row);
  const down = nextPlace(at, rows.length, key, 'ArrowUp', 'ArrowDown');
  const across = nextPlace(cell.cellIndex - 1, row.cells.length - 1, key, 'ArrowLeft', 'ArrowRight');
  if (down === -1 && across === -1) return undefined;
  const there = rows[down === -1 ? at : down]?.cells[(across === -1 ? cell.cellIndex - 1 : across) + 1];
  return there?.querySelector('button') ?? undefined;
}

/** The place that a key leads to; -1 where it leads nowhere. */
function nextPlace(at: number, count: number, key: string, back: string, forth: string): number {
  const next = { [back]: at - 1, [forth]: at + 1 }[key];
  return next === undefined || next < 0 || next >= count ? -1 : next;
}

function moveTabStop(from: HTMLElement, to: HTMLElement): void {
  from.tabIndex = -1;
  to.tabIndex = 0;
}

const form = document.querySelector<HTMLFormElement>('.filters');
const rows = [...document.querySelectorAll<HTMLTableRowElement>('.list tbody tr')];
/** The text of each row, read when the list is first filtered. */
let texts: ReadonlyMap<HTMLTableRowElement, string> | undefined;

form?.addEventListener('submit', (event) => {
  event.preventDefault();
});
form?.addEventListener('input', filterRows);

function filterRows(): void {
  if (form === null) return;
  const given = new FormData(form);
  const text = stringOf(given.get('text')).toLowerCase();
  const verdict = stringOf(given.get('verdict'));
  texts ??= new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let shown = 0;
  for (const row of rows) {
    const isShown = (verdict === '' || row.dataset['verdict'] === verdict) && (texts.get(row) ?? '').includes(text);
    row.hidden = !isShown;
    if (isShown) shown += 1;
  }
  const output = form.querySelector('output');
  if (output !== null) output.textContent = `${shown} of ${rows.length} shown`;
}

function stringOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

function sortBy(column: number, button: HTMLButtonElement): void {
  const head = button.closest('th');
  const direction = head?.ariaSort === 'ascending' ? 'descending' : 'ascending';
  button
    .closest('tr')
    ?.querySelectorAll('th')
    .forEach((one) => {
      one.ariaSort = one === head ? direction : 'none';
    });
  const collator = new Intl.Collator('en', { numeric: true });
  const keyed = rows.map((row) => ({ row, key: row.cells[column]?.textContent ?? '' }));
  const sign = direction === 'ascending' ? 1 : -1;
  keyed.sort((a, b) => sign * collator.compare(a.key, b.key));
  rows[0]?.parentElement?.append(...keyed.map(({ row }) => row));
}

// A person who prints wants every reason: what is folded is opened for the printer.
addEventListener('beforeprint', () => {
  document.querySelectorAll<HTMLDetailsElement>('.controls details').forEach((details) => {
    details.open = true;
  });
  document.querySelectorAll<HTMLElement>('.panel.has-finding').forEach((panel) => {
    panel.hidden = false;
  });
});
