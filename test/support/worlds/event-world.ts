import type { EventRule, EventRuleTarget, Trail } from '../../../src/inventory/resources.ts';
import type { World } from './world.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  REGION,
  confirmed,
  defaultBusArn,
  soundWorld,
  topicAttributes,
  trail,
} from './world.ts';

/** Where the events of IAM arrive on the default event bus. */
export const EVENT_REGION = 'us-east-1';
export const EVENT_BUS_ARN = defaultBusArn(EVENT_REGION);
export const EVENT_TOPIC_ARN = `arn:aws:sns:${EVENT_REGION}:${ACCOUNT}:security-events`;

/** The pattern that a careful person writes, and that AWS documents for calls of IAM. */
export const EVENT_PATTERN = {
  source: ['aws.iam'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventSource: ['iam.amazonaws.com'], eventName: ['DeactivateMFADevice'] },
};

export const eventRule = (change: Partial<EventRule> = {}): EventRule => ({
  name: 'mfa-rule',
  state: 'ENABLED',
  eventPattern: JSON.stringify(EVENT_PATTERN),
  ...change,
});

export const target = (change: Partial<EventRuleTarget> = {}): EventRuleTarget => ({
  id: 'topic',
  arn: EVENT_TOPIC_ARN,
  ...change,
});

/** A statement that lets a service publish to the topic of the events. */
export const publishStatement = (service: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'sns:Publish',
  Resource: EVENT_TOPIC_ARN,
  ...more,
});

export const policyOf = (...statements: readonly object[]): string => JSON.stringify({ Statement: statements });

/** An account without a metric filter, in which an EventBridge rule notifies somebody. */
export const eventWorld = (change: Partial<World> = {}): World => {
  const withoutLogs = Object.fromEntries(
    Object.entries(trail()).filter(([name]) => name !== 'cloudWatchLogsLogGroupArn'),
  ) as unknown as Trail;
  return soundWorld({
    trails: [withoutLogs],
    filters: {},
    alarms: { [`${ACCOUNT} ${REGION}`]: [] },
    eventRules: { [EVENT_BUS_ARN]: [eventRule()] },
    eventRuleTargets: { [`${EVENT_BUS_ARN} mfa-rule`]: [target()] },
    subscriptions: { [EVENT_TOPIC_ARN]: [confirmed({ subscriptionArn: `${EVENT_TOPIC_ARN}:1` })] },
    topics: {
      [EVENT_TOPIC_ARN]: topicAttributes(EVENT_TOPIC_ARN, {
        policy: policyOf(publishStatement('events.amazonaws.com')),
      }),
    },
    ...change,
  });
};

export const withRule = (change: Partial<EventRule>): World =>
  eventWorld({ eventRules: { [EVENT_BUS_ARN]: [eventRule(change)] } });

/** The rule with other conditions on the record of the event. */
export const withDetail = (detail: object): World =>
  withRule({ eventPattern: JSON.stringify({ ...EVENT_PATTERN, detail }) });

export const withTargets = (...targets: readonly EventRuleTarget[]): World =>
  eventWorld({ eventRuleTargets: { [`${EVENT_BUS_ARN} mfa-rule`]: targets } });

/** The target is a topic of another account, whose policy allows EventBridge. */
export const withForeignTopic = (change: Partial<EventRuleTarget> = {}): World => {
  const arn = EVENT_TOPIC_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
  const policy = policyOf(publishStatement('events.amazonaws.com', { Resource: arn }));
  return {
    ...withTargets(target({ arn, ...change })),
    subscriptions: { [arn]: [confirmed({ subscriptionArn: `${arn}:1` })] },
    topics: { [arn]: topicAttributes(arn, { policy }) },
  };
};

export const withEventTopic = (change: Partial<ReturnType<typeof topicAttributes>>): World =>
  eventWorld({
    topics: {
      [EVENT_TOPIC_ARN]: topicAttributes(EVENT_TOPIC_ARN, {
        policy: policyOf(publishStatement('events.amazonaws.com')),
        ...change,
      }),
    },
  });
