import { partId } from '../../model.ts';
import { trailsKey } from '../../part-keys.ts';
import type { Trail } from '../../resources.ts';
import { valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the trails over those of the account. */
export function layTrails(laying: Laying): void {
  const { changes, draft } = laying;
  const id = partId(trailsKey);
  const old = valueOf(draft.get('trails', id));
  const declared = declaredParts(laying, 'trails').get(id) ?? [];
  const stay = (old ?? []).filter(({ trailArn }) => !changes.isTouched(`trail ${trailArn}`));
  if (old !== undefined || declared.length > 0) draft.put('trails', id, [...stay, ...declared]);
  if (old === undefined) draft.doubt('trails', id, 'the snapshot does not hold the trails of the account');
  for (const [arn, status] of declaredParts(laying, 'trail-status')) {
    const before = valueOf(draft.get('trail-status', arn));
    const [was, is] = [old, declared].map((list) => list?.find(({ trailArn }) => trailArn === arn));
    const goesOn = before?.isLogging === true && status?.isLogging === true && hasSameLogGroup(was, is);
    // What became of the last delivery holds as long as the trail delivers to the same log group.
    draft.put('trail-status', arn, goesOn && !changes.isDeleted(`trail ${arn}`) ? before : status);
  }
  for (const [arn, selectors] of declaredParts(laying, 'event-selectors')) draft.put('event-selectors', arn, selectors);
}

function hasSameLogGroup(one: Trail | undefined, other: Trail | undefined): boolean {
  return one?.cloudWatchLogsLogGroupArn === other?.cloudWatchLogsLogGroupArn;
}
