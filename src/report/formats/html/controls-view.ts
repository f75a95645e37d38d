import { summarizeStandards } from '../../../controls/catalog.ts';
import type { ResultDocument } from '../../result.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';

/** Lists the controls of the results: what each requires, how severe its publisher finds it, and who asks for it. */
export function controlsView({ controls = [], results }: ResultDocument): Markup {
  const asked = [...new Map(results.map(({ control }) => [control.id, control])).values()];
  const rows = asked.map(({ id, title, filterPattern }) => {
    const facts = controls.find((one) => one.id === id);
    return markup`<tr>
      <th scope="row">${id}<small>${title}</small></th>
      <td>${facts?.severity ?? 'not published'}</td>
      <td>${facts === undefined || facts.standards.length === 0 ? 'none named' : summarizeStandards(facts.standards)}</td>
      <td><code>${filterPattern}</code></td>
    </tr> `;
  });
  return markup`<section class="controls" aria-label="Controls">
    <h2>${asked.length === 1 ? 'The control' : 'Controls'}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of controls">
      <table>
        <thead>
          <tr>
            <th scope="col">control</th>
            <th scope="col">severity</th>
            <th scope="col">standards</th>
            <th scope="col">required filter pattern</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}
