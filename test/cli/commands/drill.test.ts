import { expect } from 'chai';

import { drillCommand } from '../../../src/cli/commands/drill.ts';
import type { AlarmAction } from '../../../src/inventory/resources.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import type { Request } from '../../aws-responder/wire.ts';
import { eventWorld } from '../../support/worlds/event-world.ts';
import {
  ACCOUNT,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  compositeAlarm,
  snapshotOf,
  soundWorld,
  status,
} from '../../support/worlds/world.ts';
import type { Run } from '../run.ts';
import { runIn } from '../run.ts';

const PLACE = `${ACCOUNT} ${REGION}`;

describe('a drill', () => {
  const outside = { ...process.env };
  let responder: Responder;
  /** The states that the alarm was set to, in their order, each with the name of the alarm. */
  const states: string[] = [];
  let history: readonly AlarmAction[] = [];
  /** What the action comes to that a change to ALARM sets off. */
  let outcome: AlarmAction | undefined;

  const world = (stateValue: string) => {
    const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
    return snapshotOf(
      soundWorld({
        statuses: { [TRAIL_ARN]: justNow },
        alarms: { [PLACE]: [alarm({ stateValue, stateTransitionedTimestamp: new Date().toISOString() })] },
      }),
    );
  };
  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    responder = await startResponder(world('OK'), {
      SetAlarmState: (input: Request['input']) => {
        states.push(`${String(input['AlarmName'])} ${String(input['StateValue'])}`);
        if (input['StateValue'] === 'ALARM' && outcome !== undefined) history = [outcome, ...history];
        return {};
      },
      DescribeAlarmHistory: () => ({
        AlarmHistoryItems: history.map(({ timestamp, summary, ...data }) => ({
          Timestamp: Date.parse(timestamp) / 1000,
          HistorySummary: summary,
          HistoryItemType: 'Action',
          HistoryData: JSON.stringify(data),
        })),
      }),
    });
  });
  after(async () => {
    process.env = outside;
    await responder.close();
  });
  beforeEach(() => {
    responder.serve(world('OK'));
    states.length = 0;
    history = [];
    outcome = undefined;
  });

  const drill = (stdin: string, ...args: readonly string[]): Promise<Run> =>
    runIn({ stdin: [stdin] }, drillCommand, ['--region', 'eu-west-1', '--endpoint-url', responder.url, ...args]);
  const action = (summary: string, actionState: string): AlarmAction => ({
    timestamp: new Date().toISOString(),
    summary,
    actionState,
    notificationResource: TOPIC_ARN,
  });
  const { alarmName } = alarm();

  it('without --run prints the command, and changes nothing', async () => {
    const { code, out } = await drill('y\n');
    expect(code).to.equal(0);
    expect(out).to.contain(`aws cloudwatch set-alarm-state --region eu-west-1 --alarm-name ${alarmName}`);
    expect(states).to.deep.equal([]);
  });

  it('asks, sets the alarm to ALARM, sees that the topic took the notification, and sets the alarm back', async () => {
    outcome = action('Successfully executed action', 'Succeeded');
    const { code, out, err } = await drill('y\n', '--run');
    expect(code).to.equal(0);
    expect(err).to.contain(`Set alarm ${alarmName} of account `);
    expect(out).to.contain('took the notification, and the alarm is set back');
    expect(states).to.deep.equal([`${alarmName} ALARM`, `${alarmName} OK`]);
  });

  it('reports an action that failed, whatever the history held before', async () => {
    history = [action('Successfully executed action', 'Succeeded')];
    outcome = action(`Failed to execute action ${TOPIC_ARN}. Received error: "not authorized"`, 'Failed');
    const { code, out } = await drill('yes\n', '--run');
    expect(code).to.equal(2);
    expect(out).to.contain('The notification failed').and.to.contain('not authorized');
    expect(states).to.deep.equal([`${alarmName} ALARM`, `${alarmName} OK`]);
  });

  it('sets the alarm back where the history shows nothing in time', async () => {
    const { code, out } = await drill('y\n', '--run', '--wait', '1');
    expect(code).to.equal(3);
    expect(out).to.contain('no result in time');
    expect(states).to.deep.equal([`${alarmName} ALARM`, `${alarmName} OK`]);
  });

  for (const [what, answer] of [
    ['no', 'n\n'],
    ['nothing', ''],
  ] as const) {
    it(`does nothing where the answer is ${what}`, async () => {
      const { code, err } = await drill(answer, '--run');
      expect(code).to.equal(1);
      expect(err).to.contain('Nothing was done.');
      expect(states).to.deep.equal([]);
    });
  }

  it('refuses an alarm that is in ALARM already', async () => {
    responder.serve(world('ALARM'));
    const { code, err } = await drill('y\n', '--run');
    expect(code).to.equal(1);
    expect(err).to.contain('is in ALARM now');
    expect(states).to.deep.equal([]);
  });

  it('sets off the child of a composite alarm, not the composite', async () => {
    const child = alarm({ alarmActions: [], stateValue: 'OK' });
    const composite = {
      kind: 'composite-alarm',
      alarmName: 'over',
      alarmArn: child.alarmArn.replace(child.alarmName, 'over'),
      actionsEnabled: true,
      alarmActions: [TOPIC_ARN],
      stateValue: 'OK',
      alarmRule: `ALARM("${child.alarmName}")`,
    } as const;
    const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
    responder.serve(
      snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: justNow }, alarms: { [PLACE]: [child, composite] } })),
    );
    outcome = action('Successfully executed action', 'Succeeded');
    const { code, out } = await drill('y\n', '--run');
    expect(out).to.contain('Composite alarm over over it notifies topic');
    expect([code, states]).to.deep.equal([0, [`${alarmName} ALARM`, `${alarmName} OK`]]);
  });

  it('names the other actions that it can run, also of composite alarms that are not on the way', async () => {
    const [page, stop] = [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:page`, `arn:aws:automate:${REGION}:ec2:stop`];
    const acting = alarm({ alarmActions: [TOPIC_ARN, page] });
    const beside = compositeAlarm({ alarmActions: [stop] });
    const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
    responder.serve(
      snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: justNow }, alarms: { [PLACE]: [acting, beside] } })),
    );
    const { code, out } = await drill('');
    expect(code).to.equal(0);
    expect(out.replaceAll('\n', ' ')).to.contain(`This can also run other actions: ${page}, ${stop}.`);
    expect(states).to.deep.equal([]);
  });

  it('of a snapshot is printed, and is not run', async () => {
    const sample = 'events/accounts/1-everything-right.json';
    const printed = await runIn({}, drillCommand, [sample]);
    expect(printed.code).to.equal(0);
    expect(printed.out).to.contain('aws cloudwatch set-alarm-state');
    const { code, err } = await runIn({ stdin: ['y\n'] }, drillCommand, ['--run', sample]);
    expect([code, err]).to.deep.equal([1, 'error: a drill of a snapshot cannot be run: leave out `--run`\n']);
  });

  it('says how a rule of EventBridge is tested, which takes no test event', async () => {
    responder.serve(snapshotOf(eventWorld()));
    const { code, err } = await drill('y\n', '--run', '--accepted-routes', 'eventbridge');
    expect(code).to.equal(1);
    expect(err).to.contain('takes no test event').and.to.contain('docs/routes.md');
    expect(states).to.deep.equal([]);
  });

  it('has nothing to set off where no chain holds', async () => {
    const { code, err } = await runIn({}, drillCommand, ['events/accounts/2-no-subscriber.json']);
    expect(code).to.equal(2);
    expect(err).to.contain('There is nothing to drill: no chain certainly holds.');
  });
});
