import type { ReasonCode } from '../../src/chain/reasons.ts';
import { reasonByCode, reasonCodes } from '../../src/chain/reasons.ts';
import { faults, notInMoto } from './faulty-accounts.ts';

/** What is fixed by changing what exists, and by nothing that a template could declare. */
export const changesOnly: readonly ReasonCode[] = [
  'TRAIL_DROPS_EVENTS',
  'TRAIL_WITHOUT_EVENTS',
  'TRAIL_SELECTORS_UNCERTAIN',
  'TRAIL_NOT_LOGGING',
  'TRAIL_NOT_MULTI_REGION',
  'TRAIL_MISSES_REGIONS',
  'TRAIL_REGIONS_UNCERTAIN',
  'TRAIL_WITHOUT_GLOBAL_EVENTS',
  'TRAIL_GLOBAL_EVENTS_UNKNOWN',
  'ALARM_ACTIONS_DISABLED',
  'TOPIC_REFUSES_ALARM',
  'TOPIC_POLICY_UNCERTAIN',
  'TOPIC_REFUSES_RULE',
];

/** Reasons whose remediation has each shape: a trail, a log group, a filter, an alarm, a topic, a subscription, a rule. */
export const shapes: readonly ReasonCode[] = [
  'TRAIL_NOT_LOGGING',
  'TRAIL_NOT_MULTI_REGION',
  'TRAIL_WITHOUT_EVENTS',
  'LOG_GROUP_GONE',
  'LOG_GROUP_NOT_SET',
  'NO_METRIC_FILTER',
  'FILTER_DIFFERENT',
  'NO_ALARM',
  'ALARM_ACTIONS_DISABLED',
  'TOPIC_KEY_UNUSABLE',
  'TOPIC_REFUSES_ALARM',
  'TOPIC_GONE',
  'NO_SUBSCRIBER',
  'SUBSCRIBER_FILTERED',
  'NO_EVENT_RULE',
];

/** The reasons whose remediation is run. */
export const triedReasons = Object.keys(faults) as readonly ReasonCode[];

/** The ways to run a remediation, in the order of the table in the documents. */
export const ways = ['cli', 'cloudformation', 'terraform', 'assurance=configured', '--topic-arn'] as const;
export type Way = (typeof ways)[number];

/**
 * What the gate does with a remediation: it is run, and must end satisfied with nothing lost and a second run that changes
 * nothing; or it is printed and must be refused; or another reason with the same fix is run in its place; or none is.
 */
export type Cell = 'run' | 'refused' | 'same fix' | 'not run';

/** What becomes of one reason in one way. */
export function cellOf(code: ReasonCode, way: Way): Cell {
  const own = cellOfTried(code, way);
  if (own !== undefined) return own;
  const others = triedReasons.filter((other) => wayOf(other) === wayOf(code));
  return others.some((other) => cellOfTried(other, way) === 'run') ? 'same fix' : 'not run';
}

/** Why no account with a fault is built in moto, where it is not. */
export function whyNotBuilt(code: ReasonCode): string | undefined {
  if (triedReasons.includes(code)) return undefined;
  return notInMoto[code] ?? 'no account with this fault is built in moto';
}

/** What becomes of a reason whose account is built; `undefined` where only another reason can stand for it. */
function cellOfTried(code: ReasonCode, way: Way): Cell | undefined {
  if (!triedReasons.includes(code)) return undefined;
  switch (way) {
    case 'cli':
      return 'run';
    case 'cloudformation':
    case 'terraform':
      return changesOnly.includes(code) ? 'refused' : 'run';
    case 'assurance=configured':
    case '--topic-arn':
      return shapes.includes(code) ? 'run' : undefined;
  }
}

function wayOf(code: ReasonCode): string | undefined {
  const { fixedBy: fix } = reasonByCode[code];
  return fix.by === 'commands' ? fix.way : undefined;
}

/** Every reason that commands fix, in the order of the tables of reasons. */
export const fixedReasons = reasonCodes.filter((code) => reasonByCode[code].fixedBy.by === 'commands');
