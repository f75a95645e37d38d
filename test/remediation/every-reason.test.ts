import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from '@cdktf/hcl2json';
import { expect } from 'chai';

import { cliScript } from '../../src/remediation/render/cli.ts';
import { cloudformation } from '../../src/remediation/render/cloudformation.ts';
import { problemOfTemplate } from '../../src/cli/remediation/render-judged.ts';
import { consoleSteps } from '../../src/remediation/render/console.ts';
import type { Plan } from '../../src/remediation/plan/plan.ts';
import { terraform } from '../../src/remediation/render/terraform/terraform.ts';
import { isOnPath } from '../moto/emulator/programs.ts';
import { OTHER_ACCOUNT } from '../support/worlds/world.ts';
import { keyOf, readRecording } from './recorded-plans/recording.ts';
import type { Case } from './remediated-reasons.ts';
import { planEveryReason, planOtherOptions } from './remediated-reasons.ts';

describe('the remediation of every reason that commands fix', () => {
  let folder = '';
  let cases: readonly Case[] = [];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'every-reason-'));
    cases = await planEveryReason();
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Writes what a form makes of every remediation that it can express, a file each. */
  const written = (ending: string, textOf: (plan: Plan) => string | undefined): readonly string[] =>
    cases.flatMap(([code, plan]) => {
      const text = textOf(plan);
      if (text === undefined) return [];
      const path = join(folder, `${code}.${ending}`);
      writeFileSync(path, text);
      return [path];
    });
  const run = (program: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    return [status, stdout, stderr];
  };
  const terraformOf = (plan: Plan) => {
    const rendering = terraform(plan);
    return rendering.kind === 'text' ? rendering.text : undefined;
  };
  const templateOf = (plan: Plan) => {
    const rendering = cloudformation(plan);
    return rendering.kind === 'text' ? rendering.text : undefined;
  };

  it('is complete, and says for each step why it is needed and what it does', () => {
    for (const [code, plan] of cases) {
      expect(plan.complete, code).to.equal(true);
      const sentences = cliScript(plan)
        .split('\n')
        .filter((line) => /^# [A-Z_]+: /.test(line));
      expect(sentences.length, code).to.be.greaterThan(0);
    }
  });

  it('is a script that the shell can read', () => {
    for (const path of written('sh', cliScript)) expect(run('sh', '-n', path), path).to.deep.equal([0, '', '']);
  });

  it('is a Terraform configuration that can be parsed', async () => {
    for (const [code, plan] of cases) {
      const text = terraformOf(plan);
      if (text !== undefined) expect(await parse(`${code}.tf`, text), code).to.have.property('resource');
    }
  });

  if (isOnPath('terraform')) {
    it('is a Terraform configuration that `terraform fmt` leaves as it is', () => {
      expect(written('tf', terraformOf)).to.have.length.greaterThan(30);
      expect(run('terraform', 'fmt', '-check', '-list=true', folder).slice(0, 2)).to.deep.equal([0, '']);
    }).timeout(20_000);
  }

  if (isOnPath('cfn-lint')) {
    it('is a CloudFormation template that cfn-lint passes', () => {
      // It does not know the type of a log alarm yet.
      const isKnown = ({ steps }: Plan) => steps.every(({ kind }) => kind !== 'create-log-alarm');
      const paths = written('json', (plan) => (isKnown(plan) ? templateOf(plan) : undefined));
      expect(paths).to.have.length.greaterThan(30);
      // The gate looks at all of them; elsewhere at the one with the most in it.
      const linted = process.env['EVERY_REASON'] ? paths : [join(folder, 'LOG_GROUP_GONE.json')];
      expect(run('cfn-lint', '--template', ...linted)).to.deep.equal([0, '', '']);
    }).timeout(120_000);
  }

  it('is a CloudFormation template that, laid over the account, satisfies the control', async () => {
    const judged = await Promise.all(
      cases.map(async ([code, plan, plannedFor]) => {
        // A log alarm in a template is not read.
        const hasLogAlarm = plan.steps.some(({ kind }) => kind === 'create-log-alarm');
        const text = hasLogAlarm ? undefined : templateOf(plan);
        return text === undefined ? [] : [[code, await problemOfTemplate(text, plan, plannedFor)]];
      }),
    );
    expect(judged.flat()).to.have.length.greaterThan(30);
    expect(judged.flat().filter(([, problem]) => problem !== undefined)).to.deep.equal([]);
  });

  it('is not shown as a template that would not satisfy the control', async () => {
    const spoiled: readonly (readonly [reason: string, part: string | RegExp, next: string, problem: string])[] = [
      ['NO_ALARM', /"AWS::CloudWatch::Alarm"/, '"AWS::CloudWatch::Dashboard"', 'NO_ALARM'],
      ['NO_ALARM', /"AlarmActions": \[[^\]]*\]/, '"AlarmActions": []', 'ALARM_WITHOUT_ACTION'],
      ['NO_EVENT_RULE', /"AWS::Events::Rule"/, '"AWS::S3::Bucket"', 'NO_EVENT_RULE'],
      ['NO_EVENT_RULE', '"State": "ENABLED"', '"State": "DISABLED"', 'EVENT_RULE_DISABLED'],
      ['NO_EVENT_RULE', '"Targets"', '"Other"', 'EVENT_RULE_WITHOUT_TARGET'],
      ['NO_EVENT_RULE', '"events.amazonaws.com"', '"cloudwatch.amazonaws.com"', 'TOPIC_REFUSES_RULE'],
    ];
    for (const [reason, part, next, problem] of spoiled) {
      const [, plan, plannedFor] = cases.find(([code]) => code === reason) ?? [];
      if (plan === undefined || plannedFor === undefined) throw new Error(`no plan for ${reason}`);
      const text = templateOf(plan) ?? '';
      expect(text).to.match(new RegExp(part));
      expect(await problemOfTemplate(text.replace(part, next), plan, plannedFor)).to.equal(problem);
    }
  });

  it('is a Terraform configuration whose recorded plan, laid over the account, satisfies the control', async () => {
    const { plans } = readRecording();
    const seen = new Set<string>();
    const judge = async ([code, plan, plannedFor]: Case) => {
      const text = terraformOf(plan);
      if (text === undefined) return [];
      const recorded = plans[keyOf(text)];
      seen.add(keyOf(text));
      if (recorded === undefined) return [[code, 'its plan is not recorded: `npm run record-plans`']];
      return [[code, await problemOfTemplate(JSON.stringify(recorded), plan, plannedFor)]];
    };
    const judged = (await Promise.all([...cases, ...(await planOtherOptions())].map(judge))).flat();
    expect(judged).to.have.length.greaterThan(50);
    expect(judged.filter(([, problem]) => problem !== undefined)).to.deep.equal([]);
    expect(Object.keys(plans).filter((key) => !seen.has(key))).to.deep.equal([]);
  });

  it('has a recorded plan that is judged by what is in it, and only where nothing of it changed', async () => {
    const spoiled: readonly (readonly [reason: string, part: RegExp, next: string, problem: string])[] = [
      ['NO_ALARM', /"aws_cloudwatch_metric_alarm"/g, '"aws_cloudwatch_dashboard"', 'NO_ALARM'],
      ['NO_EVENT_RULE', /"aws_cloudwatch_event_rule"/g, '"aws_s3_bucket"', 'NO_EVENT_RULE'],
      // A new rule whose name is not known yet may replace another: where it does not help, what is left is undecided.
      ['NO_EVENT_RULE', /"events.amazonaws.com"/g, '"cloudwatch.amazonaws.com"', 'UNREADABLE'],
      ['NO_EVENT_RULE', /"aws_sns_topic_subscription"/g, '"aws_s3_bucket"', 'UNREADABLE'],
    ];
    const { plans } = readRecording();
    for (const [reason, part, next, problem] of spoiled) {
      const [, plan, plannedFor] = cases.find(([code]) => code === reason) ?? [];
      if (plan === undefined || plannedFor === undefined) throw new Error(`no plan for ${reason}`);
      const text = terraformOf(plan) ?? '';
      const recorded = JSON.stringify(plans[keyOf(text)]);
      expect(recorded).to.match(part);
      expect(await problemOfTemplate(recorded.replace(part, next), plan, plannedFor)).to.equal(problem);
      expect(plans).not.to.have.property(keyOf(text.replaceAll(plan.accountId, OTHER_ACCOUNT)));
      expect(plans).to.have.property(keyOf(text.replace(plan.readAt, 'another time')));
    }
  });

  it('is steps in the console that stay within the width of a page, or cannot be broken', () => {
    for (const [code, plan] of cases) {
      const rendering = consoleSteps(plan);
      if (rendering.kind !== 'text') throw new Error(rendering.problem);
      const texts = rendering.text
        .split('\n')
        // A text to copy is indented further and is never broken.
        .filter((line) => !line.startsWith(' '.repeat(7)))
        .map((line) => line.replace(/^ *(\d+\. )?/, ''));
      expect(
        texts.filter((text) => text.length > 100 && text.includes(' ')),
        code,
      ).to.deep.equal([]);
    }
  });
});
