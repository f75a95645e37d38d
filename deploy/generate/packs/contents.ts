import type { Control } from '../../../src/controls/catalog.ts';
import { catalog, controlById } from '../../../src/controls/catalog.ts';
import { processChecks } from '../../../src/controls/process-checks.ts';
import { lastPartOf } from '../rule-names.ts';

export const packNames = ['mfa', 'cis', 'all', 'drop-in'] as const;

export type PackName = (typeof packNames)[number];

/** A rule of a pack: a control, and the name that the rule has there. */
export interface PackRule {
  readonly control: Control;
  readonly name: string;
}

/** The versions of the CIS AWS Foundations Benchmark that ask for metric filters and alarms, oldest first. */
export const cisVersions: readonly string[] = [...new Set(catalog.flatMap(({ cis = {} }) => Object.keys(cis)))].sort(
  (one, other) => one.localeCompare(other, 'en', { numeric: true }),
);

/**
 * The controls of the monitoring section of a CIS version, in its order.
 *
 * Two controls of the catalog may have the same number. The one of Security Hub is taken where the version prints the
 * text that a remediation of it would use, since that text satisfies both; else the one of CIS.
 *
 * @throws Error if no control is of this version
 */
export function cisSection(version: string): readonly Control[] {
  const ofVersion = catalog.filter(({ cis }) => cis?.[version] !== undefined);
  if (ofVersion.length === 0) throw new Error(`no control is of CIS ${version}: ${cisVersions.join(', ')} are known`);
  const places = [...new Set(ofVersion.map((control) => placeOf(control, version)))].sort((one, other) => one - other);
  return places.map((place) => {
    const candidates = ofVersion.filter((control) => placeOf(control, version) === place);
    const printed = candidates.find(({ texts }) => texts[0]?.origins.some((one) => one.startsWith(`CIS ${version} `)));
    const chosen = printed ?? candidates[0];
    if (chosen === undefined) throw new Error(`CIS ${version} has nothing at ${place}`);
    return chosen;
  });
}

/** The place in the section: `4.10` is 10. */
function placeOf({ cis }: Control, version: string): number {
  return Number(cis?.[version]?.split('.')[1]);
}

/**
 * The rules of a pack.
 *
 * @param version - of CIS, for the pack `cis`
 * @param prefix - what the names of rules begin with, except in the pack `drop-in`
 */
export function packRules(
  pack: PackName,
  { version, prefix }: { readonly version: string | undefined; readonly prefix: string },
): readonly PackRule[] {
  const named = (control: Control) => ({ control, name: `${prefix}${lastPartOf(control.id)}` });
  switch (pack) {
    case 'mfa':
      return [named(catalog[0])];
    case 'all':
      return catalog.map(named);
    case 'cis':
      if (version === undefined) throw new Error(`which version of CIS? ${cisVersions.join(', ')} are known`);
      return cisSection(version).map(named);
    case 'drop-in':
      return Object.entries(processChecks).map(([name, id]) => {
        const control = controlById(id);
        if (control === undefined) throw new Error(`the catalog has no control ${id}`);
        return { control, name };
      });
  }
}
