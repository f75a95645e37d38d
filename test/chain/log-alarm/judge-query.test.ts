import { expect } from 'chai';

import type { Context } from '../../../src/chain/base/link.ts';
import { isQueryMeant, judgeQuery } from '../../../src/chain/log-alarm/judge-query.ts';
import type { LogAlarm } from '../../../src/inventory/resources.ts';
import { contextOf } from '../../support/judging.ts';
import { LOG_GROUP_ARN, logAlarm, snapshotOf, soundWorld } from '../../support/worlds/world.ts';

const inventory = snapshotOf(soundWorld());
const NAME = 'eventName = "DeactivateMFADevice"';
const withoutQuery = (): LogAlarm => {
  const entries = Object.entries(logAlarm()).filter(([name]) => name !== 'scheduledQueryConfiguration');
  return Object.fromEntries(entries) as unknown as LogAlarm;
};
const judged = (alarm: LogAlarm | string, raw: Readonly<Record<string, string>> = {}, change: Partial<Context> = {}) =>
  judgeQuery(typeof alarm === 'string' ? logAlarm({}, { queryString: alarm }) : alarm, LOG_GROUP_ARN, {
    ...contextOf(inventory, raw),
    ...change,
  });
const findingOf = (...asked: Parameters<typeof judged>) => {
  const verdict = judged(...asked);
  if (verdict.kind !== 'finding') throw new Error(`no finding: ${verdict.kind}`);
  return verdict.finding;
};

describe('the query of a log alarm, compared with the control,', () => {
  it('fits if it counts just what is required', () => {
    for (const query of [`filter ${NAME}`, `fields eventName | filter ${NAME} | limit 20`]) {
      expect(judged(query).kind, query).to.equal('fits');
    }
  });

  it('that counts only some of the events is narrower, with an event that it misses', () => {
    const { code, sentence, event } = findingOf(`filter ${NAME} and userIdentity.type = "Root"`);
    expect(code).to.equal('LOG_ALARM_NARROWER');
    expect(sentence).to.match(/^log alarm mfa-log-alarm misses required events, for example \{"eventName"/);
    // The sentence leaves out what every required event has; the event itself is whole.
    expect(sentence).not.to.contain('eventSource');
    expect(event).to.contain('eventSource').and.to.contain('DeactivateMFADevice');
  });

  it('shows an event whole where the query would count it without what every required event has', () => {
    const { code, sentence } = findingOf(`filter ${NAME} and not ispresent(eventSource)`);
    expect(code).to.equal('LOG_ALARM_DIFFERENT');
    expect(sentence).to.contain('eventSource');
  });

  it('that misses events and counts others, or counts none of them, is different', () => {
    for (const condition of [
      `(${NAME} and userIdentity.type = "Root") or eventName = "EnableMFADevice"`,
      'eventname = "DeactivateMFADevice"',
    ]) {
      const { code, sentence } = findingOf(`filter ${condition}`);
      expect(code, condition).to.equal('LOG_ALARM_DIFFERENT');
      expect(sentence).to.match(/^log alarm mfa-log-alarm has another meaning; it misses for example \{/);
    }
  });

  it('that counts more is broader, with an event that it should not count', () => {
    const { code, sentence, event } = findingOf(`filter ${NAME} or eventName = "EnableMFADevice"`);
    expect(code).to.equal('LOG_ALARM_BROADER');
    expect(event).to.contain('EnableMFADevice');
    expect(sentence).to.equal(`log alarm mfa-log-alarm also counts other events, for example ${event ?? 'none'}`);
  });

  it('may count more where `patternMatch` is covers, but not what every evaluation calls', () => {
    const covers = { patternMatch: 'covers' };
    expect(judged(`filter ${NAME} or eventName = "EnableMFADevice"`, covers).kind).to.equal('fits');
    expect(judged(`filter ${NAME}`, covers).kind).to.equal('fits');
    const routine = findingOf('fields @timestamp, @message', covers);
    expect(routine.code).to.equal('LOG_ALARM_MATCHES_ROUTINE');
    expect(routine.sentence).to.match(/^log alarm mfa-log-alarm also counts routine calls such as \w+/);
    expect(findingOf(`filter ${NAME} and userIdentity.type = "Root"`, covers).code).to.equal('LOG_ALARM_NARROWER');
  });

  it('is unrelated if it is not meant for the control, whatever it counts', () => {
    for (const query of ['filter eventName = "CreateUser"', 'fields @timestamp, @message']) {
      expect(judged(query), query).to.deep.equal({ kind: 'unrelated' });
    }
  });

  it('is undecided where what it misses depends on what AWS does not document', () => {
    // The field of the record is a boolean, and the query compares it with a text.
    const { code, sentence } = findingOf(`filter ${NAME} and readOnly = "false"`);
    expect(code).to.equal('LOG_ALARM_UNDECIDED');
    expect(sentence).to.match(/^whether log alarm mfa-log-alarm counts what is required is not determined: \S+/);
  });

  it('is undecided where what it counts besides depends on that', () => {
    const { code } = findingOf(`filter ${NAME} or (eventName = "EnableMFADevice" and readOnly = "false")`);
    expect(code).to.equal('LOG_ALARM_UNDECIDED');
  });

  it('that is not of the simple form says why', () => {
    const { code, sentence } = findingOf('parse @message "*" as a');
    expect(code).to.equal('LOG_ALARM_UNREAD');
    expect(sentence).to.match(/^the query of log alarm mfa-log-alarm is not computed: at offset 0: found `parse`/);
  });

  it('that is not known is not determined', () => {
    expect(findingOf(withoutQuery()).code).to.equal('LOG_ALARM_QUERY_UNKNOWN');
  });

  it('is not compared with the time over, unless the answer is known', () => {
    const late = { isOver: () => true };
    const query = `filter ${NAME} or eventName = "AskedWithTheTimeOver"`;
    expect(findingOf(query, {}, late).code).to.equal('LOG_ALARM_NOT_COMPARED');
    expect(findingOf(query).code).to.equal('LOG_ALARM_BROADER');
    expect(findingOf(query, {}, late).code).to.equal('LOG_ALARM_BROADER');
  });
});

describe('a query is meant for the control', () => {
  const isMeant = (queryString: string) => isQueryMeant(logAlarm({}, { queryString }), contextOf(inventory));

  it('if it has the text that is looked for, read or not', () => {
    expect(isMeant(`filter ${NAME} and userIdentity.type = "Root"`)).to.equal(true);
    expect(isMeant(`parse @message "*" as a | filter ${NAME}`)).to.equal(true);
    expect(isMeant('filter eventName = "CreateUser"')).to.equal(false);
    expect(isQueryMeant(withoutQuery(), contextOf(inventory))).to.equal(false);
  });

  it('not by a comment, as far as it is read', () => {
    expect(isMeant('# DeactivateMFADevice\nfilter eventName = "CreateUser"')).to.equal(false);
  });
});
