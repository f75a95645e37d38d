import type { Control } from '../../controls/catalog.ts';
import type { Comparison, Expression } from '../../filter-pattern/index.ts';
import { parseArn } from '../../inventory/arn.ts';
import type { Trail } from '../../inventory/resources.ts';
import { comparePatternsInTime } from '../required/compare-in-time.ts';
import type { Account } from '../required/premises.ts';
import { premisesOf, readPattern } from '../required/premises.ts';
import { equals } from './selector-condition.ts';

/** Whether a trail records the regions in which the required events arise. */
export type Regions = 'covered' | 'missed' | 'global services missed' | 'global services not documented' | 'not known';

/**
 * Whether a trail records the regions in which a control's events arise.
 *
 * A multi-region trail records all of them. A single-region trail is enough where all events are recorded in its region.
 * For a pattern of one's own the pattern and its premises decide: by `awsRegion`, or by a source that is a global service.
 *
 * @param isOver - whether the time for the judgement is over: then what is not known yet is undecided
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html
 */
export function regionsOf(trail: Trail, control: Control, account: Account, isOver: () => boolean): Regions {
  if (trail.isMultiRegionTrail) return 'covered';
  switch (control.recordedIn) {
    case 'every-region':
      return 'missed';
    case 'global-service-region':
      return globalServices(trail);
    case 'unknown':
      return byPremises(trail, control, account, isOver);
  }
}

function byPremises(trail: Trail, control: Control, account: Account, isOver: () => boolean): Regions {
  const required = readPattern(control.filterPattern);
  const premises = premisesOf(control, account);
  const ask = (field: string, text: string): Comparison | undefined => {
    const expression: Expression = equals(field, text).most;
    return comparePatternsInTime({ isOver }, { candidates: [{ kind: 'json', expression }], required, premises });
  };
  const here = ask('awsRegion', trail.homeRegion);
  if (here?.shared.kind === 'none') return 'missed';
  const areGlobal = globalSources.some((source) => ask('eventSource', source)?.missed.kind === 'none');
  if (areGlobal) return globalServices(trail);
  if (here?.missed.kind !== 'none') return 'not known';
  // The events of global services have the region's name too, and this trail may leave those out.
  const leavesOut = !trail.includeGlobalServiceEvents && globalRegions.get(partitionOf(trail)) === trail.homeRegion;
  return leavesOut ? 'not known' : 'covered';
}

/**
 * Services whose events are all recorded in the global-service region. STS is not: its regional endpoints record where
 * they are.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
 */
export const globalSources = ['iam.amazonaws.com', 'cloudfront.amazonaws.com', 'organizations.amazonaws.com'];

/**
 * The region of a partition in which the events of IAM are recorded: commercial, where CloudTrail says so; GovCloud,
 * where the only control plane of IAM is; China, where single-region trails get all global services but CloudFront.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-iam.html
 * @see https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudtrail.html
 */
const globalRegions: ReadonlyMap<string | undefined, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
]);

/**
 * Whether a single-region trail records global services: those that include them, in the region where they are recorded.
 * Only the documentation of the commercial partition says that no other region records them.
 */
function globalServices(trail: Trail): Regions {
  if (!trail.includeGlobalServiceEvents) return 'global services missed';
  const partition = partitionOf(trail);
  if (globalRegions.get(partition) === trail.homeRegion) return 'covered';
  return partition === 'aws' ? 'global services missed' : 'global services not documented';
}

function partitionOf({ trailArn }: Trail): string | undefined {
  return parseArn(trailArn)?.partition;
}
