import { summarizeStandards } from '../../../controls/catalog.ts';
import type { ResultDocument } from '../../result.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';

/** Lists the controls of the results: what each requires, how severe its publisher finds it, and who asks for it. */
export function controlsView({ controls = [], results }: ResultDocument): Markup {
  const asked = [...new Map(results.map(({ control }) => [control.id, control])).values()];
  const [first, ...others] = asked;
  const list = asked.map(({ id, title, filterPattern }) => {
    const facts = controls.find((one) => one.id === id);
    const standards = summarizeStandards(facts?.standards ?? []);
    return markup`<div class="control">
      <h3>${id}</h3>
      <p class="quiet">${title}</p>
      <dl>
        <dt>severity</dt>
        <dd>${facts?.severity ?? 'not published'}</dd>
        <dt>standards</dt>
        <dd>${standards === '' ? 'none named' : standards}</dd>
        <dt>required pattern</dt>
        <dd><code>${filterPattern}</code></dd>
      </dl>
    </div> `;
  });
  if (first === undefined) return markup``;
  return markup`<section class="controls" aria-label="Controls">
    <h2>${others.length === 0 ? 'The control' : 'Controls'}</h2>
    ${
      others.length === 0
        ? list
        : markup`<details>
            <summary>Severity, standards and required patterns of ${asked.length} controls</summary>
            ${list}
          </details>`
    }
  </section>`;
}
