import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import type { Command } from 'commander';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { Streams, Terminal } from '../../../src/cli/terminal/streams.ts';
import { patternCommand } from '../../../src/cli/pattern/pattern.ts';
import type { RegionOptions } from '../../../src/cli/sources/region.ts';
import { chooseRegion, chooseRegions } from '../../../src/cli/sources/region.ts';
import { remediateCommand } from '../../../src/cli/commands/remediate.ts';
import { snapshotCommand } from '../../../src/cli/commands/snapshot.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';
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
      { region: 'ap-east-1', profile: 'audit' },
      { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-west-2' },
      'ap-east-1',
    ],
    [
      'AWS_REGION before AWS_DEFAULT_REGION',
      {},
      { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-west-2' },
      'us-east-1',
    ],
    ['AWS_DEFAULT_REGION before the profile', { profile: 'audit' }, { AWS_DEFAULT_REGION: 'us-west-2' }, 'us-west-2'],
    [
      'AWS_DEFAULT_REGION, where AWS_REGION is empty',
      {},
      { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' },
      'us-west-2',
    ],
    ['the profile of the command line', { profile: 'audit' }, { AWS_PROFILE: 'nowhere' }, 'eu-central-1'],
    ['the profile of AWS_PROFILE', {}, { AWS_PROFILE: 'audit' }, 'eu-central-1'],
    ['the default profile, where AWS_PROFILE is empty', {}, { AWS_PROFILE: '' }, 'eu-north-1'],
    ['the default profile, where none is named', {}, {}, 'eu-north-1'],
  ];
  for (const [what, given, environment, region] of known) {
    it(`is taken from ${what}`, async () => {
      Object.assign(process.env, environment);
      expect(await chooseRegion(given)).to.deep.equal({ kind: 'known', region, hints: [] });
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
        expect(code).to.equal(1);
        expect(name === 'remediate' ? out.endsWith('exit 1\n') : out === '').to.equal(true);
        expect(err).to.equal(
          'error: a live account needs a region: give `--region`, set AWS_REGION or AWS_DEFAULT_REGION, or name a ' +
            `\`region\` in the profile \`nowhere\` of ${config}\n`,
        );
      });
    }

    const withoutSnapshot: readonly (readonly [string, typeof evaluateCommand, readonly string[]])[] = [
      ['evaluate', evaluateCommand, []],
      ['remediate', remediateCommand, []],
      ['snapshot', snapshotCommand, ['-']],
    ];
    for (const [name, command, args] of withoutSnapshot) {
      it(`${name} reads the live account of the environment, where no snapshot is named`, async () => {
        responder.serve(snapshotOf(soundWorld()));
        Object.assign(process.env, {
          AWS_REGION: 'eu-west-1',
          AWS_ENDPOINT_URL: responder.url,
          AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'secret',
        });
        const { out } = await runIn({}, command, args);
        expect(responder.calls[0]?.operation).to.equal('GetCallerIdentity');
        expect(out).not.to.contain('everything right');
      });
    }
  });

  const wrong = [
    ['eu-central-1a', '`eu-central-1a` is not a region such as eu-west-1; did you mean eu-central-1?'],
    ['us-east1', '`us-east1` is not a region such as eu-west-1; did you mean us-east-1?'],
    ['Frankfurt', '`Frankfurt` is not a region such as eu-west-1'],
    ['', '`--region` is empty; allowed is a region such as eu-west-1'],
    ['eu-west-1,', '`` is not a region such as eu-west-1'],
  ] as const;
  for (const [region, problem] of wrong) {
    it(`\`${region}\` is refused, with the region that is meant`, async () => {
      expect(await chooseRegions({ region })).to.deep.equal({ kind: 'invalid', problem });
    });
  }

  it('that is not known gets a hint, and is tried all the same', async () => {
    expect(await chooseRegions({ region: 'eu-wset-1' })).to.deep.equal({
      kind: 'chosen',
      regions: ['eu-wset-1'],
      hints: ['`eu-wset-1` is not a region that this version knows; did you mean eu-west-1?'],
    });
  });

  it('may be several, each of which is read once', async () => {
    const chosen = await chooseRegions({ region: 'eu-west-1, us-east-1,eu-west-1' });
    expect(chosen.kind === 'chosen' && chosen.regions).to.deep.equal(['eu-west-1', 'us-east-1']);
    expect((await chooseRegion({ region: 'eu-west-1,us-east-1' })).kind).to.equal('missing');
  });
});
