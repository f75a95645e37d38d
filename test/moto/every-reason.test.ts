import { existsSync } from 'node:fs';

import { parse } from '@cdktf/hcl2json';
import { expect } from 'chai';

import type { ReasonCode } from '../../src/chain/reasons.ts';
import { catalog } from '../../src/controls/catalog.ts';
import { startAwsCli } from './emulator/aws-cli.ts';
import type { MotoWorld } from './build-account.ts';
import { faults, notInMoto } from './faulty-accounts.ts';
import { MOTO_ACCOUNT, describeOnMoto, startMoto } from './emulator/moto.ts';
import { emulatorEnvironment } from './emulator/programs.ts';
import type { Programs, RunForm } from './remediated-account.ts';
import { applyAndDestroy, buildAccount, deployAndRemove, runScriptTwice } from './remediated-account.ts';
import { changesOnly, fixedReasons, shapes, triedReasons } from './remediation-matrix.ts';
import { makeTerraform } from './emulator/terraform.ts';

/** The gate runs every reason; elsewhere the one whose remediation needs all steps. */
const isWhole = process.env['EVERY_REASON'] !== undefined;
const always: readonly ReasonCode[] = ['NO_METRIC_FILTER', 'NO_EVENT_RULE'];
const tried = isWhole ? triedReasons : always;

const notPlannedText = (count: number) =>
  `${count} Terraform configurations were printed and parsed, but not planned: terraform or the AWS provider is missing on this machine\n`;

const email = ['--email', 'oncall@example.com'];

describeOnMoto('the remediation, run against moto', function () {
  this.timeout(180_000);
  let programs: Programs | undefined;
  /** Configurations that no Terraform has planned, because there is none. */
  let notPlanned = 0;
  const environment = { ...process.env };
  before(async () => {
    const moto = await startMoto();
    programs = { moto, cli: await startAwsCli(), terraform: makeTerraform() };
    Object.assign(process.env, emulatorEnvironment(moto.url, 'eu-west-1'));
    delete process.env['AWS_ENDPOINT_URL'];
  });
  after(async () => {
    process.env = environment;
    if (notPlanned > 0) process.stderr.write(notPlannedText(notPlanned));
    programs?.terraform?.remove();
    await programs?.cli.stop();
    await programs?.moto.stop();
  });

  /** Builds the account of a reason, and has its remediation printed. */
  const printed = async (
    code: ReasonCode,
    form: RunForm,
    options: readonly string[] = email,
    change: Partial<MotoWorld> = {},
    more: Readonly<Record<string, string>> = {},
  ) => {
    const fault = faults[code] ?? { change: {} };
    const raw = { ...fault.raw, ...more };
    const account = await buildAccount(programs!, { change: { ...fault.change, ...change }, raw, options });
    const found = await account.judge();
    const { code: exitCode, out, err } = await account.print(form);
    return { account, found, exitCode, out, err };
  };

  for (const code of tried) {
    const isRefused = changesOnly.includes(code);
    it(`of ${code} leads to a chain that holds, and a second run changes nothing${isRefused ? '; templates are refused' : ''}`, async () => {
      const { account, found, exitCode, out, err } = await printed(code, 'cli');
      expect([found, exitCode, err]).to.deep.equal([code, 0, '']);
      for (const form of isRefused ? (['cloudformation', 'terraform'] as const) : []) {
        const refused = await account.print(form);
        expect(refused.code).to.equal(1);
        expect(refused.err).to.contain('changes only what it created or imported');
      }
      await runScriptTwice(account, out);
    });

    const templates = [
      ['cloudformation', 'a CloudFormation stack', deployAndRemove],
      ['terraform', 'a Terraform configuration', applyAndDestroy],
    ] as const;
    for (const [form, what, apply] of isRefused ? [] : templates) {
      it(`of ${code} as ${what} has the same effect and leaves nothing behind`, async () => {
        const { account, found, exitCode, out, err } = await printed(code, form);
        expect([found, exitCode, err]).to.deep.equal([code, 0, '']);
        if (form === 'terraform' && programs!.terraform === undefined) {
          notPlanned += 1;
          expect(await parse('remediation.tf', out)).to.have.property('resource');
          return;
        }
        await apply(programs!, account, out);
      });
    }
  }

  for (const code of isWhole ? shapes : (['NO_METRIC_FILTER'] as const)) {
    it(`of ${code} is complete under assurance=configured too, or there is nothing to do`, async () => {
      const { account, found, exitCode, out, err } = await printed(code, 'cli', email, {}, { assurance: 'configured' });
      if (found === 'SATISFIED') {
        expect([exitCode, out]).to.deep.equal([0, '']);
        return;
      }
      expect([exitCode, err]).to.deep.equal([0, '']);
      await runScriptTwice(account, out);
    });

    it(`of ${code} notifies the topic that is chosen, or says that it does not need one`, async () => {
      const region = faults[code]?.change.region ?? 'eu-west-1';
      const chosen = `arn:aws:sns:${region}:${MOTO_ACCOUNT}:chosen`;
      const { account, exitCode, out, err } = await printed(code, 'cli', ['--topic-arn', chosen], {
        otherTopics: ['chosen'],
      });
      expect(exitCode).to.equal(0);
      if (err === '') expect(out).to.contain(chosen);
      else expect(err).to.contain(`This plan does not use --topic-arn ${chosen}`.slice(0, 40));
      await runScriptTwice(account, out);
    });
  }

  const controls = isWhole ? catalog.map(({ id }) => id) : ['CloudWatch.4'];
  for (const controlId of controls) {
    it(`of ${controlId}, in an account that has all but that`, async () => {
      const account = await buildAccount(programs!, { change: {}, raw: { controlId }, options: email });
      const { code, out, err } = await account.print('cli');
      if ((await account.judge()) === 'SATISFIED') return;
      expect([code, err]).to.deep.equal([0, '']);
      await runScriptTwice(account, out);
    });
  }

  const hostile: readonly (readonly [what: string, change: Partial<MotoWorld>, pattern?: string])[] = [
    ['an alarm', { alarms: [{ AlarmName: 'it\'s $(touch pwned) `touch pwned`\n"; #', ActionsEnabled: false }] }],
    ['an alarm like an option', { alarms: [{ AlarmName: '--debug', ActionsEnabled: false }] }],
    ['an alarm like a file', { alarms: [{ AlarmName: 'file:///etc/hostname', ActionsEnabled: false }] }],
    ['a pattern', { filters: [] }, '{ $.eventName = "it\'s $(touch pwned) `touch pwned` %s \\\\" }'],
  ];
  for (const [what, change, filterPattern] of isWhole ? hostile : []) {
    it(`takes the text of ${what} for nothing but data: ${JSON.stringify(filterPattern ?? change.alarms)}`, async () => {
      const raw: Readonly<Record<string, string>> = filterPattern === undefined ? {} : { filterPattern };
      const account = await buildAccount(programs!, { change, raw, options: email });
      const { code, out, err } = await account.print('cli');
      expect([code, err]).to.deep.equal([0, '']);
      await runScriptTwice(account, out);
      expect(existsSync('pwned')).to.equal(false);
    });
  }

  it('is run for every reason that commands fix', () => {
    expect([...Object.keys(faults), ...Object.keys(notInMoto)].sort()).to.deep.equal([...fixedReasons].sort());
  });
});
