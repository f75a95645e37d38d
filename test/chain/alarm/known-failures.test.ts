import { expect } from 'chai';

import type { Alarm, MetricAlarm, MetricFilter } from '../../../src/inventory/resources.ts';
import { codeOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  alarm,
  compositeAlarm,
  filter,
  snapshotOf,
  soundWorld,
  withAlarms,
} from '../../support/worlds/world.ts';

const page = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:page`;
const only = (change: Partial<MetricAlarm>): World => withAlarms(alarm(change));
const silent = alarm({ alarmActions: [] });

const withFilters = (...filters: readonly MetricFilter[]): World =>
  soundWorld({ filters: { [LOG_GROUP_ARN]: filters } });
const withDefault = (defaultValue: number, ...alarms: readonly Alarm[]): World => {
  const [transformation] = filter().metricTransformations;
  if (transformation === undefined) throw new Error('no transformation');
  const counting = filter({ metricTransformations: [{ ...transformation, defaultValue }] });
  return { ...withAlarms(...alarms), filters: { [LOG_GROUP_ARN]: [counting] } };
};

describe('alarms that went wrong in the field', () => {
  const elsewhere: World = {
    ...withAlarms(),
    alarms: { [`${ACCOUNT} ${REGION}`]: [], [`${ACCOUNT} us-east-1`]: [alarm()] },
  };
  const rows: readonly (readonly [claim: string, world: World, is: string])[] = [
    [
      '240 of 240 datapoints with notBreaching: nobody does it 240 times in a row',
      only({ evaluationPeriods: 240, datapointsToAlarm: 240, treatMissingData: 'notBreaching' }),
      'ALARM_NEEDS_MORE_EVENTS',
    ],
    [
      'Average with a default of 0: the other events pull it under the threshold',
      withDefault(0, alarm({ statistic: 'Average' })),
      'ALARM_NEVER_FIRES',
    ],
    ['alarm in another region: the metric is not there', elsewhere, 'NO_ALARM'],
    ['composite only: its child needs no action of its own', withAlarms(silent, compositeAlarm()), 'SATISFIED'],
    [
      'two filters for the same events on one metric: they add up, and one event suffices',
      withFilters(filter(), filter({ filterName: 'again', filterPattern: '{ $.eventName = "DeactivateMFADevice" }' })),
      'SATISFIED',
    ],
    [
      'a filter for other events on the same metric: it may keep the alarm in ALARM',
      withFilters(filter(), filter({ filterName: 'logins', filterPattern: '{ $.eventName = ConsoleLogin }' })),
      'ALARM_UNCERTAIN',
    ],
    [
      'alarm that calls only a Lambda function: no topic, nobody to confirm',
      only({ alarmActions: [page] }),
      'ALARM_WITHOUT_SNS_ACTION',
    ],
  ];
  for (const [claim, world, is] of rows) {
    it(claim, () => {
      expect(codeOf(verdictOn(snapshotOf(world)))).to.equal(is);
    });
  }
});
