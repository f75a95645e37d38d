import { expect } from 'chai';

import type { Alarm } from '../../../src/inventory/resources.ts';
import type { Plan } from '../../../src/remediation/plan/plan.ts';
import { describeManualStep } from '../../../src/remediation/render/words.ts';
import { planFor } from '../../support/planning.ts';
import {
  ACCOUNT,
  REGION,
  TOPIC_ARN,
  alarm,
  compositeAlarm,
  confirmed,
  soundWorld,
  topicAttributes,
} from '../../support/worlds/world.ts';

const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:page`;
const SSM = `arn:aws:ssm:${REGION}:${ACCOUNT}:opsitem:1`;
const STOP = `arn:aws:automate:${REGION}:ec2:stop`;
const OTHER_TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:z-others`;

/** The test in the plan of an account in which a subscriber still has to confirm. */
async function testOf(...alarms: readonly Alarm[]) {
  const waiting = [confirmed({ subscriptionArn: 'PendingConfirmation' })];
  const world = soundWorld({
    alarms: { [`${ACCOUNT} ${REGION}`]: alarms },
    topics: { [TOPIC_ARN]: topicAttributes(), [OTHER_TOPIC]: topicAttributes(OTHER_TOPIC) },
    subscriptions: { [TOPIC_ARN]: waiting, [OTHER_TOPIC]: waiting },
  });
  const plan: Plan = await planFor(world, {});
  const test = plan.manualSteps.find((one) => one.kind === 'test-notification');
  if (test === undefined) throw new Error('the plan has no test');
  return test;
}

describe('the test of an alarm', () => {
  const child = (change: Parameters<typeof alarm>[0] = {}) => alarm({ alarmActions: [], ...change });
  const cases: readonly (readonly [
    title: string,
    alarms: readonly Alarm[],
    tested: string,
    otherActions: readonly string[],
  ])[] = [
    ['of a metric alarm starts the notification only', [alarm()], 'mfa-alarm', []],
    [
      'of a metric alarm names its other actions, and other topics',
      [alarm({ alarmActions: [TOPIC_ARN, FUNCTION, OTHER_TOPIC] })],
      'mfa-alarm',
      [FUNCTION, OTHER_TOPIC],
    ],
    ['of a composite alarm sets the child to ALARM', [child(), compositeAlarm()], 'mfa-alarm', []],
    [
      'of a composite alarm names the actions of the child',
      [child({ alarmActions: [FUNCTION, SSM, STOP] }), compositeAlarm()],
      'mfa-alarm',
      [FUNCTION, SSM, STOP],
    ],
    [
      'leaves out actions of a child that are disabled',
      [child({ alarmActions: [FUNCTION], actionsEnabled: false }), compositeAlarm()],
      'mfa-alarm',
      [],
    ],
    [
      'of a nested composite alarm sets the metric alarm to ALARM, and names the actions on the way',
      [
        child(),
        compositeAlarm({ alarmName: 'inner', alarmActions: [SSM] }),
        compositeAlarm({ alarmName: 'outer', alarmRule: 'ALARM("inner")' }),
      ],
      'mfa-alarm',
      [SSM],
    ],
    [
      'names the actions of a composite alarm beside the way',
      [alarm(), compositeAlarm({ alarmName: 'beside', alarmActions: [FUNCTION] })],
      'mfa-alarm',
      [FUNCTION],
    ],
    [
      'leaves out a composite alarm over other alarms',
      [
        alarm(),
        alarm({ alarmName: 'load', namespace: 'AWS/Lambda', metricName: 'Errors', alarmActions: [] }),
        compositeAlarm({ alarmName: 'beside', alarmRule: 'ALARM("load")', alarmActions: [FUNCTION] }),
      ],
      'mfa-alarm',
      [],
    ],
  ];
  for (const [title, alarms, tested, otherActions] of cases) {
    it(title, async () => {
      const test = await testOf(...alarms);
      expect(test).to.deep.include({ alarmName: tested, otherActions });
      const said = describeManualStep(test);
      expect(said).to.match(/aws cloudwatch set-alarm-state .*--alarm-name mfa-alarm .*--state-value ALARM/);
      for (const arn of otherActions) expect(said).to.contain(arn);
    });
  }

  it('says through which alarm a composite alarm is tested', async () => {
    const said = describeManualStep(await testOf(child(), compositeAlarm()));
    expect(said).to.match(/^Send a test notification through alarm mfa-alarm, a child of any-security-alarm: aws /);
  });
});
