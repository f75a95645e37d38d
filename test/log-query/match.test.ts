import { expect } from 'chai';

import { match, parse } from '../../src/log-query/index.ts';

const FILTER_PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html';
const FIELDS_PAGE =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html';
const FUNCTIONS_PAGE =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html';

/** The record that the page about discovered fields shows, in part. */
const RECORD = {
  eventVersion: '1.0',
  userIdentity: { type: 'IAMUser', userName: 'Alice' },
  eventName: 'StartInstances',
  requestParameters: { instancesSet: { items: [{ instanceId: 'i-abcde123' }] } },
  responseElements: { instancesSet: { items: [{ currentState: { code: 0, name: 'pending' } }] } },
  readOnly: false,
  errorCode: null,
};

const OPEN = 'undecided';
const rows: readonly (readonly [claim: string, source: string, filter: string, answer: boolean | typeof OPEN])[] = [
  ['a name with dots goes into objects', FIELDS_PAGE, 'userIdentity.type = "IAMUser"', true],
  [
    'a number is the place in an array',
    FIELDS_PAGE,
    'requestParameters.instancesSet.items.0.instanceId = "i-abcde123"',
    true,
  ],
  [
    'there may be no such place',
    FIELDS_PAGE,
    'requestParameters.instancesSet.items.1.instanceId = "i-abcde123"',
    false,
  ],
  ['a text is equal as a whole', FILTER_PAGE, 'eventName = "Start"', false],
  ['`in` compares whole texts', FILTER_PAGE, 'eventName in ["Start", "Instances"]', false],
  ['`in` needs one of the list', FILTER_PAGE, 'eventName in ["StopInstances", "StartInstances"]', true],
  ['`like` finds a part', FILTER_PAGE, 'eventName like "Instance"', true],
  ['`like` is case-sensitive', FILTER_PAGE, 'eventName like /instance/', false],
  ['`(?i)` is not', FILTER_PAGE, 'eventName like /(?i)INSTANCES/', true],
  ['`^` and `$` hold the ends', FILTER_PAGE, 'eventName =~ /^Instances$/', false],
  ['alternatives are each enough', FILTER_PAGE, 'eventName like /^(Start|Stop)Instances$/', true],
  ['`@message` is the whole record', FIELDS_PAGE, '@message like /abcde123/', true],
  ['and so are names of fields', FIELDS_PAGE, '@message like /instancesSet/', true],
  ['`ispresent` asks whether a field is there', FUNCTIONS_PAGE, 'ispresent(userIdentity.userName)', true],
  ['or not', FUNCTIONS_PAGE, 'not ispresent(userIdentity.arn)', true],
  ['an object has no value of its own', FIELDS_PAGE, 'userIdentity = "IAMUser"', false],
  ['what a missing field is not, is not documented', '', 'userIdentity.arn != "x"', OPEN],
  ['nor if it is negated in another way', '', 'not (userIdentity.arn = "x")', OPEN],
  ['nor if it is negated twice', '', 'not (userIdentity.arn != "x")', OPEN],
  ['a missing field equals no text', FILTER_PAGE, 'userIdentity.arn = "x"', false],
  [
    'a number compared with its digits is not documented',
    '',
    'responseElements.instancesSet.items.0.currentState.code = "0"',
    OPEN,
  ],
  ['a number is no word', '', 'responseElements.instancesSet.items.0.currentState.code = "pending"', false],
  ['false compared with its name is not documented', '', 'readOnly = "false"', OPEN],
  ['whether null is present is not documented', '', 'ispresent(errorCode)', OPEN],
  ['null is no error code', FILTER_PAGE, 'errorCode = "AccessDenied"', false],
  ['a certain answer beats a doubt in `or`', '', 'userIdentity.arn != "x" or eventName = "StartInstances"', true],
  ['and in `and`', '', 'userIdentity.arn != "x" and eventName = "StopInstances"', false],
];

describe('the meaning of queries', () => {
  for (const [claim, source, filter, answer] of rows) {
    it(`${claim}: ${filter}${source === '' ? '' : ` (${source})`}`, () => {
      const parsed = parse(`filter ${filter}`);
      if (parsed.kind !== 'parsed') throw new Error(parsed.issue.expected);
      expect(match(parsed.query, JSON.stringify(RECORD)).matches).to.equal(answer);
    });
  }

  it('counts no line that is no JSON object, as its fields are not found', () => {
    expect(match({ filters: [] }, 'no record').matches).to.equal(false);
  });

  it('does not know which of two equal keys counts', () => {
    const parsed = parse('filter eventName = "a"');
    if (parsed.kind !== 'parsed') throw new Error('not read');
    const { matches, reason } = match(parsed.query, '{"eventName":"a","eventName":"b"}');
    expect([matches, reason]).to.deep.equal([OPEN, 'AWS does not document which of two equal keys of an event counts']);
  });
});
