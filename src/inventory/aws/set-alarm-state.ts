import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';

import type { AwsClients } from './client/clients.ts';
import { createCall } from './client/call.ts';

/** The state that an alarm is set to. */
export interface AlarmStateChange {
  readonly region: string;
  readonly alarmName: string;
  readonly stateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason: string;
}

/**
 * Sets a metric alarm to a state until its next evaluation, as a test. Its actions for this state run. Only `drill --run`
 * does this; it needs the permission `cloudwatch:SetAlarmState`.
 *
 * @throws AwsCallError if AWS does not take it
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export async function setAlarmState(
  clients: AwsClients,
  { region, alarmName, stateValue, reason }: AlarmStateChange,
): Promise<void> {
  const input = { AlarmName: alarmName, StateValue: stateValue, StateReason: reason };
  await createCall()('SetAlarmState', region, (options) =>
    clients.cloudWatch(region).send(new SetAlarmStateCommand(input), options),
  );
}
