import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import type { Command } from 'commander';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { Streams, Terminal } from '../../../src/cli/terminal/streams.ts';
import { patternCommand } from '../../../src/cli/pattern/pattern.ts';
import type { RegionOptions } from '../../../src/cli/sources/region.ts';
import { chooseRegion } from '../../../src/cli/sources/region.ts';
import { remediateCommand } from '../../../src/cli/commands/remediate.ts';
import { snapshotCommand } from '../../../src/cli/commands/snapshot.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { snapshotOf, soundWorld } from '../../support/world.ts';
import { runIn } from '../run.ts';

const CONFIG = `
[default]
region = eu-north-1
[profile audit]
region = eu-central-1
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = secret
[profile nowhere]
output = json
`;

const variables = ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];

describe('the region of a live account', () => {
  const outside = { ...process.env };
  let folder = '';
  let config = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'region-'));
    config = join(folder, 'config');
    await writeFile(config, CONFIG);
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    process.env['AWS_CONFIG_FILE'] = config;
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'none');
  });
  afterEach(() => {
    process.env = { ...outside };
  });

  const known: readonly (readonly [string, RegionOptions, Readonly<Record<string, string>>, string])[] = [
    [
      'the command line before all',
      { region: 'a', profile: 'audit' },
      { AWS_REGION: 'b', AWS_DEFAULT_REGION: 'c' },
      'a',
    ],
    ['AWS_REGION before AWS_DEFAULT_REGION', {}, { AWS_REGION: 'b', AWS_DEFAULT_REGION: 'c' }, 'b'],
    ['AWS_DEFAULT_REGION before the profile', { profile: 'audit' }, { AWS_DEFAULT_REGION: 'c' }, 'c'],
    ['AWS_DEFAULT_REGION, where AWS_REGION is empty', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'c' }, 'c'],
    ['the profile of the command line', { profile: 'audit' }, { AWS_PROFILE: 'nowhere' }, 'eu-central-1'],
    ['the profile of AWS_PROFILE', {}, { AWS_PROFILE: 'audit' }, 'eu-central-1'],
    ['the default profile, where AWS_PROFILE is empty', {}, { AWS_PROFILE: '' }, 'eu-north-1'],
    ['the default profile, where none is named', {}, {}, 'eu-north-1'],
  ];
  for (const [what, given, environment, region] of known) {
    it(`is taken from ${what}`, async () => {
      Object.assign(process.env, environment);
      expect(await chooseRegion(given)).to.deep.equal({ kind: 'known', region });
    });
  }

  const missing: readonly (readonly [string, RegionOptions, string])[] = [
    ['the profile names none', { profile: 'nowhere' }, 'name a `region` in the profile `nowhere` of '],
    ['there is no such profile', { profile: 'constructor' }, 'name a `region` in the profile `constructor` of '],
    ['the option is empty, whatever the environment says', { region: '' }, '`--region` is empty; allowed is a region'],
  ];
  for (const [what, given, words] of missing) {
    it(`is missing where ${what}`, async () => {
      const found = await chooseRegion(given);
      expect(found.kind === 'missing' && found.problem).to.contain(words);
    });
  }

  describe('in each command', () => {
    let responder: Responder;
    before(async () => {
      responder = await startResponder(snapshotOf(soundWorld()));
    });
    after(() => responder.close());

    const many = ['--organization', '--role-name', 'audit'];
    const commands: readonly (readonly [string, (io: Streams, terminal: Terminal) => Command, readonly string[]])[] = [
      ['evaluate', evaluateCommand, []],
      ['evaluate --organization', evaluateCommand, many],
      ['snapshot', snapshotCommand, ['/dev/null/account.json']],
      ['remediate', remediateCommand, []],
      ['pattern probe', patternCommand, ['probe']],
    ];
    for (const [name, command, args] of commands) {
      const run = (profile: string) =>
        runIn({}, command, [...args, '--profile', profile, '--endpoint-url', responder.url]);

      it(`${name} takes that of the profile`, async () => {
        responder.serve(snapshotOf(soundWorld()));
        await run('audit');
        expect(responder.calls[0]?.region).to.equal('eu-central-1');
      });

      it(`${name} names every way to give one, where there is none`, async () => {
        const { code, out, err } = await run('nowhere');
        expect([code, out]).to.deep.equal([1, '']);
        expect(err).to.equal(
          'error: a live account needs a region: give `--region`, set AWS_REGION or AWS_DEFAULT_REGION, or name a ' +
            `\`region\` in the profile \`nowhere\` of ${config}\n`,
        );
      });
    }

    it('a region in the environment is no wish for a live account', async () => {
      process.env['AWS_REGION'] = 'eu-west-1';
      const { out } = await runIn({}, evaluateCommand, []);
      expect(out).to.contain('9 accounts: ');
    });
  });
});
