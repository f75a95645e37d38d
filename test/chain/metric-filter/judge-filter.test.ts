import { expect } from 'chai';

import type { FilterVerdict } from '../../../src/chain/metric-filter/judge-filter.ts';
import { judgeFilter, judgePart } from '../../../src/chain/metric-filter/judge-filter.ts';
import type { Context } from '../../../src/chain/base/link.ts';
import { contextOf } from '../../support/judging.ts';
import { LOG_GROUP_ARN, PATTERN, filter, snapshotOf, soundWorld } from '../../support/worlds/world.ts';

type Raw = Readonly<Record<string, unknown>>;
const covers = { patternMatch: 'covers' };
const context = (raw: Raw = {}, change: Partial<Context> = {}): Context => ({
  ...contextOf(snapshotOf(soundWorld()), raw),
  ...change,
});
const judged = (filterPattern: string, raw: Raw = {}, change: Partial<Context> = {}): FilterVerdict =>
  judgeFilter(filter({ filterPattern }), LOG_GROUP_ARN, context(raw, change));
const part = (filterPattern: string, change: Partial<Context> = {}) => {
  const { isPart, finding } = judgePart(filter({ filterPattern }), LOG_GROUP_ARN, context(covers, change));
  return [isPart, finding?.code];
};
const findingOf = (verdict: FilterVerdict) => {
  if (verdict.kind !== 'finding') throw new Error(`no finding: ${verdict.kind}`);
  return verdict.finding;
};
const isLate = { isOver: () => true };
/** A pattern that no other test compares, so that no answer is remembered. */
const fresh = (text: string) => `{ ($.eventName = ${text}) && ($.sourceIPAddress != "203.0.113.7") }`;

describe('one filter, compared with the control,', () => {
  it('fits if it means the same', () => {
    expect(judged('{ $.eventName = "DeactivateMFADevice" }')).to.deep.equal({ kind: 'fits' });
    expect(judged('{ $.eventName = "DeactivateMFADevice" }', covers)).to.deep.equal({ kind: 'fits' });
  });

  it('fits under `covers` if it matches more, and routine calls are no question under `equivalent`', () => {
    const more = '{ $.eventName = DeactivateMFADevice || $.eventName = DescribeAlarms }';
    expect(judged('{ $.eventName = DeactivateMFADevice || $.eventName = EnableMFADevice }', covers)).to.deep.equal({
      kind: 'fits',
    });
    expect(findingOf(judged(more)).code).to.equal('FILTER_BROADER');
    const { sentence, fix } = findingOf(judged(more, covers));
    expect(sentence).to.equal(
      'metric filter mfa also matches routine calls such as DescribeAlarms, so its alarm may stay in ALARM',
    );
    expect(fix).to.contain(`the pattern ${PATTERN} to log group /aws/cloudtrail/main,`);
  });

  it('that misses events is narrower, or has another meaning, and the example is a missed event in few words', () => {
    const narrower = findingOf(judged('{ $.eventName = DeactivateMFADevice && $.userIdentity.type = Root }'));
    expect(narrower.sentence).to.match(/^metric filter mfa misses required events, for example \{/);
    const [, shown = ''] = narrower.sentence.split('for example ');
    expect(shown).to.contain('"eventName":"DeactivateMFADevice"').and.not.to.contain('recipientAccountId');
    expect(narrower.event).to.contain('"eventName":"DeactivateMFADevice"').and.to.contain('recipientAccountId');
    const different = judged(
      '{ ($.eventName = DeactivateMFADevice && $.userIdentity.type = Root) || $.eventName = EnableMFADevice }',
    );
    expect(findingOf(different).code).to.equal('FILTER_DIFFERENT');
  });

  it('that misses events by a field that every event has is shown one with that field', () => {
    const { sentence } = findingOf(
      judged('{ $.eventName = DeactivateMFADevice && ($.eventTime NOT EXISTS || $.userIdentity.type = Root) }'),
    );
    expect(sentence).to.contain('"eventTime":');
  });

  it('that matches more is broader, and shows what it matches', () => {
    const { code, sentence, event } = findingOf(
      judged('{ $.eventName = DeactivateMFADevice || $.eventName = EnableMFADevice }'),
    );
    expect([code, sentence]).to.deep.equal([
      'FILTER_BROADER',
      `metric filter mfa also matches other events, for example ${event ?? 'none'}`,
    ]);
    expect(event).to.contain('EnableMFADevice');
  });

  it('that is not meant for the control is unrelated, with how near it comes', () => {
    const unrelated = (filterPattern: string) => {
      const verdict = judged(filterPattern);
      return verdict.kind === 'unrelated' ? verdict.nearness : verdict.kind;
    };
    expect(unrelated('{ $.eventName = ConsoleLogin }')).to.equal(undefined);
    expect(unrelated('{ $.userIdentity.type = Root }')).to.equal('misses required events');
    expect(unrelated('{ $.eventName = * }')).to.equal('also matches other events');
  });

  it('that contradicts itself is meant for the control or unrelated', () => {
    const never = judged('{ $.eventName = DeactivateMFADevice && $.eventName = EnableMFADevice }');
    expect(findingOf(never).sentence).to.equal('metric filter mfa contradicts itself and can match no event');
    expect(judged('{ $.eventName = A && $.eventName = B }').kind).to.equal('unrelated');
  });

  it('that matches events of other accounts only is unrelated, and does not contradict itself', () => {
    const elsewhere = judged('{ $.eventName = DeactivateMFADevice && $.recipientAccountId = 999900001111 }');
    expect(elsewhere.kind).to.equal('unrelated');
  });

  it('that depends on what AWS does not document is undecided, and says on what', () => {
    const { code, sentence } = findingOf(judged('{ $.eventName = DeactivateMFADevice && $.readOnly = "false" }'));
    expect(code).to.equal('FILTER_UNDECIDED');
    expect(sentence).to.match(
      /^whether metric filter mfa means what is required is not determined: AWS does not document .*\btrue\b/,
    );
  });

  it('that matches more, or may, is undecided where it may miss events', () => {
    const mayMiss = '($.eventName = DeactivateMFADevice && $.readOnly = "false")';
    const mayMatchMore = '($.eventName = EnableMFADevice && $.readOnly = "false")';
    for (const filterPattern of [
      `{ ${mayMiss} || $.eventName = EnableMFADevice }`,
      `{ ${mayMiss} || ${mayMatchMore} }`,
    ]) {
      expect(findingOf(judged(filterPattern, covers)).code).to.equal('FILTER_UNDECIDED');
    }
    const missesNone = `{ $.eventName = DeactivateMFADevice || ${mayMatchMore} }`;
    expect(findingOf(judged(missesNone)).code).to.equal('FILTER_UNDECIDED');
    expect(judged(missesNone, covers)).to.deep.equal({ kind: 'fits' });
  });

  it('that cannot be read says why, unless what it most likely means matches no required event', () => {
    const { code, sentence } = findingOf(judged('{ $.eventName = DeactivateMFADevice && $.errorCode NOT  EXISTS }'));
    expect(code).to.equal('FILTER_UNREAD');
    expect(sentence).to.match(/^the pattern of metric filter mfa cannot be read: \S+/);
    expect(judged('{ $.eventName = ConsoleLogin && $.errorCode NOT  EXISTS }').kind).to.equal('unrelated');
    expect(findingOf(judged('{ $.eventName = ')).code).to.equal('FILTER_UNREAD');
  });

  it('for which there is no time is not compared, whether it is read or not', () => {
    expect(findingOf(judged(fresh('Late'), {}, isLate)).sentence).to.equal(
      'metric filter mfa was not compared in time',
    );
    const unread = '{ ($.eventName = LateToo) && ($.errorCode NOT  EXISTS) }';
    expect(findingOf(judged(unread, {}, { ...isLate, quick: 'all' })).code).to.equal('FILTER_NOT_COMPARED');
    expect(findingOf(judged(unread, {}, isLate)).code).to.equal('FILTER_UNREAD');
  });

  it('that contradicts the account is not compared if the time ends before it is known whether it contradicts itself', () => {
    const filterPattern = '{ ($.eventName = DeactivateMFADevice) && ($.recipientAccountId = 123412341234) }';
    let asked = 0;
    const afterOne = () => {
      asked += 1;
      return asked > 1;
    };
    expect(findingOf(judged(filterPattern, {}, { isOver: afterOne })).code).to.equal('FILTER_NOT_COMPARED');
    expect(judged(filterPattern).kind).to.equal('unrelated');
  });

  it('that is not read is not said to lack time where it was compared, or cannot be', () => {
    const quick = { quick: 'all' } as const;
    const near = '{ $.eventName = DeactivateMFADevice && $.errorCode NOT  EXISTS }';
    expect(findingOf(judged(near, {}, quick)).code).to.equal('FILTER_UNREAD');
    expect(findingOf(judged('{ $.eventName = ', {}, quick)).code).to.equal('FILTER_UNREAD');
  });
});

describe('a part of what several filters cover together', () => {
  it('matches some of the required events and not all', () => {
    expect(part('{ $.eventName = DeactivateMFADevice && $.errorCode = * }')).to.deep.equal([true, undefined]);
    expect(part(PATTERN)).to.deep.equal([false, undefined]);
    expect(part('{ $.eventName = ConsoleLogin }')).to.deep.equal([false, undefined]);
  });

  it('is none that cannot be read', () => {
    expect(part('{ $.eventName = ')).to.deep.equal([false, undefined]);
  });

  it('may match routine calls', () => {
    const filterPattern = '{ $.errorCode NOT EXISTS }';
    const { isPart, finding } = judgePart(filter({ filterPattern }), LOG_GROUP_ARN, context(covers));
    expect([isPart, finding?.code]).to.deep.equal([true, 'FILTER_MATCHES_ROUTINE']);
    expect(finding?.sentence).to.match(/^metric filter mfa also matches routine calls such as \w+,/);
  });

  it('may be one for which there is no time', () => {
    expect(part(fresh('LatePart'), isLate)).to.deep.equal([true, 'FILTER_NOT_COMPARED']);
  });
});
