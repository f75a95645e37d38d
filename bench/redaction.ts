import type { Inventory } from '../src/inventory/model.ts';
import type { AlarmAction } from '../src/inventory/resources.ts';
import { redact } from '../src/redaction/redact.ts';
import { ACCOUNT, REGION, TOPIC_ARN, alarm, snapshotOf, withAlarms } from '../test/support/worlds/world.ts';
import { growthRow } from './growth.ts';
import type { BenchRow } from './table.ts';

/** Actions that are kept of one alarm. */
const ACTIONS = 10;

/** An account with alarms of names of their own, each with a history that names it. */
function accountWith(size: number): Inventory {
  const alarms = Array.from({ length: size }, (_, at) =>
    alarm({ alarmName: `team-${at % 97}-cpu-${at}`, namespace: `App${at % 50}`, metricName: `Cpu${at}` }),
  );
  const histories = alarms.map(({ alarmName }): readonly [string, readonly AlarmAction[]] => [
    `${ACCOUNT} ${REGION} ${alarmName}`,
    Array.from({ length: ACTIONS }, (_, at) => ({
      timestamp: `2026-11-19T10:00:${String(at).padStart(2, '0')}.000Z`,
      summary: `Failed to execute action ${TOPIC_ARN}. Received error: "${alarmName} may not publish"`,
      notificationResource: TOPIC_ARN,
    })),
  ]);
  return snapshotOf({ ...withAlarms(...alarms), histories: Object.fromEntries(histories) });
}

/** How the time to write an account under other names grows with its alarms. */
export function benchRedaction(): readonly BenchRow[] {
  return [
    growthRow('redaction of alarms with a history of 10 actions', [1250, 2500, 5000, 10_000], (size) => {
      const inventory = accountWith(size);
      return () => redact(inventory);
    }),
  ];
}
