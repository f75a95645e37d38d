import { expect } from 'chai';

import { usedActions } from '../support/used-actions.ts';
import { accountsFor } from './accounts.ts';
import { matrix, problemLines, runCells, summaryLine } from './matrix.ts';

describe('the fault matrix', () => {
  it('has accounts for every operation of the function', () => {
    const used = usedActions(new URL('../../src/lambda/entry-point.ts', import.meta.url)).map(
      (action) => action.split(':')[1],
    );
    expect(Object.keys(accountsFor).sort()).to.deep.equal(used.sort());
  });

  it('has the verdicts that it says without a fault', async () => {
    const none = { name: 'none', fault: { kind: 'change', output: (right: object) => right } } as const;
    const cells = Object.entries(accountsFor).flatMap(([operation, accounts]) =>
      (['satisfied', 'unsatisfied'] as const).map((account) => ({
        operation,
        fault: none,
        account,
        world: accounts[account],
        ...(accounts.raw === undefined ? {} : { raw: accounts.raw }),
      })),
    );
    const results = await runCells(cells, 8);
    expect(problemLines(results)).to.deep.equal([]);
    for (const { cell, summary } of results) {
      const expected = cell.account === 'satisfied' ? /^COMPLIANT SATISFIED/ : /^NON_COMPLIANT [A-Z_]+/;
      expect(summary, `${cell.operation}, ${cell.account}`).to.match(expected);
    }
  }).timeout(60_000);

  it('holds for the faults that are likeliest to be read as an empty account', async function () {
    const results = await runCells(
      matrix().filter(({ fault }) => fault.fast),
      32,
    );
    // The summary belongs to the report of the run.
    this.test!.title += ` (${summaryLine(results)})`;
    expect(problemLines(results)).to.deep.equal([]);
  }).timeout(180_000);
});
