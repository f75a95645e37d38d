import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { layOnto } from '../../../src/inventory/declared/onto/lay-onto.ts';
import { ontoReader } from '../../../src/inventory/declared/onto/onto-reader.ts';
import type { StackBefore } from '../../../src/inventory/declared/settings.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import { partOf } from '../../../src/inventory/model.ts';
import { alarmHistoryKey } from '../../../src/inventory/part-keys.ts';
import { eventWorld } from '../../support/worlds/event-world.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
} from '../../support/worlds/world.ts';

const folder = 'test/inventory/declared/data/onto';

interface Change {
  readonly type: string;
  readonly change: { readonly before: { readonly arn?: string } | null; readonly after: object | null };
}

const planOf = (name: string): string => readFileSync(`${folder}/${name}.plan.json`, 'utf8');

/** The account of the recorded plans before they are applied. Its subscription has the ARN that the plans know. */
function accountOf(plan: string, change: Partial<World> = {}): Inventory {
  const { resource_changes: changes } = JSON.parse(plan) as { readonly resource_changes: readonly Change[] };
  const arn = changes.find(({ type }) => type === 'aws_sns_topic_subscription')?.change.before?.arn ?? '';
  expect(arn).to.match(/^arn:aws:sns:/);
  const subscriptions = { [TOPIC_ARN]: [confirmed({ subscriptionArn: arn, protocol: 'sms' })] };
  return snapshotOf(soundWorld({ subscriptions, ...change }));
}

async function verdictOnto(base: Inventory, text: string, stack?: StackBefore): Promise<string> {
  const file = recognizeFile(text, {
    ...{ now: '2026-11-20T10:00:00.000Z', onto: base },
    ...(stack === undefined ? {} : { stack }),
  });
  if (file.kind !== 'declared') return file.kind === 'invalid' ? file.problem : file.kind;
  const { verdict } = await assess(ontoReader(base, file.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

describe('a plan that is laid over an account gives the verdict after it is applied', () => {
  const noAlarm = { alarms: { [`${ACCOUNT} ${REGION}`]: [] } };
  const cases: readonly (readonly [name: string, expected: string, account?: Partial<World>])[] = [
    ['onto-removes-subscriber', 'broken NO_SUBSCRIBER'],
    ['onto-adds-alarm', 'satisfied SATISFIED', noAlarm],
    ['onto-touches-nothing', 'satisfied SATISFIED'],
    ['onto-touches-nothing', 'broken TRAIL_NOT_LOGGING', { statuses: { [TRAIL_ARN]: status({ isLogging: false }) } }],
    ['onto-changes-filter', 'broken FILTER_NARROWER'],
    ['onto-replaces-topic', 'satisfied SATISFIED'],
  ];
  for (const [name, expected, account] of cases) {
    it(`${name}${account === undefined ? '' : ` over ${Object.keys(account).join(', ')}`}: ${expected}`, async () => {
      expect(await verdictOnto(accountOf(planOf(name), account), planOf(name))).to.equal(expected);
    });
  }

  it('keeps another subscriber that the plan knows nothing of', async () => {
    const plan = planOf('onto-removes-subscriber');
    const part = accountOf(plan).parts.subscriptions?.[TOPIC_ARN];
    const known = part?.kind === 'present' ? (part.value ?? []) : [];
    const other = confirmed({ subscriptionArn: `${TOPIC_ARN}:00000000-1111-4222-8333-444444444444` });
    const both = accountOf(plan, {
      subscriptions: { [TOPIC_ARN]: [...known, other] },
    });
    expect(await verdictOnto(both, plan)).to.equal('satisfied SATISFIED');
  });

  it('takes the subscribers of a deleted topic away, and breaks what other alarms do with it', () => {
    const plan = planOf('onto-replaces-topic');
    const base = accountOf(plan);
    const file = recognizeFile(plan, { now: base.readAt, onto: base });
    if (file.kind !== 'declared') throw new Error('not a plan');
    const { parts } = layOnto(base, file.account).known;
    expect(parts.subscriptions?.[TOPIC_ARN]).to.deep.equal({ kind: 'present', value: null });
    expect(parts['topic-attributes']?.[TOPIC_ARN]).to.deep.equal({ kind: 'present', value: null });
  });

  it('does not know the subscribers of a topic that neither the plan nor the snapshot shows', async () => {
    const plan = planOf('onto-adds-alarm');
    const base = accountOf(plan, { ...noAlarm, subscriptions: {}, topics: {} });
    expect(await verdictOnto(base, plan.replaceAll('"no-op"', '"update"'))).to.equal('satisfied SATISFIED');
    const without = plan.replaceAll('aws_sns_topic_subscription', 'aws_sns_topic_other');
    expect(await verdictOnto(base, without)).to.equal('undecided UNREADABLE');
  });

  it('believes the later of plan and snapshot about what the plan leaves as it is', async () => {
    const plan = planOf('onto-touches-nothing');
    const earlier = accountOf(plan, noAlarm);
    expect(await verdictOnto(earlier, plan)).to.equal('satisfied SATISFIED');
    const readAt = '2999-01-01T00:00:00.000Z';
    const statuses = { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryTime: readAt }) };
    const later = accountOf(plan, { ...noAlarm, readAt, statuses });
    expect(await verdictOnto(later, plan)).to.equal('broken NO_ALARM');
  });

  it('forgets the history of an alarm that the plan changes, and keeps its state', () => {
    const data = JSON.parse(planOf('onto-touches-nothing')) as { readonly resource_changes: readonly Change[] };
    const changes = data.resource_changes.map((one) =>
      one.type === 'aws_cloudwatch_metric_alarm' ? { ...one, change: { ...one.change, actions: ['update'] } } : one,
    );
    const plan = JSON.stringify({ ...data, resource_changes: changes });
    const history = [{ timestamp: '2026-11-20T09:00:00.000Z', summary: `Failed to execute action ${TOPIC_ARN}` }];
    const base = accountOf(plan, { histories: { [`${ACCOUNT} ${REGION} mfa-alarm`]: history } });
    const file = recognizeFile(plan, { now: base.readAt, onto: base });
    if (file.kind !== 'declared') throw new Error('not a plan');
    const { known } = layOnto(base, file.account);
    const place = { accountId: ACCOUNT, region: REGION, alarmName: 'mfa-alarm' };
    expect(partOf<'alarm-history'>(known, alarmHistoryKey(place))).to.deep.equal({ kind: 'present', value: [] });
    const alarms = known.parts.alarms?.[`${ACCOUNT} ${REGION}`];
    expect(alarms?.kind === 'present' && alarms.value.map(({ stateValue }) => stateValue)).to.deep.equal(['OK']);
  });

  it('is refused over the snapshot of another account', async () => {
    const plan = planOf('onto-touches-nothing');
    const other = { ...accountOf(plan), accountId: OTHER_ACCOUNT };
    expect(await verdictOnto(other, plan)).to.equal(
      `the Terraform plan is for account ${ACCOUNT}, and \`--onto\` names a snapshot of account ${OTHER_ACCOUNT}`,
    );
  });
});

describe('a template that is laid over an account', () => {
  const alarmTemplate = (name: string) => `Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: ${name}
      Namespace: Security
      MetricName: MfaDeactivated
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      TreatMissingData: notBreaching
      AlarmActions: ['${TOPIC_ARN}']
`;
  const withoutAlarm = soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: [] } });

  it('keeps the rules of EventBridge that it does not touch', async () => {
    const base = snapshotOf(eventWorld());
    const routes = parametersOf({ acceptedRoutes: 'eventbridge' });
    const file = recognizeFile(alarmTemplate('another-alarm'), { now: base.readAt, onto: base });
    if (file.kind !== 'declared') throw new Error(file.kind);
    const { verdict } = await assess(ontoReader(base, file.account), routes);
    expect(codeOf(verdict)).to.equal('SATISFIED');
  });

  it('adds what the account lacks', async () => {
    expect(await verdictOnto(snapshotOf(withoutAlarm), alarmTemplate('mfa-alarm'))).to.equal('satisfied SATISFIED');
  });

  it('adds a filter to a log group whose filters the snapshot shows', async () => {
    const base = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [] } }));
    const template = `Resources:
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /aws/cloudtrail/main
      FilterPattern: '${filter().filterPattern}'
      MetricTransformations: [{ MetricName: MfaDeactivated, MetricNamespace: Security, MetricValue: '1' }]
`;
    expect(await verdictOnto(base, template)).to.equal('satisfied SATISFIED');
  });

  it('replaces the policy of a topic of the account', async () => {
    const refusing = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:*', Resource: '*' }],
    });
    const base = snapshotOf(soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: refusing }) } }));
    expect(await verdictOnto(base, alarmTemplate('another'))).to.equal('broken TOPIC_REFUSES_ALARM');
    const template = `Resources:
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: ['${TOPIC_ARN}']
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: cloudwatch.amazonaws.com }, Action: 'sns:Publish', Resource: '*' }]
`;
    expect(await verdictOnto(base, template, { kind: 'new' })).to.equal('satisfied SATISFIED');
  });

  it('sets the policy of a topic that a resource of its own has', async () => {
    const template = `Resources:
  Policy:
    Type: AWS::SNS::TopicInlinePolicy
    Properties:
      TopicArn: '${TOPIC_ARN}'
      PolicyDocument: { Statement: [{ Effect: Deny, Principal: '*', Action: 'sns:Publish', Resource: '*' }] }
`;
    expect(await verdictOnto(snapshotOf(soundWorld()), template, { kind: 'new' })).to.equal(
      'broken TOPIC_REFUSES_ALARM',
    );
  });

  for (const [what, resource] of [
    ['an alarm under a condition', 'Type: AWS::CloudWatch::Alarm, Condition: C, Properties: { AlarmName: mfa-alarm }'],
    [
      'a filter with a pattern of a parameter',
      'Type: AWS::Logs::MetricFilter, Properties: { LogGroupName: /aws/cloudtrail/main, FilterPattern: !Ref P, ' +
        'MetricTransformations: [{ MetricName: M, MetricNamespace: N, MetricValue: "1" }] }',
    ],
    [
      'the subscription of an endpoint that the topic has already',
      `Type: AWS::SNS::Subscription, Properties: { TopicArn: '${TOPIC_ARN}', Protocol: email, ` +
        'Endpoint: jane@example.com, FilterPolicy: { a: [b] } }',
    ],
  ] as const) {
    it(`may change what the account has: ${what}`, async () => {
      const template =
        'Parameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, x] }\n' +
        `Resources: { One: { ${resource} } }`;
      const subscriptions = { [TOPIC_ARN]: [confirmed({ protocol: 'email', endpoint: 'jane@example.com' })] };
      expect(await verdictOnto(snapshotOf(soundWorld({ subscriptions })), template)).to.match(/^undecided /);
    });
  }

  for (const resource of [
    'Type: AWS::Logs::Transformer, Properties: { LogGroupIdentifier: /aws/cloudtrail/main }',
    `Type: AWS::Logs::Transformer, Properties: { LogGroupIdentifier: '${LOG_GROUP_ARN}' }`,
    'Type: AWS::Logs::AccountPolicy, Properties: { PolicyType: TRANSFORMER_POLICY }',
  ]) {
    it(`may make the filters of the account blind: ${resource}`, async () => {
      const template = `Resources: { Transformer: { ${resource} } }`;
      const filters = { [LOG_GROUP_ARN]: [filter({ applyOnTransformedLogs: true })] };
      const base = snapshotOf(soundWorld({ filters }));
      expect(await verdictOnto(base, alarmTemplate('another'))).to.equal('satisfied SATISFIED');
      expect(await verdictOnto(base, template, { kind: 'new' })).to.equal('undecided FILTER_MAY_BE_BLIND');
    });
  }

  // The update of a stack deletes what its template does not declare any more, and the template does not say it.
  const updates: readonly (readonly [claim: string, base: Inventory, template: string])[] = [
    ['with an alarm that the account has', snapshotOf(soundWorld()), alarmTemplate('mfa-alarm')],
    [
      'with an alarm that CloudFormation named in the account',
      snapshotOf(
        soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmName: 'stack-Alarm-1ABCDEFGHIJKL' })] } }),
      ),
      alarmTemplate("''"),
    ],
  ];
  for (const [claim, base, template] of updates) {
    it(`is undecided where it updates a stack: ${claim}`, async () => {
      expect(await verdictOnto(base, template)).to.equal('undecided UNREADABLE');
    });
  }
});
