import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openSavedResults, readSavedRun } from '../../../src/cli/saved/saved-results.ts';

const HOUR = 3_600_000;
const settings = { parameters: [{ control: 'D9.AWS.MON.25' }], regions: ['eu-west-1'] };
const accounts = ['111122223333.eu-west-1', '222233334444.eu-west-1'] as const;
const [first] = accounts;

describe('a folder of results', () => {
  let folder = '';
  let time = Date.parse('2026-11-01T00:00:00Z');
  const open = (more: { readonly refresh?: boolean; readonly maxAge?: number } = {}) =>
    openSavedResults(folder, {
      settings,
      accounts,
      maxAge: 24 * HOUR,
      refresh: false,
      now: () => new Date(time),
      ...more,
    });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saved-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A run that ends before the second account. */
  const interruptedRun = async (): Promise<void> => {
    const run = await open();
    await run.save(first, []);
  };

  it('of an interrupted run is continued', async () => {
    await interruptedRun();
    time += HOUR;
    const run = await open();
    expect((await run.load(first))?.evaluatedAt).to.equal(new Date(time - HOUR).toISOString());
    expect(await run.load(accounts[1])).to.equal(undefined);
  });

  it('of a completed run is not continued, and its results are replaced', async () => {
    const complete = await open();
    await complete.save(first, []);
    await complete.complete();
    time += HOUR;
    const run = await open();
    expect(await run.load(first)).to.equal(undefined);
    expect((await readSavedRun(folder)).missing).to.deep.equal(accounts);
  });

  it('is not continued for an account whose result is older than the largest age, to the millisecond', async () => {
    await interruptedRun();
    time += 24 * HOUR;
    expect(await (await open()).load(first)).not.to.equal(undefined);
    time += 1;
    expect(await (await open()).load(first)).to.equal(undefined);
    expect(await (await open({ maxAge: 48 * HOUR })).load(first)).not.to.equal(undefined);
  });

  it('is not continued from the future of a wrong clock', async () => {
    await interruptedRun();
    time -= 1;
    expect(await (await open()).load(first)).to.equal(undefined);
  });

  it('is not continued with `refresh`, whatever it holds', async () => {
    await interruptedRun();
    expect(await (await open({ refresh: true })).load(first)).to.equal(undefined);
  });

  it('keeps the age of a result by its content, whatever the time of the file', async () => {
    await interruptedRun();
    time += 30 * HOUR;
    await utimes(join(folder, `${first}.json`), new Date(time), new Date(time));
    expect(await (await open()).load(first)).to.equal(undefined);
  });

  it('that another program wrote is an error that names the file, and nothing in it is changed', async () => {
    const path = join(folder, 'run.json');
    await writeFile(path, '{"name": "mine"}');
    const message = await open().then(
      () => 'opened',
      (error: unknown) => (error as Error).message,
    );
    expect(message).to.equal(`${path} is not a result of \`evaluate --out\`: name another folder with \`--out\``);
    expect(await readFile(path, 'utf8')).to.equal('{"name": "mine"}');
    expect(await readdir(folder)).to.deep.equal(['run.json']);
  });
});
