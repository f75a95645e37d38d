import { type KindSet, kindSet } from './predicate.ts';

const OPTIONAL = kindSet('missing', 'null');
const TEXT = kindSet('string') | OPTIONAL;
const FLAG = kindSet('true', 'false') | OPTIONAL;
const OBJECT = kindSet('object') | OPTIONAL;
const LIST = kindSet('array') | OPTIONAL;

/**
 * The fields of a CloudTrail record whose type the page names, and what selectors find there. Every one of them may be
 * missing or null here: some are optional, and a log group may hold records of every version.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const RECORD_FIELDS: ReadonlyMap<string, KindSet> = new Map([
  ...[
    'apiVersion',
    'awsRegion',
    'errorCode',
    'errorMessage',
    'eventCategory',
    'eventID',
    'eventName',
    'eventSource',
    'eventTime',
    'eventType',
    'eventVersion',
    'recipientAccountId',
    'requestID',
    'sharedEventID',
    'sourceIPAddress',
    'userAgent',
    'vpcEndpointId',
  ].map((name) => [name, TEXT] as const),
  ...['managementEvent', 'readOnly'].map((name) => [name, FLAG] as const),
  ...['tlsDetails', 'userIdentity'].map((name) => [name, OBJECT] as const),
  ['resources', LIST],
]);

/** What may be found at this field of a record; undefined if the page does not say. */
export function kindsOfField(name: string): KindSet | undefined {
  return RECORD_FIELDS.get(name);
}

/** "eventName" and "eventSource" are in every record. */
export function alwaysThere(name: string): boolean {
  return name === 'eventName' || name === 'eventSource';
}

/**
 * Texts that CloudTrail may write in a field of this name, to be tried before others, so that an example event is one that
 * an account may have.
 */
export function likelyTexts(name: string): readonly string[] {
  return LIKELY_TEXTS.get(name) ?? ['other', 'another'];
}

const LIKELY_TEXTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['eventName', ['ListUsers', 'DescribeInstances', 'GetObject', 'ConsoleLogin', 'EnableMFADevice', 'DeactivateType']],
  ['eventSource', ['iam.amazonaws.com', 's3.amazonaws.com', 'ec2.amazonaws.com']],
  ['eventType', ['AwsApiCall', 'AwsConsoleSignIn', 'AwsServiceEvent']],
  ['eventCategory', ['Management', 'Data']],
  ['eventVersion', ['1.11', '1.08']],
  ['eventTime', ['2026-01-31T12:00:00Z', '2026-01-31T13:00:00Z']],
  ['eventID', ['6b1c7d10-0b0f-4b6a-9d0e-2f6a3c1d5e01', '6b1c7d10-0b0f-4b6a-9d0e-2f6a3c1d5e02']],
  ['awsRegion', ['us-east-1', 'eu-west-1']],
  ['sourceIPAddress', ['203.0.113.10', '198.51.100.10']],
  ['errorCode', ['AccessDenied', 'Client.UnauthorizedOperation', 'AccessDeniedException', 'NoSuchEntityException']],
  ['MFAUsed', ['No', 'Yes']],
]);
