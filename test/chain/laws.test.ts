import { expect } from 'chai';
import fc from 'fast-check';

import { assess } from '../../src/assessment/assess.ts';
import { judge } from '../../src/chain/judge.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { evaluationsOf } from '../../src/report/evaluations.ts';
import { arbitraryInventory, arbitraryRaw, reordered } from '../support/worlds/arbitrary-world.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { onlyParts } from '../support/worlds/world.ts';

/** What a reader would make of an inventory: whatever is not in it cannot be read. */
async function assessed(inventory: Inventory, raw: Readonly<Record<string, unknown>>) {
  return assess(snapshotReader(inventory), parametersOf(raw));
}

describe('judging', () => {
  it('a whole snapshot gives the verdict of reading on demand', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const { control, options } = parametersOf(raw);
        const { verdict, inventory: read } = await assessed(inventory, raw);
        const whole = judge(control, options, {
          ...inventory,
          parts: { ...inventory.parts, ...unreadParts(inventory, read) },
        });
        expect(whole).to.deep.equal({ kind: 'verdict', verdict });
      }),
      { numRuns: 300 },
    );
  });

  it('with more parts never changes a verdict that was decided with fewer', () => {
    fc.assert(
      fc.property(
        arbitraryInventory,
        arbitraryRaw,
        fc.func<[string, string], boolean>(fc.boolean()),
        (inventory, raw, keep) => {
          const { control, options } = parametersOf(raw);
          const fewer = onlyParts(inventory, keep);
          const early = judge(control, options, fewer);
          if (early.kind === 'needs') return;
          expect(judge(control, options, inventory)).to.deep.equal(early);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the same verdict and the same evaluations whatever the order of lists', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const { options } = parametersOf(raw);
        const rows = async (of: Inventory) => {
          const { verdict } = await assessed(of, raw);
          return { code: codeOf(verdict), kind: verdict.kind, rows: evaluationsOf(verdict, { ...of, options }) };
        };
        expect(await rows(reordered(inventory))).to.deep.equal(await rows(inventory));
      }),
      { numRuns: 300 },
    );
  });

  it('gives annotations of 1 to 256 characters that begin with their code', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const { options } = parametersOf(raw);
        const { verdict } = await assessed(inventory, raw);
        const [account, ...trails] = evaluationsOf(verdict, { ...inventory, options });
        for (const { annotation } of [account, ...trails]) expect(annotation.length).to.be.within(1, 256);
        expect(account.annotation).to.match(new RegExp(`^${codeOf(verdict)}: `));
      }),
      { numRuns: 300 },
    );
  });

  it('never says COMPLIANT of an account in which no chain certainly holds', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const { options } = parametersOf(raw);
        const { verdict } = await assessed(inventory, raw);
        const compliant = evaluationsOf(verdict, { ...inventory, options }).filter(
          (row) => row.complianceType === 'COMPLIANT',
        );
        expect(compliant.length > 0).to.equal(verdict.kind === 'satisfied');
      }),
      { numRuns: 300 },
    );
  });
});

/** The parts that the reader gave as unreadable since the snapshot does not hold them. */
function unreadParts(inventory: Inventory, read: Inventory) {
  return Object.fromEntries(
    Object.entries(read.parts).map(([kind, byId]) => [
      kind,
      { ...byId, ...(inventory.parts as Readonly<Record<string, object>>)[kind] },
    ]),
  );
}
