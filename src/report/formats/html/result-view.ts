import type { RemediationText, Result } from '../../result.ts';
import { placeText } from '../../result.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import type { PatternPiece } from './pattern-difference.ts';
import { patternDifference } from './pattern-difference.ts';

type RouteName = NonNullable<Result['chains'][number]['route']>;
type Chain = Result['chains'][number];
type Link = Chain['links'][number];

/** The names of the links of each route. */
export type Routes = Readonly<Record<RouteName, readonly string[]>>;

/** What a view of one result needs beyond the result. */
export interface ResultViewOptions {
  /** Makes ids that are used once in the page. */
  readonly idPrefix: string;
  /** The links of each route, in order: a chain may end before the last. */
  readonly routes: Routes;
}

/** The most chains that are drawn; the rest are counted. */
const MAX_CHAINS = 12;

const words = { holds: 'holds', broken: 'broken', undecided: 'undecided' } as const;
const marks = { holds: '✓', broken: '✕', undecided: '?' } as const;

/**
 * Draws one result: every chain from left to right, what is known of each link, the two patterns next to each other, and
 * the fix. The same function draws it in the file and, for a cell that is selected, in the browser.
 */
export function resultView(result: Result, options: ResultViewOptions): Markup {
  const shown = result.chains.slice(0, MAX_CHAINS);
  const hidden = result.chains.length - shown.length;
  const remediation = result.remediation ?? [];
  return markup`<article class="result ${result.verdict}" aria-labelledby="${options.idPrefix}-title">
    <header>
      <h3 id="${options.idPrefix}-title">${result.name}</h3>
      <p class="facts">
        ${verdictBadge(result.verdict)} account <b>${result.accountId}</b>, region ${result.region}, control
        <b>${result.control.id}</b>
      </p>
      <p class="quiet">${result.control.title}</p>
      ${result.otherRoute !== undefined && markup`<p>Another route: ${sentence(result.otherRoute.sentence)}</p>`}
    </header>
    ${shown.map((chain, at) => chainView(chain, result, { ...options, idPrefix: `${options.idPrefix}-${at}` }, at === 0))}
    ${hidden > 0 && markup`<p class="quiet">${hidden} more chains are in the JSON result.</p>`}
    ${remediation.length > 0 && remediationView(remediation, options)} ${evaluationsView(result)}
  </article>`;
}

/** A verdict as a word with a mark, so that colour is never the only sign. */
export function verdictBadge(verdict: Result['verdict']): Markup {
  const mark = { satisfied: marks.holds, broken: marks.broken, undecided: marks.undecided }[verdict];
  return markup`<span class="badge ${verdict}"><span aria-hidden="true">${mark}</span> ${verdict}</span>`;
}

function chainView(chain: Chain, result: Result, options: ResultViewOptions, isNearest: boolean): Markup {
  const { idPrefix, routes } = options;
  const route = routes[chain.route ?? 'metric-filter'];
  const deciding = chain.links.findIndex(
    ({ finding }) => finding !== undefined && finding.code === chain.finding?.code,
  );
  const selected = deciding === -1 ? chain.links.length - 1 : deciding;
  const stopsAt = chain.links.findIndex(({ state }) => state === 'broken');
  const stations = route.map((name, at) => {
    const link = chain.links.find((one) => one.link === name);
    const place = link === undefined ? -1 : chain.links.indexOf(link);
    return station({
      name,
      link,
      isSelected: place === selected,
      isBeyond: stopsAt !== -1 && at > stopsAt,
      id: `${idPrefix}-${at}`,
    });
  });
  const panels = chain.links.map((link, at) =>
    linkPanel({ link, chain, result, id: `${idPrefix}-${route.indexOf(link.link)}`, isSelected: at === selected }),
  );
  const label = isNearest && result.verdict !== 'satisfied' && result.chains.length > 1 ? 'Nearest chain' : 'Chain';
  return markup`<div class="chain ${chain.outcome}" role="group" aria-label="${label}: ${chain.outcome}">
    <ol class="route">
      ${stations}
    </ol>
    ${panels}
  </div>`;
}

interface Station {
  readonly name: string;
  readonly link: Link | undefined;
  readonly isSelected: boolean;
  /** Whether the event never gets here. */
  readonly isBeyond: boolean;
  readonly id: string;
}

function station({ name, link, isSelected, isBeyond, id }: Station): Markup {
  if (link === undefined) {
    return markup`<li class="station ${isBeyond ? 'beyond' : 'unknown'}">
      <span class="node"
        ><span class="mark" aria-hidden="true">·</span><span class="kind">${name}</span
        ><span class="subject">not reached</span></span
      >
    </li>`;
  }
  const { state, subject } = link;
  return markup`<li class="station ${state}${isBeyond && ' beyond'}">
    <button class="node" type="button" aria-expanded="${isSelected ? 'true' : 'false'}" aria-controls="${id}">
      <span class="mark" aria-hidden="true">${marks[state]}</span><span class="kind">${name}</span
      ><span class="subject">${subject}</span><span class="state">${words[state]}</span>
    </button>
    ${state === 'broken' && markup`<span class="stop">the event stops here</span>`}
  </li>`;
}

interface Panel {
  readonly link: Link;
  readonly chain: Chain;
  readonly result: Result;
  readonly id: string;
  readonly isSelected: boolean;
}

function linkPanel({ link, chain, result, id, isSelected }: Panel): Markup {
  const { finding } = link;
  const arn = arnOf(link, chain);
  return markup`<div
    class="panel ${link.state}${finding !== undefined && ' has-finding'}"
    id="${id}"
    ${isSelected ? trustedAttribute('') : trustedAttribute('hidden')}
  >
    <h4>${link.link}: ${words[link.state]}</h4>
    <dl>
      <dt>name</dt>
      <dd>${link.subject}</dd>
      ${
        arn !== undefined &&
        markup`<dt>ARN</dt>
          <dd><code>${arn}</code></dd>`
      }
      ${
        link.place !== undefined &&
        markup`<dt>place</dt>
          <dd><code>${placeText(link.place)}</code></dd>`
      }
      ${
        finding !== undefined &&
        markup`<dt>reason</dt>
          <dd><code class="code">${finding.code}</code> ${sentence(finding.sentence)}</dd>
          <dt>fix</dt>
          <dd>${sentence(finding.fix)}</dd>`
      }
      ${
        finding?.failure !== undefined &&
        markup`<dt>error</dt>
          <dd>${failureText(finding.failure)}</dd>`
      }
    </dl>
    ${link.link === 'metric filter' && chain.filterPattern !== undefined && patternsView(result.control.filterPattern, chain.filterPattern)}
    ${
      link.link === 'event rule' &&
      chain.eventPattern !== undefined &&
      markup`<figure class="event">
        <figcaption>event pattern of the rule</figcaption>
        <pre><code>${indented(chain.eventPattern)}</code></pre>
      </figure>`
    }
    ${finding?.event !== undefined && eventView(finding.event)}
  </div>`;
}

function trustedAttribute(html: '' | 'hidden'): Markup {
  return { html };
}

function failureText({
  service,
  operation,
  error,
  missingIamAction,
}: NonNullable<NonNullable<Link['finding']>['failure']>) {
  const missing = missingIamAction === undefined ? '' : `; the missing permission is ${missingIamAction}`;
  return `${service} ${operation}: ${error}${missing}`;
}

function arnOf({ link }: Link, { path }: Chain): string | undefined {
  switch (link) {
    case 'trail':
      return path.trailArn;
    case 'log group':
      return path.logGroupArn;
    case 'alarm':
      return path.alarmArn;
    case 'topic':
      return path.topicArn;
    case 'event rule':
      return path.eventRuleArn;
    case 'target':
      return path.targetArn;
    case 'metric filter':
    case 'subscriber':
      return undefined;
  }
}

function patternsView(required: string, found: string): Markup {
  const difference = patternDifference(required, found);
  return markup`<div class="patterns">
    <figure>
      <figcaption>required pattern</figcaption>
      <pre><code>${difference.required.map(pieceView)}</code></pre>
    </figure>
    <figure>
      <figcaption>pattern of the filter</figcaption>
      <pre><code>${difference.found.map(pieceView)}</code></pre>
    </figure>
  </div>`;
}

function pieceView({ text, differs }: PatternPiece): Markup {
  return differs ? markup`<mark>${text}</mark>` : markup`${text}`;
}

function eventView(event: string): Markup {
  return markup`<figure class="event">
    <figcaption>example event</figcaption>
    <pre><code>${indented(event)}</code></pre>
  </figure>`;
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}

function remediationView(texts: readonly RemediationText[], { idPrefix }: ResultViewOptions): Markup {
  const [first, ...others] = texts;
  // One text alone is for a person, not for a shell: what is missing, or what to do by hand.
  if (first !== undefined && others.length === 0) {
    return markup`<div class="fixes" role="group" aria-label="Remediation">
      <h4>Remediation: ${first.form.toLowerCase()}</h4>
      <p class="prose">${first.text.trim()}</p>
    </div>`;
  }
  const tabs = texts.map(
    ({ form }, at) =>
      markup`<button
        type="button"
        role="tab"
        id="${idPrefix}-tab-${at}"
        aria-controls="${idPrefix}-fix-${at}"
        aria-selected="${at === 0 ? 'true' : 'false'}"
        tabindex="${at === 0 ? 0 : -1}"
      >
        ${form}
      </button>`,
  );
  const panels = texts.map(
    ({ form, text }, at) =>
      markup`<div
        class="fix"
        role="tabpanel"
        id="${idPrefix}-fix-${at}"
        aria-labelledby="${idPrefix}-tab-${at}"
        ${at === 0 ? trustedAttribute('') : trustedAttribute('hidden')}
      >
        <p class="form">${form}</p>
        <button type="button" class="copy" data-copy="${idPrefix}-text-${at}">Copy ${form}</button>
        <pre tabindex="0"><code id="${idPrefix}-text-${at}">${text}</code></pre>
      </div>`,
  );
  return markup`<div class="fixes" role="group" aria-label="Remediation">
    <h4>Remediation</h4>
    <div role="tablist" aria-label="Form of the remediation">${tabs}</div>
    ${panels}
  </div>`;
}

function evaluationsView({ evaluations }: Result): Markup {
  return markup`<details class="evaluations">
    <summary>Evaluations for AWS Config</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Evaluations for AWS Config">
      <table>
        <thead>
          <tr>
            <th scope="col">resource</th>
            <th scope="col">compliance</th>
            <th scope="col">annotation</th>
          </tr>
        </thead>
        <tbody>
          ${evaluations.map(
            (evaluation) =>
              markup`<tr>
                <td>${evaluation.complianceResourceType} ${evaluation.complianceResourceId}</td>
                <td>${evaluation.complianceType}</td>
                <td>${evaluation.annotation}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** A phrase of a reason as a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
