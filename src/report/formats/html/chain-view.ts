import type { ThingField } from '../../../chain/base/path-things.ts';
import { placeText } from '../../place-text.ts';
import type { Result } from '../../result.ts';
import type { Markup } from './markup.ts';
import { attribute, markup } from './markup.ts';
import type { PatternPiece } from './pattern-difference.ts';
import { patternDifference } from './pattern-difference.ts';
import { asSentence } from '../../sanitize-line.ts';

type RouteName = NonNullable<Result['chains'][number]['route']>;
type Chain = Result['chains'][number];
type Link = Chain['links'][number];

/** The links of a route, in order: a chain may end before the last. */
export type RouteView = readonly {
  readonly name: string;
  /** The fields of a path that may hold the ARN of what the link is about; the last one counts. */
  readonly arnFields: readonly ThingField[];
}[];

/** What a view needs beyond the result. */
export interface ViewOptions {
  /** Makes ids that are used once in the page. */
  readonly idPrefix: string;
  readonly routes: Readonly<Record<RouteName, RouteView>>;
}

/** The mark of each state, so that colour is never the only sign. */
export const stateMarks = { holds: '✓', broken: '✕', undecided: '?' } as const;

/**
 * Draws one chain: the stations of its route from left to right, and below what is known of each link that was reached.
 *
 * @param at - its place among the chains of the result: the nearest to one that holds is the first
 */
export function chainView(chain: Chain, result: Result, options: ViewOptions, at: number): Markup {
  const { idPrefix, routes } = options;
  // A newer version may know more routes; then the chain says what its stations are.
  const name = chain.route ?? 'metric-filter';
  const route: RouteView = Object.hasOwn(routes, name)
    ? routes[name]
    : chain.links.map(({ link }) => ({ name: link, arnFields: [] }));
  const deciding = chain.links.findIndex(
    ({ finding }) => finding !== undefined && finding.code === chain.finding?.code,
  );
  const selected = deciding === -1 ? chain.links.length - 1 : deciding;
  const stopsAt = chain.links.findIndex(({ state }) => state === 'broken');
  const stations = route.map(({ name }, at) => {
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
    linkPanel({
      ...{ link, chain, route, result },
      id: `${idPrefix}-${route.findIndex(({ name }) => name === link.link)}`,
      isSelected: at === selected,
    }),
  );
  const count = result.chains.length;
  const isNearest = at === 0 && result.verdict !== 'satisfied';
  const label = count === 1 ? 'Chain' : `Chain ${at + 1} of ${count}${isNearest ? ', the nearest' : ''}`;
  return markup`<div class="chain ${chain.outcome}" role="group" aria-label="${label}: ${chain.outcome}">
    ${count > 1 && markup`<p class="chain-title quiet">${label}: ${chain.outcome}</p>`}
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
      <span class="mark" aria-hidden="true">${stateMarks[state]}</span><span class="kind">${name}</span
      ><span class="subject">${subject}</span><span class="state">${state}</span>
    </button>
    ${state === 'broken' && markup`<span class="stop">the event stops here</span>`}
  </li>`;
}

interface Panel {
  readonly link: Link;
  readonly chain: Chain;
  readonly route: RouteView;
  readonly result: Result;
  readonly id: string;
  readonly isSelected: boolean;
}

function linkPanel({ link, chain, route, result, id, isSelected }: Panel): Markup {
  const { finding } = link;
  const arn = arnOf(link, chain, route);
  return markup`<div
    class="panel ${link.state}${finding !== undefined && ' has-finding'}"
    id="${id}"
    ${isSelected ? attribute('') : attribute('hidden')}
  >
    <h4>${link.link}: ${link.state}</h4>
    <dl>
      <dt>found</dt>
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
          <dd><code class="code">${finding.code}</code> ${asSentence(finding.sentence)}</dd>
          <dt>fix</dt>
          <dd>${asSentence(finding.fix)}</dd>`
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

function failureText({
  service,
  operation,
  error,
  missingIamAction,
}: NonNullable<NonNullable<Link['finding']>['failure']>) {
  const missing = missingIamAction === undefined ? '' : `; the missing permission is ${missingIamAction}`;
  return `${service} ${operation}: ${error}${missing}`;
}

/** The ARN of what a link is about, as far as the chain was followed. */
function arnOf({ link }: Link, { path }: Chain, route: RouteView): string | undefined {
  const fields = route.find(({ name }) => name === link)?.arnFields ?? [];
  return fields.map((field) => path[field]).findLast((arn) => arn !== undefined);
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
