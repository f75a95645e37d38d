import { expect } from 'chai';

import { compare, type EventPattern, match, parse } from '../../../src/event-pattern/index.ts';
import { matchesUnderAll, parse as parseFilter, type Pattern } from '../../../src/filter-pattern/index.ts';

const REQUIRED = '{ ($.eventName=DeactivateMFADevice) }';
const PREMISES = '{ $.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall" }';

function eventPattern(text: string): EventPattern {
  const parsed = parse(text);
  if (parsed.kind !== 'parsed') throw new Error(parsed.issue.expected);
  return parsed.pattern;
}

function filterPattern(text: string): Pattern {
  const parsed = parseFilter(text);
  if (parsed.kind !== 'parsed') throw new Error(parsed.issue.expected);
  return parsed.pattern;
}

const compareTexts = (candidates: readonly string[], required = REQUIRED, premises = PREMISES) =>
  compare({
    candidates: candidates.map(eventPattern),
    required: filterPattern(required),
    premises: filterPattern(premises),
  });

const IAM = '"source":["aws.iam"],"detail-type":["AWS API Call via CloudTrail"]';

describe('compare, an event pattern with a required filter pattern', () => {
  const cases: readonly (readonly [claim: string, candidate: string, relation: string])[] = [
    ['the pattern that guides show', `{${IAM},"detail":{"eventName":["DeactivateMFADevice"]}}`, 'equivalent'],
    [
      'the event source as well',
      `{${IAM},"detail":{"eventSource":["iam.amazonaws.com"],"eventName":["DeactivateMFADevice"]}}`,
      'equivalent',
    ],
    ['the record alone', '{"detail":{"eventName":["DeactivateMFADevice"]}}', 'equivalent'],
    ['the name with a point', '{"detail.eventName":["DeactivateMFADevice"]}', 'equivalent'],
    ['one name more', `{${IAM},"detail":{"eventName":["DeactivateMFADevice","EnableMFADevice"]}}`, 'broader'],
    ['a prefix', `{${IAM},"detail":{"eventName":[{"prefix":"Deactivate"}]}}`, 'broader'],
    ['all events of IAM', '{"source":["aws.iam"]}', 'broader'],
    ['a misspelt field', `{${IAM},"detail":{"eventname":["DeactivateMFADevice"]}}`, 'overlapping'],
    ['another source', '{"source":["aws.ec2"],"detail":{"eventName":["DeactivateMFADevice"]}}', 'never'],
    [
      'another detail type',
      '{"detail-type":["AWS Service Event via CloudTrail"],"detail":{"eventName":["DeactivateMFADevice"]}}',
      'never',
    ],
    [
      'anything-but on a field that may be missing',
      '{"detail":{"eventName":["DeactivateMFADevice"],"errorCode":[{"anything-but":"AccessDenied"}]}}',
      'narrower',
    ],
    [
      'a missing field or anything but a value',
      '{"detail":{"eventName":["DeactivateMFADevice"],"errorCode":[{"exists":false},{"anything-but":"x"},"x"]}}',
      'equivalent',
    ],
    ['another event', `{${IAM},"detail":{"eventName":["EnableMFADevice"]}}`, 'disjoint'],
    [
      'an alternative that is not required',
      '{"$or":[{"detail":{"eventName":["DeactivateMFADevice"]}},{"source":["aws.ec2"]}]}',
      'broader',
    ],
    ['another region', '{"region":["eu-west-1"],"detail":{"eventName":["DeactivateMFADevice"]}}', 'narrower'],
  ];
  for (const [claim, candidate, relation] of cases) {
    it(`finds ${claim} ${relation}`, () => {
      expect(compareTexts([candidate]).relation).to.equal(relation);
    });
  }

  it('counts as caught what one of several candidates matches', () => {
    const [first, second] = ['"us-east-1"', '{"anything-but":"us-east-1"}'].map(
      (region) => `{"region":[${region}],"detail":{"eventName":["DeactivateMFADevice"]}}`,
    );
    expect(compareTexts([first ?? '', second ?? '']).relation).to.equal('equivalent');
    expect(compareTexts([first ?? '']).relation).to.equal('narrower');
  });

  it('takes from the premises in which region and account the event is', () => {
    const premises =
      '{ $.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall" && $.awsRegion = "us-east-1" && $.recipientAccountId = "111122223333" }';
    const candidate = `{"account":["111122223333"],"region":["us-east-1"],"detail":{"eventName":["DeactivateMFADevice"]}}`;
    expect(compareTexts([candidate], REQUIRED, premises).relation).to.equal('equivalent');
  });

  it('knows that the source of an event goes with the event source of its record', () => {
    const required = '{ $.eventName = "DeactivateMFADevice" && $.eventSource = "iam.amazonaws.com" }';
    const named = '{"source":["aws.iam"],"detail":{"eventName":["DeactivateMFADevice"]}}';
    expect(compareTexts([named], required).relation).to.equal('equivalent');
    const other = '{"source":["aws.sts"],"detail":{"eventName":["DeactivateMFADevice"]}}';
    expect(compareTexts([other], required).relation).to.equal('disjoint');
  });

  it('takes a field that a filter pattern goes into for an object', () => {
    const cases = [
      ['{"detail":{"additionalEventData":{"MFAUsed":["No"]}}}', '{ $.additionalEventData.MFAUsed = "No" }'],
      ['{"detail":{"requestParameters":{"a":{"b":["x"]}}}}', '{ $.requestParameters.a.b = "x" }'],
      ['{"detail":{"resources":{"ARN":[{"prefix":"arn:"}]}}}', '{ $.resources[*].ARN = "arn:*" }'],
    ] as const;
    expect(
      cases.map(
        ([candidate, required]) =>
          compare({ candidates: [eventPattern(candidate)], required: filterPattern(required) }).relation,
      ),
    ).to.deep.equal(['equivalent', 'equivalent', 'equivalent']);
  });

  it('looks into objects of arrays elsewhere', () => {
    const candidate = '{"detail":{"eventName":["DeactivateMFADevice"],"resources":{"ARN":["x"],"type":["y"]}}}';
    const { shared } = compareTexts([candidate]);
    const { detail } = JSON.parse(shared.kind === 'event' ? shared.event : '{}') as { readonly detail?: object };
    expect(detail).to.deep.include({ resources: [{ ARN: 'x', type: 'y' }] });
  });

  it('leaves open which spelling of a detail type AWS uses', () => {
    const premises = '{ $.eventSource = "signin.amazonaws.com" && $.eventType = "AwsConsoleSignIn" }';
    const required = '{ $.eventName = "ConsoleLogin" }';
    const withType = (types: string) => `{"detail-type":[${types}],"detail":{"eventName":["ConsoleLogin"]}}`;
    const both = '"AWS Console Sign In via CloudTrail","AWS Console Signin via CloudTrail"';
    expect(compareTexts([withType('"AWS Console Sign In via CloudTrail"')], required, premises).relation).to.equal(
      'undecided',
    );
    expect(compareTexts([withType(both)], required, premises).relation).to.equal('equivalent');
  });

  it('shows events that the matchers of both languages answer as it says', () => {
    const candidate = '{"detail":{"eventName":["DeactivateMFADevice"],"sourceIPAddress":[{"cidr":"10.0.0.0/8"}]}}';
    const { missed, shared } = compareTexts([candidate]);
    const answers = [missed, shared].map((answer) => {
      if (answer.kind !== 'event') throw new Error(answer.kind);
      const { detail } = JSON.parse(answer.event) as { readonly detail: unknown };
      return [
        match(eventPattern(candidate), answer.event).matches,
        matchesUnderAll(filterPattern(REQUIRED), JSON.stringify(detail)).matches,
      ];
    });
    expect(answers).to.deep.equal([
      [false, true],
      [true, true],
    ]);
  });

  it('cannot compare with terms, which are searched in log lines', () => {
    expect(compareTexts(['{"source":["aws.iam"]}'], 'DeactivateMFADevice').relation).to.equal('undecided');
  });
});
