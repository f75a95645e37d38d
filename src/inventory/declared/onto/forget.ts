import type { PartKind } from '../../model.ts';
import { alarmsOnMetric } from '../../model.ts';
import { metricIn } from './lay-alarms.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Parts that hold several things. One that is added never undoes a chain. */
export const lists = [
  'trails',
  'metric-filters',
  'alarms',
  'subscriptions',
  'event-rules',
  'event-rule-targets',
] as const;
type List = (typeof lists)[number];

/** Whether a part holds several things. */
export function isList(kind: PartKind): kind is List {
  return (lists as readonly PartKind[]).includes(kind);
}

/** Parts of an account, and why they are not known after a deployment. */
export interface Forgotten {
  readonly kind: PartKind;
  readonly isIn: (id: string) => boolean;
  readonly why: string;
}

/** What the update of a stack may delete and its template does not say. */
export function deletedByUpdate(why: string): readonly Forgotten[] {
  const kinds: readonly PartKind[] = [...lists, 'alarms-for-metric', 'key'];
  return kinds.map((kind) => ({ kind, isIn: () => true, why }));
}

/** Leaves of some parts of the account what the file declares, and nothing else. */
export function forget(laying: Laying, { kind, isIn, why }: Forgotten): void {
  const { draft } = laying;
  const declared = declaredParts(laying, kind);
  for (const id of draft.ids(kind).filter(isIn)) {
    if (isList(kind)) draft.put(kind, id, declaredParts(laying, kind).get(id) ?? []);
    else if (kind === 'alarms-for-metric') draft.put(kind, id, declaredOnMetric(laying, id));
    else if (declared.has(id)) continue;
    else draft.remove(kind, id);
    draft.doubt(kind, id, why);
  }
}

/** The declared alarms right on the metric of a part. */
function declaredOnMetric(laying: Laying, id: string) {
  const [accountId = '', region = ''] = id.split(' ');
  const alarms = declaredParts(laying, 'alarms').get(`${accountId} ${region}`) ?? [];
  return alarmsOnMetric(alarms, metricIn(id.slice(accountId.length + region.length + 2)));
}
