import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { ontoReader } from '../../../src/inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import type { StackBefore } from '../../../src/inventory/declared/settings.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  topicAttributes,
} from '../../support/worlds/world.ts';

interface Resource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: object | null;
    readonly after: object | null;
    readonly after_unknown: object;
  };
}

const plan = JSON.parse(readFileSync('test/inventory/declared/data/onto/onto-touches-nothing.plan.json', 'utf8')) as {
  readonly resource_changes: readonly Resource[];
  readonly configuration: { readonly root_module: { readonly resources: readonly object[] } };
};
const KEY_POLICY = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'kms:*', Resource: '*' }],
});
const SMS = { subscriptionArn: `${TOPIC_ARN}:00000000-1111-4222-8333-444444444444`, protocol: 'sms' };
const base = snapshotOf(
  soundWorld({
    subscriptions: { [TOPIC_ARN]: [confirmed(SMS)] },
    // A transformer would matter to it.
    filters: { [LOG_GROUP_ARN]: [filter({ applyOnTransformedLogs: true })] },
  }),
);

/** The sentence of the finding, too: a doubt has to name what is in doubt. */
async function judged(text: string, onto: Inventory, stack?: StackBefore): Promise<readonly [string, string]> {
  const settings = { now: '2026-11-20T10:00:00.000Z', onto, ...(stack === undefined ? {} : { stack }) };
  const file = recognizeFile(text, settings);
  if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
  const { verdict } = await assess(ontoReader(onto, file.account), parametersOf({}));
  const sentence = verdict.kind === 'satisfied' ? '' : verdict.chains[0].finding.sentence;
  return [`${verdict.kind} ${codeOf(verdict)}`, sentence];
}

/** The plan that touches nothing and one more resource; `references` are those of its attributes that are not known. */
function planWith(
  type: string,
  after: object | null,
  {
    actions = ['create'],
    before = null,
    references = {},
  }: {
    readonly actions?: readonly string[];
    readonly before?: object | null;
    readonly references?: Readonly<Record<string, readonly string[]>>;
  } = {},
): string {
  const unknowns = Object.fromEntries(Object.keys(references).map((name) => [name, true]));
  const address = `${type}.more`;
  const resource: Resource = {
    ...{ address, mode: 'managed', type, name: 'more' },
    change: { actions, before, after, after_unknown: unknowns },
  };
  const expressions = Object.fromEntries(
    Object.entries(references).map(([name, list]) => [name, { references: list }]),
  );
  const { root_module: root } = plan.configuration;
  const configured = { address, mode: 'managed', type, name: 'more', provider_config_key: 'aws', expressions };
  // Only the trail of the recorded plan: the rest of the chain is the account's own.
  const kept = plan.resource_changes.filter((one) => one.type === 'aws_cloudtrail');
  return JSON.stringify({
    ...plan,
    resource_changes: [...kept, resource],
    configuration: { ...plan.configuration, root_module: { ...root, resources: [...root.resources, configured] } },
  });
}

/** The plan with a data source that is read while it is applied, for a name that is not known before. */
function withData(text: string, type: string): string {
  const known = JSON.parse(text) as typeof plan;
  const found = { address: `data.${type}.found`, mode: 'data', type, name: 'found' };
  const change = { actions: ['read'], before: null, after: {}, after_unknown: { name: true, arn: true } };
  const { root_module: root } = known.configuration;
  const configured = {
    ...found,
    provider_config_key: 'aws',
    expressions: { name: { references: ['random_id.a.hex'] } },
  };
  return JSON.stringify({
    ...known,
    resource_changes: [...known.resource_changes, { ...found, change }],
    configuration: { ...known.configuration, root_module: { ...root, resources: [...root.resources, configured] } },
  });
}

const muteFor = (duration: string) => ({
  name: 'maintenance',
  rule: [{ schedule: [{ expression: 'cron(0 2 * * *)', duration }] }],
  mute_targets: [{ alarm_names: ['mfa-alarm'] }],
});
const random = (attribute: string) => ({ references: { [attribute]: ['random_id.suffix.hex', 'random_id.suffix'] } });

describe('a chain of the account is not certain to hold if a plan', () => {
  it('leaves everything else as it is: then it does', async () => {
    expect(await judged(planWith('aws_s3_bucket', { bucket: 'b' }), base)).to.deep.equal(['satisfied SATISFIED', '']);
  });

  const cases: readonly (readonly [claim: string, plan: string, expected: string, named: RegExp])[] = [
    [
      'makes an alarm whose name is not known',
      planWith('aws_cloudwatch_metric_alarm', { namespace: 'A', metric_name: 'B' }, random('alarm_name')),
      'undecided UNREADABLE',
      /aws_cloudwatch_metric_alarm\.more\.alarm_name/,
    ],
    [
      'makes a composite alarm whose name is not known',
      planWith('aws_cloudwatch_composite_alarm', { alarm_rule: 'FALSE' }, random('alarm_name')),
      'undecided UNREADABLE',
      /alarm_name/,
    ],
    [
      'makes a filter whose name is not known',
      planWith(
        'aws_cloudwatch_log_metric_filter',
        {
          log_group_name: '/aws/cloudtrail/main',
          pattern: 'x',
          metric_transformation: [{ name: 'M', namespace: 'N', value: '1' }],
        },
        random('name'),
      ),
      'undecided UNREADABLE',
      /metric_filter\.more\.name/,
    ],
    [
      'makes a filter whose log group is not known',
      planWith(
        'aws_cloudwatch_log_metric_filter',
        { name: 'main', pattern: 'x', metric_transformation: [{ name: 'M', namespace: 'N', value: '1' }] },
        random('log_group_name'),
      ),
      'undecided UNREADABLE',
      /random_id/,
    ],
    [
      'makes a filter under the name of the one that is there, with a pattern that is not known',
      planWith(
        'aws_cloudwatch_log_metric_filter',
        {
          name: 'mfa',
          log_group_name: '/aws/cloudtrail/main',
          metric_transformation: [{ name: 'M', namespace: 'N', value: '1' }],
        },
        random('pattern'),
      ),
      'undecided UNREADABLE',
      /pattern/,
    ],
    [
      'makes a filter in a log group that a data source will find',
      withData(
        planWith(
          'aws_cloudwatch_log_metric_filter',
          { name: 'mfa', pattern: 'x', metric_transformation: [{ name: 'M', namespace: 'N', value: '1' }] },
          { references: { log_group_name: ['data.aws_cloudwatch_log_group.found.name'] } },
        ),
        'aws_cloudwatch_log_group',
      ),
      'undecided UNREADABLE',
      /data\.aws_cloudwatch_log_group\.found\.name/,
    ],
    [
      'sets the policy of a topic that a data source will find',
      withData(
        planWith(
          'aws_sns_topic_policy',
          { policy: '{"Statement":[]}' },
          { references: { arn: ['data.aws_sns_topic.found.arn'] } },
        ),
        'aws_sns_topic',
      ),
      'undecided UNREADABLE',
      /data\.aws_sns_topic\.found\.name/,
    ],
    [
      'makes a topic whose name is not known',
      planWith('aws_sns_topic', { kms_master_key_id: 'alias/other' }, random('name')),
      'undecided UNREADABLE',
      /aws_sns_topic\.more\.name/,
    ],
    [
      'sets the policy of a topic that is not known',
      planWith('aws_sns_topic_policy', { policy: '{}' }, random('arn')),
      'undecided UNREADABLE',
      /random_id/,
    ],
    [
      'adds a transformer to a log group that is not known',
      planWith('aws_cloudwatch_log_transformer', {}, random('log_group_arn')),
      'undecided FILTER_MAY_BE_BLIND',
      /transform/,
    ],
    [
      'adds an account policy of a type that is not known',
      planWith('aws_cloudwatch_log_account_policy', {}, random('policy_type')),
      'undecided FILTER_MAY_BE_BLIND',
      /transform/,
    ],
    [
      'mutes the alarm for days',
      planWith('aws_cloudwatch_alarm_mute_rule', muteFor('P3D')),
      'broken ALARM_MUTED',
      /maintenance/,
    ],
    [
      'mutes alarms that are not known',
      planWith(
        'aws_cloudwatch_alarm_mute_rule',
        { ...muteFor('P3D'), mute_targets: undefined },
        random('mute_targets'),
      ),
      'undecided UNREADABLE',
      /mute/,
    ],
    [
      'subscribes an endpoint that may be there, with a filter policy',
      planWith('aws_sns_topic_subscription', {
        topic_arn: TOPIC_ARN,
        protocol: 'sms',
        endpoint: '+15550100',
        filter_policy: '{"a":["b"]}',
      }),
      'undecided UNREADABLE',
      /aws_sns_topic_subscription\.more/,
    ],
    [
      'makes a stack of CloudFormation',
      planWith('aws_cloudformation_stack', { name: 'inner' }),
      'undecided UNREADABLE',
      /aws_cloudformation_stack\.more/,
    ],
    [
      'deletes a stack of CloudFormation',
      planWith('aws_cloudformation_stack', null, { actions: ['delete'], before: { name: 'inner' } }),
      'undecided UNREADABLE',
      /aws_cloudformation_stack\.more/,
    ],
    [
      'changes topics with another provider',
      planWith('awscc_sns_topic_policy', { topics: [TOPIC_ARN] }),
      'undecided UNREADABLE',
      /awscc_sns_topic_policy\.more/,
    ],
    [
      'lets a data protection policy stop messages',
      planWith('aws_sns_topic_data_protection_policy', {
        arn: TOPIC_ARN,
        policy: '{"Statement":[{"Operation":{"Deny":{}}}]}',
      }),
      'undecided UNREADABLE',
      /data protection/,
    ],
  ];
  for (const [claim, text, expected, named] of cases) {
    it(`${claim}: ${expected}`, async () => {
      const [verdict, sentence] = await judged(text, base);
      expect(verdict).to.equal(expected);
      expect(sentence).to.match(named);
    });
  }

  const holds: readonly (readonly [claim: string, plan: string])[] = [
    [
      'leaves a stack of CloudFormation as it is',
      planWith('aws_cloudformation_stack', { name: 'inner' }, { actions: ['no-op'], before: { name: 'inner' } }),
    ],
    ['mutes the alarm for an hour', planWith('aws_cloudwatch_alarm_mute_rule', muteFor('PT1H'))],
    [
      'mutes another alarm',
      planWith('aws_cloudwatch_alarm_mute_rule', { ...muteFor('P3D'), mute_targets: [{ alarm_names: ['other'] }] }),
    ],
    [
      'makes an alarm whose name the provider chooses',
      planWith('aws_cloudwatch_metric_alarm', { namespace: 'A', metric_name: 'B', alarm_name: '' }),
    ],
    [
      'subscribes an endpoint that may be there, without a filter policy',
      planWith('aws_sns_topic_subscription', { topic_arn: TOPIC_ARN, protocol: 'sms', endpoint: '+15550100' }),
    ],
    [
      'lets a data protection policy mask messages',
      planWith('aws_sns_topic_data_protection_policy', {
        arn: TOPIC_ARN,
        policy: '{"Statement":[{"Operation":{"Deidentify":{}}}]}',
      }),
    ],
  ];
  for (const [claim, text] of holds) {
    it(`but it holds if a plan ${claim}`, async () => {
      expect((await judged(text, base))[0]).to.equal('satisfied SATISFIED');
    });
  }

  it('changes which key the alias of the topic is', async () => {
    const arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/one`;
    const topic = topicAttributes(TOPIC_ARN, { kmsMasterKeyId: 'alias/sns' });
    const key = { arn, keyManager: 'CUSTOMER', keyState: 'Enabled', policy: KEY_POLICY };
    const world = soundWorld({ topics: { [TOPIC_ARN]: topic }, keys: { [`${ACCOUNT} ${REGION} alias/sns`]: key } });
    const encrypted = snapshotOf(world);
    const to = (id: string) => planWith('aws_kms_alias', { name: 'alias/sns', target_key_id: id });
    expect((await judged(to(arn), encrypted))[0]).to.equal('satisfied SATISFIED');
    const [verdict, sentence] = await judged(to(`arn:aws:kms:${REGION}:${ACCOUNT}:key/two`), encrypted);
    expect(verdict).to.equal('undecided UNREADABLE');
    expect(sentence).to.contain('aws_kms_alias.more');
  });

  describe('deletes the key of a topic,', () => {
    const arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const deletion = (key: string) =>
      planWith('aws_kms_key', null, { actions: ['delete'], before: { arn: key, key_id: key.split('/')[1] } });
    const other = arn.replace('1234abcd', '5678abcd');
    // Snapshots of version 1 did not say the ARN of a key at first.
    const cases: readonly (readonly [claim: string, keyId: string, id: string, ofOther: string])[] = [
      ['which its ARN names in an older snapshot', arn, arn, 'satisfied SATISFIED'],
      [
        'which its id names',
        arn.split('/')[1] ?? '',
        `${ACCOUNT} ${REGION} ${arn.split('/')[1] ?? ''}`,
        'satisfied SATISFIED',
      ],
      ['which an alias names', 'alias/sns', `${ACCOUNT} ${REGION} alias/sns`, 'undecided UNREADABLE'],
    ];
    for (const [claim, kmsMasterKeyId, id, ofOther] of cases) {
      it(claim, async () => {
        const key = { keyManager: 'CUSTOMER', keyState: 'Enabled', policy: KEY_POLICY };
        const topics = { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId }) };
        const encrypted = snapshotOf(soundWorld({ topics, keys: { [id]: key } }));
        expect((await judged(planWith('aws_s3_bucket', { bucket: 'b' }), encrypted))[0]).to.equal(
          'satisfied SATISFIED',
        );
        const expected = kmsMasterKeyId.startsWith('alias/') ? 'undecided UNREADABLE' : 'broken TOPIC_KEY_OFF';
        expect((await judged(deletion(arn), encrypted))[0]).to.equal(expected);
        expect((await judged(deletion(other), encrypted))[0]).to.equal(ofOther);
      });
    }
  });

  it('changes an alarm whose mute rules the snapshot does not hold', async () => {
    const parts = Object.fromEntries(Object.entries(base.parts).filter(([kind]) => kind !== 'mute-rules'));
    const alarm = plan.resource_changes.find(({ type }) => type === 'aws_cloudwatch_metric_alarm');
    if (alarm === undefined) throw new Error('no alarm');
    const changed = { ...alarm, change: { ...alarm.change, actions: ['update'] } };
    const text = JSON.stringify({ ...plan, resource_changes: [changed] });
    expect((await judged(text, base))[0]).to.equal('satisfied SATISFIED');
    expect((await judged(text, { ...base, parts }))[0]).to.equal('undecided UNREADABLE');
  });
});

describe('a chain of the account is not certain to hold if a template', () => {
  /** A template that makes an alarm, which the account lacks, and one more resource. */
  const withResource = (resource: string, more = '') =>
    `${more}\nParameters: { P: { Type: String } }\nResources:\n  New: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: new } }\n  More: { ${resource} }\n`;

  it('leaves everything else as it is: then it does, as for a new stack', async () => {
    const template = withResource('Type: AWS::S3::Bucket');
    expect((await judged(template, base))[0]).to.equal('satisfied SATISFIED');
    expect((await judged(template, base, { kind: 'new' }))[0]).to.equal('satisfied SATISFIED');
  });

  const cases: readonly (readonly [claim: string, template: string, named: RegExp])[] = [
    [
      'has a nested stack',
      withResource('Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://x.example/t }'),
      /More \(AWS::CloudFormation::Stack\)/,
    ],
    [
      'has a product of the service catalog',
      withResource('Type: AWS::ServiceCatalog::CloudFormationProvisionedProduct'),
      /More/,
    ],
    ['has a module', withResource('Type: My::Alerts::Topic::MODULE'), /More/],
    ['has a macro', withResource('Type: AWS::S3::Bucket', 'Transform: [MyMacro]'), /MyMacro/],
    [
      'has a resource that a macro writes',
      withResource(
        'Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: x, "Fn::Transform": { Name: AWS::Include } }',
      ),
      /Fn::Transform/,
    ],
    [
      'has an alarm whose name is a parameter',
      withResource('Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: !Ref P }'),
      /parameter P/,
    ],
    [
      'has a log alarm whose name is a parameter',
      withResource('Type: AWS::CloudWatch::LogAlarm, Properties: { AlarmName: !Ref P }'),
      /parameter P/,
    ],
    [
      'has a filter whose name is a parameter',
      withResource(
        'Type: AWS::Logs::MetricFilter, Properties: { FilterName: !Ref P, LogGroupName: /aws/cloudtrail/main, FilterPattern: x, MetricTransformations: [{ MetricName: M, MetricNamespace: N, MetricValue: "1" }] }',
      ),
      /parameter P/,
    ],
    [
      'has a topic whose name is a parameter',
      withResource('Type: AWS::SNS::Topic, Properties: { TopicName: !Ref P, KmsMasterKeyId: alias/other }'),
      /parameter P/,
    ],
    [
      'has the policy of a topic that is a parameter',
      withResource('Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref P], PolicyDocument: {} }'),
      /parameter P/,
    ],
    [
      'has a transformer for a log group that is a parameter',
      withResource('Type: AWS::Logs::Transformer, Properties: { LogGroupIdentifier: !Ref P }'),
      /transform/,
    ],
    [
      'mutes alarms that are a parameter',
      withResource(
        'Type: AWS::CloudWatch::AlarmMuteRule, Properties: { Name: m, Rule: { Schedule: { Expression: "cron(0 2 * * *)", Duration: P3D } }, MuteTargets: { AlarmNames: [!Ref P] } }',
      ),
      /parameter P/,
    ],
    [
      'has a connector of SAM',
      withResource('Type: AWS::Serverless::Connector, Properties: {}', 'Transform: AWS::Serverless-2016-10-31'),
      /connector More/,
    ],
    [
      'has a custom resource for the topic',
      withResource(`Type: Custom::Topic, Properties: { ServiceToken: x, TopicArn: '${TOPIC_ARN}' }`),
      /More \(Custom::Topic\)/,
    ],
    [
      'has a custom resource for the alarm',
      withResource('Type: AWS::CloudFormation::CustomResource, Properties: { ServiceToken: x, Alarm: mfa-alarm }'),
      /More/,
    ],
  ];
  for (const [claim, template, named] of cases) {
    it(`${claim}, also in a new stack`, async () => {
      for (const stack of [undefined, { kind: 'new' }] as const) {
        const [verdict, sentence] = await judged(template, base, stack);
        expect(verdict).to.match(/^undecided /);
        if (stack !== undefined) expect(sentence).to.match(named);
      }
    });
  }

  it('has a log alarm of its own: then it does', async () => {
    const query =
      'QueryString: fields @message, LogGroupIdentifiers: [other], ScheduleConfiguration: { ScheduleExpression: rate(5 minutes) }';
    const settings = `AlarmName: log, QueryResultsToEvaluate: 1, QueryResultsToAlarm: 1, Threshold: 0, ComparisonOperator: GreaterThanThreshold`;
    const template = withResource(
      `Type: AWS::CloudWatch::LogAlarm, Properties: { ${settings}, ScheduledQueryConfiguration: { ${query} } }`,
    );
    expect((await judged(template, base, { kind: 'new' }))[0]).to.equal('satisfied SATISFIED');
  });

  it('mutes the alarm for days, which is certain', async () => {
    const muted = withResource(
      'Type: AWS::CloudWatch::AlarmMuteRule, Properties: { Name: m, Rule: { Schedule: { Expression: "cron(0 2 * * *)", Duration: P3D } }, MuteTargets: { AlarmNames: [mfa-alarm] } }',
    );
    expect((await judged(muted, base))[0]).to.equal('broken ALARM_MUTED');
  });

  it('may be an update that deletes what it has', async () => {
    const onlyBucket = 'Resources: { Bucket: { Type: AWS::S3::Bucket } }';
    const [verdict, sentence] = await judged(onlyBucket, base);
    expect(verdict).to.equal('undecided UNREADABLE');
    expect(sentence).to.contain('--previous-template').and.to.contain('--new-stack');
    expect((await judged(onlyBucket, base, { kind: 'new' }))[0]).to.equal('satisfied SATISFIED');
  });
});

describe('a template that is laid over an account with the template that is deployed', () => {
  const stack = (resources: string) => `Resources:\n${resources}`;
  const deployed = (resources: string): StackBefore => ({
    kind: 'deployed',
    files: [{ file: 'before.yaml', text: stack(resources) }],
  });
  const bucket = '  Bucket: { Type: AWS::S3::Bucket }\n';
  const filterAs = (more = '', pattern = '{ $.eventName = "DeactivateMFADevice" }') =>
    `  Filter: { Type: AWS::Logs::MetricFilter, ${more} Properties: { FilterName: mfa, LogGroupName: /aws/cloudtrail/main, FilterPattern: '${pattern}', MetricTransformations: [{ MetricName: MfaDeactivated, MetricNamespace: Security, MetricValue: '1' }] } }\n`;
  const subscription = (id: string, endpoint: string) =>
    `  ${id}: { Type: AWS::SNS::Subscription, Properties: { TopicArn: '${TOPIC_ARN}', Protocol: sms, Endpoint: '${endpoint}' } }\n`;
  const topic = (name: string, more = '') =>
    `  Topic: { Type: AWS::SNS::Topic, ${more} Properties: { TopicName: ${name} } }\n`;
  const groupOfUnknownName =
    "  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: '{{resolve:ssm:group:1}}' } }\n";
  const one = subscription('One', '+15550100');
  const two = subscription('Two', '+15550101');

  const cases: readonly (readonly [claim: string, before: string, after: string, expected: string])[] = [
    ['changes nothing', filterAs() + one, filterAs() + one, 'satisfied SATISFIED'],
    [
      'changes the filter of a log group whose name it does not say',
      groupOfUnknownName + filterAs().replace('/aws/cloudtrail/main', '!Ref Group'),
      groupOfUnknownName + filterAs('', 'x').replace('/aws/cloudtrail/main', '!Ref Group'),
      'undecided UNREADABLE',
    ],
    ['deletes what it has no more', filterAs() + bucket, bucket, 'broken NO_METRIC_FILTER'],
    ['keeps what it retains', filterAs('DeletionPolicy: Retain,') + bucket, bucket, 'satisfied SATISFIED'],
    [
      'keeps what it retains except on creation',
      filterAs('DeletionPolicy: RetainExceptOnCreate,') + bucket,
      bucket,
      'satisfied SATISFIED',
    ],
    [
      'deletes what only a replacement retains',
      filterAs('UpdateReplacePolicy: Retain,') + bucket,
      bucket,
      'broken NO_METRIC_FILTER',
    ],
    ['changes a filter', filterAs(), filterAs('', '{ $.eventName = "Other" }'), 'broken FILTER_UNRELATED'],
    ['deletes the only subscriber', one + bucket, bucket, 'broken NO_SUBSCRIBER'],
    ['deletes one of two subscribers, and the account shows one', one + two, two, 'satisfied SATISFIED'],
    ['gives a topic another name', topic('security-alerts'), topic('other'), 'broken TOPIC_GONE'],
    [
      'gives a topic another name and retains the old one',
      topic('security-alerts', 'UpdateReplacePolicy: Retain,'),
      topic('other', 'UpdateReplacePolicy: Retain,'),
      'satisfied SATISFIED',
    ],
    [
      'gives a topic another name, and retains the old one in one of the two only',
      topic('security-alerts'),
      topic('other', 'UpdateReplacePolicy: Retain,'),
      'undecided UNREADABLE',
    ],
    [
      'gives a topic a name that is not known, which may be the one that it has',
      topic('security-alerts'),
      topic("'{{resolve:ssm:topic:1}}'"),
      'undecided UNREADABLE',
    ],
    [
      'gives a log group a name that is not known, which may be the one that it has',
      groupOfUnknownName.replace("'{{resolve:ssm:group:1}}'", '/aws/cloudtrail/main'),
      groupOfUnknownName,
      'undecided UNREADABLE',
    ],
    [
      'deletes what a function may retain',
      filterAs('DeletionPolicy: !FindInMap [Policies, a, b],') + bucket,
      bucket,
      'undecided UNREADABLE',
    ],
    [
      'moves a filter to another logical id, whose deletion comes last',
      filterAs(),
      filterAs().replace('Filter:', 'Moved:'),
      'undecided UNREADABLE',
    ],
    [
      'has a nested stack before, which it has no more',
      '  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x } }\n',
      bucket,
      'undecided UNREADABLE',
    ],
    [
      'changes a key that may be that of the topic',
      '  Key: { Type: AWS::KMS::Key, Properties: { Enabled: true } }\n',
      '  Key: { Type: AWS::KMS::Key, Properties: { Enabled: false } }\n',
      'satisfied SATISFIED',
    ],
  ];
  for (const [claim, before, after, expected] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect((await judged(stack(after), base, deployed(before)))[0]).to.equal(expected);
    });
  }

  it('knows things by the names that CloudFormation chose', async () => {
    const unnamed = filterAs().replace('FilterName: mfa, ', '');
    const named = snapshotOf(
      soundWorld({
        filters: { [LOG_GROUP_ARN]: [{ ...filter(), filterName: 'alerts-Filter-1ABCDEFGHIJKL' }] },
      }),
    );
    expect((await judged(stack(bucket), named, deployed(unnamed + bucket)))[0]).to.equal('broken NO_METRIC_FILTER');
    expect((await judged(stack(unnamed), named, deployed(unnamed)))[0]).to.equal('satisfied SATISFIED');
  });

  it('finds the name of the stack in the names that CloudFormation chose, and deletes what is named after it', async () => {
    const [before, after] = [filterAs().replace('mfa,', '!Sub "${AWS::StackName}-mfa",') + topic(''), topic('')];
    const withTopic = (...names: readonly string[]) =>
      snapshotOf(
        soundWorld({
          filters: { [LOG_GROUP_ARN]: [filter({ filterName: 'prod-mfa' })] },
          topics: Object.fromEntries([
            [TOPIC_ARN, topicAttributes()],
            ...names.map((name) => [TOPIC_ARN.replace('security-alerts', name), topicAttributes()] as const),
          ]),
        }),
      );
    const [verdict, sentence] = await judged(stack(after), withTopic(), deployed(before));
    expect(verdict).to.equal('undecided UNREADABLE');
    expect(sentence).to.contain('--new-stack');
    const known = withTopic('prod-Topic-1ABCDEFGHIJKL');
    expect((await judged(stack(after), known, deployed(before)))[0]).to.equal('broken NO_METRIC_FILTER');
    const several = withTopic('prod-Topic-1ABCDEFGHIJKL', 'test-Topic-1ABCDEFGHIJKL');
    expect((await judged(stack(after), several, deployed(before)))[0]).to.equal('undecided UNREADABLE');
  });

  it('does not know whether a parameter gets its new default or keeps its value', async () => {
    const withDefault = (pattern: string) =>
      `Parameters: { Pattern: { Type: String, Default: '${pattern}' } }\n${stack(filterAs('', 'x').replace("'x'", '!Ref Pattern'))}`;
    const right = '{ $.eventName = "DeactivateMFADevice" }';
    const before = (pattern: string): StackBefore => ({
      kind: 'deployed',
      files: [{ file: 'before.yaml', text: withDefault(pattern) }],
    });
    expect((await judged(withDefault(right), base, before(right)))[0]).to.equal('satisfied SATISFIED');
    expect((await judged(withDefault(right), base, before('{ $.a = 1 }')))[0]).to.equal('undecided UNREADABLE');
  });

  it('keeps what a parameter retains', async () => {
    const withPolicy = (policy: string) =>
      `Parameters: { Policy: { Type: String, Default: ${policy} } }\n${stack(filterAs('DeletionPolicy: !Ref Policy,') + bucket)}`;
    const before = (policy: string): StackBefore => ({
      kind: 'deployed',
      files: [{ file: 'before.yaml', text: withPolicy(policy) }],
    });
    expect((await judged(stack(bucket), base, before('Retain')))[0]).to.equal('satisfied SATISFIED');
    expect((await judged(stack(bucket), base, before('Delete')))[0]).to.equal('broken NO_METRIC_FILTER');
  });

  it('does not know which subscriber of several it deletes', async () => {
    const two = ['1', '2'].map((id) => confirmed({ ...SMS, subscriptionArn: `${TOPIC_ARN}:${id}` }));
    const several = snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: two } }));
    expect((await judged(stack(bucket), several, deployed(one + bucket)))[0]).to.equal('undecided UNREADABLE');
  });

  it('reads the deployed one as the AWS CLI answers it', async () => {
    for (const body of [stack(filterAs() + bucket), { Resources: {} }]) {
      const before: StackBefore = {
        kind: 'deployed',
        files: [{ file: 'x', text: JSON.stringify({ TemplateBody: body }) }],
      };
      const expected = typeof body === 'string' ? 'broken NO_METRIC_FILTER' : 'satisfied SATISFIED';
      expect((await judged(stack(bucket), base, before))[0]).to.equal(expected);
    }
  });

  it('says of which template something is wrong', () => {
    const wrong: StackBefore = { kind: 'deployed', files: [{ file: 'before.yaml', text: 'Resources: []' }] };
    const file = recognizeFile(stack(bucket), { now: base.readAt, onto: base, stack: wrong });
    expect(file)
      .to.have.property('problem')
      .that.matches(/^before\.yaml: /);
  });
});
