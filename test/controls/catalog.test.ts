import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import type { Control } from '../../src/controls/catalog.ts';
import { catalog, controlById } from '../../src/controls/catalog.ts';
import { compareTexts, isSatisfiable, parse } from '../../src/filter-pattern/index.ts';

interface Published {
  readonly control: string;
  readonly pattern: string;
  readonly official?: string;
}

const { patterns } = JSON.parse(readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8')) as {
  readonly patterns: readonly Published[];
};

/** Which group of the corpus of public patterns each control belongs to. */
const groups: Readonly<Record<string, string>> = {
  'D9.AWS.MON.25': 'mfa-deactivation',
  'CloudWatch.1': 'root-usage',
  'CloudWatch.2': 'unauthorized-api-calls',
  'CloudWatch.3': 'console-signin-without-mfa',
  'CloudWatch.4': 'iam-policy-changes',
  'CloudWatch.5': 'cloudtrail-config-changes',
  'CloudWatch.6': 'console-auth-failures',
  'CloudWatch.7': 'cmk-disable-delete',
  'CloudWatch.8': 's3-bucket-policy-changes',
  'CloudWatch.9': 'config-changes',
  'CloudWatch.10': 'security-group-changes',
  'CloudWatch.11': 'nacl-changes',
  'CloudWatch.12': 'network-gateway-changes',
  'CloudWatch.13': 'route-table-changes',
  'CloudWatch.14': 'vpc-changes',
  'CIS-1.2.0-3.2': 'console-signin-without-mfa',
  'CIS-1.3.0-4.15': 'organizations-changes',
};

const means = (pattern: string, { pattern: text }: { readonly pattern: string }): boolean =>
  compareTexts(pattern, text).relation === 'equivalent';

/** Whether some event satisfies all three. */
const shared = (candidate: string, required: string, premises: string): string => {
  const comparison = compareTexts(candidate, required, premises);
  return comparison.relation === 'invalid' ? 'invalid' : comparison.shared.kind;
};

/** The service whose events a control is about, where it is about one. */
const sourceOf = (control: Control): string | undefined => /eventSource = "([^"]+)"/.exec(control.premises)?.[1];

describe('the catalog of controls', () => {
  it('has one control for each id, the one of CloudGuard first', () => {
    expect(catalog.map(({ id }) => id)).to.deep.equal(Object.keys(groups));
  });

  // Copied from https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
  const securityHub: Readonly<Record<string, string>> = JSON.parse(
    readFileSync('test/controls/data/security-hub-texts.json', 'utf8'),
  ) as Readonly<Record<string, string>>;
  for (const [id, pattern] of Object.entries(securityHub)) {
    it(`recommends for ${id} exactly what the page of Security Hub prints`, () => {
      expect(controlById(id)?.filterPattern).to.equal(pattern);
    });
  }

  it('accepts what every publisher prints, or says why not', () => {
    const official = patterns.filter((one) => one.official !== undefined);
    expect(official.length).to.be.greaterThan(40);
    for (const { control: group, pattern, official: origins } of official) {
      const controls = catalog.filter(({ id }) => groups[id] === group);
      const known = controls.every(({ texts, rejectedTexts = [] }) =>
        [...texts, ...rejectedTexts.filter((one) => parse(one.pattern).kind === 'parsed')].some((text) =>
          means(pattern, text),
        ),
      );
      expect(known, `${group} ${origins ?? ''}`).to.equal(true);
    }
  });

  it('has the numbers of every version of the CIS benchmark, and says that none asks for MFA deactivation', () => {
    expect(controlById('CloudWatch.10')?.cis).to.deep.equal({
      '1.2.0': '3.10',
      '1.3.0': '4.10',
      '1.4.0': '4.10',
      '1.5.0': '4.10',
      '2.0.0': '4.10',
      '3.0.0': '4.10',
      '4.0.1': '4.10',
      '5.0.0': '4.10',
      '6.0.0': '5.10',
      '7.0.0': '5.10',
    });
    expect(controlById('CIS-1.3.0-4.15')?.cis).to.include({ '1.3.0': '4.15', '7.0.0': '5.15' });
    expect(controlById('CIS-1.3.0-4.15')?.cis).not.to.have.property('1.2.0');
    expect(controlById('CloudWatch.1')?.cis).to.include({ '1.2.0': '3.3' });
    expect(controlById('D9.AWS.MON.25')?.cis).to.deep.equal({});
  });

  for (const control of catalog) {
    const { id, texts, rejectedTexts = [], filterPattern, premises } = control;

    it(`has texts for ${id} that are read without doubt, fit the rule parameter, and differ in meaning`, () => {
      expect(texts[0]?.pattern).to.equal(filterPattern);
      for (const [at, { pattern, origins }] of texts.entries()) {
        expect(parse(pattern).kind).to.equal('parsed');
        expect(JSON.stringify({ filterPattern: pattern }).length).to.be.below(1024);
        expect(origins).not.to.be.empty;
        expect(texts.slice(0, at).some((earlier) => means(pattern, earlier))).to.equal(false);
      }
    });

    it(`refuses texts for ${id} only where they are no pattern or match more`, () => {
      for (const { pattern, reason } of rejectedTexts) {
        expect(reason).not.to.be.empty;
        const { relation } = compareTexts(pattern, filterPattern, premises);
        expect(relation).to.be.oneOf(['invalid', 'undecided', 'broader']);
      }
    });

    it(`has premises for ${id} that go with its texts, and that no event of another service satisfies`, () => {
      const parsed = parse(premises);
      expect(parsed.kind === 'parsed' && isSatisfiable(parsed.pattern)).to.equal(true);
      for (const { pattern } of texts) {
        expect(shared(pattern, pattern, premises)).to.equal('event');
        const source = sourceOf(control);
        if (source === undefined) continue;
        const elsewhere = `{ $.eventSource != "${source}" || $.eventSource NOT EXISTS }`;
        expect(shared(elsewhere, pattern, premises)).to.equal('none');
      }
    });
  }
});
