import { expect } from 'chai';
import fc from 'fast-check';

import type { Inventory } from '../../src/inventory/model.ts';
import { redact } from '../../src/redaction/redact.ts';
import { codeOf, verdictOn } from '../support/judging.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
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
} from '../support/world.ts';

/** Texts that identify somebody, of many kinds. None of their words is one of AWS's own. */
const kinds = [
  ...[
    'Zelenka',
    'zelenka.ruzena',
    'ruzena@zelenka.example',
    '+49-172-5550199',
    '4711-0815',
    'kunde4711',
    'ZELENKA-GMBH',
  ],
  ...['payroll-zelenka', 'zelenka-bucket.s3.amazonaws.com', 'ec2-203-0-113-77.compute.amazonaws.com', '203.0.113.77'],
  ...[
    '2001:db8::7a3f',
    'i-0zelenka77',
    'vpc-zelenka',
    'AIDAZELENKAZELENKA77',
    'AKIAZELENKAZELENKA77',
    '7777-8888-9999',
  ],
  ...['777788889999', 'https://hooks.zelenka.example/T7/B7zz', 'o-zelenka77', 'r-zlnk/ou-zlnk-77', 'Zelenka Růžena'],
  ...['urn:zelenka:77zz', 'SSN 078-05-1120', 'zelenka_prod_db', 'D-80331 Zelenkahausen'],
] as const;

/** The same text in other spellings. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => encodeURIComponent(text),
  (text) => Array.from(text, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').slice(-2)}`).join(''),
  (text) => `the ${text}, of course`,
  (text) => `x/${text}/y`,
  (text) => `arn:aws:iam::${ACCOUNT}:user/${text}`,
  (text) => text.replaceAll(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter)),
  (text) => `"${text}"`,
];

/** An account with a text in every field where AWS or a file can hold free text. */
function planted(text: string): Inventory {
  const quoted = JSON.stringify(text.replaceAll(/["\\]/g, ''));
  const literal = text.replaceAll(/[^A-Za-z0-9]/g, '.');
  const trailArn = `${TRAIL_ARN}${text}`;
  const logGroupArn = `${LOG_GROUP_ARN}${text}`;
  const topicArn = `${TOPIC_ARN}${text}`;
  const name = `alarm ${text}`;
  const place = `${ACCOUNT} ${REGION}`;
  const failure = { service: text, operation: text, error: text, missingIamAction: `${text}:${text}` };
  const inventory = snapshotOf({
    ...soundWorld(),
    trails: [trail({ trailArn, name: text, cloudWatchLogsLogGroupArn: logGroupArn })],
    statuses: { [trailArn]: status({ latestCloudWatchLogsDeliveryError: text }) },
    selectors: {
      [trailArn]: {
        eventSelectors: [
          { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [text] },
        ],
        advancedEventSelectors: [{ name: text, fieldSelectors: [{ field: text, equals: [text], endsWith: [text] }] }],
      },
    },
    logGroupClasses: { [logGroupArn]: text },
    filters: {
      [logGroupArn]: [
        ...[
          'eventName',
          'errorCode',
          'errorMessage',
          'userIdentity.type',
          'invokedBy',
          'userIdentity.userName',
          'x',
        ].map((field) =>
          filter({ filterName: text, filterPattern: `{ $.${field} = ${quoted} || $.eventName = *${quoted} }` }),
        ),
        filter({ filterPattern: `{ $.userIdentity.arn = %${literal}% }` }),
        filter({ filterPattern: `[ip=${quoted}, user!=${quoted}]` }),
        filter({ filterPattern: `${quoted} ?${quoted} -${quoted}` }),
        filter({ filterPattern: `%${literal}% ` }),
        filter({ filterPattern: `{ $.eventName = ${text} ` }),
        filter({
          fieldSelectionCriteria: `@aws.account = ${quoted} AND ${text}`,
          emitSystemFieldDimensions: [`@${text}`],
          metricTransformations: [
            {
              metricNamespace: text,
              metricName: text,
              metricValue: text,
              unit: text,
              dimensions: { [text]: `$.${text}` },
            },
            { metricNamespace: `AWS/${text}`, metricName: text, metricValue: `$.${text}` },
          ],
        }),
      ],
    },
    alarms: {
      [place]: [
        alarm({
          alarmName: name,
          alarmArn: alarmArn(name),
          alarmActions: [topicArn, text],
          namespace: text,
          metricName: text,
          dimensions: [{ name: text, value: text }],
          statistic: text,
          extendedStatistic: text,
          unit: text,
          comparisonOperator: text,
          treatMissingData: text,
          evaluateLowSampleCountPercentile: text,
          evaluationWindow: text,
          promQuery: `sum(${text})`,
          stateValue: text,
          evaluationState: text,
          thresholdMetricId: text,
          metrics: [
            { id: text, expression: `SEARCH("${text}") + ${text} * METRICS('${text}')`, accountId: text },
            {
              id: 'm',
              metricStat: {
                metric: { namespace: text, metricName: text, dimensions: [] },
                period: 60,
                stat: text,
                unit: text,
              },
            },
          ],
        }),
        compositeAlarm({ alarmName: text, alarmRule: `ALARM(${quoted}) OR ${text}`, actionsSuppressor: text }),
      ],
    },
    muteRules: { [`${place} ${name}`]: [{ name: text, expression: text, duration: text, timezone: text }] },
    histories: {
      [`${place} ${name}`]: [
        {
          timestamp: '2026-11-19T10:00:00.000Z',
          summary: `Failed to execute action ${topicArn}. Received error: "${text}"`,
          actionState: text,
          notificationResource: text,
          error: text,
        },
        { timestamp: '2026-11-19T09:00:00.000Z', summary: text },
      ],
    },
    subscriptions: {
      [topicArn]: [
        confirmed({ subscriptionArn: `${topicArn}:${text}`, protocol: text, owner: text }),
        { subscriptionArn: text, protocol: text },
      ],
    },
    filterPolicies: {
      [`${topicArn}:${text}`]: {
        filterPolicyScope: text,
        filterPolicy: JSON.stringify({
          [text]: [text],
          AlarmName: [text, { prefix: text }, { wildcard: `*${text}` }, { 'anything-but': [text] }, { [text]: text }],
          Trigger: { MetricName: [text], [text]: [text], Period: [{ numeric: ['=', text] }] },
          $or: [{ AlarmDescription: [text] }, { NewStateReason: [{ prefix: text }] }],
        }),
      },
      [`${topicArn}:other`]: { filterPolicy: text },
    },
    topics: {
      [topicArn]: topicAttributes(topicArn, {
        kmsMasterKeyId: `alias/${text}`,
        policy: JSON.stringify({
          [text]: text,
          Version: text,
          Id: text,
          Statement: [
            text,
            {
              [text]: text,
              Sid: text,
              Effect: text,
              Principal: {
                AWS: [text, `arn:aws:iam::${ACCOUNT}:role/${text}`],
                Service: text,
                Federated: text,
                [text]: text,
              },
              Action: [text, `sns:${text}`],
              Resource: [text, `${topicArn}*`],
              Condition: {
                StringEquals: {
                  'aws:SourceArn': `${text}*`,
                  'accounts.google.com:aud': text,
                  [`aws:ResourceTag/${text}`]: text,
                },
                StringLike: { 'aws:SourceArn': `*${text}*`, 'aws:username': `\${${text}}` },
                [text]: { [text]: text },
              },
            },
          ],
        }),
      }),
      [`${topicArn}2`]: topicAttributes(topicArn, { policy: text }),
    },
    keys: { [`${place} alias/${text}`]: { arn: text, keyManager: text, keyState: text, policy: text } },
  });
  const unreadable = { kind: 'unreadable', failure } as const;
  return { ...inventory, parts: { ...inventory.parts, 'log-transformers': { [logGroupArn]: unreadable } } };
}

/** What must not be left of a text: each run of four or more letters or digits, whatever the case and the encoding. */
function traces(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter(
    (word) => !['amazonaws', 'compute', 'example', 'https'].includes(word),
  );
}

describe('a name that is planted in every field', () => {
  for (const text of kinds) {
    it(`is not in the copy in any spelling: ${text}`, () => {
      for (const spell of spellings) {
        const shown = JSON.stringify(redact(planted(spell(text))).copy).toLowerCase();
        const decoded = shown.replaceAll(/%([0-9a-f]{2})/g, (_all, hex: string) =>
          String.fromCharCode(parseInt(hex, 16)),
        );
        for (const trace of traces(text)) {
          expect(shown, spell(text)).not.to.contain(trace);
          expect(decoded, spell(text)).not.to.contain(trace);
        }
      }
    });
  }

  it('leaves a sound account sound where it is the name of its things', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds.filter((text) => /^[\w-]+$/.test(text))), (text) => {
        const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:${text}`;
        const inventory = snapshotOf(
          soundWorld({
            alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmName: text, alarmActions: [topicArn] })] },
            topics: { [topicArn]: topicAttributes(topicArn) },
            subscriptions: { [topicArn]: [confirmed({ subscriptionArn: `${topicArn}:1` })] },
          }),
        );
        expect(codeOf(verdictOn(redact(inventory).copy))).to.equal('SATISFIED');
      }),
      { numRuns: 20 },
    );
  });
});
