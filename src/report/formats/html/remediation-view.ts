import type { RemediationText } from '../../result.ts';
import type { ViewOptions } from './chain-view.ts';
import type { Markup } from './markup.ts';
import { attribute, markup } from './markup.ts';

/** Draws a remediation: its forms as tabs, each with a button that copies it. */
export function remediationView(texts: readonly RemediationText[], { idPrefix }: ViewOptions): Markup {
  const [first, ...others] = texts;
  // One text alone is for a person, not for a shell: what is missing, or what to do by hand.
  if (first !== undefined && others.length === 0) {
    return markup`<div class="fixes" role="group" aria-label="Remediation">
      <h4>Remediation: ${first.form.toLowerCase()}</h4>
      <p class="prose">${proseView(first.text.trim())}</p>
    </div>`;
  }
  const placeholder = texts.find((one) => one.placeholder !== undefined)?.placeholder;
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
    (one, at) =>
      markup`<div
        class="fix"
        role="tabpanel"
        id="${idPrefix}-fix-${at}"
        aria-labelledby="${idPrefix}-tab-${at}"
        ${at === 0 ? attribute('') : attribute('hidden')}
      >
        <p class="form">${one.form}</p>
        <button type="button" class="copy" data-copy="${idPrefix}-text-${at}">Copy ${one.form}</button>
        <pre tabindex="0"><code id="${idPrefix}-text-${at}">${textView(one)}</code></pre>
      </div>`,
  );
  return markup`<div class="fixes" role="group" aria-label="Remediation">
    <h4>Remediation</h4>
    ${placeholder !== undefined && addressView(placeholder)}
    <div role="tablist" aria-label="Form of the remediation">${tabs}</div>
    ${panels}
  </div>`;
}

/** Sentences, in which what is between backticks is typed as it is. */
function proseView(text: string): readonly Markup[] {
  return text.split('`').map((piece, at) => (at % 2 === 1 ? markup`<code>${piece}</code>` : markup`${piece}`));
}

/** The text, with what is to be replaced marked. */
function textView({ text, placeholder }: RemediationText): readonly Markup[] {
  if (placeholder === undefined) return [markup`${text}`];
  return text
    .split(placeholder)
    .flatMap((piece, at) => [
      ...(at === 0 ? [] : [markup`<mark class="slot">${placeholder}</mark>`]),
      markup`${piece}`,
    ]);
}

/** Says that nobody was named to be notified. A browser fills in the address; on paper, the sentence says what to do. */
function addressView(placeholder: string): Markup {
  return markup`<div class="address">
    <p>
      Nobody was named to be notified. Replace <mark>${placeholder}</mark> with an address before you use this text; as it
      is, it subscribes nobody.
    </p>
    <label
      >Address to notify
      <input type="email" name="address" data-placeholder="${placeholder}" autocomplete="off" spellcheck="false"
    /></label>
    <output aria-live="polite"></output>
  </div>`;
}
