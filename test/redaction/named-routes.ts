import type { EventRule, EventRuleTarget, LogAlarm } from '../../src/inventory/resources.ts';
import {
  EVENT_BUS_ARN,
  EVENT_PATTERN,
  EVENT_TOPIC_ARN,
  eventRule,
  policyOf,
  publishStatement,
  target,
} from '../support/worlds/event-world.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  alarmArn,
  confirmed,
  logAlarm,
  topicAttributes,
} from '../support/worlds/world.ts';

const { detail } = EVENT_PATTERN;
const withDetail = (more: object): object => ({ ...EVENT_PATTERN, detail: { ...detail, ...more } });

/** Event patterns of an account that name somebody, each in its own way. */
export const eventPatternsFor = (text: string): readonly object[] => [
  EVENT_PATTERN,
  { ...EVENT_PATTERN, source: ['aws.iam', text] },
  { ...EVENT_PATTERN, source: [{ prefix: 'aws.' }, { 'anything-but': { prefix: text } }] },
  { ...EVENT_PATTERN, 'detail-type': [{ wildcard: 'AWS API*' }, text] },
  { ...EVENT_PATTERN, account: [{ prefix: ACCOUNT.slice(0, 4) }], region: [{ 'anything-but': ['eu-west-3'] }] },
  { ...EVENT_PATTERN, account: [text, ACCOUNT], version: ['0'] },
  withDetail({ eventName: [{ prefix: 'Deactivate' }, { 'equals-ignore-case': text }] }),
  withDetail({ eventName: [{ suffix: 'MFADevice' }] }),
  withDetail({ eventName: ['DeactivateMFADevice', 'DeactivateMFADevices', text] }),
  withDetail({ eventSource: [{ 'equals-ignore-case': 'IAM.amazonaws.com' }] }),
  withDetail({ userIdentity: { userName: [{ 'anything-but': [text] }, { exists: false }] } }),
  withDetail({ userIdentity: { arn: [{ 'anything-but': { suffix: `/${text}` } }] } }),
  withDetail({ 'userIdentity.arn': [{ wildcard: `arn:aws:iam::${ACCOUNT}:user/*` }] }),
  withDetail({ recipientAccountId: [{ prefix: ACCOUNT.slice(0, 6) }] }),
  withDetail({ sourceIPAddress: [{ 'anything-but': [text] }, { cidr: '203.0.113.64/26' }] }),
  withDetail({ requestParameters: { [text]: [{ numeric: ['>', 78, '<', 78051120] }, { exists: false }] } }),
  { source: ['aws.iam'], detail: { $or: [detail, { errorMessage: [{ prefix: text }] }] } },
  { source: ['aws.iam'], detail: { eventName: [['DeactivateMFADevice', text]] } },
];

/** Queries of log alarms that name somebody, each in its own way. */
export const queriesFor = (text: string): readonly string[] => {
  const quoted = `"${text.replaceAll('"', '')}"`;
  const escaped = text.replaceAll(/[^A-Za-z0-9]/g, (char) => (char < '\u0080' ? `\\${char}` : char));
  const wanted = 'eventName = "DeactivateMFADevice"';
  return [
    `filter ${wanted}`,
    `filter ${wanted} and userIdentity.userName != ${quoted}`,
    `filter ${wanted} or userIdentity.userName in ["x", ${quoted}]`,
    `filter ${wanted} | filter @message not like /${escaped}/`,
    `filter eventName like /^Deactivate/ and userIdentity.arn not like /${escaped}$/`,
    `filter eventName like "MFADevice" # ${text}`,
    `filter @message like /DeactivateMFADevice/`,
    `filter ${wanted} and recipientAccountId like /^${ACCOUNT.slice(0, 5)}/`,
    `filter ${wanted} and recipientAccountId in ["${ACCOUNT}", ${quoted}]`,
    `filter ${wanted} and eventSource like /^iam/ and awsRegion like "us-"`,
    `filter ${wanted} and ispresent(\`${text.replaceAll('`', '')}\`)`,
    `filter ${wanted} | stats count(*) as n`,
    `parse @message "*${text}*" as a | filter ${wanted}`,
    `fields strcontains(@message, ${quoted}) | filter ${wanted}`,
    `filter eventName = "DeactivateMFADevices"`,
  ];
};

const one = <T>(list: readonly [T, ...T[]] | readonly T[], pick: number): T => list[pick % list.length] as T;

/**
 * The world with rules of EventBridge and a log alarm, which hold the name and may notify somebody.
 *
 * @param plain - the name as AWS allows it for things
 */
export function withNamedRoutes(world: World, spelled: string, plain: string, picks: readonly number[]): World {
  const [pick = 0, other = 0] = picks;
  const patterns = eventPatternsFor(spelled);
  const rules: readonly EventRule[] = [
    eventRule({ name: `${plain}.rule`, eventPattern: JSON.stringify(one(patterns, pick)) }),
    eventRule({
      name: `rule-of-${plain}`,
      state: one(['ENABLED', 'DISABLED', spelled], other),
      eventPattern: JSON.stringify(one(patterns, other)),
    }),
  ];
  const role = `arn:aws:iam::${ACCOUNT}:role/${plain}`;
  const targets: readonly EventRuleTarget[] = [
    target(),
    target({ id: plain, arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${plain}`, roleArn: role }),
  ];
  const query: LogAlarm = logAlarm(
    { alarmName: `${spelled} log`, alarmArn: alarmArn(`${spelled} log`), comparisonOperator: 'GreaterThanThreshold' },
    {
      queryString: one(queriesFor(spelled), pick),
      logGroupIdentifiers: one([['/aws/cloudtrail/main'], [LOG_GROUP_ARN, plain], [spelled]], other),
      scheduledQueryRoleARN: role,
      aggregationExpression: one(['count(*)', `count(*) as ${plain.replaceAll('-', '')}`, 'sum(n)'], other),
    },
  );
  const place = `${ACCOUNT} ${REGION}`;
  return {
    ...world,
    alarms: { ...world.alarms, [place]: [...(world.alarms[place] ?? []), query] },
    eventRules: { [EVENT_BUS_ARN]: rules },
    eventRuleTargets: Object.fromEntries(rules.map(({ name }) => [`${EVENT_BUS_ARN} ${name}`, targets])),
    topics: {
      ...world.topics,
      [EVENT_TOPIC_ARN]: topicAttributes(EVENT_TOPIC_ARN, {
        policy: policyOf(publishStatement('events.amazonaws.com')),
      }),
    },
    subscriptions: {
      ...world.subscriptions,
      [EVENT_TOPIC_ARN]: [confirmed({ subscriptionArn: `${EVENT_TOPIC_ARN}:1`, endpoint: 'zelenka@corp.example' })],
    },
  };
}
