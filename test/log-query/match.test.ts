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
  ['true and false are no words', '', 'readOnly = "Root"', false],
  ['and are others than a word', '', 'readOnly != "Root"', true],
  ['a part of their names in any case may be found', '', 'readOnly like /ALS/', OPEN],
  ['so may 0 and 1', '', 'readOnly in ["0", "x"]', OPEN],
  ['a number is another than a word', '', 'responseElements.instancesSet.items.0.currentState.code != "x"', true],
  ['null compared with its name is not documented', '', 'errorCode = "NULL"', OPEN],
  ['what null is not, is not documented', '', 'errorCode != "AccessDenied"', OPEN],
  ['whether an object is present is not documented', '', 'ispresent(userIdentity)', OPEN],
  ['nor whether it is not', '', 'not ispresent(userIdentity)', OPEN],
  ['nor for an array', '', 'ispresent(requestParameters.instancesSet.items)', OPEN],
  ['what an object is not, is not documented', '', 'userIdentity != "x"', OPEN],
  ['an array has no value of its own', FIELDS_PAGE, 'requestParameters.instancesSet.items = "x"', false],
  ['a number is present', FUNCTIONS_PAGE, 'ispresent(responseElements.instancesSet.items.0.currentState.code)', true],
  ['false is present', FUNCTIONS_PAGE, 'ispresent(readOnly)', true],
  ['nothing is within a text', FIELDS_PAGE, 'ispresent(eventName.type)', false],
  ['so it is not present', FIELDS_PAGE, 'not ispresent(eventName.type)', true],
  ['an element has no name', FIELDS_PAGE, 'ispresent(requestParameters.instancesSet.items.first)', false],
  ['`!=` compares whole texts', FILTER_PAGE, 'eventName != "Start"', true],
  ['and is false of the text', FILTER_PAGE, 'eventName != "StartInstances"', false],
  ['`not in` needs none of the list', FILTER_PAGE, 'eventName not in ["StopInstances", "StartInstances"]', false],
  ['and is true without it', FILTER_PAGE, 'eventName not in ["StopInstances"]', true],
  ['`not like` finds no part', FILTER_PAGE, 'eventName not like "Instance"', false],
  ['`^` holds the beginning', FILTER_PAGE, 'eventName like /^Start/', true],
  ['and nothing else', FILTER_PAGE, 'eventName like /^Instances/', false],
  ['`$` holds the end', FILTER_PAGE, 'eventName like /Instances$/', true],
  ['and nothing before it', FILTER_PAGE, 'eventName like /Start$/', false],
  ['`(?i)` compares whole texts too', FILTER_PAGE, 'eventName like /(?i)^startinstances$/', true],
  ['the record may lack a text', FIELDS_PAGE, '@message not like /abcde123/', false],
  ['and a text that it lacks is not in it', FIELDS_PAGE, '@message not like /StopInstances/', true],
  ['the record itself is present', FUNCTIONS_PAGE, 'ispresent(@message)', true],
  ['`not` of both is one of them not', FILTER_PAGE, 'not (eventName = "StartInstances" and eventVersion = "2")', true],
  ['and not if both hold', FILTER_PAGE, 'not (eventName = "StartInstances" and eventVersion = "1.0")', false],
  ['`not` of either is neither', FILTER_PAGE, 'not (eventName = "StartInstances" or eventVersion = "2")', false],
  ['and holds if neither does', FILTER_PAGE, 'not (eventName = "Stop" or eventVersion = "2")', true],
  ['a doubt is left where no certain answer decides', '', 'userIdentity.arn != "x" and eventVersion = "1.0"', OPEN],
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
