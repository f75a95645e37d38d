import { expect } from 'chai';

import { controlById, standardsOf, standardTitle, summarizeStandards } from '../../src/controls/catalog.ts';

describe('the standards of a control', () => {
  it('are every version of the CIS benchmark with its number, then those that the publisher names', () => {
    const control = controlById('CloudWatch.1');
    const standards = standardsOf(control ?? {});
    expect(standards[0]).to.deep.equal({
      name: 'CIS AWS Foundations Benchmark',
      version: 'v1.2.0',
      requirement: '3.3',
    });
    expect(standards.at(-1)).to.deep.equal({ name: 'PCI DSS', version: 'v3.2.1', requirement: '7.2.1' });
    expect(standards).to.have.lengthOf(Object.keys(control?.cis ?? {}).length + (control?.frameworks ?? []).length);
  });

  it('are in one line by name and requirement', () => {
    expect(
      summarizeStandards([
        { name: 'A', version: 'v1', requirement: '3.3' },
        { name: 'A', version: 'v2', requirement: '4.3' },
        { name: 'A', version: 'v3', requirement: '4.3' },
        { name: 'B', requirement: '7' },
        { name: 'C' },
        { name: 'D', version: 'r2' },
      ]),
    ).to.equal('A 3.3 (v1), 4.3 (v2, v3); B 7; C; D (r2)');
    expect(summarizeStandards([])).to.equal('');
  });

  it('have a title with their version, where it is known apart', () => {
    expect(standardTitle({ name: 'PCI DSS', version: 'v3.2.1' })).to.equal('PCI DSS v3.2.1');
    expect(standardTitle({ name: 'AWS ISO27001:2022' })).to.equal('AWS ISO27001:2022');
  });
});
