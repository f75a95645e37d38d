import { expect } from 'chai';
import fc from 'fast-check';

import { remediationQueue } from '../../../src/cli/remediation/remediation-queue.ts';
import type { Evaluated } from '../../../src/cli/run/evaluate-source.ts';
import type { Result } from '../../../src/report/result.ts';
import { resultOf } from '../../support/formats/arbitrary-results.ts';

/** A result with a reason code, whose remediation is its name. */
function evaluated(name: string, controlId: string, code: string, verdict: 'broken' | 'undecided'): Evaluated {
  const result = resultOf(name, verdict, controlId);
  const [chain] = result.chains;
  const finding = { ...chain.finding!, code: code as 'NO_ALARM' };
  const named: Result = { ...result, chains: [{ ...chain, finding }] };
  return {
    verdict: undefined as unknown as Evaluated['verdict'],
    result: named,
    remediate: () => Promise.resolve([{ form: 'AWS CLI', text: name }]),
  };
}

async function planned(most: number, accounts: readonly (readonly [number, readonly Evaluated[]])[]) {
  const queue = remediationQueue(most);
  for (const [account, own] of accounts) queue.add(account, own);
  const texts = await queue.plan({}, { concurrency: 2, signal: new AbortController().signal });
  return [...texts.values()].map(([text]) => text?.text ?? '').sort();
}

describe('the queue of remediations', () => {
  it('has each kind of finding once before any of them twice, and broken before undecided', async () => {
    const accounts = Array.from({ length: 5 }, (_, at): readonly [number, readonly Evaluated[]] => [
      at,
      [
        evaluated(`${at} filter`, 'CloudWatch.1', 'NO_FILTER', 'broken'),
        evaluated(`${at} alarm`, 'CloudWatch.1', 'NO_ALARM', 'broken'),
        evaluated(`${at} open`, 'CloudWatch.2', 'UNREADABLE', 'undecided'),
      ],
    ]);
    expect(await planned(4, accounts)).to.deep.equal(['0 alarm', '0 filter', '1 alarm', '1 filter']);
    expect(await planned(11, accounts))
      .to.include('0 open')
      .and.not.to.include('1 open');
  });

  it('has a control with a published severity before one without', async () => {
    const accounts = [
      [0, [evaluated('none', 'custom', 'A', 'broken'), evaluated('low', 'CloudWatch.1', 'A', 'broken')]],
    ] as const;
    expect(await planned(1, accounts)).to.deep.equal(['low']);
  });

  it('plans the same, in whatever order accounts are added', async () => {
    const one = fc.record({
      control: fc.constantFrom('CloudWatch.1', 'CloudWatch.2', 'custom'),
      code: fc.constantFrom('A', 'B'),
      verdict: fc.constantFrom('broken' as const, 'undecided' as const),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(one, { maxLength: 4 }), { maxLength: 12 }),
        fc.nat(6),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        async (worlds, most, keys) => {
          const accounts = worlds.map((own, at) => {
            const results = own.map(({ control, code, verdict }, index) =>
              evaluated(`${at} ${index}`, control, code, verdict),
            );
            return { account: [at, results] as const, key: keys[at] ?? 0 };
          });
          const inOrder = accounts.map(({ account }) => account);
          const shuffled = [...accounts].sort((a, b) => a.key - b.key).map(({ account }) => account);
          const count = Math.min(most, worlds.flat().length);
          expect(await planned(most, shuffled))
            .to.deep.equal(await planned(most, inOrder))
            .and.have.lengthOf(count);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('plans nothing where there is nothing to plan, or no room', async () => {
    const { verdict, result } = evaluated('a', 'custom', 'A', 'broken');
    expect(await planned(5, [[0, [{ verdict, result }]]])).to.deep.equal([]);
    expect(await planned(0, [[0, [evaluated('a', 'custom', 'A', 'broken')]]])).to.deep.equal([]);
  });

  it('ends where the run is stopped', async () => {
    const queue = remediationQueue(5);
    queue.add(0, [evaluated('a', 'custom', 'A', 'broken')]);
    expect((await queue.plan({}, { concurrency: 1, signal: AbortSignal.abort() })).size).to.equal(0);
  });
});
