import type { Control, Standard } from './control.ts';

const CIS = 'CIS AWS Foundations Benchmark';

/** Every standard that asks for a control: each version of the CIS benchmark, and what else its publisher names. */
export function standardsOf({ cis = {}, frameworks = [] }: Pick<Control, 'cis' | 'frameworks'>): readonly Standard[] {
  const benchmarks = Object.entries(cis).map(([version, requirement]) => ({
    name: CIS,
    version: `v${version}`,
    requirement,
  }));
  return [...benchmarks, ...frameworks];
}

/** A standard in a word, such as `NIST SP 800-171 r2`. */
export function standardTitle({ name, version }: Standard): string {
  return version === undefined ? name : `${name} ${version}`;
}

/**
 * Standards in one line: requirements with the versions that have them, such as `CIS AWS Foundations Benchmark 3.3
 * (v1.2.0), 4.3 (v1.3.0, v1.4.0); AWS ISO27001:2022`. Empty for none.
 */
export function summarizeStandards(standards: readonly Standard[]): string {
  return [...groupBy(standards, ({ name }) => name)]
    .map(([name, ofName]) => {
      const places = [...groupBy(ofName, ({ requirement = '' }) => requirement)].map(([requirement, ofPlace]) => {
        const versions = ofPlace.flatMap(({ version }) => version ?? []);
        return `${requirement}${versions.length === 0 ? '' : ` (${versions.join(', ')})`}`.trim();
      });
      return `${name} ${places.join(', ')}`.trim();
    })
    .join('; ');
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, readonly T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
