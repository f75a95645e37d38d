import { partId } from '../../model.ts';
import { trailsKey } from '../../part-keys.ts';
import type { Trail } from '../../resources.ts';
import { trailArn } from '../arns.ts';
import { valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the trails over those of the account. */
export function layTrails(laying: Laying): void {
  const { changes, draft } = laying;
  const id = partId(trailsKey);
  const old = valueOf(draft.get('trails', id));
  const declared = declaredParts(laying, 'trails').get(id) ?? [];
  const stay = (old ?? []).filter((one) => !changes.isTouched(`trail ${one.trailArn}`));
  if (old !== undefined || declared.length > 0) draft.put('trails', id, [...stay, ...declared]);
  if (old === undefined) draft.doubt('trails', id, 'the snapshot does not hold the trails of the account');
  const change = new Map(
    changes.effective.flatMap((one) => (one.kind === 'trail' ? [[trailArn(one, one.name), one.change]] : [])),
  );
  for (const [arn, status] of declaredParts(laying, 'trail-status')) {
    const before = valueOf(draft.get('trail-status', arn));
    const [was, is] = [old, declared].map((list) => list?.find((one) => one.trailArn === arn));
    const isSame = was === undefined ? change.get(arn) === 'none' : hasSameLogGroup(was, is);
    const goesOn = before?.isLogging === true && status?.isLogging === true && isSame;
    const isThere = change.get(arn) === 'none' || change.get(arn) === 'update';
    const isShown = old === undefined ? goesOn : was === undefined || draft.get('trail-status', arn) !== undefined;
    if (isThere && !isShown) {
      // Nothing says what became of its last delivery.
      draft.put('trail-status', arn, status === null ? null : { isLogging: status.isLogging });
      continue;
    }
    // What became of the last delivery holds as long as the trail delivers to the same log group.
    draft.put('trail-status', arn, goesOn && !changes.isDeleted(`trail ${arn}`) ? before : status);
  }
  for (const [arn, selectors] of declaredParts(laying, 'event-selectors')) draft.put('event-selectors', arn, selectors);
}

function hasSameLogGroup(one: Trail | undefined, other: Trail | undefined): boolean {
  return one?.cloudWatchLogsLogGroupArn === other?.cloudWatchLogsLogGroupArn;
}
