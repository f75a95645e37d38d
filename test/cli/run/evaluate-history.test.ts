import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import { ACCOUNT, REGION, TRAIL_ARN, alarm, snapshotOf, soundWorld, status } from '../../support/worlds/world.ts';
import { expectHistorySchema } from '../../support/formats/result-schema.ts';
import { runIn } from '../run.ts';

/** The sound account as it was on a day of November, with or without its alarm. */
const snapshotOn = (day: number, isSound = true) => {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  const world = soundWorld({
    readAt: `${date}T10:00:00.000Z`,
    statuses: { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryTime: `${date}T09:57:12.000Z` }) },
    alarms: { [`${ACCOUNT} ${REGION}`]: isSound ? [alarm()] : [] },
  });
  return JSON.stringify(snapshotFile(snapshotOf(world), {}));
};

describe('the history of an account', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  const put = (name: string, text: string) => writeFile(join(folder, name), text);
  // Joined with its value, so that nobody takes the output for results.
  const history = (format: string, ...args: readonly string[]) =>
    runIn({}, evaluateCommand, ['--history', folder, `--format=${format}`, ...args]);
  const fill = async () => {
    for (const day of [1, 2, 3, 9, 10]) await put(`${day}.json`, snapshotOn(day));
    await put('11.json', snapshotOn(11, false));
  };

  it('says in text from when to when the control held, and names the gaps', async () => {
    await fill();
    const { code, out } = await history('text');
    expect(code).to.equal(2);
    expect(out).to.contain(
      'held from 2026-11-01T10:00:00.000Z to 2026-11-03T10:00:00.000Z, and from 2026-11-09T10:00:00.000Z to ' +
        '2026-11-10T10:00:00.000Z, with 2 gaps',
    );
    expect(out).to.match(/2026-11-03T10:00:00.000Z {2}to 2026-11-09T10:00:00.000Z {2}gap: not observed for longer/);
    expect(out).to.match(/2026-11-10T10:00:00.000Z {2}to 2026-11-11T10:00:00.000Z {2}gap: the answer changed/);
    expect(out)
      .to.match(/did not hold \(NO_ALARM\), 1 observation/)
      .and.match(/parameters {2}patternMatch=/);
  });

  it('says the same in JSON, in a table and on a page', async () => {
    await fill();
    const { histories } = JSON.parse((await history('json')).out) as {
      readonly histories: readonly { readonly periods: readonly { readonly kind: string; readonly from: string }[] }[];
    };
    const kinds = ['satisfied', 'gap', 'satisfied', 'gap', 'broken'];
    expect(histories.map(({ periods }) => periods.map(({ kind }) => kind))).to.deep.equal([kinds]);
    const rows = parse((await history('csv')).out, { columns: true, record_delimiter: '\r\n' }) as readonly Record<
      string,
      string
    >[];
    expect(rows.map(({ period }) => period)).to.deep.equal(kinds);
    expect(rows.map(({ from }) => from)).to.deep.equal(histories[0]?.periods.map(({ from }) => from));
    const page = (await history('html')).out;
    for (const { from } of histories[0]?.periods ?? []) expect(page).to.contain(from);
    expect(page)
      .to.match(/^<!doctype html>/)
      .and.contain('0 of 1 control held without a gap');
  });

  it('is described by its schema in JSON, with gaps, snapshots that were changed, and files that are none', async () => {
    await fill();
    await put('12.json', snapshotOn(12).replace('"threshold":1', '"threshold":0.5'));
    await put('x.json', '{}');
    const { out } = await history('json');
    expect(out)
      .to.contain('"isChanged": true')
      .and.match(/"failed": \[\s*\{/);
    expectHistorySchema(out);
    for (const [member, other] of [
      ['"kind": "history"', '"kind": "results"'],
      ['"why": "changed"', '"why": "broken"'],
      ['"kind": "satisfied"', '"kind": "gap"'],
      ['"failed"', '"more": 1, "failed"'],
    ] as const) {
      expect(out).to.contain(member);
      expect(() => {
        expectHistorySchema(out.replace(member, other));
      }, member).to.throw();
    }
  });

  it('ends with 0 where the control held without a gap, and with 3 where there is one', async () => {
    for (const day of [1, 2]) await put(`${day}.json`, snapshotOn(day));
    expect((await history('text')).code).to.equal(0);
    await put('5.json', snapshotOn(5));
    expect((await history('text')).code).to.equal(3);
    expect((await history('text', '--max-gap', '3d')).code).to.equal(0);
    expect((await history('text', '--fail-on', 'broken')).code).to.equal(0);
  });

  it('takes saved results with the rules that they have', async () => {
    for (const day of [1, 2]) await put(`${day}.json`, snapshotOn(day));
    for (const day of [1, 2]) {
      const { out } = await runIn({}, evaluateCommand, ['--format', 'json', join(folder, `${day}.json`)]);
      await put(`${day}.json`, out);
    }
    const same = await history('text');
    expect(same.out).to.contain('held from 2026-11-01T10:00:00.000Z to 2026-11-02T10:00:00.000Z, without a gap');
    await put('3.json', snapshotOn(3));
    const others = await history('text', '--assurance', 'configured');
    expect(others.out.match(/^\d{12} /gm)).to.have.lengthOf(2);
    expect(others.out).to.contain('not defaults: assurance=configured');
  });

  it('says which files are no observation, and does not end well', async () => {
    await put('1.json', snapshotOn(1));
    await put('2.json', '{"formatVersion":1,"results":[{"verdict":"satisfied"}]}');
    await put('3.json', 'no JSON');
    await put('4.json', '{"formatVersion":2,"results":[]}');
    const { code, out, err } = await history('text');
    expect(code).to.equal(1);
    expect(out).to.contain('not read: 2.json: these are not results of `evaluate`').and.contain('not read: 3.json');
    expect(out).to.contain(
      'not read: 4.json: these results were written by version 2 of the format; this is version 1',
    );
    expect(err).to.match(/^error: 2\.json: /m);
  });

  it('names a snapshot that was changed', async () => {
    await put('1.json', snapshotOn(1).replace('"threshold":1', '"threshold":1.0001'));
    const { code, out } = await history('text');
    expect(out)
      .to.contain('changed: 1.json is not as it was written')
      .and.contain('the control was never seen to hold');
    expect(code).to.equal(3);
  });

  it('is refused together with other accounts, in other formats, and of no folder', async () => {
    expect((await history('junit')).err).to.match(
      /^error: `--history` takes one folder, and prints text, json, csv, html/,
    );
    expect((await history('text', 'a.json')).code).to.equal(1);
    expect((await history('text', '--profile', 'x')).err).to.match(/cannot be used with option/);
    expect((await history('text')).err).to.match(/the folder holds no snapshot and no results/);
    const none = await runIn({}, evaluateCommand, ['--history', join(folder, 'none')]);
    expect(none.err).to.match(/^error: .*none: there is no such folder/);
  });
});
