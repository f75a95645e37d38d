import { judge } from '../../chain/judge.ts';
import type { UnsatisfiedChain } from '../../chain/verdict.ts';
import { bareLogGroupArn, parseArn } from '../../inventory/arn.ts';
import type { AdvancedEventSelector, EventSelectors, Trail } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import { applyChange } from './apply.ts';
import type { ChangeOf } from './plan.ts';
import type { Fix, PlanFix, Task } from './task.ts';
import { noCommand, changes } from './task.ts';
import { eventSelectorsKey, metricFiltersKey } from '../../inventory/part-keys.ts';

/** The trail of a chain, if it may be changed with the judged account's credentials. */
function ownTrail({ path }: UnsatisfiedChain, { inventory }: Task): Trail | undefined {
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

/**
 * One selector more, as narrow as does: a trail records what any of its selectors lets through. What the trail leaves
 * out on purpose, such as the many events of KMS, stays out unless the control is about it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export const recordManagementEvents: PlanFix = (chain, task) => {
  const trail = ownTrail(chain, task);
  if (!trail) return notOwn;
  const { trailArn, homeRegion } = trail;
  const part = partOf<'event-selectors'>(task.inventory, eventSelectorsKey({ trailArn, homeRegion }));
  if (part?.kind !== 'present' || part.value === null)
    return noCommand('the event selectors of the trail are not known');
  if (part.value.eventSelectors.length >= MOST_BASIC_SELECTORS) {
    return noCommand(`the trail has the ${MOST_BASIC_SELECTORS} event selectors that CloudTrail allows`);
  }
  const selectors = part.value.advancedEventSelectors.length > 0 ? advanced(part.value) : basic(part.value);
  for (const selector of selectors) {
    const change = { kind: 'record-management-events', ...trailOf(trail), selector } as const;
    if (recordsEvents(change, task)) return changes(change);
  }
  return noCommand('no event selector that can be added lets the events through');
};

const MOST_BASIC_SELECTORS = 5;

type Selector = ChangeOf<'record-management-events'>['selector'];

function basic({ eventSelectors }: EventSelectors): readonly Selector[] {
  const excluded = [...new Set(eventSelectors.flatMap((one) => one.excludeManagementEventSources))];
  const of = (readWriteType: 'WriteOnly' | 'All', excludeManagementEventSources: readonly string[]): Selector => ({
    kind: 'basic',
    added: { readWriteType, includeManagementEvents: true, excludeManagementEventSources },
  });
  return [of('WriteOnly', excluded), of('All', excluded), of('All', [])];
}

function advanced({ advancedEventSelectors }: EventSelectors): readonly Selector[] {
  const management = { field: 'eventCategory', equals: ['Management'] };
  const writes = { field: 'readOnly', equals: ['false'] };
  const sources = advancedEventSelectors
    .flatMap(({ fieldSelectors }) => fieldSelectors)
    .filter(({ field, notEquals }) => field === 'eventSource' && notEquals !== undefined)
    .flatMap(({ notEquals = [] }) => notEquals);
  const excluding = sources.length > 0 ? [{ field: 'eventSource', notEquals: [...new Set(sources)] }] : [];
  const of = (...fieldSelectors: AdvancedEventSelector['fieldSelectors']): Selector => ({
    kind: 'advanced',
    added: { name: 'Management events', fieldSelectors },
  });
  return [of(management, writes, ...excluding), of(management, ...excluding), of(management)];
}

/** Whether the trail itself holds with the selector, whatever breaks further on. */
function recordsEvents(change: ChangeOf<'record-management-events'>, { control, options, inventory }: Task): boolean {
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
  return changes({ kind: 'create-log-group', logGroupArn: bareLogGroupArn(logGroupArn) });
};

/**
 * A log group, and a role that may write to it. The names are looked up by the commands: one that is taken stops them.
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
    // A log group that is there belongs to something else. Where one cannot look, creating it fails if it is there.
    if (part.kind === 'present' && part.value !== null) continue;
    const roleName = `CloudTrailToLogs-${trail.name}`.slice(0, 64 - suffix.length) + suffix;
    return changes({ kind: 'connect-log-group', ...trailOf(trail), logGroupArn, roleName });
  }
};

function trailOf({ trailArn, homeRegion }: Trail) {
  return { trailArn, region: homeRegion };
}
