import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { reasonCodes, reasonsByLink } from '../../src/chain/reasons.ts';

describe('reasons', () => {
  it('have codes that are used once each', () => {
    expect(new Set(reasonCodes)).to.have.lengthOf(reasonCodes.length);
  });

  it('stand in the README with their meaning, all of them and no others', () => {
    const rows = Object.entries(reasonsByLink).flatMap(([link, reasons]) =>
      Object.entries<{ readonly outcome: string; readonly meaning: string }>(reasons).map(
        ([code, { outcome, meaning }]) => `| ${link} | \`${code}\` | ${outcome} | ${meaning} |`,
      ),
    );
    const readme = readFileSync('README.md', 'utf8').split('\n');
    const inReadme = readme.filter((line) =>
      /^\| (trail|log group|metric filter|alarm|topic|subscriber|any) \| `[A-Z_]+` \|/.test(line),
    );
    expect(inReadme).to.deep.equal(rows);
  });
});
