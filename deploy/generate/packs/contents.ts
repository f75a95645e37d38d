import type { Control } from '../../../src/controls/catalog.ts';
import { catalog } from '../../../src/controls/catalog.ts';
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

/** The version whose manual process checks the drop-in pack replaces. */
const DROP_IN_VERSION = '1.4.0';

/**
 * The names of the process checks in AWS's own packs for CIS 1.3 and 1.4, in the order of the section. One is misspelt
 * there, and so here.
 *
 * @see https://github.com/awslabs/aws-config-rules/blob/master/aws-config-conformance-packs/Operational-Best-Practices-for-CIS-AWS-v1.4-Level2.yaml
 */
export const processChecks = [
  'alarm-unauthorized-api-calls',
  'alarm-sign-in-without-mfa',
  'alarm-root-account-use',
  'alarm-iam-policy-change',
  'alarm-cloudtrail-config-change',
  'alarm-console-auth-failures',
  'alarm-kms-disable-or-delete-cmk',
  'alarm-s3-bucket-policy-change',
  'alarm-aws-config-change',
  'alarm-vpc-secrity-group-change',
  'alarm-vpc-nacl-change',
  'alarm-vpc-network-gateway-change',
  'alarm-vpc-route-table-change',
  'alarm-vpc-change',
  'alarm-organizations-change',
] as const;

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
      return cisSection(DROP_IN_VERSION).map((control) => {
        const name = processChecks[placeOf(control, DROP_IN_VERSION) - 1];
        if (name === undefined) throw new Error(`${control.id} has no process check`);
        return { control, name };
      });
  }
}
