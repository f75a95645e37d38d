import { SETTLED_INTERPRETATIONS } from '../../ambiguities/settlements.ts';
import type { Term, TermsPattern } from '../../syntax/pattern.ts';

/**
 * How terms decide: all that are required and none that are excluded, or at least one of the optional ones. `open`: optional
 * and excluded terms without a required one, as long as it is not settled what that means.
 */
export type TermsShape =
  | { readonly kind: 'all'; readonly required: readonly Term[]; readonly excluded: readonly Term[] }
  | { readonly kind: 'any'; readonly optional: readonly Term[] }
  | { readonly kind: 'open' };

export function termsShapeOf({ terms }: TermsPattern): TermsShape {
  const of = (kind: Term['kind']) => terms.filter((term) => term.kind === kind);
  const [required, optional, excluded] = [of('required'), of('optional'), of('excluded')];
  const isIgnored = excluded.length > 0 && SETTLED_INTERPRETATIONS.optionalWithExcluded === 'ignored';
  if (required.length > 0 || optional.length === 0 || isIgnored) return { kind: 'all', required, excluded };
  return excluded.length === 0 ? { kind: 'any', optional } : { kind: 'open' };
}

/** Whether the term occurs in every message, because AWS takes it for everything. */
export function isEverything({ text }: Term): boolean {
  return text.kind === 'word' && text.text === ' ' && SETTLED_INTERPRETATIONS.blankPhrase === 'everything';
}

/** Whether the terms match every message. */
export function matchesEverything(pattern: TermsPattern): boolean {
  const shape = termsShapeOf(pattern);
  switch (shape.kind) {
    case 'all':
      return shape.excluded.length === 0 && shape.required.every(isEverything);
    case 'any':
      return shape.optional.some(isEverything);
    case 'open':
      return false;
  }
}
