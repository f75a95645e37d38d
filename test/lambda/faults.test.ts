import { expect } from 'chai';

import { handle } from '../../src/lambda/handle.ts';
import { configOperations, emptyConfig } from '../aws-responder/config.ts';
import type { Fault } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { eventWorld } from '../support/worlds/event-world.ts';
import { liveConnector } from '../support/live-connector.ts';
import { usedActions } from '../support/used-actions.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  READ_AT,
  REGION,
  TOPIC_ARN,
  filter,
  snapshotOf,
  soundWorld,
  topicAttributes,
} from '../support/worlds/world.ts';
import { eventNamed, stubConfig, stubDependencies } from './stubs.ts';

/** CloudWatch may use the key. */
const keyPolicy = JSON.stringify({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    },
  ],
});
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

/** Everything holds, and a filter on transformed logs and an encrypted topic have every service asked. */
const sound = soundWorld({
  filters: { [LOG_GROUP_ARN]: [filter({ applyOnTransformedLogs: true })] },
  topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: KEY_ARN }) },
  keys: { [KEY_ARN]: { keyManager: 'CUSTOMER', keyState: 'Enabled', policy: keyPolicy } },
});
/** The alarm is muted for an hour now and then, which is no fault. */
const withMuteRule = {
  ...sound,
  muteRules: {
    [`${ACCOUNT} ${REGION} mfa-alarm`]: [{ name: 'maintenance', expression: 'cron(0 18 * * FRI)', duration: 'PT4H' }],
  },
};
/** No alarm is right on the metric, so all are listed. */
const withoutAlarm = { ...sound, alarms: { [`${ACCOUNT} ${REGION}`]: [] } };
/** The operations of the route over EventBridge, which only a parameter asks for. */
const ofEvents = ['ListRules', 'ListTargetsByRule'];
const worldFor = (operation: string) =>
  ofEvents.includes(operation)
    ? eventWorld()
    : operation === 'DescribeAlarms'
      ? withoutAlarm
      : operation === 'GetAlarmMuteRule'
        ? withMuteRule
        : sound;

/**
 * What becomes of a scheduled run when one operation fails in one way: the error that it ends in, if it does, and then
 * every row that AWS Config holds.
 */
async function outcomeOf(
  operation: string,
  fault: Fault,
  {
    times = Infinity,
    maxAttempts = 1,
    requestTimeoutMs = 10_000,
  }: { readonly times?: number; readonly maxAttempts?: number; readonly requestTimeoutMs?: number } = {},
): Promise<string> {
  const config = emptyConfig([{ resourceId: 'main', resourceName: 'main' }]);
  const responder = await startResponder(snapshotOf(worldFor(operation)), configOperations(config));
  responder.inject(operation, fault, times);
  const scheduled = eventNamed('scheduled');
  const event = ofEvents.includes(operation)
    ? { ...scheduled, ruleParameters: '{"acceptedRoutes":"eventbridge"}' }
    : scheduled;
  const error = await handle(event, {
    ...stubDependencies(stubConfig()),
    connect: liveConnector({ url: responder.url, now: () => new Date(READ_AT), maxAttempts, requestTimeoutMs }),
  }).then(
    () => undefined,
    (thrown: unknown) => (thrown as Error).name,
  );
  await responder.close();
  const rows = [...config.held.values()].map(
    ({ ComplianceType, Annotation = '' }) => `${ComplianceType} ${Annotation.split(':')[0] ?? ''}`,
  );
  return [...(error === undefined ? [] : [`${error}!`]), ...rows].join(', ');
}

/** Two rows of one kind: the account's and its trail's. */
const both = (row: string) => `${row}, ${row}`;
const COMPLIANT = both('COMPLIANT SATISFIED');
const UNREADABLE = both('NON_COMPLIANT UNREADABLE');

interface Row {
  /** The error code of a refusal, and what is held then. */
  readonly refused: readonly [code: string, outcome: string];
  /** The error code of what does not exist, and what is held then. */
  readonly gone: readonly [code: string, outcome: string];
  /** The beginning of the error that ends the run when the fault may pass; the clients' own error, unless given. */
  readonly error?: string;
  /** What is held when the fault may pass and ends the run; nothing, unless given. */
  readonly held?: string;
  /** What is held when the fault has passed; COMPLIANT evaluations, unless given. */
  readonly passed?: string;
  /** Whether a run of the compliant account asks for it; it does, unless given. */
  readonly isAsked?: false;
}

const denied = 'AccessDeniedException';
const error = 'AwsCallError!';
const operations: Readonly<Record<string, Row>> = {
  // Without the list of trails there is no row for any of them.
  DescribeTrails: {
    refused: [denied, 'NON_COMPLIANT UNREADABLE'],
    gone: ['ResourceNotFoundException', 'NON_COMPLIANT UNREADABLE'],
    error,
  },
  // Trails of other regions could only add chains.
  ListTrails: { refused: [denied, COMPLIANT], gone: ['ResourceNotFoundException', COMPLIANT], error },
  GetTrailStatus: { refused: [denied, UNREADABLE], gone: ['TrailNotFoundException', UNREADABLE], error },
  GetEventSelectors: { refused: [denied, UNREADABLE], gone: ['TrailNotFoundException', UNREADABLE], error },
  DescribeMetricFilters: {
    refused: [denied, UNREADABLE],
    gone: ['ResourceNotFoundException', both('NON_COMPLIANT LOG_GROUP_GONE')],
    error,
  },
  // A log group that has filters is of a class that supports them, so the class is not read.
  DescribeLogGroups: {
    refused: [denied, COMPLIANT],
    gone: ['ResourceNotFoundException', COMPLIANT],
    error,
    isAsked: false,
  },
  GetTransformer: { refused: [denied, UNREADABLE], gone: ['ResourceNotFoundException', COMPLIANT], error },
  DescribeAccountPolicies: { refused: [denied, UNREADABLE], gone: ['ResourceNotFoundException', UNREADABLE], error },
  // The listing of all alarms knows them too.
  DescribeAlarmsForMetric: { refused: ['AccessDenied', COMPLIANT], gone: ['ResourceNotFound', COMPLIANT], error },
  DescribeAlarms: {
    refused: ['AccessDenied', UNREADABLE],
    gone: ['ResourceNotFound', UNREADABLE],
    error,
    passed: both('NON_COMPLIANT NO_ALARM'),
  },
  ListAlarmMuteRules: { refused: ['AccessDenied', UNREADABLE], gone: ['ResourceNotFound', UNREADABLE], error },
  // A rule that is gone since it was listed mutes nothing.
  GetAlarmMuteRule: { refused: ['AccessDenied', UNREADABLE], gone: ['ResourceNotFound', COMPLIANT], error },
  DescribeAlarmHistory: { refused: ['AccessDenied', UNREADABLE], gone: ['ResourceNotFound', UNREADABLE], error },
  ListSubscriptionsByTopic: {
    refused: ['AuthorizationError', UNREADABLE],
    gone: ['NotFound', both('NON_COMPLIANT TOPIC_GONE')],
    error,
  },
  GetTopicAttributes: {
    refused: ['AuthorizationError', UNREADABLE],
    gone: ['NotFound', both('NON_COMPLIANT TOPIC_GONE')],
    error,
  },
  GetSubscriptionAttributes: {
    refused: ['AuthorizationError', UNREADABLE],
    gone: ['NotFound', both('NON_COMPLIANT NO_SUBSCRIBER')],
    error,
  },
  ListRules: {
    refused: [denied, UNREADABLE],
    gone: ['ResourceNotFoundException', both('NON_COMPLIANT NO_EVENT_RULE')],
    error,
  },
  ListTargetsByRule: {
    refused: [denied, UNREADABLE],
    gone: ['ResourceNotFoundException', both('NON_COMPLIANT EVENT_RULE_WITHOUT_TARGET')],
    error,
  },
  DescribeKey: {
    refused: [denied, UNREADABLE],
    gone: ['NotFoundException', both('NON_COMPLIANT TOPIC_KEY_REFUSES_ALARM')],
    error,
  },
  GetKeyPolicy: {
    refused: [denied, UNREADABLE],
    gone: ['NotFoundException', both('NON_COMPLIANT TOPIC_KEY_REFUSES_ALARM')],
    error,
  },
  PutEvaluations: {
    refused: [denied, error],
    gone: ['ResourceNotFoundException', error],
  },
  // Trails go by their names where AWS Config does not tell what it calls them.
  ListDiscoveredResources: {
    refused: [denied, COMPLIANT],
    gone: ['NoAvailableConfigurationRecorderException', COMPLIANT],
  },
  // Only clearing the rows of earlier runs needs it, when those of this run are sent.
  GetComplianceDetailsByConfigRule: {
    refused: [denied, `${error} ${COMPLIANT}`.replace('!', '!,')],
    gone: ['NoSuchConfigRuleException', COMPLIANT],
    held: COMPLIANT,
  },
};

describe('a scheduled run, by the operation that fails', () => {
  it('is tried with every operation of the function in its own account', () => {
    const used = usedActions(new URL('../../src/lambda/entry-point.ts', import.meta.url)).map(
      (action) => action.split(':')[1],
    );
    expect([...Object.keys(operations), 'AssumeRole', 'DescribeOrganization'].sort()).to.deep.equal(used.sort());
  });

  // A throttled client waits for seconds before it asks again, so these wait side by side.
  const throttling: Fault = { kind: 'error', code: 'ThrottlingException' };
  const throttled = async (times: number) =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(operations).map(async (operation) => [
          operation,
          await outcomeOf(operation, throttling, { times, maxAttempts: 2 }),
        ]),
      ),
    ) as Readonly<Record<string, string>>;
  const expected = (outcome: (row: Row) => string) =>
    Object.fromEntries(Object.entries(operations).map(([operation, row]) => [operation, outcome(row)]));
  const ending = ({ held, isAsked }: Row, name: string) => {
    if (isAsked === false) return COMPLIANT;
    return held === undefined ? name : `${name}, ${held}`;
  };

  it('sends every evaluation when one is throttled once', async () => {
    expect(await throttled(1)).to.deep.equal(expected(({ passed = COMPLIANT }) => passed));
  });

  it('ends in an error when one is throttled for ever, without a partial set of evaluations', async () => {
    expect(await throttled(Infinity)).to.deep.equal(expected((row) => ending(row, error)));
  });

  for (const [operation, row] of Object.entries(operations)) {
    describe(`${operation}:`, () => {
      const { refused, gone, error: readError } = row;
      it(`refused, ${refused[1]}`, async () => {
        expect(await outcomeOf(operation, { kind: 'error', code: refused[0], status: 403 })).to.equal(refused[1]);
      });
      it(`not found, ${gone[1]}`, async () => {
        expect(await outcomeOf(operation, { kind: 'error', code: gone[0] })).to.equal(gone[1]);
      });
      it('failing, silent or cut off, an error and no partial set of evaluations', async () => {
        // A read that times out earlier ends in the same error, so impatience does no harm there.
        const requestTimeoutMs = readError === undefined ? 1500 : 300;
        const outcomes = await Promise.all([
          outcomeOf(operation, { kind: 'error', code: 'InternalFailure', status: 500 }),
          outcomeOf(operation, { kind: 'silence' }, { requestTimeoutMs }),
          outcomeOf(operation, { kind: 'reset' }),
        ]);
        expect(outcomes).to.deep.equal(outcomes.map(() => ending(row, error)));
      });
    });
  }
});
