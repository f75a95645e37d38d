import type { PackChoices } from './packs/pack.ts';
import { packText } from './packs/pack-text.ts';
import { remediationTemplate } from './remediation/template.ts';
import { DEFAULT_PREFIX } from './rule-names.ts';
import { yamlText } from './yaml-text.ts';

/** The account and region of the examples. */
const example = {
  prefix: DEFAULT_PREFIX,
  remediation: { accountId: '111122223333', region: 'us-east-1' },
} as const satisfies Partial<PackChoices>;

/** The packs that are kept as examples, by the name of their file. */
export const examplePacks: Readonly<Record<string, PackChoices>> = {
  mfa: { ...example, pack: 'mfa' },
  'cis-5.0.0': { ...example, pack: 'cis', version: '5.0.0' },
  'cis-7.0.0': { ...example, pack: 'cis', version: '7.0.0' },
  all: { ...example, pack: 'all' },
  'drop-in': { ...example, pack: 'drop-in' },
};

/**
 * The files of `deploy/` that follow from the catalog and the parameters. `npm run template` writes them, and a test holds
 * them to what it would write.
 *
 * @returns the text of each file, by path from the project's root
 */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  const packs = Object.entries(examplePacks).map(
    async ([name, choices]) => [`deploy/conformance-packs/${name}.yml`, await packText(choices)] as const,
  );
  const header = ['Made by `npm run template`. Do not edit.', 'See docs/remediation-document.md.'];
  return {
    'deploy/remediation.yml': await yamlText(header, remediationTemplate()),
    ...Object.fromEntries(await Promise.all(packs)),
  };
}
