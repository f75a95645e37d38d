import { judge } from '../../../chain/judge.ts';
import type { UnsatisfiedChain } from '../../../chain/verdict.ts';
import { bareLogGroupArn, parseArn } from '../../../inventory/arn.ts';
import { partOf } from '../../../inventory/model.ts';
import { eventSelectorsKey, metricFiltersKey } from '../../../inventory/part-keys.ts';
import type { AdvancedEventSelector, AdvancedFieldSelector, Trail } from '../../../inventory/resources.ts';
import { applyChange } from '../apply.ts';
import { shorten } from '../names.ts';
import type { ChangeOf } from '../plan.ts';
import { DEFAULT_RETENTION_DAYS } from '../plan.ts';
import { selectorsToTry } from './selectors.ts';
import type { Fix, PlanFix, FixTask } from './task.ts';
import { changes, noCommand } from './task.ts';

/** The trail of a chain, if it may be changed with the judged account's credentials. */
function ownTrail({ path }: UnsatisfiedChain, { inventory }: FixTask): Trail | undefined {
  const { trail } = path;
  return trail && parseArn(trail.trailArn)?.accountId === inventory.accountId ? trail : undefined;
}

const notOwn = noCommand('the trail belongs to another account');

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html */
export const startLogging: PlanFix = (chain, task) => {
  const trail = ownTrail(chain, task);
  return trail ? changes({ kind: 'start-logging', ...trailOf(trail) }) : notOwn;
};

/**
 * A trail of all regions records global services too. UpdateTrail keeps the settings that it is not given.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html
 */
export const recordAllRegions: PlanFix = (chain, task) => {
  const trail = ownTrail(chain, task);
  return trail ? changes({ kind: 'record-all-regions', ...trailOf(trail) }) : notOwn;
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html */
const MOST_BASIC_SELECTORS = 5;
const MOST_ADVANCED_VALUES = 500;

/** Adds one selector, the smallest that is enough: a trail records what any of its selectors selects. */
export const recordManagementEvents: PlanFix = (chain, task) => {
  const trail = ownTrail(chain, task);
  if (!trail) return notOwn;
  const { trailArn, homeRegion } = trail;
  const part = partOf<'event-selectors'>(task.inventory, eventSelectorsKey({ trailArn, homeRegion }));
  if (part?.kind !== 'present' || part.value === null) {
    return noCommand('the event selectors of the trail are not known');
  }
  if (part.value.eventSelectors.length >= MOST_BASIC_SELECTORS) {
    return noCommand(`the trail has the ${MOST_BASIC_SELECTORS} event selectors that CloudTrail allows`);
  }
  const present = countValues(part.value.advancedEventSelectors);
  for (const tried of selectorsToTry(part.value, task.control)) {
    const change = { kind: 'record-management-events', ...trailOf(trail), ...tried } as const;
    if (!recordsEvents(change, task)) continue;
    const added = tried.selector.kind === 'advanced' ? countValues([tried.selector.added]) : 0;
    if (present + added <= MOST_ADVANCED_VALUES) return changes(change);
    return noCommand(
      `the event selectors of the trail would have more than the ${MOST_ADVANCED_VALUES} values that CloudTrail allows`,
    );
  }
  return noCommand('no event selector that can be added records the events');
};

/** How many values all conditions of advanced event selectors have. */
function countValues(selectors: readonly AdvancedEventSelector[]): number {
  const conditions = selectors.flatMap(({ fieldSelectors }) => fieldSelectors.flatMap(valuesOf));
  return conditions.length;
}

function valuesOf({
  equals = [],
  notEquals = [],
  startsWith = [],
  notStartsWith = [],
  endsWith = [],
  notEndsWith = [],
}: AdvancedFieldSelector): readonly string[] {
  return [...equals, ...notEquals, ...startsWith, ...notStartsWith, ...endsWith, ...notEndsWith];
}

/** Whether the trail itself holds with the selector, whatever breaks further on. */
function recordsEvents(
  change: ChangeOf<'record-management-events'>,
  { control, options, inventory }: FixTask,
): boolean {
  const judgement = judge(control, options, applyChange(inventory, change));
  // What must be read next lies beyond the trail.
  if (judgement.kind === 'needs') return true;
  return judgement.verdict.chains.some(
    ({ path, links }) =>
      path.trail?.trailArn === change.trailArn &&
      links.some(({ link, state }) => link === 'trail' && state === 'holds'),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup: PlanFix = (chain, task) => {
  const { logGroupArn } = chain.path;
  if (!ownTrail(chain, task)) return notOwn;
  if (logGroupArn === undefined || parseArn(logGroupArn)?.accountId !== task.inventory.accountId) {
    return noCommand('the log group belongs to another account');
  }
  return changes({ kind: 'create-log-group', logGroupArn: bareLogGroupArn(logGroupArn), ...retentionOf(task) });
};

/**
 * Creates a log group, and a role that may write to it. A log group of the planned name that has no metric filters may
 * come from an earlier run that was interrupted: the commands look whether it does before they change anything.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
 */
export const connectLogGroup: PlanFix = (chain, task): Fix => {
  const trail = ownTrail(chain, task);
  if (!trail) return notOwn;
  const { partition = 'aws', accountId = '' } = parseArn(trail.trailArn) ?? {};
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const logGroupArn = `arn:${partition}:logs:${trail.homeRegion}:${accountId}:log-group:aws-cloudtrail-logs-${trail.name}${suffix}`;
    const key = metricFiltersKey(logGroupArn);
    const part = partOf<'metric-filters'>(task.inventory, key);
    if (part === undefined) return { kind: 'needs', keys: [key] };
    // A log group with metric filters belongs to something else.
    if (part.kind === 'present' && part.value !== null && part.value.length > 0) continue;
    const roleName = shorten(`CloudTrailToLogs-${trail.homeRegion}-${trail.name}`, 64);
    return changes({ kind: 'connect-log-group', ...trailOf(trail), logGroupArn, roleName, ...retentionOf(task) });
  }
};

function retentionOf({ choices }: FixTask) {
  return { retentionDays: choices.retentionDays ?? DEFAULT_RETENTION_DAYS };
}

function trailOf({ trailArn, homeRegion }: Trail) {
  return { trailArn, region: homeRegion };
}
