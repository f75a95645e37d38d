import { createHash } from 'node:crypto';

import { expect } from 'chai';

import { parse } from '../../../src/event-pattern/index.ts';
import { redact } from '../../../src/redaction/redact.ts';
import { verdictOn } from '../../support/judging.ts';
import { EVENT_BUS_ARN, EVENT_PATTERN, withRule } from '../../support/worlds/event-world.ts';
import { ACCOUNT, snapshotOf } from '../../support/worlds/world.ts';
import { outlineOf } from '../outline-of.ts';

const raws = [{}, { patternMatch: 'covers' }].map((raw) => ({ acceptedRoutes: 'eventbridge', ...raw }));
const withDetail = (more: object) => ({ ...EVENT_PATTERN, detail: { ...EVENT_PATTERN.detail, ...more } });

const digest = (word: string) => createHash('sha256').update(word).digest('hex');

/** The pattern as a copy shows it, after a look at the verdicts. */
function copied(eventPattern: string, digestOf?: typeof digest): string {
  const inventory = snapshotOf(withRule({ eventPattern }));
  const { copy } = redact(inventory, digestOf);
  for (const raw of raws) {
    const [original, ofCopy] = [inventory, copy].map((one) => outlineOf(verdictOn(one, raw)));
    expect(ofCopy, `${eventPattern} ${JSON.stringify(raw)}`).to.deep.equal(original);
  }
  const rules = Object.values(copy.parts['event-rules'] ?? {}).flatMap((part) =>
    part.kind === 'present' ? (part.value ?? []) : [],
  );
  expect(Object.keys(copy.parts['event-rules'] ?? {})).to.contain(EVENT_BUS_ARN.replace(ACCOUNT, copy.accountId));
  return rules[0]?.eventPattern ?? '';
}

describe('an event pattern under other names', () => {
  /** Patterns that name nobody: each asks for what AWS writes. */
  const general: readonly object[] = [
    EVENT_PATTERN,
    { ...EVENT_PATTERN, source: [{ prefix: 'aws.' }] },
    { ...EVENT_PATTERN, source: [{ prefix: { 'equals-ignore-case': 'AWS.I' } }] },
    { ...EVENT_PATTERN, source: [{ suffix: '.iam' }, { wildcard: 'aws.ia*' }] },
    { ...EVENT_PATTERN, source: [{ 'anything-but': { prefix: 'aws.s' } }] },
    { ...EVENT_PATTERN, 'detail-type': [{ prefix: 'AWS API' }, { suffix: 'via CloudTrail' }] },
    { ...EVENT_PATTERN, 'detail-type': [{ wildcard: 'AWS * via CloudTrail' }] },
    { ...EVENT_PATTERN, 'detail-type': [{ 'equals-ignore-case': 'aws api call via cloudtrail' }] },
    { ...EVENT_PATTERN, region: [{ prefix: 'us-' }], version: ['0'] },
    { ...EVENT_PATTERN, region: [{ 'anything-but': { prefix: 'eu-' } }] },
    { ...EVENT_PATTERN, 'detail.eventName': ['DeactivateMFADevice'] },
    withDetail({ eventName: [{ prefix: 'Deactivate' }] }),
    withDetail({ eventName: [{ suffix: 'MFADevice' }, { wildcard: '*MFA*' }] }),
    withDetail({ eventName: [{ 'equals-ignore-case': 'deactivatemfadevice' }] }),
    withDetail({ eventName: [{ 'anything-but': { 'equals-ignore-case': 'deactivatemfadevice' } }] }),
    withDetail({ eventSource: [{ 'equals-ignore-case': 'IAM.amazonaws.com' }] }),
    withDetail({ eventSource: [{ suffix: '.amazonaws.com' }, { prefix: 'iam' }] }),
    withDetail({ awsRegion: [{ prefix: 'us-east' }] }),
    withDetail({ eventCategory: [{ wildcard: 'Man*' }], userAgent: [{ wildcard: '*' }] }),
    withDetail({ userIdentity: { type: [{ prefix: 'IAM' }, 'Root'] } }),
    { source: ['aws.iam'], detail: { $or: [EVENT_PATTERN.detail, { errorCode: [{ exists: false }] }] } },
  ];
  for (const pattern of general) {
    const text = JSON.stringify(pattern);
    it(`stays as it is where it names nobody: ${text}`, () => {
      expect(copied(text)).to.equal(text);
    });
  }

  /** What a pattern asks for besides, and how a copy shows it, with W for each word that was replaced and # for each number. */
  const rows: readonly (readonly [object, string])[] = [
    [{ userName: ['ann', { 'anything-but': ['bob', 'ann'] }] }, '{"userName":["W",{"anything-but":["W","W"]}]}'],
    [
      { userName: [{ prefix: 'ann-' }, { suffix: { 'equals-ignore-case': '-Ann' } }] },
      '{"userName":[{"prefix":"W-"},{"suffix":{"equals-ignore-case":"-W"}}]}',
    ],
    [{ userName: [{ wildcard: 'ann*\\*' }] }, '{"userName":[{"wildcard":"W*\\\\*"}]}'],
    [{ arn: [{ prefix: `arn:aws:iam::${ACCOUNT}:user/ann` }] }, '{"arn":[{"prefix":"arn:aws:iam::#:user/W"}]}'],
    [{ payroll: [{ exists: true }], 'payroll.ann': [null, true] }, '{"W":[{"exists":true}],"W.W":[null,true]}'],
    [{ maxResults: [4711, 5], tags: [{ 'anything-but': [4711] }] }, '{"maxResults":[#,5],"tags":[{"anything-but":#}]}'],
    [{ maxResults: [{ numeric: ['>', 5, '<=', 4711] }] }, '{"maxResults":[{"numeric":[">",5,"<=",#]}]}'],
    [{ sourceIPAddress: [{ cidr: '203.0.113.0/24' }] }, '{"sourceIPAddress":[{"cidr":"192.0.2.0/24"}]}'],
    [{ sourceIPAddress: [{ cidr: '2001:db8::/32' }] }, '{"sourceIPAddress":[{"cidr":"fe80::/32"}]}'],
  ];
  for (const [more, expected] of rows) {
    it(`shows ${JSON.stringify(more)} as ${expected}`, () => {
      const { eventSource, eventName, ...shown } = (
        JSON.parse(copied(JSON.stringify(withDetail(more)))) as typeof EVENT_PATTERN
      ).detail;
      expect([eventSource, eventName]).to.deep.equal([['iam.amazonaws.com'], ['DeactivateMFADevice']]);
      const masked = JSON.stringify(shown).replaceAll(/name\d+/gi, 'W');
      expect(masked.replaceAll(/(?<![\d./])(?:1\d+)(?![\d.])/g, '#')).to.equal(expected);
    });
  }

  it('asks for whole numbers of accounts in place of parts of them', () => {
    for (const part of [{ prefix: '1111' }, { suffix: ACCOUNT.slice(3) }, { wildcard: '1*33' }, ACCOUNT]) {
      const own = copied(JSON.stringify({ ...EVENT_PATTERN, account: [part] }));
      const [, shown = ''] = /"account":\[(?:\{"\w+":)?"(\d+)"/.exec(own) ?? [];
      expect(shown, own).to.match(/^1\d{11}$/);
      copied(JSON.stringify(withDetail({ recipientAccountId: [part] })));
      copied(JSON.stringify({ ...EVENT_PATTERN, account: [{ 'anything-but': part }] }));
    }
    expect(copied(JSON.stringify({ ...EVENT_PATTERN, account: [{ prefix: '12' }] }))).to.contain(
      '[{"prefix":"000000000000"}]',
    );
  });

  it('can still be compared where a key makes the stand-ins, which are longer than numbers that AWS compares', () => {
    for (const bounds of [
      ['>', 4711, '<', 78051120],
      ['=', 78051120],
    ])
      copied(JSON.stringify(withDetail({ maxResults: [{ numeric: bounds }, 78051120] })), digest);
  });

  const unread = [
    'ann',
    '{"source": ["aws.iam"], "detail": {"eventName": [["DeactivateMFADevice", "ann"]]}}',
    '{"detail": {"eventName": "DeactivateMFADevice", "userName": "ann"}}',
    '{"detail": {"eventName": [{"ann": "DeactivateMFADevice"}]}}',
    '{"detail": {"sourceIPAddress": [{"cidr": "203.0.113.77/32"}], "eventName": ["DeactivateMFADevice"]}}',
    '{"detail": {"maxResults": [{"numeric": ["=", 7788889999]}]}}',
    `{"detail": {"eventName": ["DeactivateMFADevice"], "userAgent": ["${'ann '.repeat(1200)}"]}}`,
  ];
  for (const text of unread) {
    it(`is not read where it was not, and shows only words of AWS: ${text.slice(0, 80)}`, () => {
      const copy = copied(text);
      expect(parse(copy).kind).not.to.equal('parsed');
      expect(copy).not.to.match(/\bann\b|203|7788889999/);
      expect(copy.includes('DeactivateMFADevice')).to.equal(text.includes('DeactivateMFADevice'));
    });
  }
});
