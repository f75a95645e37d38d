/** The versions of the CIS AWS Foundations Benchmark, with the section that asks for metric filters and alarms. */
const sections = [
  ['1.2.0', 3],
  ['1.3.0', 4],
  ['1.4.0', 4],
  ['1.5.0', 4],
  ['2.0.0', 4],
  ['3.0.0', 4],
  ['4.0.1', 4],
  ['5.0.0', 4],
  ['6.0.0', 5],
  ['7.0.0', 5],
] as const;

export type CisVersion = (typeof sections)[number][0];

/**
 * The number of a recommendation in each version of the benchmark.
 *
 * @param place - its place in the section, which is the same in all versions
 * @param first - the first version that has it
 */
export function cisNumbers(place: number, first: CisVersion = '1.2.0'): Readonly<Record<string, string>> {
  return Object.fromEntries(versionsFrom(first).map(([version, section]) => [version, `${section}.${place}`]));
}

/** The origins of a text that the versions of the benchmark print, from one to another: `CIS 5.0.0 4.10`. */
export function cisOrigins(place: number, first: CisVersion = '1.2.0', last: CisVersion = '7.0.0'): readonly string[] {
  const versions = versionsFrom(first);
  const end = versions.findIndex(([version]) => version === last);
  return versions.slice(0, end + 1).map(([version, section]) => `CIS ${version} ${section}.${place}`);
}

function versionsFrom(first: CisVersion) {
  return sections.slice(sections.findIndex(([version]) => version === first));
}
