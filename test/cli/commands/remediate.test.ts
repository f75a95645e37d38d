import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { catalog } from '../../../src/controls/catalog.ts';
import { remediateCommand } from '../../../src/cli/commands/remediate.ts';
import { remediate as run } from '../../support/remediate-command.ts';
import type { Run } from '../run.ts';
import { runIn } from '../run.ts';

const sample = (name: string): string => `events/accounts/${name}.json`;
const email = ['--email', 'oncall@example.com'];

describe('remediating on the command line', () => {
  it('prints the remediation on standard output, and nothing else', async () => {
    const { code, out, err } = await run(...email, sample('2-no-subscriber'));
    expect([code, err]).to.deep.equal([0, '']);
    expect(out)
      .to.match(/^#!\/bin\/sh\n/)
      .and.to.contain('--notification-endpoint oncall@example.com');
  });

  const fixed = [
    '2-no-subscriber',
    '4-filter-narrower-than-asked',
    '5-filter-on-another-log-group',
    '6-alarm-on-another-namespace',
  ];
  for (const name of fixed) {
    it(`is complete from a file, which holds no word of the metric of a new filter: ${name}`, async () => {
      const { code, out, err } = await run(...email, sample(name));
      expect([code, err]).to.deep.equal([0, '']);
      expect(out).not.to.contain('is not complete');
    });
  }

  for (const name of fixed) {
    it(`is complete from a file for a log alarm, whose log group may transform events: ${name}`, async () => {
      const { code, out, err } = await run('--route', 'log-alarm', ...email, sample(name));
      expect([code, err]).to.deep.equal([0, '']);
      expect(out).to.contain('aws cloudwatch put-log-alarm ').and.not.to.contain('is not complete');
    });
  }

  it('takes no metric to which a filter of another log group of the file publishes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'remediate-'));
    try {
      const other = await readFile(sample('5-filter-on-another-log-group'), 'utf8');
      const file = join(folder, 'account.json');
      const watched = 'D9.AWS.MON.25-DeactivateMFADevice';
      const renamed = other
        .replaceAll('"metricName": "MfaDeactivated"', `"metricName": "${watched}"`)
        .replaceAll('"metricNamespace": "Security"', '"metricNamespace": "CloudTrailMetrics"');
      expect(renamed).to.contain(watched).and.to.contain('CloudTrailMetrics');
      await writeFile(file, renamed);
      const { out } = await run(...email, file);
      expect(out).to.contain(`--metric-name ${watched}-2`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says that there is nothing to do where a chain holds', async () => {
    const { code, out, err } = await run(sample('1-everything-right'));
    expect([code, out]).to.deep.equal([0, '']);
    expect(err).to.equal('Nothing to do: a chain holds from end to end.\n');
  });

  const left = [
    ['7-no-trail', 2, '- NO_TRAIL: Account 111122223333 has no CloudTrail trail. '],
    [
      '3-subscriber-pending',
      2,
      '- Ask the subscriber of SNS topic security-alerts to confirm the subscription, or give --email to subscribe',
    ],
    ['8-organization-trail-of-another-account', 3, '- LOG_GROUP_IN_OTHER_ACCOUNT: '],
  ] as const;
  for (const [name, expected, words] of left) {
    it(`exits with ${expected} where a person is needed, and prints a script that fails: ${name}`, async () => {
      const { code, out, err } = await run(sample(name));
      expect(code).to.equal(expected);
      expect(err).to.contain('A person has to do this:').and.to.contain(words);
      expect((await runScript(out)).code).to.equal(1);
    });
  }

  for (const args of [
    ['--emial', 'x'],
    ['--as', 'pulumi'],
    ['--concurrency', '0'],
    ['--duration-seconds', '1'],
  ]) {
    it(`prints a script that fails where an option is wrong: ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(...args, sample('2-no-subscriber'));
      expect(code).to.equal(1);
      const { code: own, err: said } = await runScript(out);
      expect(own).to.equal(1);
      expect(said.trimEnd()).to.equal(err.trimEnd().replaceAll('\n', ' '));
    });
  }

  it('prints no script where an option is wrong and files are asked for', async () => {
    const { code, out } = await run('--out', 'remediation', '--emial', 'x', sample('2-no-subscriber'));
    expect([code, out]).to.deep.equal([1, '']);
  });

  it('fixes what another control asks for, by either name of the option', async () => {
    const short = await run('--control', 'CloudWatch.4', sample('1-everything-right'));
    expect(short.code).to.equal(0);
    expect(short.out).to.contain('$.eventName=DeleteGroupPolicy');
    expect(await run('--controlId', 'CloudWatch.4', sample('1-everything-right'))).to.deep.equal(short);
  });

  it('fixes what a pattern of your own asks for, by either name of the option', async () => {
    const pattern = '{ $.eventName = "StopLogging" }';
    const short = await run('--filter-pattern', pattern, sample('1-everything-right'));
    expect(short.code).to.equal(0);
    expect(short.out).to.contain(`'${pattern}'`);
    expect(await run('--filterPattern', pattern, sample('1-everything-right'))).to.deep.equal(short);
  });

  const refused = [
    ['without --email where a subscription is missing', [sample('2-no-subscriber')], 'give --email ADDRESS'],
    ['an address that is none', ['--email', 'nobody', sample('2-no-subscriber')], '`--email` is `nobody`; allowed is'],
    ['an ARN that is no topic', ['--topic-arn', 'arn:aws:sqs:a:1:b', sample('2-no-subscriber')], '`--topic-arn` is'],
    ['a parameter that is not allowed', ['--assurance', 'some', sample('2-no-subscriber')], '`--assurance` is `some`'],
    ['an empty pattern', ['--filter-pattern', '', sample('1-everything-right')], '`--filter-pattern` is empty; leave'],
    ['an empty control', ['--control', '', sample('1-everything-right')], '`--control-id` is empty; leave it out'],
    ['a file that is not there', ['no-such-file.json'], 'error: no-such-file.json: there is no such file'],
    ['two accounts', ['--profile', 'audit', sample('2-no-subscriber')], 'either snapshots or live accounts, not both'],
    ['several accounts in one script', [sample('2-no-subscriber'), sample('7-no-trail')], 'give `--out DIR`'],
  ] as const;
  for (const [what, args, words] of refused) {
    it(`refuses ${what}, and prints a script that fails with the reason`, async () => {
      const { code, out, err } = await run(...args);
      expect(code).to.equal(1);
      expect(err)
        .to.match(/^error: /)
        .and.to.contain(words);
      expect(await runScript(out)).to.deep.equal({ code: 1, out: '', err });
    });
  }

  const twice = [
    ['two controls', ['--control', 'CloudWatch.4', '--controlId', 'CloudWatch.5'], '`--control-id` was given before'],
    ['two patterns', ['--filter-pattern', 'a', '--filterPattern', 'b'], '`--filter-pattern` was given before'],
  ] as const;
  for (const [what, args, words] of twice) {
    it(`refuses ${what}`, async () => {
      const { code, err } = await run(...args);
      expect(code).to.equal(1);
      expect(err).to.contain(words);
    });
  }

  it('prints no text of a template that failed', async () => {
    for (const form of ['terraform', 'cloudformation']) {
      const { out } = await run('--as', form, sample('2-no-subscriber'));
      expect(out).to.match(/^error: the notification needs a recipient/);
    }
  });

  it('prints nothing on a terminal where it fails', async () => {
    const { out } = await runIn({ columns: 80 }, remediateCommand, [sample('2-no-subscriber')]);
    expect(out).to.equal('');
  });

  describe('for several accounts or controls', () => {
    let folder = '';
    beforeEach(async () => {
      folder = join(await mkdtemp(join(tmpdir(), 'remediation-')), 'new');
    });
    afterEach(() => rm(join(folder, '..'), { recursive: true }));

    const files = async () =>
      (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.sh')).sort();

    it('writes a file for each account and control, in the order of use', async () => {
      const many = [...email, '--out', folder, sample('2-no-subscriber')];
      const { code, out } = await run('--all-controls', ...many);
      expect(code).to.equal(0);
      const names = await files();
      expect(names.length).to.be.within(10, catalog.length);

      expect(names[0]).to.equal(join('111122223333.eu-west-1', '01-D9.AWS.MON.25.sh'));
      expect(out).to.contain(`111122223333 eu-west-1 CloudWatch.1: ${join(folder, names[1] ?? '')}\n`);
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      // The first subscribes the address, and the others rely on it.
      expect(texts.map((text) => text.includes('aws sns subscribe'))).to.deep.equal(
        names.map((_, index) => index === 0),
      );
    });

    it('replaces no file without --force', async () => {
      const args = [...email, '--out', folder, sample('2-no-subscriber')];
      expect((await run(...args)).code).to.equal(0);
      const { code, err } = await run(...args);
      expect(code).to.equal(1);
      expect(err).to.match(/1-D9\.AWS\.MON\.25\.sh exists: name another file, or replace it with `--force`/);
      expect((await run('--force', ...args)).code).to.equal(0);
    });

    it('goes on where one account cannot be read', async () => {
      const { code, err } = await run(...email, '--out', folder, 'gone.json', sample('2-no-subscriber'));
      expect(code).to.equal(1);
      expect(err).to.equal('error: gone.json: there is no such file\n');
      expect(await files()).to.have.lengthOf(1);
    });

    it('prints scripts for several controls of one account one after the other', async () => {
      const { code, out } = await run('--all-controls', ...email, sample('1-everything-right'));
      expect(code).to.equal(0);
      expect(out.match(/^#!\/bin\/sh$/gm)).to.have.lengthOf.above(10);
      expect((await runScript(`set -n\n${out}`)).code).to.equal(0);
    });
  });
});

/** Runs a script as `sh remediation.sh` would, without a program called `aws`. */
const runScript = (script: string): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile('/bin/sh', ['-s'], { env: { PATH: '' } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
    child.stdin?.end(script);
  });
