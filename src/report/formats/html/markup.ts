/** HTML that is safe to put into a page: made by {@link markup}, never from a name that AWS gave. */
export interface Markup {
  readonly html: string;
}

type Value = Markup | string | number | undefined | false | readonly Markup[];

/**
 * Makes HTML of a template. Text is escaped, so that a name from AWS stays text, in content and in quoted attributes.
 *
 * @see https://html.spec.whatwg.org/multipage/syntax.html#character-references
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const rest = values.map((value, at) => `${markupOf(value)}${parts[at + 1] ?? ''}`);
  return { html: `${parts[0] ?? ''}${rest.join('')}` };
}

/** HTML that is known to be safe as it is, such as a style sheet of this project. */
export function trusted(html: string): Markup {
  return { html };
}

/** An attribute without a value, or none. */
export function attribute(name: '' | 'hidden'): Markup {
  return { html: name };
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  if ('html' in value) return value.html;
  return value.map(({ html }) => html).join('');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes text. Marks that turn the direction of writing, and other invisible characters, are shown by their number, so
 * that a name cannot rearrange the text around it.
 */
function escapeHtml(text: string): string {
  return text
    .replace(
      /[^\n\t\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu,
      (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    )
    .replace(/[&<>"']/g, (mark) => references[mark] ?? mark);
}
