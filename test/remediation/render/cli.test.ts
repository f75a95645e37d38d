import { expect } from 'chai';

import { cliScript } from '../../../src/remediation/render/cli.ts';
import type { Choices } from '../../../src/remediation/plan/plan.ts';
import { planFor } from '../../support/planning.ts';
import type { ScriptRun as Run } from '../../support/run-script.ts';
import { runScript as run } from '../../support/run-script.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  soundWorld,
  status,
  topicAttributes,
  trail,
  withAlarms,
} from '../../support/worlds/world.ts';

const ALARMS = `${ACCOUNT} ${REGION}`;
const email: Choices = { email: 'oncall@example.com' };

/** Texts that a shell, or the AWS CLI, would make something else of if they were not data. */
const hostile = [
  "it's; touch pwned",
  '$(touch pwned)',
  '`touch pwned`',
  '"; touch pwned; "',
  'two\nlines\ntouch pwned',
  '--debug',
  'file:///etc/hostname',
  'https://example.com/',
  '["a"]',
  'ünï\u202ecode',
  '\u001b[2J\u0007\u2028 \u{1f468}\u200d\u{1f469}\r\t',
  '["\u202e"]',
  '\\',
  "'",
];

const scriptFor = async (world: World, choices: Choices = email) => cliScript(await planFor(world, choices));
const changing = (calls: Run['calls']) =>
  calls.filter(([, operation = '']) => !/^(get|describe|list)-/.test(operation)).map(([, operation]) => operation);
const valueOf = (call: readonly string[] | undefined, option: string) => call?.[call.indexOf(option) + 1];

const readOnly = {
  readWriteType: 'ReadOnly',
  includeManagementEvents: true,
  excludeManagementEventSources: [],
} as const;

describe('the remediation as a shell script', () => {
  it('calls aws for each step, in order, once it has seen that the account is the right one', async () => {
    const script = await scriptFor(soundWorld({ filters: { [LOG_GROUP_ARN]: [] }, alarms: { [ALARMS]: [] } }));
    const { calls, status, stdout } = run(script);
    expect(status).to.equal(0);
    expect(calls[0]?.slice(0, 2)).to.deep.equal(['sts', 'get-caller-identity']);
    expect(changing(calls)).to.deep.equal(['put-metric-filter', 'create-topic', 'subscribe', 'put-metric-alarm']);
    expect(stdout).to.match(
      /^Ask oncall@example.com to confirm .*\nSend a test notification: aws cloudwatch set-alarm-state /,
    );
  });

  it('asks for the filter and the alarm that the control is about', async () => {
    const script = await scriptFor(soundWorld({ filters: { [LOG_GROUP_ARN]: [] }, alarms: { [ALARMS]: [] } }));
    const { calls } = run(script);
    const filterCall = calls.find(([, operation]) => operation === 'put-metric-filter');
    expect(valueOf(filterCall, '--log-group-name')).to.equal('/aws/cloudtrail/main');
    expect(valueOf(filterCall, '--filter-pattern')).to.equal('{($.eventName=DeactivateMFADevice)}');
    const name = 'D9.AWS.MON.25-DeactivateMFADevice';
    expect(JSON.parse(valueOf(filterCall, '--metric-transformations') ?? '')).to.deep.equal([
      { metricName: name, metricNamespace: 'CloudTrailMetrics', metricValue: '1' },
    ]);
    const alarmCall = calls.find(([, operation]) => operation === 'put-metric-alarm');
    const settings = [
      'statistic',
      'period',
      'threshold',
      'comparison-operator',
      'evaluation-periods',
      'treat-missing-data',
    ];
    expect(settings.map((setting) => valueOf(alarmCall, `--${setting}`))).to.deep.equal([
      'Sum',
      '300',
      '1',
      'GreaterThanOrEqualToThreshold',
      '1',
      'notBreaching',
    ]);
    expect(valueOf(alarmCall, '--alarm-actions')).to.equal(`arn:aws:sns:${REGION}:${ACCOUNT}:cloudtrail-alarms`);
  });

  it('changes nothing in another account', async () => {
    const script = await scriptFor(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }));
    const { calls, status, stderr } = run(script, { AWS_ACCOUNT: '999900001111' });
    expect([status, changing(calls)]).to.deep.equal([1, []]);
    expect(stderr).to.contain('The credentials are of account 999900001111, not 111122223333.');
  });

  it('overwrites neither a filter nor an alarm that came since and is another', async () => {
    const filterless = await scriptFor(soundWorld({ filters: { [LOG_GROUP_ARN]: [] } }));
    const alarmless = await scriptFor(withAlarms(alarm({ threshold: 3 })));
    for (const script of [filterless, alarmless]) {
      const { calls, status, stderr } = run(script, { TAKEN: '1/0' });
      expect([status, changing(calls)]).to.deep.equal([1, []]);
      expect(stderr).to.contain('exists and has other settings. Nothing was changed');
    }
  });

  it('skips what an earlier run did, and says so', async () => {
    const script = await scriptFor(soundWorld({ filters: { [LOG_GROUP_ARN]: [] }, alarms: { [ALARMS]: [] } }));
    const { calls, status, stdout, stderr } = run(script, { TAKEN: '1/1', SUBSCRIBED: `"${TOPIC_ARN}:1"` });
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(changing(calls)).to.deep.equal(['create-topic']);
    expect(stdout.match(/ exists already\.$/gm)).to.have.lengthOf(3);
  });

  const doneAlready: readonly (readonly [
    what: string,
    world: World,
    given: Record<string, string>,
    sentence: string,
  ])[] = [
    [
      'the trail is logging',
      soundWorld({ statuses: { [TRAIL_ARN]: status({ isLogging: false }) } }),
      { LOGGING: 'true' },
      'Trail main is logging already.',
    ],
    [
      'the trail records all regions',
      soundWorld({ trails: [trail({ isMultiRegionTrail: false })] }),
      { CONNECTED: 'true' },
      'Trail main records all regions already.',
    ],
    [
      'the actions are enabled',
      withAlarms(alarm({ actionsEnabled: false })),
      { TAKEN: 'true' },
      'The actions of alarm mfa-alarm are enabled already.',
    ],
    [
      'the topic exists, and the subscription waits to be confirmed',
      soundWorld({ topics: { [TOPIC_ARN]: null }, subscriptions: { [TOPIC_ARN]: null } }),
      { POLICY: '{}', SUBSCRIBED: '"PendingConfirmation"' },
      'SNS topic security-alerts exists already.',
    ],
  ];
  for (const [what, world, given, sentence] of doneAlready) {
    it(`says in a second run that ${what}`, async () => {
      const { calls, status: ended, stdout, stderr } = run(await scriptFor(world), given);
      expect([ended, stderr]).to.deep.equal([0, '']);
      expect(stdout.split('\n')).to.include(sentence);
      expect(changing(calls).filter((operation) => operation !== 'subscribe')).to.deep.equal([]);
    });
  }

  it('ends with a sentence where the alarm whose actions it enables is gone', async () => {
    const script = await scriptFor(withAlarms(alarm({ actionsEnabled: false })));
    const { calls, status: ended, stderr } = run(script, { TAKEN: 'null' });
    expect([ended, changing(calls)]).to.deep.equal([1, []]);
    expect(stderr).to.equal('There is no alarm mfa-alarm any more. Nothing was changed. Run remediate again.\n');
  });

  it('adds to the policy that it was made for, and to no other', async () => {
    const policy =
      '{"Statement": [{"Sid": "it\'s", "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*"}]}';
    const script = await scriptFor(soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy }) } }));
    const { calls, status } = run(script, { POLICY: policy });
    expect(status).to.equal(0);
    const call = calls.find(([, operation]) => operation === 'set-topic-attributes');
    const { Statement } = JSON.parse(valueOf(call, '--attribute-value') ?? '') as { Statement: { Sid: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).to.deep.equal(["it's", 'AllowCloudWatchAlarms']);

    const again = run(script, { POLICY: valueOf(call, '--attribute-value') ?? '' });
    expect([again.status, changing(again.calls)]).to.deep.equal([0, []]);

    const changed = run(script, { POLICY: '{"Statement": []}' });
    expect([changed.status, changing(changed.calls)]).to.deep.equal([1, []]);
    expect(changed.stderr).to.contain('The policy of topic security-alerts has changed since it was read.');
  });

  it('adds a selector to those that the trail has at that moment', async () => {
    const selectors = { [TRAIL_ARN]: { eventSelectors: [readOnly], advancedEventSelectors: [] } };
    const { calls } = run(await scriptFor(soundWorld({ selectors })));
    const call = calls.find(([, operation]) => operation === 'put-event-selectors');
    const [first, second] = JSON.parse(valueOf(call, '--event-selectors') ?? '') as unknown[];
    expect(first).to.deep.equal({ ReadWriteType: 'ReadOnly' });
    expect(second).to.deep.include({ IncludeManagementEvents: true });
  });

  it('adds no selector that the trail has already', async () => {
    const selectors = { [TRAIL_ARN]: { eventSelectors: [readOnly], advancedEventSelectors: [] } };
    const { calls, status } = run(await scriptFor(soundWorld({ selectors })), { SELECTED: '1' });
    expect([status, changing(calls)]).to.deep.equal([0, []]);
  });

  describe('that gives a trail its log group', () => {
    const { trailArn, name, homeRegion, isMultiRegionTrail, isOrganizationTrail, includeGlobalServiceEvents } = trail();
    const unconnected = {
      trailArn,
      name,
      homeRegion,
      isMultiRegionTrail,
      isOrganizationTrail,
      includeGlobalServiceEvents,
    };
    const world = soundWorld({
      trails: [unconnected],
      filters: { [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:aws-cloudtrail-logs-main`]: null },
    });
    const connecting = ['create-log-group', 'put-retention-policy', 'create-role', 'put-role-policy', 'update-trail'];

    it('creates log group and role, and keeps events for a year', async () => {
      const { calls, status, stderr } = run(await scriptFor(world));
      expect([status, stderr]).to.deep.equal([0, '']);
      expect(changing(calls).slice(0, 5)).to.deep.equal(connecting);
      const retention = calls.find(([, operation]) => operation === 'put-retention-policy');
      expect(valueOf(retention, '--retention-in-days')).to.equal('365');
    });

    it('uses the role and the log group that an earlier run created for the trail', async () => {
      const { calls, status } = run(await scriptFor(world), { OWNER: JSON.stringify(TRAIL_ARN), GROUPS_THERE: '1' });
      expect(status).to.equal(0);
      expect(changing(calls).slice(0, 2)).to.deep.equal(['put-role-policy', 'update-trail']);
    });

    const taken = [
      ['the role', { OWNER: '"another trail"' }, 'Role CloudTrailToLogs-eu-west-1-main exists'],
      ['the log group', { GROUPS_THERE: '1' }, 'Log group aws-cloudtrail-logs-main exists'],
      ['the place of the log group', { CONNECTED: 'arn:aws:logs:x:y:z' }, 'Trail main has a log group now'],
    ] as const;
    for (const [what, given, words] of taken) {
      it(`changes nothing where ${what} is taken`, async () => {
        const { calls, status, stderr } = run(await scriptFor(world), given);
        expect([status, changing(calls)]).to.deep.equal([1, []]);
        expect(stderr).to.contain(words).and.to.contain('Nothing was changed');
      });
    }

    it('ends with the error of CloudTrail where it refuses, without trying again', async () => {
      const { calls, status, stderr } = run(await scriptFor(world), { REFUSED: 'AccessDenied: iam:PassRole' });
      expect([status, stderr]).to.deep.equal([1, 'AccessDenied: iam:PassRole\n']);
      expect(changing(calls)).to.deep.equal(connecting);
    });
  });

  it('stops at the first command that fails', async () => {
    const script = await scriptFor(withAlarms());
    const { calls, status } = run(script, { FAIL: 'create-topic' });
    expect(status).not.to.equal(0);
    expect(changing(calls)).to.deep.equal(['create-topic']);
  });

  it('runs nothing of a script that was cut off', async () => {
    const script = await scriptFor(withAlarms());
    const { calls, status } = run(script.slice(0, -20));
    expect(status).not.to.equal(0);
    expect(calls).to.deep.equal([]);
  });

  for (const text of hostile) {
    it(`takes ${JSON.stringify(text)} for nothing but a name`, async () => {
      const named = alarm({ alarmName: text, actionsEnabled: false });
      const { calls, status, stderr, files } = run(await scriptFor(withAlarms(named)));
      expect([status, stderr]).to.deep.equal([0, '']);
      const call = calls.find(([, operation]) => operation === 'enable-alarm-actions') ?? [];
      const json = call.indexOf('--cli-input-json');
      const names: unknown =
        json < 0
          ? call.slice(call.indexOf('--alarm-names') + 1)
          : (JSON.parse(call[json + 1] ?? '') as { AlarmNames: unknown }).AlarmNames;
      expect(names).to.deep.equal([text]);
      expect(files).to.deep.equal(['aws', 'calls']);
    });
  }

  it('shows no name to the terminal that could move its cursor', async () => {
    const named = alarm({ alarmName: 'bell\u001b[2J\u0007', actionsEnabled: false });
    const script = await scriptFor(withAlarms(named));
    const { stdout } = run(script);
    // eslint-disable-next-line no-control-regex
    expect(`${script}${stdout}`).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});
