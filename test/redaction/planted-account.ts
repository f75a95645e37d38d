import type { Inventory } from '../../src/inventory/model.ts';
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
  defaultBusArn,
  filter,
  logAlarm,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
} from '../support/worlds/world.ts';

/** An account with a text in every field where AWS or a file can hold free text. */
export function plantedAccount(text: string): Inventory {
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
    trails: [
      trail({ trailArn, name: text, cloudWatchLogsLogGroupArn: logGroupArn }),
      trail({ trailArn: `${trailArn}2`, name: text, homeRegion: text, unread: failure }),
    ],
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
        ...[
          text,
          `filter eventName = ${quoted} and userIdentity.userName in [${quoted}, "x"]`,
          `filter @message like ${quoted} | fields \`${text.replaceAll('`', '')}\``,
          `filter userAgent like /${literal.replaceAll('.', '\\.')}/`,
        ].map((queryString) =>
          logAlarm(
            { alarmName: text, comparisonOperator: text, treatMissingData: text },
            {
              queryString,
              logGroupIdentifiers: [text, logGroupArn],
              scheduledQueryRoleARN: `arn:aws:iam::${ACCOUNT}:role/${text}`,
              aggregationExpression: `count(*) as ${text}`,
            },
            { scheduleExpression: text },
          ),
        ),
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
        confirmed({
          subscriptionArn: `${topicArn}:${text}`,
          protocol: text,
          owner: text,
          endpoint: text,
          confirmedBy: text,
        }),
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
    eventRules: {
      [`${defaultBusArn(REGION)}${text}`]: [
        { name: text, state: text, eventPattern: text },
        {
          name: 'other',
          state: 'ENABLED',
          eventPattern: JSON.stringify({
            source: [text, { prefix: `aws.${text}` }],
            account: [text],
            region: [text],
            'detail-type': [{ wildcard: `*${text}*` }],
            [text]: text,
            detail: {
              eventName: [text, { prefix: text }, { suffix: { 'equals-ignore-case': text } }, { [text]: text }],
              userIdentity: { arn: [{ 'anything-but': [text] }, { 'anything-but': { prefix: [text] } }] },
              sourceIPAddress: [{ cidr: text }, { cidr: '203.0.113.77/32' }, [text]],
              $or: [{ [text]: [{ numeric: ['=', 78051120] }] }, { errorCode: [{ exists: false }, text] }],
            },
          }),
        },
      ],
    },
    eventRuleTargets: {
      [`${defaultBusArn(REGION)} ${text}`]: [
        { id: text, arn: topicArn, roleArn: `arn:aws:iam::${ACCOUNT}:role/${text}` },
      ],
    },
    keys: { [`${place} alias/${text}`]: { arn: text, keyManager: text, keyState: text, policy: text } },
  });
  const unreadable = { kind: 'unreadable', failure } as const;
  return { ...inventory, parts: { ...inventory.parts, 'log-transformers': { [logGroupArn]: unreadable } } };
}
