import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect } from 'chai';

import { remediationStatements } from '../../deploy/generate/remediation/role.ts';
import type { ReasonCode } from '../../src/chain/reasons.ts';
import { reasonsByLink } from '../../src/chain/reasons.ts';
import { catalog } from '../../src/controls/catalog.ts';
import type { Automation, AutomationRun } from './emulator/automation.ts';
import { startAutomation } from './emulator/automation.ts';
import type { MotoWorld } from './build-account.ts';
import { faults } from './faulty-accounts.ts';
import type { Moto } from './emulator/moto.ts';
import { MOTO_ACCOUNT, describeOnMoto, startMoto } from './emulator/moto.ts';
import type { Account } from './remediated-account.ts';
import { buildAccount } from './remediated-account.ts';

const isWhole = process.env['EVERY_REASON'] !== undefined;
const region = 'eu-west-1';
const topicArn = (name: string) => `arn:aws:sns:${region}:${MOTO_ACCOUNT}:${name}`;
const written = ({ calls }: AutomationRun) =>
  calls.filter(([, operation]) => !/^(Describe|Get|List)/.test(operation)).map(([, operation]) => operation);

/** The statement of the role that allows a call, by its action and by the resource that the call names. */
function isAllowed([service, operation, input]: AutomationRun['calls'][number]): boolean {
  const prefix = { logs: 'logs', sns: 'sns', cloudwatch: 'cloudwatch', cloudtrail: 'cloudtrail' }[service] ?? '';
  const arn = (resource: string) => `arn:aws:${prefix}:${region}:${MOTO_ACCOUNT}:${resource}`;
  const text = (name: string): string => {
    const value = input[name];
    return typeof value === 'string' ? value : '*';
  };
  const resources: Readonly<Record<string, string>> = {
    GetTrailStatus: text('Name'),
    GetEventSelectors: text('TrailName'),
    DescribeLogGroups: arn('log-group:*'),
    DescribeMetricFilters: arn(`log-group:${text('logGroupName')}`),
    PutMetricFilter: arn(`log-group:${text('logGroupName')}`),
    GetTopicAttributes: text('TopicArn'),
    ListSubscriptionsByTopic: text('TopicArn'),
    CreateTopic: arn(text('Name')),
    PutMetricAlarm: arn(`alarm:${text('AlarmName')}`),
  };
  return remediationStatements.some(({ Action, Resource }) => {
    const stated = typeof Resource === 'string' ? Resource : (Resource as { 'Fn::Sub': string })['Fn::Sub'];
    const pattern = stated
      .replaceAll('${AWS::Partition}', 'aws')
      .replaceAll('${AWS::Region}', region)
      .replaceAll('${AWS::AccountId}', MOTO_ACCOUNT)
      .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    const resource = resources[operation] ?? '*';
    return Action.includes(`${prefix}:${operation}`) && new RegExp(`^${pattern}$`).test(resource);
  });
}

describeOnMoto('the remediation document, run step by step against moto', function () {
  this.timeout(120_000);
  let moto: Moto | undefined;
  let automation: Automation | undefined;
  const environment = { ...process.env };
  before(async () => {
    moto = await startMoto();
    automation = startAutomation(moto.url);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
  });
  after(async () => {
    process.env = environment;
    await automation?.stop();
    await moto?.stop();
  });

  const clients = () => {
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const settings = { endpoint: moto!.url, region, credentials, maxAttempts: 1 };
    return {
      sns: new SNSClient(settings),
      logs: new CloudWatchLogsClient(settings),
      cloudWatch: new CloudWatchClient(settings),
    };
  };
  const build = (change: Partial<MotoWorld>, raw: Readonly<Record<string, string>> = {}): Promise<Account> =>
    buildAccount({ moto: moto!, cli: undefined as never, terraform: undefined }, { change, raw, options: [] });
  const run = async (parameters: Readonly<Record<string, string>> = {}): Promise<AutomationRun> => {
    const ran = await automation!.run(region, parameters);
    expect(
      ran.calls.filter((call) => !isAllowed(call)),
      'calls that the role does not allow',
    ).to.deep.equal([]);
    return ran;
  };
  const runWell = async (parameters: Readonly<Record<string, string>> = {}): Promise<AutomationRun> => {
    const ran = await run(parameters);
    expect([ran.status, ran.failure]).to.deep.equal(['Success', '']);
    return ran;
  };
  /** What a person does after the run. */
  const subscribe = ({ outputs }: AutomationRun) =>
    clients().sns.send(
      new SubscribeCommand({
        TopicArn: outputs['Plan.TopicArn'],
        Protocol: 'https',
        Endpoint: 'https://example.com/person',
      }),
    );
  /** Everything that was there is there and as it was. */
  const expectKept = async (account: Account, before: Awaited<ReturnType<Account['contents']>>) => {
    const items = (data: unknown): readonly string[] => {
      if (Array.isArray(data)) return data.flatMap((item) => [JSON.stringify(item)]);
      if (typeof data !== 'object' || data === null) return [];
      return Object.entries(data).flatMap(([key, value]) =>
        Array.isArray((value as { value?: unknown }).value)
          ? items((value as { value: unknown }).value).map((item) => `${key} ${item}`)
          : [`${key} ${JSON.stringify(value)}`],
      );
    };
    const after = await account.contents();
    for (const part of ['filters', 'alarms', 'topics', 'subscriptions', 'trails'] as const) {
      expect(items(after[part])).to.include.members([...items(before[part])]);
    }
    return after;
  };
  /** Runs it until a chain holds, and once more. */
  const expectFixed = async (account: Account, parameters: Readonly<Record<string, string>> = {}) => {
    const before = await account.contents();
    const first = await runWell(parameters);
    const between = await expectKept(account, before);
    expect(written(first)).not.to.be.empty;
    const second = await runWell(parameters);
    expect(written(second)).to.deep.equal([]);
    expect(second.outputs['Plan.Added']).to.equal('nothing');
    expect(await account.contents()).to.deep.equal(between);
    await subscribe(second);
    expect(await account.judge()).to.equal('SATISFIED');
    return first;
  };

  /** Reasons that the document claims to fix: what is wrong with filters, alarms and topics, but not with event rules. */
  const isOfRules = (code: string) =>
    faults[code as ReasonCode]?.raw?.['acceptedRoutes']?.includes('eventbridge') === true;
  const claimed = Object.keys(faults).filter(
    (code) =>
      !isOfRules(code) &&
      [reasonsByLink['metric filter'], reasonsByLink.alarm, reasonsByLink.topic].some((reasons) => code in reasons),
  ) as readonly ReasonCode[];
  const quick: readonly ReasonCode[] = ['NO_METRIC_FILTER', 'FILTER_BROADER', 'NO_ALARM', 'TOPIC_REFUSES_ALARM'];
  for (const code of isWhole ? claimed : quick) {
    it(`fixes ${code}, once a person is subscribed, and adds nothing the second time`, async () => {
      const fault = faults[code]!;
      const account = await build(fault.change, fault.raw);
      expect(await account.judge()).to.equal(code);
      await expectFixed(account, fault.raw?.['controlId'] ? { ControlId: fault.raw['controlId'] } : {});
    });
  }

  for (const controlId of isWhole ? catalog.map(({ id }) => id) : ['CloudWatch.2', 'CloudWatch.4']) {
    it(`satisfies ${controlId} in an account that has nothing for it`, async () => {
      const account = await build({ filters: [], alarms: [] }, { controlId });
      const first = await expectFixed(account, { ControlId: controlId });
      expect(written(first)).to.deep.equal(['PutMetricFilter', 'CreateTopic', 'PutMetricAlarm']);
    });
  }

  const refused: readonly (readonly [code: ReasonCode, words: string])[] = [
    ['LOG_GROUP_GONE', 'which does not exist: create it'],
    ['LOG_GROUP_NOT_SET', 'sends its events to no log group'],
    ['TRAIL_NOT_LOGGING', 'is not logging'],
    ['TRAIL_WITHOUT_EVENTS', 'by its event selectors'],
    ['TRAIL_DROPS_EVENTS', 'by its event selectors'],
    ['TRAIL_SELECTORS_UNCERTAIN', 'by its event selectors'],
    ['TRAIL_WITHOUT_GLOBAL_EVENTS', 'does not record all regions'],
  ];
  for (const [code, words] of refused) {
    it(`adds nothing for ${code}, and says who must act`, async () => {
      const account = await build({
        ...faults[code]!.change,
        ...(code === 'TRAIL_NOT_LOGGING' ? { filters: [] } : {}),
      });
      const before = await account.contents();
      const ran = await run();
      expect(ran.status).to.equal('Failed');
      expect(ran.failure).to.contain('Nothing was added').and.to.contain(words);
      expect(written(ran)).to.deep.equal([]);
      expect(await account.contents()).to.deep.equal(before);
    });
  }

  for (const code of ['NO_SUBSCRIBER', 'SUBSCRIBER_NOT_CONFIRMED'] as const) {
    it(`leaves ${code} to a person, and subscribes nobody`, async () => {
      const account = await build(faults[code]!.change);
      const before = await account.contents();
      const ran = await runWell();
      expect(written(ran)).to.deep.equal([]);
      expect(await account.contents()).to.deep.equal(before);
      const steps = (ran.outputs['Report.NextSteps'] ?? []).join('\n');
      expect(steps).to.contain('Added: nothing.').and.to.contain(topicArn('security-alerts'));
      expect(steps).to.contain(code === 'NO_SUBSCRIBER' ? 'aws sns subscribe' : 'did not yet');
      expect(steps).to.contain('aws cloudwatch set-alarm-state --alarm-name alarm-0');
    });
  }

  it('adds nothing where a chain holds', async () => {
    await build({});
    expect(written(await runWell())).to.deep.equal([]);
  });

  it('says after adding that somebody must subscribe, test and look again', async () => {
    await build({ filters: [], alarms: [] });
    const { outputs, steps } = await runWell();
    expect(outputs['Report.NextSteps']).to.deep.equal([
      'Added: alarm, filter, topic.',
      `Subscribe a person, who must confirm: aws sns subscribe --topic-arn ${topicArn('cloudtrail-alarms')} --protocol email --notification-endpoint ADDRESS --region ${region}`,
      `Send a test notification: aws cloudwatch set-alarm-state --alarm-name cloudtrail-alarm-mfa-deactivation --state-value ALARM --state-reason Test --region ${region}`,
      'Then let AWS Config evaluate the rule again. The annotation names what is still missing.',
    ]);
    expect(steps.at(-1)).to.equal('Report');
  });

  it('adds the alarm to a filter that fits, rather than a second filter', async () => {
    const account = await build({ alarms: [] });
    const ran = await expectFixed(account);
    expect(written(ran)).to.deep.equal(['CreateTopic', 'PutMetricAlarm']);
  });

  it('notifies the topic that is chosen', async () => {
    const account = await build({ filters: [], alarms: [], otherTopics: ['chosen'] });
    const ran = await expectFixed(account, { TopicArn: topicArn('chosen') });
    expect(written(ran)).to.deep.equal(['PutMetricFilter', 'PutMetricAlarm']);
    expect(ran.outputs['Plan.TopicArn']).to.equal(topicArn('chosen'));
  });

  const unfit: readonly (readonly [what: string, change: Partial<MotoWorld>, arn: string, words: string])[] = [
    ['does not exist', {}, topicArn('nowhere'), 'does not exist'],
    ['is in another region', {}, topicArn('chosen').replace(region, 'us-east-1'), 'in another region'],
    ['refuses CloudWatch', faults.TOPIC_REFUSES_ALARM!.change, topicArn('security-alerts'), 'not known to let'],
    ['is encrypted', faults.TOPIC_KEY_UNUSABLE!.change, topicArn('security-alerts'), 'is encrypted'],
  ];
  for (const [what, change, arn, words] of unfit) {
    it(`refuses a chosen topic that ${what}, and adds nothing`, async () => {
      await build({ ...change, filters: [] });
      const ran = await run({ TopicArn: arn });
      expect(ran.status).to.equal('Failed');
      expect(ran.failure).to.contain(words);
      expect(written(ran)).to.deep.equal([]);
    });
  }

  it('never replaces a topic policy: a topic of its own name that refuses CloudWatch stays, and another is created', async () => {
    const account = await build({ filters: [], alarms: [] });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topicArn('cloudtrail-alarms'),
        },
      ],
    });
    await clients().sns.send(new CreateTopicCommand({ Name: 'cloudtrail-alarms', Attributes: { Policy } }));
    const ran = await expectFixed(account);
    expect(ran.outputs['Plan.TopicArn']).to.equal(topicArn('cloudtrail-alarms-2'));
  });

  it('never replaces a filter or an alarm that has its name', async () => {
    const account = await build({ filters: [], alarms: [] });
    const { logs, cloudWatch } = clients();
    const taken = 'cloudtrail-alarm-mfa-deactivation';
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: '/aws/cloudtrail/main',
        filterName: taken,
        filterPattern: '{ $.eventName = ConsoleLogin }',
        metricTransformations: [{ metricName: 'SignIns', metricNamespace: 'Security', metricValue: '1' }],
      }),
    );
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        ...{ AlarmName: taken, Namespace: 'Security', MetricName: 'SignIns', Statistic: 'Sum', Period: 60 },
        ...{ EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' },
      }),
    );
    const ran = await expectFixed(account);
    expect(ran.outputs['Plan.AlarmName']).to.equal(`${taken}-2`);
  });

  it('adds a filter with a metric of its own where the metric of a fitting filter has another publisher', async () => {
    const pattern = '{($.eventName=DeactivateMFADevice)}';
    const account = await build({ filters: [{ pattern }, { pattern: '{ $.eventName = ConsoleLogin }' }] });
    await expectFixed(account);
  });

  it('works on a trail of its own account and home region only', async () => {
    await build({ filters: [] });
    const ran = await automation!.run('us-east-1', {});
    expect(ran.status).to.equal('Failed');
    expect(ran.failure).to.contain('has its home region in eu-west-1: run the remediation there');
    expect(written(ran)).to.deep.equal([]);
  });

  it('refuses a control that it does not know', async () => {
    const { status, failure } = await automation!.run(region, { ControlId: 'CloudWatch.15' });
    expect([status, failure]).to.deep.equal(['Invalid', 'ValueError: parameter ControlId may not be CloudWatch.15']);
  });
});
