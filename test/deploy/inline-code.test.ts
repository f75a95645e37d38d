import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { LARGEST_TEMPLATE, templateText } from '../../deploy/generate/template-file.ts';
import type { Template } from '../../deploy/generate/template.ts';
import { configOperations, emptyConfig } from '../aws-responder/config.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { emulatorEnvironment } from '../moto/emulator/programs.ts';
import { REGION, TRAIL_ARN, snapshotOf, soundWorld, status } from '../support/worlds/world.ts';

/** Calls the handler of a template as Lambda does: by its name, in the file that CloudFormation makes of the text. */
const caller = `
const [file, name] = process.argv[2].split('.');
const handler = require('.//' + file + '.js')[name];
const context = { getRemainingTimeInMillis: () => 300000, functionName: 'function', awsRequestId: 'request' };
handler(JSON.parse(process.argv[3]), context).then(
  (outcome) => console.log(JSON.stringify(outcome)),
  (error) => { console.error(error); process.exitCode = 1; },
);
`;

describe('the code in the self-contained template', function () {
  this.timeout(60_000);
  let folder = '';
  let text = '';
  let properties: { readonly Handler: string; readonly Code: { readonly ZipFile: string } };
  let responder: Responder;
  const recent = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
  const config = emptyConfig([{ resourceId: 'main', resourceName: 'main' }]);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inline-code-'));
    text = await templateText();
    const { Resources } = JSON.parse(text) as Template;
    properties = Resources['EvaluateLambdaFunction']!.Properties as typeof properties;
    await writeFile(join(folder, 'index.js'), properties.Code.ZipFile);
    await writeFile(join(folder, 'caller.js'), caller);
    responder = await startResponder(
      snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: recent } })),
      configOperations(config),
    );
  });
  after(async () => {
    await responder.close();
    await rm(folder, { recursive: true });
  });

  it('evaluates an account and sends its evaluations', async () => {
    const event = await readFile('events/scheduled.json', 'utf8');
    const child = spawn(process.execPath, ['caller.js', properties.Handler, event], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...emulatorEnvironment(responder.url, REGION) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, said).to.equal(0);
    expect(
      [...config.held.values()].map(({ ComplianceResourceType, ComplianceType }) => [
        ComplianceResourceType,
        ComplianceType,
      ]),
    ).to.deep.equal([
      ['AWS::::Account', 'COMPLIANT'],
      ['AWS::CloudTrail::Trail', 'COMPLIANT'],
    ]);
  });

  it('keeps the template within what CloudFormation takes, and its zip within what Lambda takes', () => {
    expect(Buffer.byteLength(text)).to.be.at.most(LARGEST_TEMPLATE);
    // A text that is smaller than the limit for its zip cannot be larger as a zip by more than the zip's headers.
    expect(Buffer.byteLength(properties.Code.ZipFile)).to.be.below(4_000_000);
  });

  it('is plain ASCII without anything that CloudFormation would resolve', () => {
    expect(properties.Code.ZipFile).to.match(/^[\n\t\x20-\x7e]*$/);
    expect(text).not.to.contain('{{resolve:');
  });

  it('is the same text each time', async () => {
    expect(await templateText()).to.equal(text);
  });
});
