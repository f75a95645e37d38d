import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { runIn } from '../run.ts';

describe('the proxy of the environment', () => {
  const outside = { ...process.env };
  const asked: string[] = [];
  const proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  before((done) => {
    proxy.listen(0, '127.0.0.1', done);
  });
  after((done) => {
    proxy.close(done);
  });
  beforeEach(() => {
    asked.length = 0;
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    Object.assign(process.env, {
      AWS_MAX_ATTEMPTS: '1',
      HTTPS_PROXY: address,
      HTTP_PROXY: address,
      NO_PROXY: '127.0.0.1',
    });
  });
  afterEach(() => {
    process.env = { ...outside };
  });

  it('is asked for the connection to AWS', async () => {
    const { code } = await runIn({}, evaluateCommand, ['--region', 'eu-west-1']);
    expect(code).to.equal(1);
    expect(asked[0]).to.equal('sts.eu-west-1.amazonaws.com:443');
  });

  it('is not asked for what NO_PROXY names', async () => {
    const responder = await startResponder(snapshotOf(soundWorld()));
    await runIn({}, evaluateCommand, ['--region', 'eu-west-1', '--endpoint-url', responder.url]);
    await responder.close();
    expect(responder.calls.length).to.be.above(0);
    expect(asked).to.deep.equal([]);
  });
});
