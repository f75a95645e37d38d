import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import fc from 'fast-check';

import { catalog } from '../../src/controls/catalog.ts';
import { compareTexts, parse } from '../../src/filter-pattern/index.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { parseSnapshot } from '../../src/inventory/snapshot-reader.ts';
import { assess } from '../../src/assessment/assess.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { redact as redacted } from '../../src/redaction/redact.ts';
import { evaluationsOf } from '../../src/report/evaluations.ts';
import { arbitraryInventory, arbitraryRaw } from '../support/worlds/arbitrary-world.ts';
import { faults } from '../support/worlds/faulty-accounts.ts';
import { parametersOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import { outlineOf } from './outline-of.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  PATTERN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  alarmArn,
  compositeAlarm,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
  withAlarms,
} from '../support/worlds/world.ts';

/** The account under other names. */
const redact = (inventory: Inventory): Inventory => redacted(inventory).copy;

const shown = (inventory: Inventory): string => JSON.stringify(redact(inventory));

describe('an account under other names', () => {
  for (const [code, { fault, raw }] of Object.entries(faults)) {
    it(`still has the fault ${code}`, () => {
      const inventory = snapshotOf(fault);
      expect(outlineOf(verdictOn(redact(inventory), raw))).to.deep.equal(outlineOf(verdictOn(inventory, raw)));
    });
  }

  it('has the same verdict, chain by chain and evaluation by evaluation, and shows no name that it had', async () => {
    const names =
      /111122223333|999900001111|cloudtrail\/main|central|security-alerts|trail\/(main|second|organization)|MfaDeactivated|CISBenchmark|any-security-alarm|nightly/;
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const { control, options } = parametersOf(raw);
        const judged = async (one: Inventory) => {
          const { verdict } = await assess(snapshotReader(one), { control, options });
          const { accountId, region } = one;
          const rows = evaluationsOf(verdict, { accountId, region, options });
          return { ...outlineOf(verdict), rows: rows.map(({ complianceType }) => complianceType) };
        };
        const copy = redact(inventory);
        expect(await judged(copy)).to.deep.equal(await judged(inventory));
        expect(JSON.stringify(copy)).not.to.match(names);
      }),
      { numRuns: 200 },
    );
  });

  it('is one that can be read as a snapshot, and stays as it is when it is done again', () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const copy = redact(inventory);
        expect(parseSnapshot(JSON.stringify({ formatVersion: 1, ...copy }))).to.deep.equal(copy);
        expect(redact(copy)).to.deep.equal(copy);
      }),
      { numRuns: 100 },
    );
  });

  it('shows nothing of what is a name in any of its parts', () => {
    const text = shown(snapshotOf(secretive));
    expect(text).not.to.match(/hush|4444/i);
    // What is judged stays.
    for (const kept of ['DeactivateMFADevice', 'eu-west-1', 'PT4H', 'alias/aws/sns', 'cloudwatch.amazonaws.com']) {
      expect(text).to.contain(kept);
    }
  });

  it('keeps one name for one thing, wherever it is', () => {
    const copy = redact(snapshotOf(secretive));
    const trails = copy.parts.trails?.['account'];
    const [own] = trails?.kind === 'present' ? trails.value : [];
    expect(own?.trailArn).to.equal(`arn:aws:cloudtrail:${REGION}:${copy.accountId}:trail/${own?.name ?? ''}`);
    expect(Object.keys(copy.parts['metric-filters'] ?? {})).to.contain(own?.cloudWatchLogsLogGroupArn);
    const alarms = copy.parts.alarms?.[`${copy.accountId} ${REGION}`];
    const [first] = alarms?.kind === 'present' ? alarms.value : [];
    expect(Object.keys(copy.parts.subscriptions ?? {})).to.contain(first?.alarmActions[0]);
    expect(Object.keys(copy.parts['mute-rules'] ?? {})).to.contain(
      `${copy.accountId} ${REGION} ${first?.alarmName ?? ''}`,
    );
  });
});

const secretAccount = '444455556666';
const hush = (text: string): string => text.replace(ACCOUNT, secretAccount);
const secretTopic = hush(TOPIC_ARN).replace('security-alerts', 'hush-topic');
const secretAlarm = hush(alarmArn('Hush alarm'));

/** An account that has a name to hide wherever AWS lets one be given. */
const secretive: World = {
  ...soundWorld(),
  accountId: secretAccount,
  trails: [
    trail({
      name: 'hush-trail',
      trailArn: hush(TRAIL_ARN).replace('main', 'hush-trail'),
      cloudWatchLogsLogGroupArn: hush(LOG_GROUP_ARN).replace('main', 'hush-group'),
    }),
  ],
  statuses: {
    [hush(TRAIL_ARN).replace('main', 'hush-trail')]: status({
      latestCloudWatchLogsDeliveryError: `hush-trail: no access of AROAHUSHHUSHHUSHHUSH to log group /aws/cloudtrail/hush-group, to ${hush(LOG_GROUP_ARN)}/hush as arn:aws:iam::${secretAccount}:role/Hush.`,
    }),
  },
  selectors: {
    [hush(TRAIL_ARN).replace('main', 'hush-trail')]: {
      eventSelectors: [],
      advancedEventSelectors: [
        {
          name: 'hush selector',
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Management'] },
            { field: 'userIdentity.arn', notStartsWith: [`arn:aws:iam::${secretAccount}:user/hush`] },
            { field: 'userIdentity.arn', notEndsWith: [':user/hush', '/hush'] },
            { field: 'vpcEndpointId', notEquals: ['vpce-hush'] },
          ],
        },
      ],
    },
  },
  filters: {
    [hush(LOG_GROUP_ARN).replace('main', 'hush-group')]: [
      filter({
        filterName: 'hush filter',
        filterPattern:
          `{ $.eventName = "DeactivateMFADevice" && $.recipientAccountId = "${secretAccount}" && ` +
          `$.userIdentity.arn != "arn:aws:iam::${secretAccount}:user/hush-*" && $.requestParameters.userName != hush* && ` +
          '$.userIdentity.userName = "hush" && $.userIdentity.principalId != "*:hush@hush.example" && ' +
          '$.userIdentity.arn != "*user/hush*" && $.userIdentity.arn != "arn:*:iam::*:user/hush,hush" && ' +
          `$.requestParameters.bucketName != hush && $.requestParameters['userName'] != "hush-${secretAccount}-hush" && ` +
          '$.userIdentity.userName != %^hush-[a-z]+% && $.userIdentity.userName != "0044440000" && ' +
          '$.userIdentity.accessKeyId != "AKIAHUSHHUSHHUSHHUSH" }',
        metricTransformations: [
          {
            metricNamespace: 'Hush/Space',
            metricName: 'HushMetric',
            metricValue: '1',
            dimensions: {
              HushWho: '$.userIdentity.userName',
              HushOwner: '$.recipientAccountId',
              HushBucket: '$.requestParameters.bucketName',
            },
          },
        ],
        fieldSelectionCriteria: `@aws.account = "${secretAccount}"`,
      }),
    ],
  },
  alarms: {
    [`${secretAccount} ${REGION}`]: [
      alarm({
        alarmName: 'Hush alarm',
        alarmArn: secretAlarm,
        alarmActions: [secretTopic, `arn:aws:lambda:${REGION}:${secretAccount}:function:hush`],
        namespace: 'Hush/Space',
        metricName: 'HushMetric',
        dimensions: [
          { name: 'HushWho', value: 'hush' },
          { name: 'HushOwner', value: secretAccount },
          { name: 'HushBucket', value: 'hush' },
        ],
      }),
      alarm({
        alarmName: 'hush machine',
        alarmArn: hush(alarmArn('hush machine')),
        namespace: 'AWS/EC2',
        metricName: 'CPUUtilization',
        dimensions: [{ name: 'InstanceId', value: 'i-hush' }],
        metrics: [
          {
            id: 'hushed',
            metricStat: { metric: { namespace: 'Hush', metricName: 'Hush', dimensions: [] }, period: 60, stat: 'Sum' },
          },
          { id: 'e1', expression: 'SEARCH(\'{Hush} MetricName="Hush"\', "Sum")', accountId: secretAccount },
          { id: 'e2', expression: 'SEARCH("{Hush} MetricName=\\"Hush\\" hush", "Sum")' },
          { id: 'hush_e', expression: 'IF(hushed > 0, SUM(METRICS("hush")), INSIGHT_RULE_METRIC("hush", "Sum"))' },
        ],
        thresholdMetricId: 'hush_e',
        promQuery: 'sum(HushMetric{team="hush"})',
      }),
      compositeAlarm({
        alarmName: 'hush all',
        alarmArn: hush(alarmArn('hush all')),
        alarmActions: [secretTopic],
        alarmRule: `ALARM("Hush alarm") OR NOT OK(${secretAlarm}) OR AT_LEAST(1, ALARM, ("hush machine", "hush other"))`,
        actionsSuppressor: 'hush machine',
      }),
      compositeAlarm({ alarmName: 'hush odd', alarmArn: hush(alarmArn('hush odd')), alarmRule: 'hush?' }),
    ],
  },
  muteRules: {
    [`${secretAccount} ${REGION} Hush alarm`]: [{ name: 'hush', expression: 'cron(0 2 * * *)', duration: 'PT4H' }],
  },
  histories: {
    [`${secretAccount} ${REGION} Hush alarm`]: [
      {
        timestamp: '2026-11-19T10:00:00.000Z',
        summary: `Failed to execute action ${secretTopic}. Received error: "hush@hush.example in ${secretAccount}"`,
        notificationResource: secretTopic,
      },
      {
        timestamp: '2026-11-19T09:00:00.000Z',
        summary: `Failed to execute action arn:aws:lambda:${REGION}:${secretAccount}:function:hush`,
        error: `alarm ${secretAlarm} may not publish to hush-topic`,
      },
    ],
  },
  subscriptions: {
    [secretTopic]: [confirmed({ subscriptionArn: `${secretTopic}:5d3c9f0e-hush`, endpoint: 'hush@hush.example' })],
  },
  filterPolicies: {
    [`${secretTopic}:5d3c9f0e-hush`]: {
      filterPolicyScope: 'MessageBody',
      filterPolicy: JSON.stringify({
        AlarmName: [{ prefix: 'Hush' }, { 'anything-but': ['hush other'] }, { suffix: 'hush' }, { wildcard: '*hush*' }],
        AlarmArn: [secretAlarm, 'hush'],
        AWSAccountId: [secretAccount],
        NewStateValue: ['ALARM', 'hush'],
        hushKey: ['hush'],
        constructor: ['hush'],
      }),
    },
  },
  topics: {
    [secretTopic]: topicAttributes(secretTopic, {
      kmsMasterKeyId: 'alias/hush',
      policy: JSON.stringify({
        Id: 'hush',
        Statement: [
          {
            Sid: 'hush',
            Effect: 'Allow',
            Principal: {
              Service: 'cloudwatch.amazonaws.com',
              AWS: [
                `arn:aws:iam::${secretAccount}:role/hush`,
                'AIDAHUSH',
                `arn:aws:execute-api:${REGION}:${secretAccount}:hushapi/prod`,
                `arn:aws:logs:${REGION}:${secretAccount}:log-group:hush:log-stream:hush`,
                'arn:aws:sns:*:44445555????:*',
              ],
            },
            Action: 'SNS:Publish',
            Resource: secretTopic.replace('hush-topic', 'hush-*'),
            Condition: {
              StringEquals: {
                'aws:ResourceTag/Hush': 'hush',
                'aws:PrincipalOrgID': 'o-hush',
                'kms:EncryptionContext:Hush': 'hush',
                'aws:username': 'x${hush}y',
              },
              ArnLike: { 'aws:SourceArn': secretAlarm.replace('Hush alarm', 'Hush*') },
            },
          },
        ],
      }),
    }),
    [`${secretTopic}-2`]: topicAttributes(`${secretTopic}-2`, { kmsMasterKeyId: 'alias/aws/sns', policy: 'hush' }),
  },
  keys: {
    [`${secretAccount} ${REGION} alias/hush`]: {
      keyManager: 'CUSTOMER',
      keyState: 'Enabled',
      policy: JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${secretAccount}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      }),
    },
  },
};

describe('what replaces names', () => {
  const policyOf = (statement: object): Inventory =>
    snapshotOf({
      ...withAlarms(alarm(), alarm({ alarmName: 'mfa-alarm-2' }), alarm({ alarmName: 'other' })),
      topics: {
        [TOPIC_ARN]: topicAttributes(TOPIC_ARN, {
          policy: JSON.stringify({
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:*', ...statement },
            ],
          }),
        }),
      },
    });
  const alarms = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:`;

  const statements: readonly (readonly [string, object])[] = [
    ['a topic by its ARN', { Resource: TOPIC_ARN }],
    ['another topic', { Resource: `${TOPIC_ARN}-2` }],
    ['topics by how they begin', { Resource: TOPIC_ARN.replace('alerts', '*') }],
    ['all topics but one', { NotResource: TOPIC_ARN.replace('alerts', '*') }],
    ['any topic', { Resource: '*' }],
    ['alarms by how they begin', { Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': `${alarms}mfa-*` } } }],
    ['alarms by one letter', { Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': `${alarms}mfa-alar?` } } }],
    ['all alarms', { Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': `${alarms}*` } } }],
    ['no alarm there is', { Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': `${alarms}nothing*` } } }],
    ['alarms but some', { Resource: '*', Condition: { ArnNotLike: { 'aws:SourceArn': `${alarms}mfa-*` } } }],
    ['an account', { Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }],
    ['accounts by how they begin', { Resource: '*', Condition: { StringLike: { 'aws:SourceAccount': '1111*' } } }],
    ['another account', { Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } } }],
    ['an organization', { Resource: '*', Condition: { StringEquals: { 'aws:SourceOrgID': 'o-abc' } } }],
    ['a variable', { Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } } }],
  ];
  for (const [what, statement] of statements) {
    it(`a policy means the same that speaks of ${what}`, () => {
      const inventory = policyOf(statement);
      expect(outlineOf(verdictOn(redact(inventory)))).to.deep.equal(outlineOf(verdictOn(inventory)));
    });
  }

  const conditions: readonly unknown[] = [
    'mfa-alarm',
    'another',
    { prefix: 'mfa' },
    { prefix: 'other' },
    { suffix: '-alarm' },
    { 'equals-ignore-case': 'MFA-ALARM' },
    { 'anything-but': ['mfa-alarm'] },
    { 'anything-but': { prefix: 'mfa' } },
    { 'anything-but': { prefix: 'other' } },
    { exists: false },
    { wildcard: 'mfa*' },
  ];
  for (const condition of conditions) {
    it(`a filter policy lets the same through that asks for an AlarmName of ${JSON.stringify(condition)}`, () => {
      const inventory = snapshotOf(
        soundWorld({
          filterPolicies: {
            [confirmed().subscriptionArn]: {
              filterPolicyScope: 'MessageBody',
              filterPolicy: JSON.stringify({ AlarmName: [condition] }),
            },
          },
        }),
      );
      expect(outlineOf(verdictOn(redact(inventory)))).to.deep.equal(outlineOf(verdictOn(inventory)));
    });
  }

  const selections = ['mfa-alarm', 'a', 'b', 'B', 'z z', 'alarm-1', 'alarm-10'];
  it('are in the order of the names, and none begins another', () => {
    const inventory = snapshotOf(withAlarms(...selections.map((alarmName) => alarm({ alarmName }))));
    const alarmsOf = ({ accountId, parts }: Inventory) => {
      const part = parts.alarms?.[`${accountId} ${REGION}`];
      return part?.kind === 'present' ? part.value.map(({ alarmName }) => alarmName) : [];
    };
    const copies = alarmsOf(redact(inventory));
    const inOrder = (names: readonly string[]) =>
      [...names.keys()].sort((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));
    expect(inOrder(copies)).to.deep.equal(inOrder(selections));
    expect(copies.filter((one) => copies.some((other) => other !== one && other.startsWith(one)))).to.deep.equal([]);
  });
});

describe('metric math under other names', () => {
  const secretive = (expression: string): World =>
    withAlarms(
      alarm({
        metrics: [
          {
            id: 'failures',
            returnData: false,
            metricStat: {
              metric: { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] },
              period: 60,
              stat: 'Sum',
            },
          },
          { id: 'answer', expression, returnData: true },
        ],
      }),
    );
  for (const [expression, expected] of [
    ['FILL(failures, 0)', 'FILL(ID, 0)'],
    ['SUM(METRICS("fail"))', 'SUM([ID])'],
    ["SUM(METRICS('none'))", 'SUM([])'],
    ['IF(failures > 1e3 AND failures < 9.5, 1, 0)', 'IF(ID > 1e3 AND ID < 9.5, 1, 0)'],
    ['DB_PERF_INSIGHTS("RDS", "db-ANN", "os.cpu")', "DB_PERF_INSIGHTS('redacted', 'redacted', 'redacted')"],
  ] as const) {
    it(`${expression} is shown as ${expected}, and means what it meant`, () => {
      const inventory = snapshotOf(secretive(expression));
      const copy = redact(inventory);
      const [part] = Object.values(copy.parts.alarms ?? {});
      const [first] = part?.kind === 'present' ? part.value : [];
      const [metric, formula] = first?.kind === 'metric-alarm' ? first.metrics : [];
      expect(formula?.expression?.replaceAll(metric?.id ?? '', 'ID')).to.equal(expected);
      expect(outlineOf(verdictOn(copy))).to.deep.equal(outlineOf(verdictOn(inventory)));
    });
  }

  it('of a query called like the exponent of a number is not changed in that number', () => {
    const metric = { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] };
    const inventory = snapshotOf(
      withAlarms(
        alarm({
          metrics: [
            { id: 'e3', returnData: false, metricStat: { metric, period: 60, stat: 'Sum' } },
            { id: 'answer', expression: 'IF(e3 > 1e3, 1, 0)', returnData: true },
          ],
        }),
      ),
    );
    expect(JSON.stringify(redact(inventory))).to.match(/IF\(name\d+ > 1e3, 1, 0\)/);
    expect(outlineOf(verdictOn(redact(inventory)))).to.deep.equal(outlineOf(verdictOn(inventory)));
  });

  it('of Metrics Insights still names its metric, or still names another', () => {
    const judged = (expression: string) => {
      const own = alarm({ metrics: [{ id: 'q1', expression, returnData: true, period: 300 }] });
      delete (own as { namespace?: string }).namespace;
      delete (own as { metricName?: string }).metricName;
      const inventory = snapshotOf(withAlarms(own));
      const copy = redact(inventory);
      expect(JSON.stringify(copy)).not.to.match(/MfaDeactivated|RootLogin|payments/);
      expect(outlineOf(verdictOn(copy)), expression).to.deep.equal(outlineOf(verdictOn(inventory)));
      return verdictOn(copy).kind;
    };
    expect(judged('SELECT SUM(MfaDeactivated) FROM "Security" WHERE Team = \'payments\'')).to.equal('undecided');
    expect(judged('select SUM(RootLogin) from Security')).to.equal('broken');
    expect(judged('FILL(SELECT SUM(RootLogin) FROM Security, 0)')).to.equal('undecided');
  });
});

describe('filter patterns under other names', () => {
  const patternOf = (filterPattern: string): string => {
    const copy = redact(snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern })] } })));
    const [part] = Object.values(copy.parts['metric-filters'] ?? {});
    return part?.kind === 'present' ? (part.value?.[0]?.filterPattern ?? '') : '';
  };
  const { patterns } = JSON.parse(readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8')) as {
    readonly patterns: readonly { readonly pattern: string; readonly control: string; readonly baseline?: boolean }[];
  };

  it('of the corpus mean the same, and the texts of the controls stay as they are', () => {
    for (const { pattern, control } of patterns) {
      const required = patterns.find((one) => one.control === control && one.baseline === true)?.pattern ?? '';
      const copy = patternOf(pattern);
      if (copy === pattern) continue;
      expect(compareTexts(copy, required).relation, pattern).to.equal(compareTexts(pattern, required).relation);
    }
    for (const { filterPattern } of catalog) expect(patternOf(filterPattern)).to.equal(filterPattern);
  });

  /** Patterns, and how they are shown where W is written for each word that was replaced, and # for each number. */
  const rows: readonly (readonly [string, string])[] = [
    [`{ $.recipientAccountId = "${ACCOUNT}" }`, '{ $.recipientAccountId = "#" }'],
    [`{ $.recipientAccountId = ${ACCOUNT} }`, '{ $.recipientAccountId = # }'],
    [`{ $.userIdentity.arn = "arn:aws:iam::${ACCOUNT}:user/ann" }`, '{ $.userIdentity.arn = "arn:aws:iam::#:user/W" }'],
    [
      `{ $.userIdentity.arn != "arn:aws:sts::${ACCOUNT}:assumed-role/ops*" }`,
      '{ $.userIdentity.arn != "arn:aws:sts::#:assumed-role/W*" }',
    ],
    ['{ $.userIdentity.userName != "ann*" }', '{ $.userIdentity.userName != "W*" }'],
    ['{ $.userIdentity.userName = svc-deploy }', '{ $.userIdentity.userName = W-W }'],
    ['{ $.userIdentity.userName = * }', '{ $.userIdentity.userName = * }'],
    ['{ $.userIdentity.principalId = "*:ann@corp.example" }', '{ $.userIdentity.principalId = "*:W@W.W" }'],
    ['{ $.userIdentity.arn != "*:assumed-role/Deploy*" }', '{ $.userIdentity.arn != "*:assumed-role/W*" }'],
    ['{ $.userIdentity.arn = "*user/ann" }', '{ $.userIdentity.arn = "*user/W" }'],
    ['{ $.userIdentity.arn != "arn:*:iam::*:user/ann" }', '{ $.userIdentity.arn != "arn:*:iam::*:user/W" }'],
    ["{ $.requestParameters.['userName'] = ann }", '{ $.requestParameters.userName = "W" }'],
    ['{ $.requestParameters.payrollSystem = "x" }', '{ $.requestParameters.W = "W" }'],
    ['{ $.requestParameters.userName = %^ann-[a-z]+% }', '{ $.requestParameters.userName = %^W-[a-z]+% }'],
    ['{ $.sourceIPAddress = %^10\\.1\\.22\\.33$% }', '{ $.sourceIPAddress = %^#\\.#\\.#\\.#$% }'],
    ['{ $.requestParameters.userName = %[aA]n{2}% }', '{ $.requestParameters.userName = %.W% }'],
    ['{ $.requestParameters.userName = "007231" }', '{ $.requestParameters.userName = "#" }'],
    [
      '{ $.userIdentity.userName = ann lee && $.eventName = 1 }',
      '{ $.userIdentity.userName = W W && $.eventName = 1 }',
    ],
    ['{ $.requestParameters.maxResults = 4711 }', '{ $.requestParameters.maxResults = # }'],
    ['{ $.requestParameters.publiclyAccessible = "true" }', '{ $.requestParameters.publiclyAccessible = "true" }'],
    ['{ $.userIdentity.accountId = "1111-2222-3333" }', '{ $.userIdentity.accountId = "#-#-#" }'],
    ['{ $.errorMessage = "Failed authentication" }', '{ $.errorMessage = "Failed authentication" }'],
    ['{ $.errorMessage = "Ann may not" }', '{ $.errorMessage = "W W W" }'],
    ['{ $.invokedBy = "name-bucket.s3.amazonaws.com" }', '{ $.invokedBy = "W-W.W.W.W" }'],
    [
      '{ $.sourceIPAddress = "ec2-203-0-113-7.eu-west-1.compute.amazonaws.com" }',
      '{ $.sourceIPAddress = "W-#-#-#-#.W-W-#.W.W.W" }',
    ],
    ['{ $.eventSource = "s3.amazonaws.com" }', '{ $.eventSource = "s3.amazonaws.com" }'],
    [
      '{ $.userIdentity.type = "Root" && $.errorCode = "ann" }',
      '{ $.userIdentity.type = "Root" && $.errorCode = "W" }',
    ],
    ['{ $.sourceIPAddress != 10.* }', '{ $.sourceIPAddress != "#.*" }'],
    ['[ip=198.51.100.23, user=name]', '[W = "#.#.#.#", W = "W"]'],
    ['"https://hooks.example.com/T0AB/x9"', '"W://W.W.W/W/W"'],
    ['?ann ?Error', '?"W" ?"Error"'],
    [`%arn:aws:iam::${ACCOUNT}:user/(ann|bob)%`, '%arn:aws:iam::#:W/(W|W)%'],
    ['{ $.userIdentity.userName = "ann" } # ann', '{ $.userIdentity.userName = "W" } # W'],
    [PATTERN, PATTERN],
  ];
  for (const [pattern, expected] of rows) {
    it(`${pattern} is shown as ${expected}`, () => {
      const copy = patternOf(pattern);
      // The numbers of the account's other names make the same stand-ins wherever they are.
      const form = copy === pattern ? copy : copy.replace(/name\d+/gi, 'W');
      const numbers = new Set(expected.match(/#/g) ? (form.match(/\d{2,}/g) ?? []) : []);
      const shape = [...numbers]
        .sort((a, b) => b.length - a.length)
        .reduce((text, one) => text.replaceAll(one, '#'), form);
      expect(shape).to.equal(expected);
      expect(parse(copy).kind).to.equal(parse(pattern).kind);
      expect(compareTexts(copy, PATTERN).relation).to.equal(compareTexts(pattern, PATTERN).relation);
    });
  }
});
