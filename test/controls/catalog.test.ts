import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { catalog } from '../../src/controls/catalog.ts';
import { compareTexts, parse } from '../../src/filter-pattern/index.ts';

interface Row {
  readonly control: string;
  readonly pattern: string;
  readonly relation: string;
  readonly official?: string;
  readonly baseline?: true;
}

const { patterns } = JSON.parse(readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8')) as {
  readonly patterns: readonly Row[];
};

/** Which pattern of the corpus each control asks for, and under which of its official names. */
const asked: Readonly<Record<string, readonly [control: string, official: string]>> = {
  'D9.AWS.MON.25': ['mfa-deactivation', 'Check Point CloudGuard D9.AWS.MON.25'],
  'CloudWatch.1': ['root-usage', 'Security Hub CIS v1.2.0 3.3'],
  'CloudWatch.2': ['unauthorized-api-calls', 'Security Hub CIS v1.2.0 3.1'],
  'CloudWatch.3': ['console-signin-without-mfa', 'Security Hub CIS v1.2.0 3.2'],
  'CloudWatch.4': ['iam-policy-changes', 'Security Hub CIS v1.4.0 4.4'],
  'CloudWatch.5': ['cloudtrail-config-changes', 'Security Hub CIS v1.4.0 4.5'],
  'CloudWatch.6': ['console-auth-failures', 'Security Hub CIS v1.4.0 4.6'],
  'CloudWatch.7': ['cmk-disable-delete', 'Security Hub CIS v1.4.0 4.7'],
  'CloudWatch.8': ['s3-bucket-policy-changes', 'Security Hub CIS v1.4.0 4.8'],
  'CloudWatch.9': ['config-changes', 'Security Hub CIS v1.4.0 4.9'],
  'CloudWatch.10': ['security-group-changes', 'Security Hub CIS v1.4.0 4.10'],
  'CloudWatch.11': ['nacl-changes', 'Security Hub CIS v1.4.0 4.11'],
  'CloudWatch.12': ['network-gateway-changes', 'Security Hub CIS v1.4.0 4.12'],
  'CloudWatch.13': ['route-table-changes', 'Security Hub CIS v1.4.0 4.13'],
  'CloudWatch.14': ['vpc-changes', 'Security Hub CIS v1.4.0 4.14'],
  'CIS-1.2.0-3.2': ['console-signin-without-mfa', 'CIS v1.2.0 3.2'],
  'CIS-1.3.0-4.15': ['organizations-changes', 'CIS v1.3.0 4.15'],
};

describe('the catalog of controls', () => {
  it('has one control for each id, the one of CloudGuard first', () => {
    expect(catalog.map(({ id }) => id)).to.deep.equal(Object.keys(asked));
  });

  it('asks for every baseline of the corpus', () => {
    const baselines = patterns.filter(({ baseline }) => baseline).map(({ pattern }) => pattern);
    expect(catalog.map(({ filterPattern }): string => filterPattern)).to.include.members(baselines);
  });

  for (const { id, filterPattern } of catalog) {
    it(`asks for ${id} what is written under that id`, () => {
      const [control, official] = asked[id]!;
      const row = patterns.find((one) => one.control === control && one.official?.split('; ').includes(official));
      expect(filterPattern).to.equal(row?.pattern);
    });

    it(`has a pattern for ${id} that is read without doubt, fits the rule parameter, and means itself`, () => {
      expect(parse(filterPattern).kind).to.equal('parsed');
      expect(JSON.stringify({ filterPattern }).length).to.be.below(1024);
      expect(compareTexts(filterPattern, filterPattern).relation).to.equal('equivalent');
    });
  }
});
