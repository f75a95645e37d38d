import { expect } from 'chai';

import { compositeFindings } from '../../../../src/chain/alarm/composite/composite-findings.ts';
import { indexComposites } from '../../../../src/chain/alarm/composite/composite-index.ts';
import { possibleStates } from '../../../../src/chain/alarm/composite/possible-states.ts';
import type { Alarm, CompositeAlarm } from '../../../../src/inventory/resources.ts';
import { contextOf } from '../../../support/judging.ts';
import { READ_AT, alarm, compositeAlarm, snapshotOf, soundWorld, withoutState } from '../../../support/worlds/world.ts';

const child = alarm();
const twin = alarm({ alarmName: 'twin' });
const resting = alarm({ alarmName: 'resting', namespace: 'App', metricName: 'Load' });
const sinceLong = { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-01T00:00:00.000Z' };
const long = { ...resting, alarmName: 'long', alarmArn: `${resting.alarmArn}-long`, ...sinceLong };
/** It may be in ALARM while its data is missing. */
const filledIn = withoutState({
  ...resting,
  alarmName: 'filled-in',
  alarmArn: `${resting.alarmArn}-filled-in`,
  treatMissingData: 'breaching',
});

/** What is said of a composite alarm named `top` when `mfa-alarm` goes into ALARM; `twin` watches the metric too. */
function said(
  change: Partial<CompositeAlarm>,
  below: readonly Alarm[] = [],
  raw: Readonly<Record<string, unknown>> = {},
) {
  const top = compositeAlarm({ alarmName: 'top', ...change });
  const index = indexComposites([child, twin, resting, long, filledIn, ...below, top]);
  const states = possibleStates(index, new Set([child, twin]), READ_AT);
  const indexed = index.inOrder.find(({ composite }) => composite === top);
  if (indexed === undefined) throw new Error('not indexed');
  const moved = { child, atRest: states.atRest, afterAlarm: states.afterAlarm(child) };
  const { findings, waitSeconds } = compositeFindings(indexed, moved, contextOf(snapshotOf(soundWorld()), raw));
  return { sentences: findings.map(({ sentence }) => sentence), waitSeconds };
}

const NOT_MET = 'composite alarm top does not go into ALARM:';
const RESTS = 'alarm top is in ALARM while nothing happens:';
const OPEN = 'it is not determined how alarm top reacts to the metric:';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html */
describe('what is said of the rule of a composite alarm', () => {
  const ring = compositeAlarm({ alarmName: 'ring', alarmRule: 'ALARM(top)' });
  const rows: readonly (readonly [rule: string, sentence: string | undefined])[] = [
    ['ALARM(mfa-alarm)', undefined],
    [
      'ALARM(mfa-alarm) AND ALARM(resting)',
      `${NOT_MET} its rule does not become true when only mfa-alarm goes into ALARM`,
    ],
    ['NOT ALARM(mfa-alarm)', `${RESTS} its rule is true while nothing happens`],
    ['ALARM(mfa-alarm) AND ALARM(twin)', `${OPEN} whether its rule becomes true depends on the states of other alarms`],
    ['ALARM(mfa-alarm) AND ALARM(gone)', `${OPEN} its rule names the alarm gone, which does not exist`],
    ['ALARM(mfa-alarm) OR ALARM(ring)', `${OPEN} its rule goes in a circle at ring`],
  ];
  for (const [alarmRule, sentence] of rows) {
    it(`${alarmRule}: ${sentence ?? 'nothing'}`, () => {
      expect(said({ alarmRule }, [ring]).sentences).to.deep.equal(sentence === undefined ? [] : [sentence]);
    });
  }
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html */
describe('what is said of the suppressor of a composite alarm', () => {
  const alarmRule = 'ALARM(mfa-alarm)';
  const suppressed = 'the actions of alarm top are suppressed: its suppressor';
  const rows: readonly (readonly [suppressor: string, wait: number | undefined, sentence: string | undefined])[] = [
    ['resting', 60, undefined],
    ['long', 60, `${suppressed} long is in ALARM while nothing happens`],
    ['mfa-alarm', 60, `${suppressed} mfa-alarm is in ALARM when the composite alarm goes into ALARM`],
    ['filled-in', 60, `${OPEN} its suppressor filled-in may be in ALARM while nothing happens`],
    ['twin', 60, `${OPEN} its suppressor twin may be in ALARM when the composite alarm goes into ALARM`],
    ['resting', undefined, `${OPEN} how long its actions wait for its suppressor is unknown`],
  ];
  for (const [actionsSuppressor, wait, sentence] of rows) {
    const change = {
      alarmRule,
      actionsSuppressor,
      ...(wait === undefined ? {} : { actionsSuppressorWaitPeriod: wait }),
    };
    it(`${actionsSuppressor}, for which it waits ${wait ?? 'nobody knows how many'} seconds: ${sentence ?? 'nothing'}`, () => {
      expect(said(change)).to.deep.equal({
        sentences: sentence === undefined ? [] : [sentence],
        waitSeconds: sentence === undefined ? wait : 0,
      });
    });
  }

  it('comes after what is said of its rule, and is not asked under the assurance `configured`', () => {
    const change = { alarmRule: 'FALSE', actionsSuppressor: 'long', actionsSuppressorWaitPeriod: 60 };
    expect(said(change).sentences.map((sentence) => sentence.slice(0, 30))).to.deep.equal([
      'composite alarm top does not g',
      'the actions of alarm top are s',
    ]);
    expect(said({ ...change, alarmRule }, [], { assurance: 'configured' })).to.deep.equal({
      sentences: [],
      waitSeconds: 0,
    });
  });

  it('is nothing where it has none', () => {
    expect(said({ alarmRule })).to.deep.equal({ sentences: [], waitSeconds: 0 });
  });
});
