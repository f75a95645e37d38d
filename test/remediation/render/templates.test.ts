import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from '@cdktf/hcl2json';
import { expect } from 'chai';

import { cloudformation } from '../../../src/remediation/render/cloudformation.ts';
import { consoleSteps } from '../../../src/remediation/render/console.ts';
import type { Rendering } from '../../../src/remediation/render/declared.ts';
import type { Plan, PlannedStep } from '../../../src/remediation/plan/plan.ts';
import { terraform } from '../../../src/remediation/render/terraform/terraform.ts';
import { isOnPath } from '../../moto/emulator/programs.ts';
import { planFor } from '../../support/planning.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  soundWorld,
  withAlarms,
} from '../../support/worlds/world.ts';

const cause = { code: 'NO_ALARM', sentence: 'no alarm' } as const;
const alarmArn = (name: string) => `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`;

/** A plan with every change that a template declares, and every text in it the same. */
function planOf(text: string, kinds?: readonly PlannedStep['kind'][]): Plan {
  const policy = JSON.stringify({ Statement: [{ Sid: text }] });
  const steps: readonly PlannedStep[] = [
    { kind: 'create-log-group', logGroupArn: LOG_GROUP_ARN, retentionDays: 365, cause },
    {
      kind: 'create-metric-filter',
      logGroupArn: LOG_GROUP_ARN,
      filterName: text,
      filterPattern: text,
      namespace: text,
      metricName: text,
      cause,
    },
    { kind: 'create-topic', topicArn: TOPIC_ARN, isNamed: false, cause },
    {
      kind: 'allow-publish',
      topicArn: TOPIC_ARN,
      policy: '{}',
      extendedPolicy: policy,
      service: 'CloudWatch',
      statementId: 'AllowCloudWatchAlarms',
      cause,
    },
    { kind: 'subscribe', topicArn: TOPIC_ARN, email: text, cause },
    {
      kind: 'create-alarm',
      alarmArn: alarmArn(text),
      alarmName: text,
      description: text,
      namespace: text,
      metricName: text,
      period: 300,
      topicArn: TOPIC_ARN,
      cause,
    },
    { kind: 'start-logging', trailArn: TRAIL_ARN, region: REGION, cause },
    { kind: 'enable-alarm-actions', alarmArn: alarmArn(text), alarmName: text, cause },
  ];
  return {
    accountId: ACCOUNT,
    readAt: '2026-11-20T10:00:00.000Z',
    control: { id: 'custom', title: text },
    steps: steps.filter(({ kind }) => kinds?.includes(kind) ?? true),
    manualSteps: [{ kind: 'test-notification', alarmArn: alarmArn(text), alarmName: text, otherActions: [] }],
    notes: [],
    complete: true,
  };
}

const hostile = [
  'plain',
  '"quoted" and \\ escaped',
  '${file("/etc/passwd")} and %{ if true }yes%{ endif }',
  '$${already} $$$${more}',
  'two\nlines\r\n\t# no comment */ end',
  '!Sub ${AWS::AccountId}',
  '{"Ref": "AWS::AccountId"}',
  '<<EOT\nEOT',
  '\u0000\u001b[2J\u202e\u2028',
  'ünï 😀',
  '\u{1f468}\u200d\u{1f469}\u{e0041}',
];

/** What could steer the terminal on which a remediation is read. */
const MARK = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

function textOf(rendering: Rendering): string {
  if (rendering.kind === 'cannot') throw new Error(rendering.problem);
  return rendering.text;
}

/** What the file says, where a text is a template: `\${` there means `\${` and nothing else. */
async function parsed(text: string): Promise<Readonly<Record<string, Record<string, Record<string, unknown>[]>>>> {
  const { resource } = (await parse('remediation.tf', text)) as { resource: Record<string, Record<string, unknown[]>> };
  return resource as Awaited<ReturnType<typeof parsed>>;
}
const asTemplate = (text: string) => text.replaceAll(/([$%])\{/g, '$1$1{');

describe('the remediation as a Terraform configuration', () => {
  for (const text of hostile) {
    it(`takes ${JSON.stringify(text)} for nothing but a text`, async () => {
      const written = textOf(terraform(planOf(text)));
      const resources = await parsed(written);
      expect(written).not.to.match(MARK);
      const same = asTemplate(text);
      const [filter] = resources['aws_cloudwatch_log_metric_filter']?.['remediation_custom'] ?? [];
      const fresh = `${same}-\${substr(terraform_data.remediation_custom.id, 0, 8)}`;
      expect(filter).to.deep.equal({
        name: fresh,
        log_group_name: '${aws_cloudwatch_log_group.remediation_custom.name}',
        pattern: same,
        metric_transformation: [{ name: same, namespace: same, value: '1' }],
      });
      const [alarmed] = resources['aws_cloudwatch_metric_alarm']?.['remediation_custom'] ?? [];
      expect(alarmed).to.deep.include({ alarm_name: fresh, alarm_description: same, metric_name: same, threshold: 1 });
      const [subscription] = resources['aws_sns_topic_subscription']?.['remediation_custom'] ?? [];
      expect(subscription).to.deep.include({ endpoint: same });
      expect(Object.keys(resources)).to.have.lengthOf(6);
    });
  }

  it('names what is there by its ARN, and what it makes by reference', async () => {
    const made = await parsed(textOf(terraform(await planFor(withAlarms(), { email: 'oncall@example.com' }))));
    const [first] = made['aws_cloudwatch_metric_alarm']?.['remediation_d9_aws_mon_25'] ?? [];
    expect(first?.['alarm_actions']).to.deep.equal(['${aws_sns_topic.remediation_d9_aws_mon_25.arn}']);
    const there = await parsed(textOf(terraform(await planFor(withAlarms(alarm({ threshold: 3 })), {}))));
    const [second] = there['aws_cloudwatch_metric_alarm']?.['remediation_d9_aws_mon_25'] ?? [];
    expect(second?.['alarm_actions']).to.deep.equal([TOPIC_ARN]);
  });

  it('leaves to commands what it cannot declare, in comments that no name can end', () => {
    const text = textOf(terraform(planOf('x\n resource "evil" "evil" {}')));
    const lines = text.split('\n').filter((line) => !line.startsWith('#'));
    expect(lines.join('\n')).not.to.contain('evil" {}');
    expect(text).to.match(/^# {3} *aws cloudtrail start-logging/m);
  });

  it('is refused where there is nothing to declare', () => {
    expect(terraform(planOf('x', ['start-logging'])).kind).to.equal('cannot');
  });

  if (isOnPath('terraform')) {
    it('is formatted as `terraform fmt` formats it', () => {
      const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
      try {
        for (const [index, text] of hostile.entries()) {
          writeFileSync(join(folder, `${index}.tf`), textOf(terraform(planOf(text))));
        }
        const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-list=true', folder], {
          encoding: 'utf8',
        });
        expect([status, stdout]).to.deep.equal([0, '']);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }).timeout(20_000);
  }
});

describe('the remediation as a CloudFormation template', () => {
  it('takes any text for nothing but a text', () => {
    for (const text of hostile) {
      const written = textOf(cloudformation(planOf(text)));
      expect(written).not.to.match(MARK);
      const { Resources } = JSON.parse(written) as {
        Resources: Record<string, { Properties: Record<string, unknown> }>;
      };
      expect(Resources['MetricFilter']?.Properties).to.deep.include({ FilterPattern: text });
      expect(Resources['Alarm']?.Properties).to.deep.include({ MetricName: text, AlarmActions: [{ Ref: 'Topic' }] });
      expect(Resources['Subscription']?.Properties).to.deep.include({ Endpoint: text });
      expect(Object.keys(Resources)).not.to.contain('TopicPolicy');
    }
  });

  it('is refused where CloudFormation would resolve a reference in it', () => {
    expect(cloudformation(planOf('{{resolve:ssm:/secret}}')).kind).to.equal('cannot');
  });

  it('is refused where there is nothing to declare', () => {
    expect(cloudformation(planOf('x', ['enable-alarm-actions'])).kind).to.equal('cannot');
  });

  it('keeps what is not its own when the stack goes', () => {
    const { Resources } = JSON.parse(textOf(cloudformation(planOf('x')))) as {
      Resources: Record<string, { DeletionPolicy?: string }>;
    };
    const kept = Object.entries(Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
    expect(kept.map(([name]) => name)).to.deep.equal(['LogGroup']);
  });
});

describe('the remediation as steps in the console', () => {
  it("follows CloudGuard's steps A to D, fitted to the account", async () => {
    const world = soundWorld({ filters: { [LOG_GROUP_ARN]: [] }, alarms: { [`${ACCOUNT} ${REGION}`]: [] } });
    const text = textOf(consoleSteps(await planFor(world, { email: 'oncall@example.com' })));
    const headings = text.split('\n').filter((line) => /^[A-D]\. |^Then/.test(line));
    expect(headings).to.deep.equal([
      'A. The metric filter',
      'B. The SNS topic',
      'C. The subscription',
      'D. The alarm',
      'Then',
    ]);
    expect(text).to.contain('Filter pattern:\n       {($.eventName=DeactivateMFADevice)}\n');
    expect(text).to.contain(`https://${REGION}.console.aws.amazon.com/sns/v3/home?region=${REGION}#/topics`);
  });

  it('says what is there already', async () => {
    const text = textOf(consoleSteps(await planFor(withAlarms(alarm({ threshold: 3 })), {})));
    expect(text).to.contain('A. The metric filter: One that works exists.');
    expect(text).to.contain('C. The subscription: One is confirmed.');
  });

  it('gives what is to be copied on one line, however long it is', async () => {
    const filterPattern = `{ ($.eventName = DeactivateMFADevice) && (${Array.from({ length: 12 }, (_, index) => `$.requestParameters.userName != "user ${index}"`).join(' && ')}) }`;
    const world = soundWorld({ filters: { [LOG_GROUP_ARN]: [] } });
    const plan = await planFor(world, { email: 'oncall@example.com' }, { filterPattern });
    const lines = textOf(consoleSteps(plan)).split('\n');
    expect(lines).to.include(`       ${filterPattern}`);
    expect(lines.some((line) => /^ {7}aws cloudwatch set-alarm-state .* 'Test notification: .*'$/.test(line))).to.equal(
      true,
    );
    expect(textOf(terraform(plan))).to.match(/value += "aws cloudwatch set-alarm-state .*'Test notification: .*'"$/m);
  });

  it('does not say what exists where the plan is not complete', () => {
    const text = textOf(consoleSteps({ ...planOf('x', ['start-logging']), complete: false }));
    expect(text).not.to.contain('is there.').and.not.to.contain('Somebody');
  });

  it('shows no name that could move the cursor or begin a line', () => {
    const text = textOf(consoleSteps(planOf('\u001b[2J\nA. The metric filter')));
    // eslint-disable-next-line no-control-regex
    expect(text).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(text.match(/^A\. /gm)).to.have.lengthOf(1);
  });
});
