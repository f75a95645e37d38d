import type { Control } from '../../controls/catalog.ts';

/**
 * The control once for each text that its publishers give: whoever satisfies one of them satisfies the control. The text
 * that advice recommends comes first.
 */
export function requirementsOf(control: Control): readonly [Control, ...Control[]] {
  const others = control.texts.filter(({ pattern }) => pattern !== control.filterPattern);
  return [control, ...others.map(({ pattern }) => ({ ...control, filterPattern: pattern }))];
}
