import { expect } from 'chai';

import { actionFindings, stepOver } from '../../../src/chain/alarm/acting-alarm.ts';
import type { AlarmPath } from '../../../src/chain/base/link.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { AlarmMuteRule, MetricAlarm } from '../../../src/inventory/resources.ts';
import { contextOf } from '../../support/judging.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  alarm,
  denied,
  filter,
  keyName,
  onlyParts,
  present,
  replacing,
  snapshotOf,
  soundWorld,
  trail,
} from '../../support/worlds/world.ts';

const ALARM_ID = `${ACCOUNT} ${REGION} mfa-alarm`;
const sound = snapshotOf(soundWorld());
const configured = { assurance: 'configured' };
const arn = (service: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:x`;

describe('the actions of an alarm', () => {
  const of = (change: Partial<MetricAlarm>, raw: Readonly<Record<string, unknown>> = {}) =>
    actionFindings(alarm(change), contextOf(sound, raw)).flatMap((finding) => finding?.sentence ?? []);
  const unknown = alarm();
  delete (unknown as { actionsEnabled?: boolean }).actionsEnabled;

  it('notify a topic, beside other actions', () => {
    expect(of({})).to.deep.equal([]);
    expect(of({ alarmActions: [arn('lambda'), TOPIC_ARN] })).to.deep.equal([]);
  });

  it('are none, or use other services, which are named once each', () => {
    expect(of({ alarmActions: [] })).to.deep.equal(['alarm mfa-alarm has no ALARM action']);
    expect(of({ alarmActions: [arn('ssm'), arn('lambda'), arn('ssm'), 'else'] })).to.deep.equal([
      'alarm mfa-alarm notifies no SNS topic; its ALARM actions use else, lambda, ssm',
    ]);
  });

  it('may be disabled, or it is not known whether they are, which only the working chain asks', () => {
    expect(of({ actionsEnabled: false })).to.deep.equal(['the actions of alarm mfa-alarm are disabled']);
    expect(of({ actionsEnabled: false }, configured)).to.deep.equal([]);
    const findings = actionFindings(unknown, contextOf(sound));
    expect(findings.flatMap((finding) => finding?.sentence ?? [])).to.deep.equal([
      'it is not determined whether alarm mfa-alarm goes into ALARM on an event: whether its actions are enabled is not known',
    ]);
  });
});

describe('the step over an alarm that acts', () => {
  const path: AlarmPath = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: filter(), alarm: alarm() };
  const over = (inventory: Inventory, raw: Readonly<Record<string, unknown>> = {}) => {
    const { steps, needs } = stepOver('mfa-alarm', path, [], contextOf(inventory, raw));
    return [...steps.flatMap(({ subject, finding }) => [subject, finding?.sentence]), ...needs.map(keyName)];
  };
  const muted = (...rules: readonly AlarmMuteRule[]) => replacing(sound, 'mute-rules', ALARM_ID, present(rules));
  const rule = (expression: string, duration: string): AlarmMuteRule => ({ name: 'quiet', expression, duration });

  it('says nothing of an alarm that is never muted', () => {
    expect(over(muted())).to.deep.equal(['mfa-alarm', undefined]);
  });

  it('mentions that it is muted at times, and breaks where it is muted for long', () => {
    expect(over(muted(rule('cron(0 23 * * *)', 'PT2H')))).to.deep.equal([
      'mfa-alarm (muted at times, for up to 2 hours)',
      undefined,
    ]);
    expect(over(muted(rule('cron(0 18 * * FRI)', 'P2DT12H')))).to.deep.equal([
      'mfa-alarm',
      'mute rule quiet mutes alarm mfa-alarm for 60 hours without a pause',
    ]);
  });

  it('is undecided where the rules are not understood, or cannot be read', () => {
    expect(over(muted(rule('sometimes', 'PT2H')))[1]).to.equal(
      'it is not determined whether alarm mfa-alarm goes into ALARM on an event: the schedule of mute rule quiet is not understood',
    );
    const refused = replacing(sound, 'mute-rules', ALARM_ID, denied('cloudwatch', 'ListAlarmMuteRules'));
    expect(over(refused)[1]).to.contain('cloudwatch:ListAlarmMuteRules');
  });

  it('asks for the mute rules, and goes on meanwhile; under `configured` it does not ask', () => {
    const without = onlyParts(sound, (kind) => kind !== 'mute-rules');
    expect(over(without)).to.deep.equal(['mfa-alarm', undefined, `mute-rules ${ALARM_ID}`]);
    expect(over(without, configured)).to.deep.equal(['mfa-alarm', undefined]);
  });
});
