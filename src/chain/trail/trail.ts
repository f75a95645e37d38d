import { eventSelectorsKey, trailStatusKey, trailsKey } from '../../inventory/part-keys.ts';
import { parseArn } from '../../inventory/arn.ts';
import type { Failure } from '../../inventory/model.ts';
import type { Trail } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import type { Context, Finding, LinkResult, Path, Reasons, TrailPath } from '../base/link.ts';
import { end, findingsOf, needs, step, steps, mostSevere } from '../base/link.ts';
import type { Selection } from './selectors.ts';
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
  },
  TRAIL_WITHOUT_EVENTS: {
    outcome: 'broken',
    meaning:
      'The event selectors of the trail let none of the required events through: it is a trail for something else.',
    sentence: ({ trail, event }: Dropped) =>
      `the event selectors of trail ${trail} drop every required event, for example ${event}`,
    fix: ({ trail }: Facts) => `let trail ${trail} record management events, reads and writes`,
  },
  TRAIL_NOT_LOGGING: {
    outcome: 'broken',
    meaning: 'The trail is switched off.',
    sentence: ({ trail }: Facts) => `trail ${trail} is switched off`,
    fix: ({ trail, region }: Facts) => `start logging on trail ${trail} in ${region}`,
  },
  TRAIL_NOT_MULTI_REGION: {
    outcome: 'broken',
    meaning: 'The trail records one region, and `requireMultiRegionTrail` asks for all.',
    sentence: ({ trail, region }: Facts) => `trail ${trail} records only ${region}, and all regions are asked for`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
  },
  TRAIL_WITHOUT_GLOBAL_EVENTS: {
    outcome: 'broken',
    meaning:
      'The trail records one region, and the events of global services such as IAM are recorded in another, or left out.',
    sentence: ({ trail, region }: Facts) =>
      `trail ${trail} of ${region} does not record the events of IAM, a global service`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
  },
  NO_TRAIL: {
    outcome: 'broken',
    meaning: 'The account has no trail, so nothing is recorded for anybody to be told of.',
    sentence: ({ account }: { readonly account: string }) => `account ${account} has no CloudTrail trail`,
    fix: () => 'create a multi-region trail that sends its events to a CloudWatch Logs log group',
  },
  TRAIL_SELECTORS_UNCERTAIN: {
    outcome: 'undecided',
    meaning: 'Whether the event selectors of the trail let the required events through cannot be told.',
    sentence: ({ trail, why }: Facts & { readonly why: string }) =>
      `whether the event selectors of trail ${trail} let the required events through cannot be told: ${why}`,
    fix: ({ trail }: Facts) => `let trail ${trail} record all management events`,
  },
  TRAIL_GLOBAL_EVENTS_UNKNOWN: {
    outcome: 'undecided',
    meaning:
      'The trail records one region of a partition of which it is not documented where its global services are recorded.',
    sentence: ({ trail, region }: Facts) =>
      `whether trail ${trail} of ${region} records the events of global services is not documented`,
    fix: ({ trail }: Facts) => `make trail ${trail} a multi-region trail`,
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
  const results = part.value.map((trail) => judgeTrail({ ...path, trail }, context));
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

/** One trail: whether it records, and where. */
function judgeTrail(path: TrailPath, { control, options, inventory }: Context): LinkResult<TrailPath, Code> {
  const { trail } = path;
  const facts = { trail: trail.name, region: trail.homeRegion };
  const subject = `${trail.name} (${trail.isMultiRegionTrail ? 'all regions, ' : ''}${trail.homeRegion})`;
  const findings: (Finding<Code> | undefined)[] = [];
  if (options.requireMultiRegionTrail && !trail.isMultiRegionTrail)
    findings.push(found('TRAIL_NOT_MULTI_REGION', facts));

  if (options.assurance === 'working') {
    if (control.isGlobal) findings.push(globalEvents(trail, facts));
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
    else findings.push(judgeSelection(selectionOf(selectors.value, control, inventory), facts));
  }
  return steps(step(subject, path, mostSevere(findings)));
}

/**
 * The region of a partition in which the events of IAM are recorded: commercial, where CloudTrail says so; GovCloud,
 * where the only control plane of IAM is; China, where single-region trails get all global services but CloudFront.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html
 * @see https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudtrail.html
 */
const globalRegions: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
]);

/**
 * Whether a single-region trail sees global services: those that include them, in the region where they are recorded.
 * That they are recorded nowhere else is documented for the commercial partition only.
 */
function globalEvents(trail: Trail, facts: Facts): Finding<Code> | undefined {
  if (trail.isMultiRegionTrail) return undefined;
  if (!trail.includeGlobalServiceEvents) return found('TRAIL_WITHOUT_GLOBAL_EVENTS', facts);
  const partition = parseArn(trail.trailArn)?.partition ?? '';
  if (globalRegions.get(partition) === trail.homeRegion) return undefined;
  return found(partition === 'aws' ? 'TRAIL_WITHOUT_GLOBAL_EVENTS' : 'TRAIL_GLOBAL_EVENTS_UNKNOWN', facts);
}

function judgeSelection(selection: Selection, facts: Facts): Finding<Code> | undefined {
  switch (selection.kind) {
    case 'all':
      return undefined;
    case 'some dropped':
      return found('TRAIL_DROPS_EVENTS', { ...facts, event: selection.event }, { event: selection.event });
    case 'none':
      return found('TRAIL_WITHOUT_EVENTS', { ...facts, event: selection.event }, { event: selection.event });
    case 'undecided':
      return found('TRAIL_SELECTORS_UNCERTAIN', { ...facts, why: selection.why });
  }
}

/** CloudTrail listed the trail and then knew nothing of it: it went, or it hides. Neither is an answer. */
function gone(operation: string): Failure {
  return { service: 'cloudtrail', operation, error: 'TrailNotFoundException' };
}
