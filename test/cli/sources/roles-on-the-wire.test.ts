import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import { organizationOperations } from '../../aws-responder/organization.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { ACCOUNT, TRAIL_ARN, snapshotOf, soundWorld, status } from '../../support/worlds/world.ts';
import type { Run } from '../run.ts';
import { runIn } from '../run.ts';

const [OWN, MEMBER] = ['200000000000', '200000000001'];

const account = (id: string): Inventory => {
  const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
  const inventory = snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: justNow } }));
  return JSON.parse(JSON.stringify(inventory).replaceAll(ACCOUNT, id)) as Inventory;
};

describe('the role that is assumed in an account', () => {
  let responder: Responder;
  let folder = '';
  let list = '';
  const environment = { ...process.env };
  before(async () => {
    responder = await startResponder(account(OWN), organizationOperations([account(OWN), account(MEMBER)]));
    folder = await mkdtemp(join(tmpdir(), 'roles-'));
    list = join(folder, 'accounts.txt');
    await writeFile(list, `account id,name\n${MEMBER},Research\n`);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    delete process.env['AWS_PROFILE'];
  });
  after(async () => {
    process.env = environment;
    await responder.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    responder.serve(account(OWN));
  });

  const run = (...args: readonly string[]): Promise<Run> =>
    runIn({}, evaluateCommand, ['--endpoint-url', responder.url, '--accounts', list, ...args]);
  const assumed = () => responder.calls.filter(({ operation }) => operation === 'AssumeRole').map(({ input }) => input);

  it('is asked for with its path, the external id, the name and the duration of the session', async () => {
    const { code } = await run(
      ...['--region', 'eu-west-1', '--role-name', 'audit/reader', '--external-id', 'a+b=c:d/e-f'],
      ...['--role-session-name', 'audit@example.com', '--duration-seconds', '900'],
    );
    expect(code).to.equal(0);
    expect(assumed()).to.have.lengthOf(1);
    expect(assumed()[0]).to.include({
      RoleArn: `arn:aws:iam::${MEMBER}:role/audit/reader`,
      ExternalId: 'a+b=c:d/e-f',
      RoleSessionName: 'audit@example.com',
      DurationSeconds: '900',
    });
  });

  it('is asked for without an external id where none was given', async () => {
    await run('--region', 'eu-west-1', '--role-name', 'audit');
    expect(assumed()).to.have.lengthOf(1);
    expect(assumed()[0]).not.to.have.property('ExternalId');
  });

  it('is asked for in the region that is evaluated, since a global endpoint answers for one region only', async () => {
    await run('--region', 'eu-west-1', '--role-name', 'audit');
    const call = responder.calls.find(({ operation }) => operation === 'AssumeRole');
    expect(call?.region).to.equal('eu-west-1');
  });

  it('reads every region of each account, and names the region of each result', async () => {
    const { out, code } = await run(
      ...['--region', 'eu-west-1,us-east-1', '--region', 'eu-central-1', '--role-name', 'audit', '--format', 'json'],
    );
    const { results, failed } = JSON.parse(out) as ResultDocument;
    expect([code, failed]).to.deep.equal([0, []]);
    expect(results.map(({ name, region }) => [name, region])).to.deep.equal([
      [`Research (${MEMBER}) eu-west-1`, 'eu-west-1'],
      [`Research (${MEMBER}) us-east-1`, 'us-east-1'],
      [`Research (${MEMBER}) eu-central-1`, 'eu-central-1'],
    ]);
  });

  const refusals: readonly (readonly [string, readonly string[]])[] = [
    ['--role-session-name', ['--role-session-name', 'a b']],
    ['--duration-seconds', ['--duration-seconds', '899']],
    ['--duration-seconds', ['--duration-seconds', '43201']],
    ['--role-name', ['--role-name', 'a b']],
  ];
  for (const [option, args] of refusals) {
    it(`refuses ${args.join(' ')} before anything is asked of AWS`, async () => {
      const role = args.includes('--role-name') ? [] : ['--role-name', 'audit'];
      const { code, err } = await run('--region', 'eu-west-1', ...role, ...args);
      expect(code).to.equal(1);
      expect(err).to.contain(`'${option} <`).and.to.contain('Allowed ');
      expect(responder.calls).to.deep.equal([]);
    });
  }
});
