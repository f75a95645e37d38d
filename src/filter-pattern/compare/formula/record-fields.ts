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

/** Texts that are likely in a field of this name, to be tried before others. */
export function likelyTexts(name: string): readonly string[] {
  switch (name) {
    case 'eventName':
      return ['ListUsers', 'DescribeInstances', 'GetObject', 'ConsoleLogin', 'EnableMFADevice', 'DeactivateType'];
    case 'eventSource':
      return ['iam.amazonaws.com', 's3.amazonaws.com', 'ec2.amazonaws.com'];
    default:
      return ['other', 'another'];
  }
}
