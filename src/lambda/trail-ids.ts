import { parseArn } from '../inventory/arn.ts';
import { AwsCallError } from '../inventory/aws/client/failures.ts';
import type { Trail } from '../inventory/resources.ts';
import type { ConfigService, DiscoveredResource } from './config-service.ts';

export interface TrailIds {
  /** The id of each trail in AWS Config, by ARN. The name is the id of a trail that is not in it. */
  readonly ids: ReadonlyMap<string, string>;
  /** The error of AWS Config, where it could not be asked. */
  readonly problem?: unknown;
}

/**
 * Finds the ids of the trails in AWS Config. AWS Config takes a name as well as an ARN, and keeps one evaluation for each
 * spelling: two spellings of one trail would be two evaluations.
 *
 * @param trails - the ones that get an evaluation
 * @param triggering - the resource that the event is about: its id is sent back as it came
 * @throws faults that may pass: with another spelling the same trail would have a second evaluation
 */
export async function trailIds(
  trails: readonly Trail[],
  triggering: DiscoveredResource | undefined,
  config: Pick<ConfigService, 'discoveredTrails'>,
): Promise<TrailIds> {
  const ids = new Map<string, string>();
  const record = (known: readonly DiscoveredResource[]) => {
    for (const trail of trails) {
      if (ids.has(trail.trailArn)) continue;
      const same =
        known.find(({ resourceId }) => resourceId === trail.trailArn) ?? known.find((one) => isSameTrail(one, trail));
      if (same) ids.set(trail.trailArn, same.resourceId);
    }
  };
  if (triggering) record([triggering]);
  if (trails.every(({ trailArn }) => ids.has(trailArn))) return { ids };
  try {
    record(await config.discoveredTrails());
    return { ids };
  } catch (problem) {
    if (!isLasting(problem)) throw problem;
    return { ids, problem };
  }
}

/** The ARN decides where there is one: an organization's trail may have the same name as one of the account. */
function isSameTrail({ resourceId, resourceName, arn }: DiscoveredResource, trail: Trail): boolean {
  const trailArn = arn ?? (parseArn(resourceId) ? resourceId : undefined);
  if (trailArn !== undefined) return trailArn === trail.trailArn;
  return resourceId === trail.name || resourceName === trail.name;
}

/** A missing permission or recorder stays missing: the names are used instead. */
function isLasting(error: unknown): boolean {
  if (!(error instanceof AwsCallError)) return false;
  return error.kind === 'refused' || error.code === 'NoAvailableConfigurationRecorderException';
}
