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

  const general = [
    'filter eventName like /^Deactivate/',
    'filter eventName like "MFADevice"',
    'filter eventName like /(?i)deactivatemfadevice/',
    'filter eventName not like "Console" and eventName like "Deact"',
    'filter @message like "eventNam" and eventName = "DeactivateMFADevice"',
    'filter @message like /(?i)deactivatemfa/',
    'filter eventSource like /^iam\\./ and eventName = "DeactivateMFADevice"',
    'filter awsRegion like "us-" and eventName = "DeactivateMFADevice"',
    'filter eventCategory like "Manage" and eventName = "DeactivateMFADevice"',
  ];
  for (const queryString of general) {
    it(`stays as it is where it names nobody: ${queryString}`, () => {
      const { query, codes } = copied(queryString);
      expect(query).to.equal(queryString);
      expect(codes[1]).to.equal(codes[0]);
    });
  }

  for (const part of ['/^1111/', '"2222333"', '/3333$/', '"9999"']) {
    it(`finds the same accounts by whole numbers: ${part}`, () => {
      const { query, codes } = copied(`filter recipientAccountId like ${part} and eventName = "DeactivateMFADevice"`);
      expect(query).to.match(/recipientAccountId like (?:"\d{12}"|\/\^?\d{12}\$?\/)/);
      expect(query).not.to.match(/1111|2222|3333|9999/);
      expect(codes[1]).to.equal(codes[0]);
    });
  }

  it('is still meant for the call whose name is misspelt', () => {
    const { query, codes } = copied('filter eventName = "DeactivateMFADevices"');
    expect(query).to.match(/^filter eventName = "DeactivateMFADevicename\d+"$/);
    expect(codes).to.deep.equal(['LOG_ALARM_DIFFERENT', 'LOG_ALARM_DIFFERENT']);
  });

  const settings = [
    [{ aggregationExpression: 'count(*) as ann' }, {}, /"count\(\*\)"/],
    [{ aggregationExpression: 'sum(ann)' }, {}, /"redacted"/],
    [{}, { scheduleExpression: 'rate(1440 minutes)' }, /rate\(1440 minutes\)/],
  ] as const;
  for (const [query, schedule, shown] of settings) {
    it(`has the same verdict with ${JSON.stringify({ ...query, ...schedule })}`, () => {
      const inventory = snapshotOf(logWorld([logAlarm({}, query, schedule)]));
      const { copy } = redact(inventory);
      const [code, ofCopy] = [inventory, copy].map((one) => codeOf(verdictOn(one, { acceptedRoutes: 'log-alarm' })));
      expect(ofCopy).to.equal(code);
      expect(JSON.stringify(copy.parts.alarms)).to.match(shown).and.not.to.contain('ann');
    });
  }
});
