import { setTimeout as sleep } from 'node:timers/promises';

import type { AlarmTopicPath, Path } from '../../chain/base/link.ts';
import type { SatisfiedChain } from '../../chain/verdict.ts';
import type { LastAction } from '../../chain/topic/last-action.ts';
import { lastActionOf } from '../../chain/topic/last-action.ts';
import { parseArn } from '../../inventory/arn.ts';
import { alarmHistoryKey } from '../../inventory/part-keys.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Alarm, AlarmAction } from '../../inventory/resources.ts';
import type { AlarmStateChange } from '../../inventory/aws/set-alarm-state.ts';

/** The alarm that a drill sets to ALARM, and the alarm whose action notifies the topic. */
export interface DrillTarget {
  /** A metric alarm: CloudWatch does not keep a composite alarm in a state that somebody sets. */
  readonly alarm: Alarm;
  readonly acting: Alarm;
  readonly path: AlarmTopicPath;
}

/**
 * What a drill of a chain sets off: the metric alarm, also where a composite alarm over it notifies the topic.
 *
 * @throws Error if the chain has no alarm or no topic, which a satisfied chain always has
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html (composite alarms)
 */
export function drillTarget({ path }: SatisfiedChain): DrillTarget {
  if (!hasTopic(path)) throw new Error('a satisfied chain has no topic');
  return { alarm: path.childAlarm ?? path.alarm, acting: path.alarm, path };
}

function hasTopic(path: Path): path is AlarmTopicPath {
  return path.alarm !== undefined && path.topicArn !== undefined;
}

/** Why a drill would show nothing, or be somebody else's; nothing if it can be run. */
export function drillProblem({ alarm, acting }: DrillTarget, accountId: string): string | undefined {
  for (const one of [alarm, acting]) {
    if (one.stateValue === 'ALARM') {
      return `alarm ${one.alarmName} is in ALARM now: it notifies only when it goes into ALARM, so wait until it is OK`;
    }
  }
  const owner = parseArn(alarm.alarmArn)?.accountId;
  if (owner !== accountId) return `alarm ${alarm.alarmName} is in account ${owner ?? 'unknown'}: run the drill there`;
  const { stateValue } = alarm;
  if (stateValue === 'OK' || stateValue === 'INSUFFICIENT_DATA') return undefined;
  return `the state of alarm ${alarm.alarmName} is not known, so it could not be set back`;
}

export interface Drill {
  readonly target: DrillTarget;
  readonly reader: InventoryReader;
  readonly setState: (change: AlarmStateChange) => Promise<void>;
  /** How long to wait for the action, in milliseconds. */
  readonly waitMs: number;
  /** Aborts when the user interrupts. The alarm is set back all the same. */
  readonly signal: AbortSignal;
}

/** The longest pause between two looks at the history, in milliseconds. */
const MAX_PAUSE = 5000;

/**
 * Sets the alarm to ALARM, waits until its history holds the result of the action on the topic, and sets it back.
 *
 * @returns what became of the action; `none` if the history held nothing in time
 * @throws AwsCallError if the alarm cannot be set, or cannot be set back
 */
export async function runDrill({ target, reader, setState, waitMs, signal }: Drill): Promise<LastAction> {
  const { alarm, acting, path } = target;
  const { region = '', accountId = '' } = parseArn(acting.alarmArn) ?? {};
  const readHistory = async (): Promise<readonly AlarmAction[]> => {
    const key = alarmHistoryKey({ accountId, region, alarmName: acting.alarmName });
    const [answer] = await reader.read([key]);
    if (answer?.key.kind === 'alarm-history' && answer.part.kind === 'present')
      return answer.part.value as AlarmAction[];
    throw new Error(`the history of alarm ${acting.alarmName} cannot be read: allow cloudwatch:DescribeAlarmHistory`);
  };
  // Compared with what was there, since the clocks of AWS and of this machine differ.
  const before = new Set((await readHistory()).map((action) => JSON.stringify(action)));
  const place = { region: parseArn(alarm.alarmArn)?.region ?? region, alarmName: alarm.alarmName };
  await setState({ ...place, stateValue: 'ALARM', reason: 'Test notification: does this reach a person?' });
  try {
    let waited = 0;
    for (let pause = 500; waited < waitMs && !signal.aborted; pause = Math.min(2 * pause, MAX_PAUSE)) {
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      waited += pause;
      const added = (await readHistory()).filter((action) => !before.has(JSON.stringify(action)));
      const last = lastActionOf(path, added);
      if (last !== 'none') return last;
    }
    return 'none';
  } finally {
    const stateValue = alarm.stateValue === 'OK' ? 'OK' : 'INSUFFICIENT_DATA';
    await setState({ ...place, stateValue, reason: 'The test notification is over.' });
  }
}
