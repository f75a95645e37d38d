import { expect } from 'chai';
import fc from 'fast-check';

import { describeIssue } from '../../src/filter-pattern/index.ts';
import type { LogQuery } from '../../src/log-query/index.ts';
import { match, parse, parseAggregation, print } from '../../src/log-query/index.ts';
import { arbitraryEvent, arbitraryQuery } from './arbitrary-query.ts';

const QUERY_PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html';
const FILTER_PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html';
const FIELDS_PAGE =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html';
const WHERE_PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Where.html';
const CDK = 'https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-cloudwatch/test/log-alarm.test.ts';

/** Queries of AWS's pages and programs that are read, printed as what they count. */
const read: readonly (readonly [source: string, query: string, printed: string])[] = [
  [FILTER_PAGE, 'fields f1, f2, f3 | filter f1 like /Exception/', 'filter f1 like "Exception"'],
  [FILTER_PAGE, 'fields f1, f2, f3 | filter f1 =~ /Exception/', 'filter f1 like "Exception"'],
  [FILTER_PAGE, 'fields f1, f2, f3 | filter f1 like "Exception"', 'filter f1 like "Exception"'],
  [FILTER_PAGE, 'fields f1, f2, f3 | filter f1 like /(?i)Exception/', 'filter f1 like /(?i)Exception/'],
  [FILTER_PAGE, 'fields f1, f2, f3 | filter f1 =~ /^(?i)Exception$/', 'filter f1 like /(?i)^Exception$/'],
  [
    FILTER_PAGE,
    'fields @timestamp, @message\n| filter logGroup in ["example_group"]\n| sort @timestamp desc\n| limit 20',
    'filter logGroup in ["example_group"] | limit 20',
  ],
  [
    FILTER_PAGE,
    'fields @timestamp, @message\n| filter logGroup not in ["example_group"]',
    'filter logGroup not in ["example_group"]',
  ],
  [
    QUERY_PAGE,
    'fields @timestamp # of each event\n| filter ispresent(errorCode) # and no other',
    'filter ispresent(errorCode)',
  ],
  [QUERY_PAGE, 'fields `foo-bar`, action | filter `foo-bar` = "x"', 'filter `foo-bar` = "x"'],
  [QUERY_PAGE, 'stats count(*)', 'stats count(*)'],
  [
    FIELDS_PAGE,
    "filter requestParameters.instancesSet.items.0.instanceId = 'i-abcde123'",
    'filter requestParameters.instancesSet.items.0.instanceId = "i-abcde123"',
  ],
  [CDK, 'fields @message | filter @message like /ERROR/', 'filter @message like "ERROR"'],
  [WHERE_PAGE, 'fields @timestamp, @message | where @message like /error/', 'filter @message like "error"'],
  [FILTER_PAGE, 'filter requestId IN ["a", "b"]', 'filter requestId in ["a", "b"]'],
  ['', 'filter a like /"x\'y/', 'filter a like /"x\'y/'],
  ['', 'filter a like /100\\%/', 'filter a like /100%/'],
  ['', 'filter `not` = "x"', 'filter `not` = "x"'],
  ['', '', ''],
];

/** Queries that AWS runs, and that are not computed: where that begins. */
const unread: readonly (readonly [query: string, offset: number, found: string])[] = [
  ['fields f1 | filter (duration>2000)', 28, '>'],
  ['fields abs(f3-f4)', 7, 'abs('],
  ['parse @message "user=*" as @user', 0, 'parse'],
  ['filter a = "x" | dedup a', 17, 'dedup'],
  ['filter a = "x" | stats count(*) by bin(5m)', 32, 'by'],
  ['filter a = "x" | stats avg(b)', 23, 'avg('],
  ['filter strcontains(a, "x") = 1', 7, 'strcontains('],
  ['filter isempty(a)', 7, 'isempty('],
  ['filter a = b', 11, 'b'],
  ['filter a = 5', 11, '5'],
  ['filter readOnly = true', 18, 'true'],
  ['filter a = "x" and b = "y" or c = "z"', 27, 'or'],
  ['filter not a = "x"', 11, 'a'],
  ['filter a like /De.*ce/', 17, '.'],
  ['filter a like /x+/', 16, '+'],
  ['filter a like "x\\"', 14, '"'],
  ['filter a like "%x%"', 14, '"'],
  ['filter a =~ "^x$"', 12, '"'],
  [`filter ${'not '.repeat(100_000)}(a = "x")`, 211, 'not'],
  ['filter a = ""', 11, '"'],
  ['filter @logStream = "x"', 7, '@logStream'],
  ['filter @message = "x"', 16, '='],
  ['filter @message like /"eventName":"DeactivateMFADevice"/', 16, 'like'],
  ['limit 10 | filter a = "x"', 11, 'filter'],
  ['stats count(*) | filter a = "x"', 17, 'filter'],
  ['FILTER a = "x"', 0, 'FILTER'],
  ['SOURCE logGroups(namePrefix: ["a"]) | filter a = "x"', 0, 'SOURCE'],
  ['filter a = "x" filter b = "y"', 15, 'filter'],
  ['filter ', 7, 'end of pattern'],
];

describe('the reader of queries', () => {
  for (const [source, query, printed] of read) {
    it(`reads ${JSON.stringify(query)}${source === '' ? '' : `, of ${source}`}`, () => {
      const result = parse(query);
      expect(result.kind === 'parsed' ? print(result.query) : describeIssue(result.issue)).to.equal(printed);
    });
  }

  for (const [query, offset, found] of unread) {
    it(`names where ${JSON.stringify(query.slice(0, 80))} is not computed`, () => {
      const result = parse(query);
      expect(result.kind === 'unread' && [result.issue.offset, result.issue.found]).to.deep.equal([offset, found]);
    });
  }

  it('reads what it prints as a query that counts the same', () => {
    fc.assert(
      fc.property(arbitraryQuery, arbitraryEvent, (query, event) => {
        const again = parse(print(query));
        expect(again.kind).to.equal('parsed');
        if (again.kind !== 'parsed') return;
        expect(match(again.query, event)).to.deep.equal(match(query, event));
        expect(print(again.query)).to.equal(print(query));
      }),
      { numRuns: 300 },
    );
  });

  it('answers for every text', () => {
    const words = [
      'filter',
      'a',
      '=',
      '"x"',
      '|',
      '(',
      ')',
      'not',
      'in',
      '[',
      '/',
      '^',
      '\\',
      'and',
      '#',
      '\n',
      '@message',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (pieces) => {
        expect(['parsed', 'unread']).to.include(parse(pieces.join(' ')).kind);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the reader of aggregation expressions', () => {
  const counting: LogQuery = { filters: [] };
  const named: LogQuery = { filters: [], count: { alias: 'n' } };
  const rows: readonly (readonly [expression: string, query: LogQuery, answer: string | number])[] = [
    ['count(*)', counting, 'results'],
    ['count(*) as calls', counting, 'results'],
    ['sum(n)', named, 'number'],
    ['max( n )', named, 'number'],
    ['count(*)', named, 0],
    ['sum(m)', named, 0],
    ['sum(n)', counting, 0],
    ['avg(latency) by host | sort desc', counting, 13],
    ['count(*) by userIdentity.arn', counting, 9],
    ['', counting, 0],
  ];
  for (const [expression, query, answer] of rows) {
    it(`takes ${JSON.stringify(expression)} after \`${print(query)}\` for ${answer}`, () => {
      const found = parseAggregation(expression, query);
      expect(typeof found === 'object' ? found.offset : found).to.equal(answer);
    });
  }
});
