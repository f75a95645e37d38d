/** A way into an event. Never empty. At most one step is a wildcard. */
export type Selector = readonly SelectorStep[];

export type SelectorStep = FieldStep | IndexStep | WildcardStep;

export interface FieldStep {
  readonly kind: 'field';
  readonly name: string;
}

/** Zero-based. */
export interface IndexStep {
  readonly kind: 'index';
  readonly index: number;
}

/** `.*`, any field of an object, or `[*]`, any element of an array. */
export interface WildcardStep {
  readonly kind: 'any-field' | 'any-element';
}

export function hasWildcard(selector: Selector): boolean {
  return selector.some(isWildcard);
}

export function isWildcard(step: SelectorStep): step is WildcardStep {
  return step.kind === 'any-field' || step.kind === 'any-element';
}
