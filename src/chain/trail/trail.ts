import { byCommands, byPerson } from '../base/fixed-by.ts';
import { eventSelectorsKey, trailStatusKey, trailsKey } from '../../inventory/part-keys.ts';
import type { Failure } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import type { Context, Finding, LinkResult, Path, Reasons, TrailPath } from '../base/link.ts';
import { end, findingsOf, needs, step, steps, mostSevere } from '../base/link.ts';
import type { Selection } from './selectors.ts';
import type { Regions } from './regions.ts';
import { regionsOf } from './regions.ts';
import { selectionOf } from './selectors.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';

interface Facts {
  readonly trail: string;
  readonly region: string;
}

interface Dropped extends Facts {
  readonly event: string;
}

export const trailReasons = {
  TRAIL_DROPS_EVENTS: {
    outcome: 'broken',
    meaning: 'The event selectors of the trail let only some of the required events through.',
    sentence: ({ trail, event }: Dropped) =>
      `the event selectors of trail ${trail} drop required events, for example ${event}`,
    fix: ({ trail }: Facts) => `let trail ${trail} record all management events`,
    fixedBy: byCommands('record management events'),
  },
  TRAIL_WITHOUT_EVENTS: {
    outcome: 'broken',
    meaning:
      'The event selectors of the trail let none of the required events through: the trail is meant for something else.',
    sentence: ({ trail, event }: Dropped) =>
      `the event selectors of trail ${trail} drop every required event, for example ${event}`,
    fix: ({ trail }: Facts) => `let trail ${trail} record management events, reads and writes`,
    fixedBy: byCommands('record management events'),
  },
  TRAIL_NOT_LOGGING: {
    outcome: 'broken',
    meaning: 'The trail is turned off.',
    sentence: ({ trail }: Facts) => `trail ${trail} is turned off`,
    fix: ({ trail, region }: Facts) => `start logging on trail ${trail} in ${region}`,
    fixedBy: byCommands('start logging'),
  },
  TRAIL_NOT_MULTI_REGION: {
    outcome: 'broken',
    meaning: 'The trail records one region, and `requireMultiRegionTrail` asks for all.',
    sentence: ({ trail, region }: Facts) => `trail ${trail} records only ${region}, and all regions are asked for`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
    fixedBy: byCommands('record all regions'),
  },
  TRAIL_MISSES_REGIONS: {
    outcome: 'broken',
    meaning:
      'The trail records one region, and the required events arise in every region, or in another one. Events of regional services, of the root user, refused calls and console sign-ins arise in every region.',
    sentence: ({ trail, region }: Facts) =>
      `trail ${trail} records only ${region}, and the required events also arise elsewhere`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
    fixedBy: byCommands('record all regions'),
  },
  TRAIL_WITHOUT_GLOBAL_EVENTS: {
    outcome: 'broken',
    meaning:
      'The trail records one region, and the events of global services such as IAM are recorded in another, or the trail leaves them out.',
    sentence: ({ trail, region }: Facts) =>
      `trail ${trail} of ${region} does not record the events of global services such as IAM`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
    fixedBy: byCommands('record all regions'),
  },
  NO_TRAIL: {
    outcome: 'broken',
    meaning: 'The account has no trail. Events that reach CloudWatch Logs in another way are not followed.',
    sentence: ({ account }: { readonly account: string }) => `account ${account} has no CloudTrail trail`,
    fix: () => 'create a multi-region trail that sends its events to a CloudWatch Logs log group',
    fixedBy: byPerson(
      'a trail needs a bucket, and somebody has to decide who may read it and how long it keeps events',
    ),
  },
  TRAIL_SELECTORS_UNCERTAIN: {
    outcome: 'undecided',
    meaning: 'It is not determined whether the event selectors of the trail let the required events through.',
    sentence: ({ trail, why }: Facts & { readonly why: string }) =>
      `it is not determined whether the event selectors of trail ${trail} let the required events through: ${why}`,
    fix: ({ trail }: Facts) => `let trail ${trail} record all management events`,
    fixedBy: byCommands('record management events'),
  },
  TRAIL_REGIONS_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'The trail records one region, and it is not known in which regions the required events arise. For a filter pattern of your own, `premises` can say it.',
    sentence: ({ trail, region }: Facts) =>
      `trail ${trail} records only ${region}, and it is not known in which regions the required events arise`,
    fix: ({ trail }: Facts) =>
      `make trail ${trail} a multi-region trail, or state with \`premises\` where the events arise`,
    fixedBy: byCommands('record all regions'),
  },
  TRAIL_GLOBAL_EVENTS_UNKNOWN: {
    outcome: 'undecided',
    meaning:
      'The trail records one region, and AWS does not document where this partition records the events of global services.',
    sentence: ({ trail, region }: Facts) =>
      `whether trail ${trail} of ${region} records the events of global services is not documented`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
    fixedBy: byCommands('record all regions'),
  },
} as const satisfies Reasons;

const found = findingsOf(trailReasons);

type Code = keyof typeof trailReasons | keyof typeof unreadableReasons;

/** The trails that apply to the account, its own in any region and an organization's. Any one of them may satisfy it. */
export function judgeTrails(path: Path, context: Context): LinkResult<TrailPath, Code> {
  const { inventory } = context;
  const part = partOf<'trails'>(inventory, trailsKey);
  if (part === undefined) return needs(trailsKey);
  if (part.kind === 'unreadable') return steps(end('trails', path, unreadable(part.failure)));
  if (part.value.length === 0) return steps(end('none', path, found('NO_TRAIL', { account: inventory.accountId })));
  const results = part.value.map((trail) =>
    trail.unread === undefined
      ? judgeTrail({ ...path, trail }, context)
      : // An entry without an ARN stands for the trails of other regions.
        steps(end(trail.name, trail.trailArn === '' ? path : { ...path, trail }, unreadable(trail.unread))),
  );
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

/** One trail: whether it records the required events. */
function judgeTrail(path: TrailPath, { control, options, inventory, isOver }: Context): LinkResult<TrailPath, Code> {
  const { trail } = path;
  const facts = { trail: trail.name, region: trail.homeRegion };
  const subject = `${trail.name} (${trail.isMultiRegionTrail ? 'all regions, ' : ''}${trail.homeRegion})`;
  const findings: (Finding<Code> | undefined)[] = [];
  if (options.requireMultiRegionTrail && !trail.isMultiRegionTrail)
    findings.push(found('TRAIL_NOT_MULTI_REGION', facts));

  if (options.assurance === 'working') {
    findings.push(regionFinding(regionsOf(trail, control, inventory, isOver), facts));
    const status = partOf<'trail-status'>(inventory, trailStatusKey(trail));
    const selectors = partOf<'event-selectors'>(inventory, eventSelectorsKey(trail));
    if (status === undefined || selectors === undefined) {
      return { steps: [step(subject, path)], needs: [trailStatusKey(trail), eventSelectorsKey(trail)] };
    }
    if (status.kind === 'unreadable') findings.push(unreadable(status.failure));
    else if (status.value === null) findings.push(unreadable(gone('GetTrailStatus')));
    else if (!status.value.isLogging) findings.push(found('TRAIL_NOT_LOGGING', facts));
    if (selectors.kind === 'unreadable') findings.push(unreadable(selectors.failure));
    else if (selectors.value === null) findings.push(unreadable(gone('GetEventSelectors')));
    else findings.push(judgeSelection(selectionOf(selectors.value, control, inventory, isOver), facts));
  }
  return steps(step(subject, path, mostSevere(findings)));
}

function regionFinding(regions: Regions, facts: Facts): Finding<Code> | undefined {
  switch (regions) {
    case 'covered':
      return undefined;
    case 'missed':
      return found('TRAIL_MISSES_REGIONS', facts);
    case 'global services missed':
      return found('TRAIL_WITHOUT_GLOBAL_EVENTS', facts);
    case 'global services not documented':
      return found('TRAIL_GLOBAL_EVENTS_UNKNOWN', facts);
    case 'not known':
      return found('TRAIL_REGIONS_UNCERTAIN', facts);
  }
}

function judgeSelection(selection: Selection, facts: Facts): Finding<Code> | undefined {
  switch (selection.kind) {
    case 'all':
      return undefined;
    case 'some-dropped':
      return found('TRAIL_DROPS_EVENTS', { ...facts, event: selection.event }, { event: selection.event });
    case 'none':
      return found('TRAIL_WITHOUT_EVENTS', { ...facts, event: selection.event }, { event: selection.event });
    case 'undecided':
      return found('TRAIL_SELECTORS_UNCERTAIN', { ...facts, why: selection.why });
  }
}

/** CloudTrail listed the trail and then did not find it: it was deleted, or the caller may not see it. */
function gone(operation: string): Failure {
  return { service: 'cloudtrail', operation, error: 'TrailNotFoundException' };
}
