import type { LinkView, Result } from '../../result.ts';
import { asSentence } from '../../sanitize-line.ts';
import type { ViewOptions } from './chain-view.ts';
import { chainView, stateMarks } from './chain-view.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { remediationView } from './remediation-view.ts';
import { tableView } from './tables.ts';

/** The most chains that are drawn; the rest are counted. */
const MAX_CHAINS = 12;

/**
 * Draws one result: every chain from left to right, what is known of each link, the two patterns next to each other, and
 * the fix. The same function draws it in the file and, for a cell that is selected, in the browser.
 */
export function resultView(result: Result, options: ViewOptions): Markup {
  const { verdict, exception, otherRoute, evaluatedEarlierAt, remediation = [] } = result;
  const shown = result.chains.slice(0, MAX_CHAINS);
  const hidden = result.chains.length - shown.length;
  return markup`<article class="result ${verdict}" aria-labelledby="${options.idPrefix}-title">
    <header>
      <h3 id="${options.idPrefix}-title">${result.name}</h3>
      <p class="facts">
        ${verdictBadge(result)} account <b>${result.accountId}</b>, region ${result.region}, control
        <b>${result.control.id}</b>
      </p>
      <p class="quiet">${result.control.title}</p>
      ${
        exception !== undefined &&
        markup`<p class="note">
          <b>Excepted</b> until ${exception.expires} by ${exception.owner}: ${exception.reason}. The verdict stays what it
          is.
        </p>`
      }
      ${evaluatedEarlierAt !== undefined && markup`<p class="note"><b>Not evaluated now</b>, but at ${evaluatedEarlierAt}.</p>`}
      ${otherRoute !== undefined && markup`<p class="note"><b>Another route:</b> ${asSentence(otherRoute.sentence)}</p>`}
      ${beforeView(result)}
    </header>
    ${shown.map((chain, at) => chainView(chain, result, { ...options, idPrefix: `${options.idPrefix}-${at}` }, at))}
    ${hidden > 0 && markup`<p class="quiet">${hidden} more chains are in the JSON result.</p>`}
    ${remediation.length > 0 && remediationView(remediation, options)} ${evaluationsView(result)}
  </article>`;
}

/** A verdict as a word with a mark, so that colour is never the only sign; and whether somebody accepts the finding. */
export function verdictBadge({ verdict, exception }: Pick<Result, 'verdict' | 'exception'>): Markup {
  return markup`<span class="badge ${verdict}"
      ><span aria-hidden="true">${verdictMarks[verdict]}</span> ${verdict}</span
    >${exception !== undefined && markup` <span class="badge excepted">excepted</span>`}`;
}

export const verdictMarks = {
  satisfied: stateMarks.holds,
  broken: stateMarks.broken,
  undecided: stateMarks.undecided,
} as const;

/** What a deployment changes in the account that it is laid over. */
function beforeView({ before, verdict, chains: [nearest] }: Result): Markup | false {
  if (before === undefined) return false;
  const say = (kind: string, code: string) => (kind === 'satisfied' ? kind : `${kind} ${code}`);
  const [was, is] = [say(before.verdict, before.code), say(verdict, nearest.finding?.code ?? '')];
  const isSame = was === is && before.links.length === 0;
  const change = isSame ? `nothing: ${is} before and after` : was === is ? `${is}, by other links` : `${was} → ${is}`;
  return markup`<div class="note">
    <p><b>The deployment changes</b> ${change}.</p>
    ${
      before.links.length > 0 &&
      markup`<ul>
        ${before.links.map((link) => markup`<li>${link.link}: ${linkText(link.before)} → ${linkText(link.after)}</li>`)}
      </ul>`
    }
  </div>`;
}

function linkText(link: LinkView | undefined): string {
  if (link === undefined) return 'not reached';
  return [link.subject, link.state, link.code].filter((word) => word !== undefined).join(', ');
}

function evaluationsView({ evaluations }: Result): Markup {
  const rows = evaluations.map(
    (evaluation) =>
      markup`<tr>
        <td>${evaluation.complianceResourceType} ${evaluation.complianceResourceId}</td>
        <td>${evaluation.complianceType}</td>
        <td>${evaluation.annotation}</td>
      </tr>`,
  );
  return markup`<details class="evaluations">
    <summary>Evaluations for AWS Config</summary>
    ${tableView('Evaluations for AWS Config', ['resource', 'compliance', 'annotation'], rows)}
  </details>`;
}
