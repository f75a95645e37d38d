import type { RouteName } from '../../../chain/base/link.ts';
import { pathThings } from '../../../chain/base/path-things.ts';
import { routes } from '../../../chain/routes.ts';
import { routeNames } from '../../../parameters/routes.ts';
import type { Result, ResultDocument } from '../../result.ts';
import { rulesOf, sourceOf } from '../../basis.ts';
import { commandNote, withCommandNotes } from '../../remediation-note.ts';
import { asSentence } from '../../sanitize-line.ts';
import { accountKey, pageAnswerOf } from './answer.ts';
import type { RouteView } from './chain-view.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { controlsView } from './controls-view.ts';
import { pageOf, readableTime, tallyView } from './document.ts';
import { failedView, resultsList, resultsMatrix } from './overview.ts';
import { resultView, verdictMarks } from './result-view.ts';
import { packResults } from './shared-texts.ts';

/** From this many results on, the page has a matrix and a list, and draws a chain when it is selected. */
const MAX_DRAWN_RESULTS = 12;

/** The most characters of remediations that a page holds for cells to be selected. */
const MAX_TEXTS_SIZE = 4_000_000;

/**
 * Writes the results as one page for a browser, from a sentence that answers the question down to the facts of each link.
 * Text from AWS is escaped.
 *
 * @returns a whole HTML document
 */
export function htmlPage(document: ResultDocument): string {
  const { failed } = document;
  const results = withCommandNotes(document.results);
  const isDrawn = results.length <= MAX_DRAWN_RESULTS;
  const hasList = results.length > 1 || failed.length > 0;
  const views = isDrawn
    ? results.map((result, at) => resultView(result, { idPrefix: `r${at}`, routes: routesOfPage }))
    : [];
  const main = [
    ...(failed.length > 0 ? [failedView(failed)] : []),
    ...(hasList && results.length > 0 ? [resultsMatrix(results, failed)] : []),
    ...(isDrawn ? chainsView(views) : [selectedView()]),
    ...(hasList && results.length > 0 ? [resultsList(results)] : []),
    ...(results.length > 0 ? [controlsView(document)] : []),
  ];
  return pageOf({
    question: 'Is a person notified?',
    answer: pageAnswerOf(document),
    lead: leadOf(document),
    main,
    facts: factsOf(document),
    foot: results.length > 0 && sourcesView(document),
    data: { ...packResults(isDrawn ? [] : results, MAX_TEXTS_SIZE, commandNote), routes: routesOfPage },
  });
}

/** The links of every route, with what names their ARNs: the page has them from the tables of the chain. */
const routesOfPage = Object.fromEntries(routeNames.map((name) => [name, routeOf(name)])) as unknown as Readonly<
  Record<RouteName, RouteView>
>;

function routeOf(route: RouteName): RouteView {
  return routes[route].map(({ name }) => ({
    name,
    arnFields: Object.values(pathThings).flatMap(({ link, field }) =>
      (link === name || (link === 'alarm' && name === 'log alarm')) && field.endsWith('Arn') ? [field] : [],
    ),
  }));
}

function chainsView(views: readonly Markup[]): readonly Markup[] {
  if (views.length === 0) return [];
  return [
    markup`<section class="chains" aria-label="Chains">
      <h2>${views.length === 1 ? 'The chain' : 'Chains'}</h2>
      ${views}
    </section>`,
  ];
}

function selectedView(): Markup {
  return markup`<section class="chains" aria-label="Selected result" aria-live="polite">
    <h2>Selected result</h2>
    <div id="selected"><p class="quiet">Select a cell of the matrix or an account of the list.</p></div>
  </section>`;
}

/** Why, for one result; how many there are of each verdict, for several; and when the accounts were read. */
function leadOf({ results, failed }: ResultDocument): Markup {
  const [only] = results;
  const isOne = results.length === 1 && failed.length === 0;
  const finding = isOne ? only?.chains[0].finding : undefined;
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const excepted = results.filter(({ exception }) => exception !== undefined).length;
  return markup`${
    finding !== undefined &&
    markup`<p class="lead">${asSentence(finding.sentence)}</p>
      ${only?.exception !== undefined && markup`<p class="lead"><b>Excepted</b> until ${only.exception.expires}: ${only.exception.reason}.</p>`}`
  }
  ${
    results.length > 0 &&
    !isOne &&
    tallyView([
      { kind: 'satisfied', mark: verdictMarks.satisfied, count: count('satisfied'), word: 'satisfied' },
      { kind: 'broken', mark: verdictMarks.broken, count: count('broken'), word: 'broken' },
      { kind: 'undecided', mark: verdictMarks.undecided, count: count('undecided'), word: 'undecided' },
      { kind: 'excepted', mark: 'e', count: excepted, word: 'of them excepted', isPart: false },
      { kind: 'none', mark: '–', count: failed.length, word: 'not evaluated', isPart: false },
    ])
  }
  ${readLine(results)}`;
}

function readLine(results: readonly Result[]): Markup | false {
  const times = results.map(({ readAt }) => readAt).sort();
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return false;
  const read =
    first === last
      ? markup`<time datetime="${first}">${readableTime(first)}</time>`
      : markup`between <time datetime="${first}">${readableTime(first)}</time> and
          <time datetime="${last}">${readableTime(last)}</time>`;
  return markup`<p class="quiet">Read ${read}.</p>`;
}

/** Facts about the results, for the foot of the page. */
function factsOf(document: ResultDocument): readonly (readonly [name: string, value: string])[] {
  return [
    ...rulesOf(document).map(({ title, text }) => [title, text] as const),
    ['format of the results', `version ${document.formatVersion}`],
  ];
}

/** What each account was read from, by whom, when and how completely. */
function sourcesView({ results, evaluatedAt }: ResultDocument): Markup {
  const accounts = new Map(results.map((result) => [accountKey(result), result]));
  const views = [...accounts.values()].map((result) => {
    const facts = sourceOf(result, evaluatedAt).map(
      ({ title, text }) =>
        markup`<dt>${title}</dt>
          <dd>${text}</dd>`,
    );
    return markup`<h3>${result.name}</h3>
      <dl>
        <dt>account</dt>
        <dd>${result.accountId}, region ${result.region}</dd>
        ${facts}
      </dl>`;
  });
  return markup`<details class="evaluations">
    <summary>What was read</summary>
    ${views}
  </details>`;
}
