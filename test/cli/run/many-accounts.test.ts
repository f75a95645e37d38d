import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import { organizationOperations } from '../../aws-responder/organization.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import type { Request } from '../../aws-responder/wire.ts';
import { ServiceError } from '../../aws-responder/wire.ts';
import { ACCOUNT, TOPIC_ARN, TRAIL_ARN, snapshotOf, soundWorld, status } from '../../support/worlds/world.ts';
import type { Run, World } from '../run.ts';
import { runIn } from '../run.ts';

const idOf = (index: number): string => String(200_000_000_000 + index);

/** The same account under another id. */
const renamed = (inventory: Inventory, id: string): Inventory =>
  JSON.parse(JSON.stringify(inventory).replaceAll(ACCOUNT, id)) as Inventory;

/** An organization in which the account with the number 3 has nobody who listens. */
const organization = (size: number): readonly Inventory[] =>
  Array.from({ length: size }, (_, index) => {
    const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
    const listeners = index === 3 ? { subscriptions: { [TOPIC_ARN]: [] } } : {};
    return renamed(snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: justNow }, ...listeners })), idOf(index));
  });

describe('evaluating many accounts', () => {
  const size = 12;
  let responder: Responder;
  let folder = '';
  /** How often a role may still be taken. */
  let grants = Infinity;
  /** What happens as soon as a role is taken. */
  let atGrant = (): void => undefined;
  const environment = { ...process.env };

  before(async () => {
    const inventories = organization(size);
    const [first] = inventories;
    if (first === undefined) throw new Error('an organization of nobody');
    const operations = organizationOperations(inventories);
    responder = await startResponder(first, {
      ...operations,
      AssumeRole: (input: Request['input'], request: Request) => {
        if (grants === 0) throw new ServiceError('ExpiredTokenException', 403);
        grants -= 1;
        atGrant();
        return operations.AssumeRole(input, request);
      },
    });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    delete process.env['AWS_PROFILE'];
  });
  after(async () => {
    process.env = environment;
    await responder.close();
  });
  beforeEach(async () => {
    const [first] = organization(1);
    if (first !== undefined) responder.serve(first);
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (args: readonly string[], world: World = {}): Promise<Run> =>
    runIn(world, evaluateCommand, [
      ...['--region', 'eu-west-1', '--endpoint-url', responder.url, '--role-name', 'audit'],
      ...args,
    ]);
  const list = async (...lines: readonly string[]): Promise<string> => {
    const path = join(folder, 'accounts.txt');
    await writeFile(path, lines.join('\n'));
    return path;
  };

  it('asks the organization, reports each account as it is done, and sums up with the reasons', async () => {
    const { code, out, err } = await run(['--organization']);
    expect(code).to.equal(2);
    expect(err.trimEnd().split('\n')).to.have.lengthOf(size);
    expect(err).to.match(/^\[ 1\/12\] 2000000000\d\d team \d+ {2}(satisfied|broken NO_SUBSCRIBER)$/m);
    expect(out).to.match(/^ {2}team 3 \(200000000003\) +broken +NO_SUBSCRIBER$/m);
    expect(out).to.contain('12 accounts: 11 satisfied, 1 broken, 0 undecided');
    expect(out).to.match(/^reasons\n {2}NO_SUBSCRIBER {2}1 result\n {4}team 3 \(200000000003\): SNS topic \S+ has no/m);
  });

  it('draws a bar over itself on a terminal, and takes it away', async () => {
    const { err } = await run(['--organization'], { errIsTerminal: true });
    expect(err).not.to.contain('\n');
    expect(err).to.contain('[12/12] ████████████████████████ ');
    expect(err.endsWith('\r\u001b[2K')).to.equal(true);
  });

  it('keeps the bar shorter than the terminal is wide, so that it can be drawn over', async () => {
    const { err } = await run(['--organization'], { errIsTerminal: true, errColumns: 50 });
    const lengths = err.split('\r\u001b[2K').map((bar) => bar.length);
    expect(Math.max(...lengths)).to.equal(49);
  });

  it('answers programs in the order of the list, whichever was done first', async () => {
    const accounts = await list(`${idOf(3)} quiet`, '# nobody', `${idOf(1)}, second team`, idOf(0));
    const { out } = await run(['--accounts', accounts, '--format', 'json', '--concurrency', '3']);
    const { results } = JSON.parse(out) as ResultDocument;
    expect(results.map(({ name, accountId, verdict }) => [name, accountId, verdict])).to.deep.equal([
      ['quiet (200000000003)', idOf(3), 'broken'],
      ['second team (200000000001)', idOf(1), 'satisfied'],
      ['account 200000000000', idOf(0), 'satisfied'],
    ]);
  });

  it('names an account whose role may not be assumed, and evaluates the others', async () => {
    const { code, out, err } = await run(['--accounts', await list('999999999999 locked', idOf(1)), '--format', 'csv']);
    expect(code).to.equal(1);
    expect(out).to.contain('999999999999 locked,,,,,failed,').and.to.contain(',satisfied,SATISFIED,');
    expect(err).to.match(/error: 999999999999 locked: .*sts:AssumeRole/);
  });

  it('refuses a list that is wrong, line by line', async () => {
    const { code, err } = await run(['--accounts', await list('12345', idOf(1), idOf(1))]);
    expect(code).to.equal(1);
    expect(err).to.contain('line 1: an account id has 12 digits, but here is `12345`');
    expect(err).to.contain(`line 3: account ${idOf(1)} is in the list twice`);
  });

  it('names the missing permission where the organization may not be listed', async () => {
    responder.inject('ListAccounts', { kind: 'error', code: 'AccessDeniedException' });
    const { code, err } = await run(['--organization']);
    expect([code, err]).to.deep.equal([
      1,
      'error: the accounts of the organization cannot be listed (AccessDeniedException): allow ' +
        'organizations:ListAccounts in the management account or to a delegated administrator, or give `--accounts`\n',
    ]);
  });

  describe('with --out', () => {
    it('continues a run that expired credentials interrupted, and shows what is from before', async () => {
      const results = join(folder, 'results');
      grants = 6;
      const { code, err } = await run(['--organization', '--out', results, '--concurrency', '1']);
      const done = (await readdir(results)).length - 1;
      expect(code).to.equal(1);
      // The first account is the caller's own.
      expect(done).to.equal(7);
      expect(err).to.contain('stopped: the credentials have expired, after 8 of 12 accounts; run the same');
      expect(err).not.to.contain('    at ');

      grants = Infinity;
      const resumed = await run(['--organization', '--out', results]);
      expect(resumed.code).to.equal(2);
      expect(resumed.out).to.contain(`12 accounts: 11 satisfied, 1 broken, 0 undecided, ${done} not evaluated now`);
      expect(resumed.out).to.match(/^ {2}team 0 \(200000000000\) +satisfied +not evaluated now, but 0 min ago$/m);
      expect(resumed.err.match(/from an earlier run/g)).to.have.lengthOf(done);
      const accountFiles = (await readdir(results)).filter((name) => name !== 'run.json');
      expect(accountFiles.every((name) => /^\d{12}\.eu-west-1\.json$/.test(name))).to.equal(true);
    });

    it('stops at Ctrl-C, keeps what is done, and says how to go on', async () => {
      const results = join(folder, 'results');
      const interruption = new AbortController();
      const watch = setInterval(() => {
        if (responder.calls.length > 30) interruption.abort();
      }, 1);
      const { code, out, err } = await run(['--organization', '--out', results, '--format', 'json'], {
        interruption: interruption.signal,
      });
      clearInterval(watch);
      const document = JSON.parse(out) as ResultDocument;
      expect(code).to.equal(130);
      expect(document.results.length + document.failed.length).to.equal(size);
      expect(document.failed.at(-1)?.message).to.equal('not evaluated: interrupted');
      expect(err).to.match(/stopped: interrupted, after \d+ of 12 accounts; run the same command again to continue\n$/);
      for (const name of await readdir(results)) JSON.parse(await readFile(join(results, name), 'utf8'));
    });

    it('counts the accounts that were not reached, in place of a line for each', async () => {
      const interruption = new AbortController();
      atGrant = () => {
        interruption.abort();
      };
      const { code, out, err } = await run(['--organization', '--out', join(folder, 'results'), '--concurrency', '2'], {
        interruption: interruption.signal,
        errColumns: 80,
      });
      atGrant = () => undefined;
      expect(code).to.equal(130);
      const [, notReached = ''] = /^12 accounts: .* (\d+) accounts? not evaluated$/m.exec(out) ?? [];
      expect(Number(notReached)).to.be.above(0);
      expect(`${out}${err}`).not.to.match(/not evaluated: interrupted| {2}not evaluated/);
      expect(err).to.match(/^stopped: interrupted, after \d+ of 12 accounts; run the same [a-z ]+\n[a-z ]+\n$/m);
    });

    it('does not take results of other parameters for its own', async () => {
      const results = join(folder, 'results');
      const accounts = await list(idOf(1));
      await run(['--accounts', accounts, '--out', results]);
      const { code, err } = await run(['--accounts', accounts, '--out', results, '--assurance', 'configured']);
      expect(code).to.equal(1);
      expect(err).to.contain('holds the results of other parameters or another region');
    });

    for (const [what, place] of [
      ['a file', 'results'],
      ['a full device', '/dev/full'],
    ] as const) {
      it(`says so, and evaluates nothing, where the folder is ${what}`, async () => {
        const results = resolve(folder, place);
        if (place === 'results') await writeFile(results, 'a file, not a folder');
        const { code, out, err } = await run(['--organization', '--out', results]);
        expect([code, out]).to.deep.equal([1, '']);
        expect(err).to.equal(`error: could not make the folder ${results}: it exists, and is not a folder\n`);
      });
    }
  });
});
