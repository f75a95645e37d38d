import type { Trivalent } from '../../filter-pattern/index.ts';

/** Whether all hold: one that does not decides it. */
export function all(values: readonly Trivalent[]): Trivalent {
  if (values.includes(false)) return false;
  return values.includes('undecided') ? 'undecided' : true;
}

/** Whether any holds: one that does decides it. */
export function any(values: readonly Trivalent[]): Trivalent {
  if (values.includes(true)) return true;
  return values.includes('undecided') ? 'undecided' : false;
}

export function not(value: Trivalent): Trivalent {
  return value === 'undecided' ? value : !value;
}
