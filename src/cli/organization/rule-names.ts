/**
 * The name that people gave a rule. A conformance pack and an organization put their own words around it, different ones
 * in every account: `mfa-alarm-conformance-pack-a1b2c3d4e`, `OrgConfigRule-mfa-alarm-a1b2c3d4`.
 *
 * @see https://docs.aws.amazon.com/audit-manager/latest/userguide/control-data-sources-config.html
 */
export function givenRuleName(ruleName: string): string {
  const [, ofOrganization] = /^OrgConfigRule-(.+)-[A-Za-z0-9]{8}$/.exec(ruleName) ?? [];
  const [, ofPack] = /^(.+)-conformance-pack-[A-Za-z0-9]+$/.exec(ruleName) ?? [];
  return ofOrganization ?? ofPack ?? ruleName;
}
