import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { evaluateSource } from '../../../src/cli/run/evaluate-source.ts';
import type { PartKey } from '../../../src/inventory/model.ts';
import { partId } from '../../../src/inventory/model.ts';
import type { InventoryReader } from '../../../src/inventory/reader.ts';
import { parseSnapshot, snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import type { Result } from '../../../src/report/result.ts';
import { parametersOf } from '../../support/judging.ts';

const choices = { email: 'oncall@example.com' };

/** Evaluates a sample account. Returns its results, and the parts that were read, in order. */
async function evaluated(
  name: string,
  planned: typeof choices | undefined,
  failsAfter = Infinity,
  ids: readonly (string | undefined)[] = [undefined],
) {
  const reader = snapshotReader(parseSnapshot(readFileSync(`events/accounts/${name}.json`, 'utf8')));
  const asked: string[] = [];
  const counting: InventoryReader = {
    describe: () => reader.describe(),
    read: (keys: readonly PartKey[]) => {
      asked.push(...keys.map((key) => `${key.kind} ${partId(key)}`));
      return asked.length > failsAfter ? Promise.reject(new Error('throttled')) : reader.read(keys);
    },
  };
  const questions = ids.map((controlId) => parametersOf(controlId === undefined ? {} : { controlId }));
  const source = { name, title: name, open: () => Promise.resolve(counting) };
  const results: Result[] = [];
  for (const { result, remediate } of await evaluateSource(source, questions)) {
    const remediation = planned === undefined ? undefined : await remediate?.(planned);
    results.push(remediation === undefined ? result : { ...result, remediation });
  }
  return { results, asked };
}

describe('the remediation that a page shows', () => {
  const alone = (name: string) => evaluated(name, undefined);

  it('is not planned, and nothing is read for it, where no format shows it', async () => {
    const { results } = await alone('6-alarm-on-another-namespace');
    expect(results[0]).not.to.have.property('remediation');
  });

  it('takes no more reading where the verdict has read all', async () => {
    for (const name of ['1-everything-right', '2-no-subscriber', '7-no-trail']) {
      expect((await evaluated(name, choices)).asked).to.deep.equal((await alone(name)).asked);
    }
  });

  it('takes what a plan needs besides: names that are taken, and whether a topic can be used', async () => {
    const name = '6-alarm-on-another-namespace';
    const { asked } = await evaluated(name, choices);
    const before = (await alone(name)).asked;
    const more = asked.slice(before.length).map((key) => key.split(' ')[0]);
    const kinds = ['metric-publishers', 'subscription-attributes', 'subscriptions', 'topic-attributes'];
    expect([...new Set(more)].sort()).to.deep.equal(kinds);
    expect(new Set(asked).size, 'nothing twice').to.equal(asked.length);
  });

  it('reads nothing twice for several controls', async () => {
    const ids = ['D9.AWS.MON.25', 'CloudWatch.1', 'CloudWatch.4'];
    const { asked, results } = await evaluated('6-alarm-on-another-namespace', choices, Infinity, ids);
    expect(new Set(asked).size).to.equal(asked.length);
    for (const { remediation } of results) expect(remediation).to.have.lengthOf(4);
  });

  it('does not cost the verdict where its reading fails', async () => {
    const name = '6-alarm-on-another-namespace';
    const { asked, results } = await alone(name);
    const failing = await evaluated(name, choices, asked.length);
    expect(failing.results[0]).to.deep.include({ verdict: results[0]?.verdict });
    expect(failing.results[0]?.remediation).to.deep.equal([
      { form: 'What is missing', text: 'No remediation was planned: throttled.' },
    ]);
  });

  it('names what a person has to do where no command helps', async () => {
    const { results } = await evaluated('9-something-unreadable', choices);
    expect(results[0]?.remediation?.map(({ form }) => form)).to.deep.equal(['By hand']);
    expect(results[0]?.remediation?.[0]?.text).to.match(
      /^There is no command to run\. A person has to do this:\n- \S.*\n$/s,
    );
  });
});
