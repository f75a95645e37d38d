import { expect } from 'chai';

import { match, parse } from '../../../src/event-pattern/index.ts';

const SYNTAX = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html';
const OPERATORS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html';
const ARRAYS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html';
const NULLS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-null-values.html';
const RULER = 'https://github.com/aws/event-ruler#readme';

const EC2_EVENT = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '111122223333',
  time: '2017-12-22T18:43:48Z',
  region: 'us-west-1',
  resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'],
  detail: { 'instance-id': 'i-1234567890abcdef0', state: 'terminated' },
};

const RULER_EVENT = {
  version: '0',
  id: 'ddddd4-aaaa-7777-4444-345dd43cc333',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '012345679012',
  time: '2017-10-02T16:24:49Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],
  detail: {
    'c-count': 5,
    'd-count': 3,
    'x-limit': 301.8,
    'source-ip': '10.0.0.33',
    'instance-id': 'i-000000aaaaaa00000',
    state: 'running',
  },
};

const EMPLOYEES = {
  employees: [
    { firstName: 'John', lastName: 'Doe' },
    { firstName: 'Anna', lastName: 'Smith' },
    { firstName: 'Peter', lastName: 'Jones' },
  ],
};

const detail = (members: object) => ({ detail: members });

/** A documented pattern, an event, and what AWS says of them. */
type Example = readonly [claim: string, pattern: object, event: object, matches: boolean, source: string];

const examples: readonly Example[] = [
  [
    'selects events by source, detail type and state',
    {
      source: ['aws.ec2'],
      'detail-type': ['EC2 Instance State-change Notification'],
      detail: { state: ['terminated'] },
    },
    EC2_EVENT,
    true,
    SYNTAX,
  ],
  ['takes one of several values', { source: ['aws.ec2', 'aws.fargate'] }, EC2_EVENT, true, SYNTAX],
  [
    'needs every field of the pattern',
    { source: ['aws.ec2'], detail: { state: ['terminated'], other: ['x'] } },
    EC2_EVENT,
    false,
    SYNTAX,
  ],
  ['tells upper and lower case apart', { source: ['AWS.EC2'] }, EC2_EVENT, false, SYNTAX],
  [
    'takes a name with a point for nested names',
    detail({ 'state.status': ['running'] }),
    detail({ state: { status: 'running' } }),
    true,
    SYNTAX,
  ],
  [
    'takes a name with a point in the event for nested names',
    detail({ state: { status: ['running'] } }),
    detail({ 'state.status': 'running' }),
    true,
    SYNTAX,
  ],
  [
    'matches the beginning of a text',
    { time: [{ prefix: '2017-10-02' }] },
    { time: '2017-10-02T18:43:48Z' },
    true,
    OPERATORS,
  ],
  [
    'matches the beginning whatever its case',
    { service: [{ prefix: { 'equals-ignore-case': 'EventB' } }] },
    { service: 'eventbridge' },
    true,
    OPERATORS,
  ],
  ['matches the end of a text', { FileName: [{ suffix: '.png' }] }, { FileName: 'a.png' }, true, OPERATORS],
  [
    'matches the end whatever its case',
    { FileName: [{ suffix: { 'equals-ignore-case': '.png' } }] },
    { FileName: 'a.PNG' },
    true,
    OPERATORS,
  ],
  [
    'matches anything but a text',
    detail({ state: [{ 'anything-but': 'initializing' }] }),
    detail({ state: 'x' }),
    true,
    OPERATORS,
  ],
  [
    'does not match that text',
    detail({ state: [{ 'anything-but': 'initializing' }] }),
    detail({ state: 'initializing' }),
    false,
    OPERATORS,
  ],
  [
    'matches anything but a number',
    detail({ 'x-limit': [{ 'anything-but': 123 }] }),
    detail({ 'x-limit': 456 }),
    true,
    OPERATORS,
  ],
  [
    'matches anything but several texts',
    detail({ state: [{ 'anything-but': ['stopped', 'overloaded'] }] }),
    detail({ state: 'overloaded' }),
    false,
    OPERATORS,
  ],
  [
    'matches anything but several numbers',
    detail({ 'x-limit': [{ 'anything-but': [100, 200, 300] }] }),
    detail({ 'x-limit': 200 }),
    false,
    OPERATORS,
  ],
  [
    'matches anything but a text in any case',
    detail({ state: [{ 'anything-but': { 'equals-ignore-case': ['initializing', 'stopped'] } }] }),
    detail({ state: 'STOPPED' }),
    false,
    OPERATORS,
  ],
  [
    'matches anything but a beginning',
    detail({ state: [{ 'anything-but': { prefix: 'init' } }] }),
    detail({ state: 'initializing' }),
    false,
    OPERATORS,
  ],
  [
    'matches anything but several ends',
    detail({ FileName: [{ 'anything-but': { suffix: ['.txt', '.rtf'] } }] }),
    detail({ FileName: 'a.rtf' }),
    false,
    OPERATORS,
  ],
  [
    'matches anything but a wildcard',
    detail({ FilePath: [{ 'anything-but': { wildcard: '*/lib/*' } }] }),
    detail({ FilePath: '/usr/lib/x' }),
    false,
    OPERATORS,
  ],
  [
    'compares numbers with bounds',
    detail({
      'c-count': [{ numeric: ['>', 0, '<=', 5] }],
      'd-count': [{ numeric: ['<', 10] }],
      'x-limit': [{ numeric: ['=', 3.018e2] }],
    }),
    RULER_EVENT,
    true,
    OPERATORS,
  ],
  ['finds an address in a block', detail({ 'source-ip': [{ cidr: '10.0.0.0/24' }] }), RULER_EVENT, true, OPERATORS],
  [
    'finds no address in another block',
    detail({ 'source-ip': [{ cidr: '10.0.1.0/24' }] }),
    RULER_EVENT,
    false,
    OPERATORS,
  ],
  ['asks whether a field is there', detail({ 'c-count': [{ exists: true }] }), RULER_EVENT, true, OPERATORS],
  [
    'asks whether a field is missing',
    detail({ 'c-count': [{ exists: false }] }),
    detail({ state: 'x' }),
    true,
    OPERATORS,
  ],
  [
    'takes an object for no value of its own',
    detail({ 'c-count': [{ exists: false }] }),
    detail({ state: 'x', 'c-count': { c1: 100 } }),
    true,
    RULER,
  ],
  [
    'compares texts in any case',
    { 'detail-type': [{ 'equals-ignore-case': 'ec2 instance state-change notification' }] },
    EC2_EVENT,
    true,
    OPERATORS,
  ],
  [
    'fills a wildcard',
    { EventBusArn: [{ wildcard: '*/dir/*.png' }] },
    { EventBusArn: 'a/dir/x/y.png' },
    true,
    OPERATORS,
  ],
  ['takes an escaped asterisk for itself', { a: [{ wildcard: 'x\\*y' }] }, { a: 'xzy' }, false, OPERATORS],
  [
    'takes one of the objects of `$or`',
    { $or: [{ Location: ['New York'] }, { Day: ['Monday'] }] },
    { Location: 'Paris', Day: 'Monday' },
    true,
    OPERATORS,
  ],
  [
    'joins `$or` with the other fields',
    {
      source: ['aws.cloudwatch'],
      $or: [{ metricName: ['CPUUtilization'] }, { metricType: ['MetricType'], namespace: ['AWS/EC2'] }],
    },
    { source: 'aws.cloudwatch', metricType: 'MetricType' },
    false,
    RULER,
  ],
  ['matches an array by one of its elements', { resources: ['b', 'c'] }, { resources: ['a', 'b'] }, true, ARRAYS],
  ['matches no array without a common element', { resources: ['c'] }, { resources: ['a', 'b'] }, false, ARRAYS],
  ['looks into objects of an array', { employees: { firstName: ['Anna'] } }, EMPLOYEES, true, RULER],
  [
    'wants the fields of one object of an array together',
    { employees: { firstName: ['Anna'], lastName: ['Jones'] } },
    EMPLOYEES,
    false,
    RULER,
  ],
  [
    'looks into arrays of arrays',
    { employees: { firstName: ['Peter'] } },
    { employees: [[{ firstName: 'Peter' }]] },
    true,
    RULER,
  ],
  ['matches the empty text', { eventVersion: [''] }, { eventVersion: '' }, true, NULLS],
  ['matches null', { responseElements: [null] }, { responseElements: null }, true, NULLS],
  ['tells null from the empty text', { responseElements: [null] }, { responseElements: '' }, false, NULLS],
  ['does not match a missing field by anything-but', { a: [{ 'anything-but': 'x' }] }, { b: 'y' }, false, RULER],
];

describe('documented examples of event patterns', () => {
  for (const [claim, pattern, event, matches, source] of examples) {
    it(`${claim} (${source})`, () => {
      const parsed = parse(JSON.stringify(pattern));
      if (parsed.kind !== 'parsed') throw new Error(parsed.issue.expected);
      expect(match(parsed.pattern, JSON.stringify(event))).to.deep.equal({ matches });
    });
  }
});
