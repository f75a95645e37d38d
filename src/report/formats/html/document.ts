import { script, scriptHash, styleSheet, styleSheetHash } from './assets.generated.ts';
import type { Markup } from './markup.ts';
import { markup, trusted } from './markup.ts';

/** What pages have in common: the answer, what it rests on, and the facts about the page. */
export interface PageParts {
  /** The question of the page, in a few words. */
  readonly question: string;
  /** The answer in one sentence, and how it is coloured. */
  readonly answer: { readonly verdict: 'satisfied' | 'broken' | 'undecided' | 'none'; readonly sentence: string };
  /** What follows the answer at the top. */
  readonly lead?: Markup | false;
  readonly main: Markup | readonly Markup[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What follows the facts at the foot. */
  readonly foot?: Markup | false;
  /** What the script of the page works with. Without it, the page has no script. */
  readonly data?: unknown;
}

/**
 * Writes one page for a browser: it needs no network and works from a file. A content security policy allows the page's
 * own style sheet and script by their hashes, and nothing else.
 *
 * @returns a whole HTML document
 * @see https://www.w3.org/TR/CSP3/
 */
export function pageOf({ question, answer, lead = false, main, facts, foot = false, data }: PageParts): string {
  const scripts = data === undefined ? '' : ` script-src 'sha256-${scriptHash}';`;
  const policy = `default-src 'none'; style-src 'sha256-${styleSheetHash}';${scripts} base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
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
          <p class="product">${question}</p>
          <h1>${answer.sentence}</h1>
          ${lead}
        </header>
        <main id="results" tabindex="-1">${main}</main>
        <footer>
          <h2>About this page</h2>
          <dl>
            ${facts.map(
              ([name, value]) =>
                markup`<dt>${name}</dt>
                  <dd>${value}</dd>`,
            )}
          </dl>
          ${foot}
        </footer>
        ${
          data !== undefined &&
          markup`<script type="application/json" id="data">
              ${trusted(jsonOf(data))}
            </script>
            <script>${trusted(script)}</script>`
        }
      </body>
    </html> `.html;
}

/** JSON that cannot end its script element. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** `2026-11-20 10:00 UTC` */
export function readableTime(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** How many there are of each, largest first in meaning: a bar and the numbers in words. */
export function tallyView(counts: readonly Count[]): Markup {
  const shown = counts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count, isPart = true }) => sum + (isPart ? count : 0), 0);
  let from = 0;
  const bars = shown.flatMap(({ kind, count, isPart = true }) => {
    if (!isPart) return [];
    const width = (count / total) * 100;
    const bar = markup`<rect class="${kind}" x="${from.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="1"></rect>`;
    from += width;
    return [bar];
  });
  return markup`<div class="tally">
    <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
    <ul>
      ${shown.map(
        ({ kind, mark, count, word }) =>
          markup`<li class="${kind}"><span aria-hidden="true">${mark}</span> <b>${count.toLocaleString('en-US')}</b> ${word}</li>`,
      )}
    </ul>
  </div>`;
}

/** One number of a tally. */
export interface Count {
  readonly kind: 'satisfied' | 'broken' | 'undecided' | 'none' | 'excepted';
  readonly mark: string;
  readonly count: number;
  readonly word: string;
  /** Whether it is a part of the whole, as the bar shows it; others are counted in these already. */
  readonly isPart?: boolean;
}
