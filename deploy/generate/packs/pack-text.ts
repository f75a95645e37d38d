import { yamlText } from '../yaml-text.ts';
import { LARGEST_INLINE, packProblems } from './check-pack.ts';
import type { PackChoices } from './pack.ts';
import { conformancePack } from './pack.ts';

const titles = {
  mfa: 'The alarm on deactivated MFA devices of IAM users',
  cis: 'The monitoring section of the CIS AWS Foundations Benchmark',
  all: 'Every control of the catalog',
  'drop-in': 'The fifteen alarm checks of the AWS packs for CIS 1.3 and 1.4, evaluated in the place of process checks',
} as const;

/**
 * The text of a conformance pack, checked.
 *
 * @throws Error if AWS Config would refuse it
 */
export async function packText(choices: PackChoices): Promise<string> {
  const pack = conformancePack(choices);
  const title = `${titles[choices.pack]}${choices.pack === 'cis' ? `, version ${choices.version ?? ''}` : ''}.`;
  const text = await yamlText(['Conformance pack. Made by `npm run conformance-pack`.', title], pack);
  const problems = packProblems(pack, text);
  if (problems.length > 0) throw new Error(`AWS Config would refuse the pack: ${problems.join('; ')}`);
  return text;
}

/** Whether the API takes a pack as text, and not only from a bucket. */
export function isInline(text: string): boolean {
  return Buffer.byteLength(text) <= LARGEST_INLINE;
}
