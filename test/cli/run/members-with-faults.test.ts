import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import { organizationOperations } from '../../aws-responder/organization.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import type { Request } from '../../aws-responder/wire.ts';
import { ServiceError } from '../../aws-responder/wire.ts';
import { ACCOUNT, TRAIL_ARN, snapshotOf, soundWorld, status } from '../../support/worlds/world.ts';
import type { Run, World } from '../run.ts';
import { runIn } from '../run.ts';

const SIZE = 50;
const [SILENT, REFUSED, THROTTLED] = [7, 19, 31];

const idOf = (index: number): string => String(200_000_000_000 + index);

const accounts: readonly Inventory[] = Array.from({ length: SIZE }, (_, index) => {
  const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
  const account = snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: justNow } }));
  return JSON.parse(JSON.stringify(account).replaceAll(ACCOUNT, idOf(index))) as Inventory;
});

const isOf = (index: number, { accessKeyId }: Request): boolean => accessKeyId.endsWith(idOf(index));

describe('an organization of 50 accounts', () => {
  let responder: Responder;
  const environment = { ...process.env };

  before(async () => {
    const [first] = accounts;
    if (first === undefined) throw new Error('an organization without accounts');
    responder = await startResponder(
      first,
      organizationOperations(accounts, (request) => {
        const { operation, input } = request;
        if (operation === 'AssumeRole' && String(input['RoleArn']).includes(idOf(REFUSED))) {
          throw new ServiceError('AccessDenied', 403);
        }
        if (operation === 'DescribeTrails' && isOf(THROTTLED, request)) throw new ServiceError('ThrottlingException');
      }),
    );
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    delete process.env['AWS_PROFILE'];
  });
  after(async () => {
    process.env = environment;
    await responder.close();
  });

  const run = (args: readonly string[], world: World = {}): Promise<Run> =>
    runIn(world, evaluateCommand, [
      ...['--region', 'eu-west-1', '--endpoint-url', responder.url, '--role-name', 'audit', '--organization'],
      ...args,
    ]);

  it('is evaluated although one account is silent at first, one is refused, and one is throttled for ever', async () => {
    responder.inject('GetCallerIdentity', { kind: 'silence', only: (request) => isOf(SILENT, request) }, 1);
    const { code, out, err } = await run(['--format', 'json', '--concurrency', '4']);
    const { results, failed } = JSON.parse(out) as ResultDocument;
    expect(code).to.equal(1);
    expect(results).to.have.lengthOf(SIZE - 2);
    expect(results.every(({ verdict }) => verdict === 'satisfied')).to.equal(true);
    const messages = failed.map(({ name, message }) => `${name}: ${message}`);
    expect(messages).to.have.lengthOf(2);
    expect(messages[0]).to.match(new RegExp(`^${idOf(REFUSED)} .*AssumeRole.*AccessDenied`));
    expect(messages[1]).to.match(new RegExp(`^${idOf(THROTTLED)} .*DescribeTrails.*ThrottlingException`));
    const done = err.split('\n').filter((line) => line.startsWith('['));
    expect(done).to.have.lengthOf(SIZE);
    const place = done.findIndex((line) => line.includes(idOf(SILENT)));
    expect(place, 'no account waits for the silent one').to.be.above(SIZE - 5);
  });
});
