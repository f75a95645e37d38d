import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { configOperations, emptyConfig } from '../aws-responder/config.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { emulatorEnvironment, runShell } from '../moto/emulator/programs.ts';
import { REGION, TRAIL_ARN, snapshotOf, soundWorld, status } from '../support/worlds/world.ts';

describe('`serverless invoke local`, with the bundle that is deployed', function () {
  this.timeout(120_000);
  // The function reads the clock, so the trail has to have delivered just now.
  const recent = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
  const inventory = snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: recent } }));
  const config = emptyConfig([{ resourceId: 'main', resourceName: 'main' }]);
  let responder: Responder;
  // The bundle is unpacked into the folder for temporary files, and left there.
  let temporary = '';
  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'invoke-local-'));
    responder = await startResponder(inventory, configOperations(config));
  });
  after(async () => {
    await responder.close();
    await rm(temporary, { recursive: true });
  });
  // The plugin would run a bundle that an earlier run left, even if there is no new one.
  beforeEach(() => rm(new URL('../../.esbuild', import.meta.url), { recursive: true, force: true }));

  const invoke = () =>
    runShell(
      'npx --no-install serverless invoke local --function evaluate --path events/scheduled.json',
      // Without keys the AWS SDK would look for a machine of EC2.
      { ...emulatorEnvironment(responder.url, REGION), TMPDIR: temporary },
    );

  it('evaluates the account at AWS_ENDPOINT_URL and sends its evaluations', async () => {
    const { status: exitCode, stdout } = await invoke();
    expect(exitCode).to.equal(0);
    expect(stdout).to.contain('"verdict":"satisfied"');
    const rows = [...config.held.values()].map(
      ({ ComplianceResourceType, ComplianceResourceId, ComplianceType }) =>
        `${ComplianceResourceType} ${ComplianceResourceId} ${ComplianceType}`,
    );
    expect(rows).to.deep.equal(['AWS::::Account 111122223333 COMPLIANT', 'AWS::CloudTrail::Trail main COMPLIANT']);
  });

  it('ends with an exit code other than 0 when the function throws, and sends nothing', async () => {
    config.puts.length = 0;
    responder.inject('GetTrailStatus', { kind: 'error', code: 'UnrecognizedClientException' });
    const { status: exitCode, stdout, stderr } = await invoke();
    expect(exitCode).to.be.greaterThan(0);
    expect(stdout + stderr).to.contain('failed with UnrecognizedClientException');
    expect(config.puts).to.deep.equal([]);
  });
});
