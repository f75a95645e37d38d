import { expect } from 'chai';

import type { Context } from '../../../src/chain/base/link.ts';
import { judgeRule } from '../../../src/chain/event-rule/judge-rule.ts';
import type { EventRule } from '../../../src/inventory/resources.ts';
import { EVENT_PATTERN, EVENT_REGION, eventRule, eventWorld } from '../../support/worlds/event-world.ts';
import { contextOf } from '../../support/judging.ts';
import { PATTERN, snapshotOf } from '../../support/worlds/world.ts';

const inventory = snapshotOf(eventWorld());
const judged = (rule: EventRule, raw: Readonly<Record<string, unknown>> = {}, change: Partial<Context> = {}) =>
  judgeRule(rule, EVENT_REGION, { ...contextOf(inventory, raw), ...change });
const findingOf = (rule: EventRule, raw: Readonly<Record<string, unknown>> = {}, change: Partial<Context> = {}) => {
  const verdict = judged(rule, raw, change);
  if (verdict.kind !== 'finding') throw new Error(`no finding: ${verdict.kind}`);
  return verdict.finding;
};
const withDetail = (detail: object) => eventRule({ eventPattern: JSON.stringify({ ...EVENT_PATTERN, detail }) });
const NAME = ['DeactivateMFADevice'];

describe('one rule, compared with the control,', () => {
  it('fits if it means the same', () => {
    expect(judged(eventRule())).to.deep.equal({ kind: 'fits' });
  });

  it('that misses events is narrower or different, with the event that proves it', () => {
    const narrower = findingOf(withDetail({ eventName: NAME, userIdentity: { type: ['Root'] } }));
    expect(narrower.sentence).to.match(/^EventBridge rule mfa-rule misses required events, for example \{"eventName"/);
    expect(narrower.sentence).not.to.contain('recipientAccountId');
    expect(narrower.event).to.contain('recipientAccountId');
    const different = findingOf(
      withDetail({ eventName: [...NAME, 'EnableMFADevice'], userIdentity: { type: ['Root'] } }),
    );
    expect(different.sentence).to.match(/^EventBridge rule mfa-rule has another meaning; it misses for example \{/);
    expect(different.fix).to.contain(PATTERN);
  });

  it('that matches more is broader, with an event that it should not match', () => {
    const { code, sentence, event } = findingOf(withDetail({ eventName: [...NAME, 'EnableMFADevice'] }));
    expect(code).to.equal('EVENT_RULE_BROADER');
    expect(sentence).to.equal(`EventBridge rule mfa-rule also matches other events, for example ${event ?? 'none'}`);
    expect(event).to.contain('EnableMFADevice');
  });

  it('that is not meant for the control is unrelated, and says what else it matches', () => {
    expect(judged(withDetail({ eventName: ['CreateUser'] }))).to.deep.equal({ kind: 'unrelated' });
    const broad = judged(eventRule({ eventPattern: '{"source":["aws.iam"]}' }));
    expect(broad.kind === 'unrelated' && broad.alsoMatches).to.contain('"source":"aws.iam"');
    expect(judged({ name: 'nightly', state: 'ENABLED' })).to.deep.equal({ kind: 'unrelated' });
  });

  describe('that compares a number beyond 5,000,000,000, which AWS does not document,', () => {
    const many = [{ numeric: ['>', 5_000_000_000] }];
    const more = [{ numeric: ['>', 4_000_000_000] }];
    const forNumbers = { filterPattern: '{ $.eventName = DeactivateMFADevice && $.count > 4000000000 }' };
    const doubt =
      'whether EventBridge rule mfa-rule means what is required is not determined: AWS does not document how `numeric`';

    it('is undecided if only what it matches besides depends on that, and fits if it may match more', () => {
      const rule = withDetail({ $or: [{ eventName: NAME }, { requestParameters: { count: many } }] });
      const { code, sentence } = findingOf(rule);
      expect(code).to.equal('EVENT_RULE_UNDECIDED');
      expect(sentence).to.contain(doubt);
      expect(judged(rule, { patternMatch: 'covers' }).kind).to.equal('fits');
    });

    it('is undecided if what it misses depends on that, whatever else it matches', () => {
      for (const detail of [
        { eventName: NAME, count: more },
        { $or: [{ eventName: NAME, count: more }, { eventName: ['CreateUser'] }] },
      ]) {
        const { code, sentence } = findingOf(eventRule({ eventPattern: JSON.stringify({ detail }) }), forNumbers);
        expect(code).to.equal('EVENT_RULE_UNDECIDED');
        expect(sentence).to.contain(doubt);
      }
    });
  });

  it('that cannot be read says why', () => {
    const unread = findingOf(withDetail({ eventName: [{ 'sounds-like': 'DeactivateMFADevice' }] }));
    expect(unread.code).to.equal('EVENT_RULE_UNREAD');
    expect(unread.sentence).to.match(/^the pattern of EventBridge rule mfa-rule cannot be read: \S+/);
  });

  it('is not compared if there is no time, unless the answer is known', () => {
    const late = { isOver: () => true };
    const fresh = withDetail({ eventName: [...NAME, 'NoOtherTestAsksThis'] });
    expect(findingOf(fresh, {}, late).sentence).to.equal('EventBridge rule mfa-rule was not compared in time');
    expect(findingOf(fresh).code).to.equal('EVENT_RULE_BROADER');
    expect(findingOf(fresh, {}, late).code).to.equal('EVENT_RULE_BROADER');
  });

  it('in a state that is not known, or that keeps reads from it, is not certain', () => {
    expect(findingOf(eventRule({ state: 'PAUSED' })).sentence).to.equal(
      'EventBridge rule mfa-rule is in state PAUSED, which is not known',
    );
    expect(judged(eventRule({ state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' })).kind).to.equal('fits');
    const reads = {
      filterPattern: '{ $.eventName = GetUser }',
      premises: '{ $.eventSource = "iam.amazonaws.com" && $.readOnly IS TRUE && $.eventCategory = "Management" }',
    };
    const forReads = eventRule({
      eventPattern: '{"detail":{"eventName":["GetUser"],"eventSource":["iam.amazonaws.com"],"readOnly":[true]}}',
    });
    const missed = findingOf(forReads, reads);
    expect([missed.code, missed.event?.includes('GetUser')]).to.deep.equal(['EVENT_RULE_MISSES_READS', true]);
    expect(missed.sentence).to.equal(
      `EventBridge rule mfa-rule does not match read-only events in its state, for example ${missed.event ?? 'none'}`,
    );
    expect(missed.fix).to.match(/, in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS$/);
    const writtenToo = eventRule({ ...forReads, state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' });
    expect(judged(writtenToo, reads).kind).to.equal('fits');
    const unclear = { ...reads, premises: '{ $.eventSource = "iam.amazonaws.com" && $.eventCategory = "Management" }' };
    expect(findingOf(eventRule({ eventPattern: '{"detail":{"eventName":["GetUser"]}}' }), unclear).code).to.equal(
      'EVENT_RULE_READS_UNCERTAIN',
    );
  });
});
