import { expect } from 'chai';

import { compareRule, shortMissedEvent } from '../../../src/chain/event-rule/compare-rule.ts';
import { contextOf } from '../../support/judging.ts';
import { EVENT_PATTERN } from '../../support/worlds/event-world.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';

const inventory = snapshotOf(soundWorld());
const NAME = ['DeactivateMFADevice'];
const asText = (pattern: object): string => JSON.stringify(pattern);

describe('the pattern of a rule, compared with what is required,', () => {
  const compared = (pattern: object | string, raw: Readonly<Record<string, string>> = {}, isOver = () => false) =>
    compareRule(typeof pattern === 'string' ? pattern : asText(pattern), { ...contextOf(inventory, raw), isOver });
  const kindsOf = (comparison: ReturnType<typeof compareRule>) => {
    if (comparison.kind !== 'compared') throw new Error(comparison.kind);
    return [comparison.missed.kind, comparison.extra.kind, comparison.shared.kind];
  };

  it('misses nothing and matches nothing else where both mean the same', () => {
    expect(kindsOf(compared(EVENT_PATTERN))).to.deep.equal(['none', 'none', 'event']);
  });

  it('is compared with the control and under the premises that are asked about', () => {
    const users = { filterPattern: '{ $.eventName = CreateUser }' };
    expect(kindsOf(compared(EVENT_PATTERN, users))).to.deep.equal(['event', 'event', 'none']);
    const ofIam = { ...users, premises: '{ $.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall" }' };
    const pattern = { ...EVENT_PATTERN, detail: { eventName: ['CreateUser'] } };
    expect(kindsOf(compared(pattern, users))[0]).to.equal('event');
    expect(kindsOf(compared(pattern, ofIam))[0]).to.equal('none');
  });

  it('says why an answer is open', () => {
    const term = compared(EVENT_PATTERN, { filterPattern: 'DeactivateMFADevice' });
    expect(kindsOf(term)).to.include('undecided');
    expect(term.kind === 'compared' && term.missed.kind === 'undecided' && term.missed.reason).to.match(/\S/);
  });

  it('is not read where EventBridge would refuse it, with the place', () => {
    const unread = compared('{"detail":{"eventName":"DeactivateMFADevice"}}');
    expect(unread.kind === 'unread' && unread.doubt).to.contain('an array or an object');
  });

  it('is not compared with the time over, unless the answer is known', () => {
    const fresh = { detail: { eventName: [...NAME, 'AskedWithTheTimeOver'] } };
    expect(compared(fresh, {}, () => true)).to.deep.equal({ kind: 'not-in-time' });
    const inTime = compared(fresh);
    expect(compared(fresh, {}, () => true)).to.deep.equal(inTime);
  });
});

describe('a missed event, as a sentence shows it,', () => {
  const record = { eventName: 'DeactivateMFADevice', eventSource: 'iam.amazonaws.com', eventType: 'AwsApiCall' };
  const envelope = { version: '0', source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail' };
  const shown = (pattern: object, detail: object = record, raw: Readonly<Record<string, string>> = {}): unknown =>
    JSON.parse(shortMissedEvent(asText({ ...envelope, detail }), asText(pattern), contextOf(inventory, raw)));

  it('has the fields of the envelope that the rule asks for, where these decide', () => {
    expect(shown({ source: ['aws.s3'], detail: { eventName: NAME } })).to.deep.equal({ source: 'aws.iam' });
    expect(shown({ ...EVENT_PATTERN, source: ['aws.s3'] })).to.deep.equal({
      source: 'aws.iam',
      'detail-type': 'AWS API Call via CloudTrail',
    });
  });

  it('has all of the envelope where the rule asks for a field that the event does not have', () => {
    expect(shown({ Source: ['aws.iam'], detail: { eventName: NAME } })).to.deep.equal(envelope);
  });

  it('has the record without what the premises say, where the record decides', () => {
    const missed = { ...record, errorCode: 'AccessDenied' };
    const pattern = { ...EVENT_PATTERN, detail: { eventName: NAME, errorCode: [{ exists: false }] } };
    expect(shown(pattern, missed)).to.deep.equal({ eventName: 'DeactivateMFADevice', errorCode: 'AccessDenied' });
    expect(shown({ detail: { eventName: ['CreateUser'] } })).to.deep.equal({ eventName: 'DeactivateMFADevice' });
  });

  it('is whole where the rule would match it without what the premises say', () => {
    const pattern = { detail: { eventName: NAME, eventSource: [{ exists: false }] } };
    expect(shown(pattern)).to.deep.equal({ ...envelope, detail: record });
  });

  it('is whole where it would not be required without that', () => {
    const filterPattern = '{ $.eventName = DeactivateMFADevice && $.eventSource = "iam.amazonaws.com" }';
    const raw = { filterPattern, premises: '{ $.eventSource = "iam.amazonaws.com" }' };
    const pattern = { detail: { eventName: ['CreateUser'] } };
    expect(shown(pattern, record, raw)).to.deep.equal({ ...envelope, detail: record });
  });
});
