import type { RouteName } from '../../../chain/base/link.ts';
import { routes } from '../../../chain/routes.ts';
import { routeNames } from '../../../parameters/routes.ts';
import type { ResultDocument } from '../../result.ts';
import { rulesOf, sourceOf } from '../../basis.ts';
import { accountKey, answerOf } from './answer.ts';
import { script, scriptHash, styleSheet, styleSheetHash } from './assets.generated.ts';
import type { Markup } from './markup.ts';
import { markup, trusted } from './markup.ts';
import { controlsView } from './controls-view.ts';
import { listView, matrixView } from './overview.ts';
import type { Routes } from './result-view.ts';
import { resultView } from './result-view.ts';
import { packResults } from './shared-texts.ts';

/** From this many results on, the page has a matrix and a list, and draws a chain when it is selected. */
const MAX_DRAWN_RESULTS = 12;

/** The most characters of remediations that a page holds for cells to be selected. */
const MAX_TEXTS_SIZE = 4_000_000;

/**
 * Writes the results as one page for a browser: it needs no network and works from a file. A content security policy
 * allows the page's own style sheet and script by their hashes, and nothing else. Text from AWS is escaped.
 *
 * @returns a whole HTML document
 * @see https://www.w3.org/TR/CSP3/
 */
export function htmlPage(document: ResultDocument): string {
  const answer = answerOf(document);
  const { results, failed } = document;
  const linksOf = (route: RouteName) => routes[route].map(({ name }) => name);
  const links = Object.fromEntries(routeNames.map((name) => [name, linksOf(name)])) as unknown as Routes;
  const isDrawn = results.length <= MAX_DRAWN_RESULTS;
  const hasList = results.length > 1 || failed.length > 0;
  const views = isDrawn ? results.map((result, at) => resultView(result, { idPrefix: `r${at}`, routes: links })) : [];
  const policy = `default-src 'none'; style-src 'sha256-${styleSheetHash}'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${answer.sentence}</title>
        <style>${trusted(styleSheet)}</style>
      </head>
      <body>
        <a class="skip" href="#results">Skip to the results</a>
        <header class="answer ${answer.verdict}">
          <p class="product">Is a person notified?</p>
          <h1>${answer.sentence}</h1>
          ${factsLine(document)}
        </header>
        <main id="results" tabindex="-1">
          ${hasList && results.length > 0 && matrixView(results)}
          ${
            isDrawn &&
            results.length > 0 &&
            markup`<section class="chains" aria-label="Chains">
              <h2>${results.length === 1 ? 'The chain' : 'Chains'}</h2>
              ${views}
            </section>`
          }
          ${
            !isDrawn &&
            markup`<section class="chains" aria-label="Selected result" aria-live="polite">
              <h2>Selected result</h2>
              <div id="selected"><p class="quiet">Select a cell of the matrix or an account of the list.</p></div>
            </section>`
          }
          ${hasList && listView(results, failed)} ${results.length > 0 && controlsView(document)}
        </main>
        <footer>
          <h2>About this page</h2>
          <dl>
            ${factsOf(document).map(
              ([name, value]) =>
                markup`<dt>${name}</dt>
                  <dd>${value}</dd>`,
            )}
          </dl>
          ${results.length > 0 && sourcesView(document)}
        </footer>
        <script type="application/json" id="data">
          ${trusted(dataOf({ ...packResults(isDrawn ? [] : results, MAX_TEXTS_SIZE), routes: links }))}
        </script>
        <script>${trusted(script)}</script>
      </body>
    </html> `;
  return page.html;
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

/** JSON that cannot end its script element. */
function dataOf(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function factsLine({ results }: ResultDocument): Markup | undefined {
  const times = results.map(({ readAt }) => readAt).sort();
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const read =
    first === last
      ? markup`<time datetime="${first}">${readable(first)}</time>`
      : markup`between <time datetime="${first}">${readable(first)}</time> and
          <time datetime="${last}">${readable(last)}</time>`;
  return markup`<p class="quiet">Read ${read}.</p>`;
}

/** `2026-11-20 10:00 UTC` */
function readable(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
