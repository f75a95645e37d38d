import { expect } from 'chai';

import type { Alarm, CompositeAlarm, LogAlarm, MetricAlarm } from '../../../../src/inventory/resources.ts';
import { codeOf, verdictOn } from '../../../support/judging.ts';
import {
  TOPIC_ARN,
  alarm,
  alarmArn,
  compositeAlarm,
  logAlarm,
  snapshotOf,
  withAlarms,
  withoutState,
} from '../../../support/worlds/world.ts';

const child = alarm({ alarmActions: [] });
const quietChild = alarm({ alarmActions: [], treatMissingData: 'missing' });
const another = alarm({ alarmName: 'other', namespace: 'App', metricName: 'Load', alarmActions: [] });
/** CloudWatch treats missing data as `missing` where an alarm does not say. */
const byDefault = Object.fromEntries(
  Object.entries(another).filter(([name]) => name !== 'treatMissingData'),
) as unknown as MetricAlarm;
/** An alarm that is in ALARM while its data is missing. Whether it has data is not known. */
const filledIn = withoutState(
  alarm({ alarmName: 'filled-in', metricName: 'Heartbeat', treatMissingData: 'breaching', alarmActions: [] }),
);
const quotedChild = alarm({ alarmName: 'mfa "prod"', alarmActions: [] });
const sinceLong = { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-01T00:00:00.000Z' };
const twin = alarm({ alarmName: 'twin', alarmActions: [] });

const code = (alarms: readonly Alarm[], raw: Readonly<Record<string, unknown>> = {}) =>
  codeOf(verdictOn(snapshotOf(withAlarms(...alarms)), raw));

describe('a composite alarm over the alarm on the metric', () => {
  const over = (alarmRule: string, change: Partial<CompositeAlarm> = {}) => compositeAlarm({ alarmRule, ...change });
  const middle = (alarmRule: string) => compositeAlarm({ alarmName: 'middle', alarmRule, alarmActions: [] });

  const rows: readonly (readonly [claim: string, alarms: readonly Alarm[], is: string])[] = [
    ['alone carries the action of a child that has none', [child, over('ALARM("mfa-alarm")')], 'SATISFIED'],
    ['may name the child by ARN', [child, over(`ALARM(${alarmArn('mfa-alarm')})`)], 'SATISFIED'],
    ['may name other alarms as well', [child, another, over('ALARM("other") OR ALARM("mfa-alarm")')], 'SATISFIED'],
    ['may leave out times of deployment', [child, another, over('ALARM(mfa-alarm) AND NOT ALARM(other)')], 'SATISFIED'],
    ['may ask for an alarm that rests in OK', [child, another, over('ALARM(mfa-alarm) AND OK(other)')], 'SATISFIED'],
    [
      'cannot ask for certain that an alarm without data is OK',
      [child, { ...another, treatMissingData: 'missing' }, over('ALARM(mfa-alarm) AND OK(other)')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'breaks if it needs another alarm as well',
      [child, another, over('ALARM(mfa-alarm) AND ALARM(other)')],
      'ALARM_RULE_NOT_MET',
    ],
    [
      'may need another alarm on the same metric',
      [child, twin, over('ALARM(mfa-alarm) AND ALARM(twin)')],
      'ALARM_NOT_COMPUTED',
    ],
    ['breaks if it asks for the child to be well', [quietChild, over('OK("mfa-alarm")')], 'ALARM_RULE_NOT_MET'],
    ['rests in ALARM if its rule is always true', [child, over('TRUE OR ALARM("mfa-alarm")')], 'ALARM_RESTS_IN_ALARM'],
    [
      'rests in ALARM if it asks for the child not to be in ALARM',
      [child, over('NOT ALARM("mfa-alarm")')],
      'ALARM_RESTS_IN_ALARM',
    ],
    ['never fires if its rule is always false', [child, over('ALARM("mfa-alarm") AND FALSE')], 'ALARM_RULE_NOT_MET'],
    ['may count', [child, another, over('AT_LEAST(1, ALARM, (mfa-alarm, other))')], 'SATISFIED'],
    [
      'breaks if it counts more than the child',
      [child, another, over('AT_LEAST(2, ALARM, (mfa-alarm, other))')],
      'ALARM_RULE_NOT_MET',
    ],
    ['may count in percent', [child, another, over('AT_LEAST(50%, ALARM, (mfa-alarm, other))')], 'SATISFIED'],
    ['with a function that is not known is undecided', [child, over('LATELY("mfa-alarm")')], 'ALARM_NOT_COMPUTED'],
    ['with a rule that is not understood is undecided', [child, over('ALARM("mfa-alarm"')], 'ALARM_NOT_COMPUTED'],
    [
      'that names an alarm that is not there is undecided',
      [child, over('ALARM(mfa-alarm) AND NOT ALARM(gone)')],
      'ALARM_NOT_COMPUTED',
    ],
    ['may be over another composite', [child, middle('ALARM("mfa-alarm")'), over('ALARM("middle")')], 'SATISFIED'],
    ['may negate another composite', [child, middle('NOT ALARM("mfa-alarm")'), over('OK("middle")')], 'SATISFIED'],
    [
      'in a circle is undecided',
      [child, middle('ALARM("any-security-alarm") OR ALARM("mfa-alarm")'), over('ALARM("middle")')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'breaks if its actions are disabled',
      [child, over('ALARM("mfa-alarm")', { actionsEnabled: false })],
      'ALARM_ACTIONS_DISABLED',
    ],
    ['needs no actions of the child', [{ ...child, actionsEnabled: false }, over('ALARM("mfa-alarm")')], 'SATISFIED'],
    [
      'breaks if the child never fires',
      [{ ...child, threshold: 2, statistic: 'Maximum' }, over('ALARM("mfa-alarm")')],
      'ALARM_NEVER_FIRES',
    ],
    [
      'breaks if it notifies no topic',
      [child, over('ALARM("mfa-alarm")', { alarmActions: ['arn:aws:ssm:eu-west-1:111122223333:opsitem:1'] })],
      'ALARM_WITHOUT_SNS_ACTION',
    ],
    ['over an alarm of another name is none', [child, over('ALARM("mfa-alarm-2")')], 'ALARM_WITHOUT_ACTION'],
    [
      'may have a suppressor that rests',
      [child, another, over('ALARM("mfa-alarm")', { actionsSuppressor: 'other', actionsSuppressorWaitPeriod: 0 })],
      'SATISFIED',
    ],
    [
      'with a suppressor and no wait period, which AWS requires, is undecided',
      [child, another, over('ALARM("mfa-alarm")', { actionsSuppressor: 'other' })],
      'ALARM_NOT_COMPUTED',
    ],
    ['without a rule, which AWS always gives, is undecided', [child, over('')], 'ALARM_NOT_COMPUTED'],
    [
      'breaks if the child suppresses it',
      [child, over('ALARM("mfa-alarm")', { actionsSuppressor: 'mfa-alarm' })],
      'ALARM_SUPPRESSED',
    ],
    [
      'breaks if its suppressor is always in ALARM',
      [child, middle('TRUE'), over('ALARM("mfa-alarm")', { actionsSuppressor: alarmArn('middle') })],
      'ALARM_SUPPRESSED',
    ],
    [
      'may be suppressed by an alarm on the same metric',
      [child, twin, over('ALARM("mfa-alarm")', { actionsSuppressor: 'twin' })],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'with a suppressor that is not there is undecided',
      [child, over('ALARM("mfa-alarm")', { actionsSuppressor: 'gone' })],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'acts after the wait period of its suppressor if the alarm stays in ALARM for longer',
      [child, another, over('ALARM("mfa-alarm")', { actionsSuppressor: 'other', actionsSuppressorWaitPeriod: 120 })],
      'SATISFIED',
    ],
    [
      'may never act if the alarm is back in OK within the wait period of its suppressor',
      [child, another, over('ALARM("mfa-alarm")', { actionsSuppressor: 'other', actionsSuppressorWaitPeriod: 240 })],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'is late by the wait period of its suppressor',
      [child, another, over('ALARM("mfa-alarm")', { actionsSuppressor: 'other', actionsSuppressorWaitPeriod: 7200 })],
      'ALARM_TOO_SLOW',
    ],
    [
      'may be in ALARM with an alarm that is in ALARM while its data is missing',
      [child, filledIn, over('ALARM(mfa-alarm) AND NOT ALARM(filled-in)')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'may rest in ALARM with an alarm that is in ALARM while its data is missing',
      [child, filledIn, over('ALARM(mfa-alarm) OR ALARM(filled-in)')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'may be suppressed by an alarm that is in ALARM while its data is missing',
      [
        child,
        filledIn,
        over('ALARM("mfa-alarm")', { actionsSuppressor: 'filled-in', actionsSuppressorWaitPeriod: 60 }),
      ],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'may be suppressed by a composite alarm over such an alarm',
      [child, filledIn, middle('ALARM("filled-in")'), over('ALARM("mfa-alarm")', { actionsSuppressor: 'middle' })],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'is not kept from ALARM by such an alarm while that is in OK',
      [child, { ...filledIn, stateValue: 'OK' }, over('ALARM(mfa-alarm) AND NOT ALARM(filled-in)')],
      'SATISFIED',
    ],
    [
      'breaks with an alarm that has been in ALARM for more than a day',
      [child, { ...another, ...sinceLong }, over('ALARM(mfa-alarm) AND NOT ALARM(other)')],
      'ALARM_RULE_NOT_MET',
    ],
    [
      'rests in ALARM with an alarm that has been in ALARM for more than a day',
      [child, { ...another, ...sinceLong }, over('ALARM(mfa-alarm) OR ALARM(other)')],
      'ALARM_RESTS_IN_ALARM',
    ],
    [
      'is suppressed by an alarm that has been in ALARM for more than a day',
      [child, { ...another, ...sinceLong }, over('ALARM("mfa-alarm")', { actionsSuppressor: 'other' })],
      'ALARM_SUPPRESSED',
    ],
    [
      'does not know the state of an alarm that treats missing data in an unknown way',
      [child, { ...another, treatMissingData: 'later' }, over('ALARM(mfa-alarm) AND NOT ALARM(other)')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'may be suppressed by a composite alarm over another alarm on the metric',
      [child, twin, middle('ALARM(twin)'), over('ALARM(mfa-alarm) AND NOT ALARM(middle)')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'is suppressed by a composite alarm that has been in ALARM for more than a day, whatever its rule says now',
      [
        child,
        another,
        { ...middle('ALARM(other)'), ...sinceLong },
        over('ALARM("mfa-alarm")', { actionsSuppressor: 'middle' }),
      ],
      'ALARM_SUPPRESSED',
    ],
    [
      'may be suppressed by a composite alarm in a circle',
      [
        child,
        middle('ALARM(middle)'),
        over('ALARM("mfa-alarm")', { actionsSuppressor: 'middle', actionsSuppressorWaitPeriod: 60 }),
      ],
      'ALARM_NOT_COMPUTED',
    ],
    ...[byDefault, ...['missing', 'ignore'].map((treatMissingData) => ({ ...another, treatMissingData }))].map(
      (resting) =>
        [
          `may leave out an alarm whose missing data is treated as ${resting.treatMissingData ?? 'by default'}`,
          [child, resting, over('ALARM(mfa-alarm) AND NOT ALARM(other)')],
          'SATISFIED',
        ] as const,
    ),
    [
      'may be in ALARM with a log alarm that is in ALARM while its data is missing',
      [
        child,
        withoutState(logAlarm({ treatMissingData: 'breaching' })),
        over('ALARM(mfa-alarm) AND NOT ALARM(mfa-log-alarm)'),
      ],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'may leave out a log alarm that rests in OK',
      [child, logAlarm(), over('ALARM(mfa-alarm) AND NOT ALARM(mfa-log-alarm)')],
      'SATISFIED',
    ],
    ['may name a child with double quotes', [quotedChild, over('ALARM("mfa \\"prod\\"")')], 'SATISFIED'],
    [
      'may name a child with double quotes in a list',
      [quotedChild, another, over('AT_LEAST(1, ALARM, ("mfa \\"prod\\"", other))')],
      'SATISFIED',
    ],
    [
      'that is not understood may be over an alarm with quotes and parentheses in its name',
      [alarm({ alarmName: 'mfa (prod)', alarmActions: [] }), over('LATELY("mfa (prod)", 5)')],
      'ALARM_NOT_COMPUTED',
    ],
    [
      'with a backslash before anything else is undecided',
      [alarm({ alarmName: 'mfa\\x', alarmActions: [] }), over('ALARM("mfa\\x")')],
      'ALARM_NOT_COMPUTED',
    ],
  ];
  for (const [claim, alarms, is] of rows) {
    it(claim, () => {
      expect(code(alarms)).to.equal(is);
    });
  }

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html#log-alarm-missing-data
  it('does not know whether a log alarm for which missing data breaches is in ALARM', () => {
    const filledIn = { alarmName: 'other', alarmActions: [], treatMissingData: 'breaching' };
    const suppressed = { actionsSuppressor: 'other', actionsSuppressorWaitPeriod: 60 };
    const judged = (change: Partial<LogAlarm>) => {
      const other = logAlarm({ ...filledIn, ...change });
      return [
        code([child, other, over('ALARM("mfa-alarm") AND NOT ALARM("other")')]),
        code([child, other, over('ALARM("mfa-alarm")', suppressed)]),
      ];
    };
    const open = ['ALARM_NOT_COMPUTED', 'ALARM_NOT_COMPUTED'];
    expect(judged({ stateValue: 'INSUFFICIENT_DATA' })).to.deep.equal(open);
    expect(judged({ stateValue: 'OK' })).to.deep.equal(['SATISFIED', 'SATISFIED']);
    expect(judged({ treatMissingData: 'notBreaching' })).to.deep.equal(['SATISFIED', 'SATISFIED']);
    expect(judged({ treatMissingData: 'later' })).to.deep.equal(open);
  });

  it('does not know the state of a log alarm whose settings were not saved', () => {
    const rule = over('ALARM("mfa-alarm") AND NOT ALARM("other")');
    const { kind, alarmArn: arn } = logAlarm({ alarmName: 'other' });
    const unsaved: LogAlarm = { kind, alarmName: 'other', alarmArn: arn, actionsEnabled: true, alarmActions: [] };
    expect(code([child, unsaved, rule])).to.equal('ALARM_NOT_COMPUTED');
    expect(code([child, { ...unsaved, stateValue: 'OK' }, rule])).to.equal('SATISFIED');
  });

  it('follows its rule under the assurance `configured`, and not by its suppressor', () => {
    const raw = { assurance: 'configured' };
    expect(code([child, over('ALARM("mfa-alarm")', { actionsSuppressor: 'mfa-alarm' })], raw)).to.equal('SATISFIED');
    expect(code([child, over('ALARM("mfa-alarm") AND FALSE')], raw)).to.equal('ALARM_RULE_NOT_MET');
  });

  it('leads to the topic of its own actions, with the child on the path', () => {
    const verdict = verdictOn(snapshotOf(withAlarms(child, over('ALARM("mfa-alarm")'))));
    const [chain] = verdict.chains;
    expect(chain.path.childAlarm?.alarmName).to.equal('mfa-alarm');
    expect(chain.path.alarm?.alarmName).to.equal('any-security-alarm');
    expect(chain.path.topicArn).to.equal(TOPIC_ARN);
  });
});

describe('an alarm with dimensions that the filter takes from the event', () => {
  const judged = (value: string) => {
    const world = withAlarms(alarm({ dimensions: [{ name: 'Event', value }] }));
    const [filters = []] = Object.values(world.filters);
    const [one] = filters ?? [];
    if (one === undefined) throw new Error('no filter');
    const [transformation] = one.metricTransformations;
    const dimensions = { Event: '$.eventName' };
    const changed = { ...one, metricTransformations: [{ ...transformation, dimensions }] } as typeof one;
    const [logGroupArn = ''] = Object.keys(world.filters);
    return codeOf(verdictOn(snapshotOf({ ...world, filters: { [logGroupArn]: [changed] } })));
  };

  it('sees every required event if they all have its value', () => {
    expect(judged('DeactivateMFADevice')).to.equal('SATISFIED');
  });

  it('sees none if none has its value', () => {
    expect(judged('ConsoleLogin')).to.equal('ALARM_OTHER_DIMENSIONS');
  });
});
