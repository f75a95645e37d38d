import { parseArn } from '../inventory/arn.ts';
import type { Trail } from '../inventory/resources.ts';
import type { ConfigService, DiscoveredResource } from './config-service.ts';

export interface TrailIds {
  /** What AWS Config calls each trail, by ARN; a trail that is not in it goes by its name. */
  readonly ids: ReadonlyMap<string, string>;
  /** Why AWS Config could not be asked, where it could not. */
  readonly problem?: unknown;
}

/**
 * Finds what AWS Config calls the trails. It takes a name as well as an ARN, and keeps a result for each spelling, so
 * that two spellings of one trail would be two results.
 *
 * @param trails - the ones that get results
 * @param told - the resource that the event is about: its id is given back as it came
 * @throws faults that may pass: with another spelling the same trail would have a second result
 */
export async function trailIds(
  trails: readonly Trail[],
  told: DiscoveredResource | undefined,
  config: Pick<ConfigService, 'discoveredTrails'>,
): Promise<TrailIds> {
  const ids = new Map<string, string>();
  const learn = (known: readonly DiscoveredResource[]) => {
    for (const trail of trails) {
      if (ids.has(trail.trailArn)) continue;
      const same = known.find(({ resourceId }) => resourceId === trail.trailArn) ?? known.find((one) => is(one, trail));
      if (same) ids.set(trail.trailArn, same.resourceId);
    }
  };
  if (told) learn([told]);
  if (trails.every(({ trailArn }) => ids.has(trailArn))) return { ids };
  try {
    learn(await config.discoveredTrails());
    return { ids };
  } catch (problem) {
    if (!isLasting(problem)) throw problem;
    return { ids, problem };
  }
}

/** Whether AWS Config speaks of this trail. The ARN decides where there is one: an organization's may be a namesake. */
function is({ resourceId, resourceName, arn }: DiscoveredResource, trail: Trail): boolean {
  const itsArn = arn ?? (parseArn(resourceId) ? resourceId : undefined);
  if (itsArn !== undefined) return itsArn === trail.trailArn;
  return resourceId === trail.name || resourceName === trail.name;
}

/** A missing permission or a missing recorder stays missing, and the names serve as well. */
function isLasting(error: unknown): boolean {
  const lasting = ['AccessDenied', 'AccessDeniedException', 'NoAvailableConfigurationRecorderException'];
  return error instanceof Error && lasting.includes(error.name);
}
