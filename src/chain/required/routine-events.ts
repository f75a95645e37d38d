import type { Pattern, Trivalent } from '../../filter-pattern/index.ts';
import { matchesUnderAll } from '../../filter-pattern/index.ts';
import type { Inventory } from '../../inventory/model.ts';

/** A call that is in the log of every account that this rule evaluates. */
interface RoutineCall {
  readonly source: string;
  readonly name: string;
  readonly isRead: boolean;
  /** What makes the call, where it is not the function. */
  readonly caller?: 'lambda';
}

const read = (source: string, ...names: readonly string[]) =>
  names.map((name): RoutineCall => ({ source, name, isRead: true }));

/**
 * The calls of each evaluation: those of this rule for an account in which a chain holds, and those that AWS Lambda makes
 * to run a function. Trails that record reads and writes have all of them in their logs; those that record only writes
 * have the writes.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/log-api-calls.html
 */
const routineCalls: readonly RoutineCall[] = [
  ...read('cloudtrail.amazonaws.com', 'DescribeTrails', 'ListTrails', 'GetTrailStatus', 'GetEventSelectors'),
  ...read('logs.amazonaws.com', 'DescribeLogGroups', 'DescribeMetricFilters'),
  ...read('monitoring.amazonaws.com', 'DescribeAlarmsForMetric', 'DescribeAlarms'),
  ...read('monitoring.amazonaws.com', 'ListAlarmMuteRules', 'DescribeAlarmHistory'),
  ...read('sns.amazonaws.com', 'ListSubscriptionsByTopic', 'GetTopicAttributes', 'GetSubscriptionAttributes'),
  { source: 'config.amazonaws.com', name: 'PutEvaluations', isRead: false },
  { source: 'logs.amazonaws.com', name: 'CreateLogStream', isRead: false },
  { source: 'sts.amazonaws.com', name: 'AssumeRole', isRead: true, caller: 'lambda' },
];

/**
 * Finds a routine call that a filter matches although the control does not require it. The alarm of such a filter may be
 * in ALARM all the time, and then it does not notify about a required event.
 *
 * @param candidate - the pattern of the filter
 * @param required - the pattern of the control
 * @returns the name of the call, or `undefined` if the filter certainly matches none of them
 */
export function routineCallIn(
  candidate: Pattern,
  required: Pattern,
  account: Pick<Inventory, 'accountId' | 'region'>,
): string | undefined {
  return routineCallMatchedBy((event) => matchesUnderAll(candidate, event).matches, required, account);
}

/** The same for whatever else says of an event whether it counts. */
export function routineCallMatchedBy(
  matches: (event: string) => Trivalent,
  required: Pattern,
  account: Pick<Inventory, 'accountId' | 'region'>,
): string | undefined {
  const call = routineCalls.find((one) => {
    const event = JSON.stringify(recordOf(one, account));
    if (matchesUnderAll(required, event).matches !== false) return false;
    return matches(event) !== false;
  });
  return call?.name;
}

/**
 * The record that CloudTrail writes of a call, with made-up values where they differ from call to call.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function recordOf(
  { source, name, isRead, caller }: RoutineCall,
  { accountId, region }: Pick<Inventory, 'accountId' | 'region'>,
) {
  const isByLambda = caller === 'lambda';
  return {
    eventVersion: '1.11',
    userIdentity: isByLambda ? { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' } : functionIdentity(accountId),
    eventTime: '2026-01-01T00:00:00Z',
    eventSource: source,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: isByLambda ? 'lambda.amazonaws.com' : '203.0.113.64',
    userAgent: isByLambda ? 'lambda.amazonaws.com' : 'aws-sdk-js/3 exec-env/AWS_Lambda_nodejs22.x',
    requestParameters: {},
    responseElements: null,
    requestID: '00000000-0000-4000-8000-000000000001',
    eventID: '00000000-0000-4000-8000-000000000002',
    readOnly: isRead,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...(isByLambda
      ? {}
      : {
          tlsDetails: {
            tlsVersion: 'TLSv1.3',
            cipherSuite: 'TLS_AES_128_GCM_SHA256',
            clientProvidedHostHeader: source,
          },
        }),
  };
}

function functionIdentity(accountId: string) {
  const session = 'mfa-deactivation-alarm-rule';
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE000:${session}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${session}/${session}`,
    accountId,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEEXAMPLE000',
        arn: `arn:aws:iam::${accountId}:role/${session}`,
        accountId,
        userName: session,
      },
      attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}
