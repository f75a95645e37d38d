import { expect } from 'chai';

import { redact } from '../../src/redaction/redact.ts';
import { logWorld } from '../support/worlds/faulty-accounts.ts';
import { codeOf, verdictOn } from '../support/judging.ts';
import { logAlarm, snapshotOf } from '../support/worlds/world.ts';

/** The query as a copy shows it, and the code of the verdict on the account and on the copy. */
function copied(queryString: string, alarmActions?: readonly string[]) {
  const log = logAlarm(alarmActions === undefined ? {} : { alarmActions }, { queryString });
  const inventory = snapshotOf(logWorld([log]));
  const { copy } = redact(inventory);
  const [part] = Object.values(copy.parts.alarms ?? {});
  const [first] = part?.kind === 'present' ? part.value : [];
  const raw = { acceptedRoutes: 'log-alarm' };
  return {
    query: first?.kind === 'log-alarm' ? first.scheduledQueryConfiguration?.queryString : undefined,
    codes: [inventory, copy].map((one) => codeOf(verdictOn(one, raw))),
  };
}

describe('the query of a log alarm under other names', () => {
  const parsing = 'parse @message "user=*" as alice | filter eventName = "DeactivateMFADevice"';

  it('shows only words of AWS where it is not read', () => {
    expect(copied(parsing)).to.deep.equal({
      query: 'redacted eventName DeactivateMFADevice',
      codes: ['LOG_ALARM_UNREAD', 'LOG_ALARM_UNREAD'],
    });
  });

  it('is still meant for what it was meant for, where it is not read and notifies nobody', () => {
    expect(copied(parsing, []).codes).to.deep.equal(['ALARM_WITHOUT_ACTION', 'ALARM_WITHOUT_ACTION']);
  });

  it('keeps the words of AWS beside a misspelt field', () => {
    const { query, codes } = copied('filter eventname = "DeactivateMFADevice"');
    expect(query).to.match(/^filter \w+ = "DeactivateMFADevice"$/);
    expect(codes).to.deep.equal(['LOG_ALARM_DIFFERENT', 'LOG_ALARM_DIFFERENT']);
  });

  it('loses its comments, which do not count', () => {
    expect(copied('# DeactivateMFADevice of alice\nfilter eventName = "CreateUser"')).to.deep.equal({
      query: 'filter eventName = "CreateUser"',
      codes: ['NO_LOG_ALARM', 'NO_LOG_ALARM'],
    });
  });
});
