import type { Standard } from '../controls/catalog.ts';
import { controlById, standardsOf } from '../controls/catalog.ts';

/** What the publishers of a control say of it: plain data for programs, described by `result.schema.json`. */
export interface ControlFacts {
  readonly id: string;
  readonly title: string;
  /** Such as `Low`; absent where none is published. */
  readonly severity?: string;
  readonly category?: string;
  /** Each version of a standard apart. */
  readonly standards: readonly Standard[];
  /** Addresses of pages. */
  readonly references: readonly string[];
}

/**
 * The facts about the controls of some results, each control once, in the order of the results. A filter pattern of one's
 * own has a title and nothing else.
 */
export function controlFactsOf(
  controls: readonly { readonly id: string; readonly title: string }[],
): readonly ControlFacts[] {
  return [...new Map(controls.map((control) => [control.id, control])).values()].map(({ id, title }) => {
    const control = controlById(id);
    if (control === undefined) return { id, title, standards: [], references: [] };
    const { severity, category, references } = control;
    return {
      id,
      title,
      ...(severity === undefined ? {} : { severity }),
      ...(category === undefined ? {} : { category }),
      standards: standardsOf(control),
      references,
    };
  });
}
