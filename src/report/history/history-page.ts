import { durationText, parametersText } from '../basis.ts';
import { pageOf } from '../formats/html/document.ts';
import type { Markup } from '../formats/html/markup.ts';
import { markup } from '../formats/html/markup.ts';
import { tableView } from '../formats/html/tables.ts';
import type { History, HistoryDocument, Period } from './history.ts';
import { heldThroughout, periodText } from './history.ts';

/** A history as a page for a browser, with the style of the page of results. It needs neither a network nor a script. */
export function historyPage({ histories, failed, evaluatedAt, toolVersion, maxGap }: HistoryDocument): string {
  const held = histories.filter(heldThroughout).length;
  const sentence = `${held} of ${histories.length} ${histories.length === 1 ? 'control' : 'controls'} held without a gap.`;
  const verdict = held === histories.length && held > 0 ? 'satisfied' : 'undecided';
  return pageOf({
    question: 'From when to when did it hold?',
    answer: { verdict, sentence },
    main: [
      ...histories.map(historyView),
      ...(failed.length > 0
        ? [
            markup`<section class="failed">
              <h2>Files that were not read</h2>
              <ul>${failed.map(({ name, message }) => markup`<li><b>${name}</b>: ${message}</li>`)}</ul>
            </section>`,
          ]
        : []),
    ],
    facts: [
      ['evaluated', `${evaluatedAt}, by version ${toolVersion}`],
      ['longest time between two observations', durationText(maxGap)],
    ],
  });
}

function historyView({ accountId, region, control, parameters = {}, periods, observations }: History): Markup {
  const rows = periods.map(
    (period) =>
      markup`<tr>
        <td>${badge(period)}</td>
        <td><span class="fit">${period.from}</span></td>
        <td><span class="fit">${period.to}</span></td>
        <td>${periodText(period)}</td>
      </tr>`,
  );
  const files = observations.map(
    ({ at, verdict, code, file, sha256, isChanged }) =>
      markup`<tr>
        <td><span class="fit">${at}</span></td>
        <td>${verdict}</td>
        <td><code>${code}</code></td>
        <td>${file}${isChanged === true && ' (not as it was written)'}</td>
        <td><code>${sha256}</code></td>
      </tr>`,
  );
  return markup`<section class="list" aria-label="${control.id}">
    <h2>${accountId} ${region}: ${control.id}</h2>
    <p class="quiet">${control.title}</p>
    ${timeline(periods)} ${tableView('Periods', ['answer', 'from', 'to', 'in words'], rows)}
    <details class="evaluations">
      <summary>Observations and rules</summary>
      ${tableView('Observations', ['read', 'verdict', 'code', 'file', 'sha256'], files)}
      <dl>
        <dt>pattern</dt>
        <dd><code>${control.filterPattern}</code></dd>
        <dt>premises</dt>
        <dd><code>${control.premises ?? 'not known'}</code></dd>
        <dt>parameters</dt>
        <dd>${parametersText(parameters)}</dd>
      </dl>
    </details>
  </section>`;
}

/** The periods on a line, as long as they lasted; gaps are empty. The table says the same in words. */
function timeline(periods: readonly Period[]): Markup | false {
  const [start, end] = [Date.parse(periods[0]?.from ?? ''), Date.parse(periods.at(-1)?.to ?? '')];
  if (!(end > start)) return false;
  const place = (time: string) => ((Date.parse(time) - start) / (end - start)) * 1000;
  const bars = periods.map(
    ({ kind, from, to }) =>
      markup`<rect class="${kind}" x="${place(from).toFixed(1)}" y="0" width="${Math.max(4, place(to) - place(from)).toFixed(1)}" height="1"></rect>`,
  );
  return markup`<svg class="timeline" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>`;
}

function badge({ kind }: Period): Markup {
  if (kind === 'gap') return markup`<span class="badge undecided">gap</span>`;
  return markup`<span class="badge ${kind}">${{ satisfied: 'held', broken: 'broken', undecided: 'undecided' }[kind]}</span>`;
}
