import { eventBusArn } from '../arns.ts';
import { isMade } from '../collect/collected.ts';
import { valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the rules of EventBridge and their targets over those of the account. */
export function layEventRules(laying: Laying): void {
  const { changes, draft, collected } = laying;
  const rules = declaredParts(laying, 'event-rules');
  const made = new Set(
    changes.effective.flatMap((one) => (one.kind === 'event-bus' && isMade(one) ? [eventBusArn(one, one.name)] : [])),
  );
  for (const bus of new Set([...draft.ids('event-rules'), ...rules.keys()])) {
    const added = rules.get(bus) ?? [];
    const isDeleted = changes.isDeleted(`event-bus ${bus}`);
    if (isDeleted && !changes.isPut(`event-bus ${bus}`)) {
      draft.put('event-rules', bus, null);
      continue;
    }
    const old = valueOf(draft.get('event-rules', bus));
    const isNew = isDeleted || old === null || made.has(bus);
    const stay = isNew ? [] : (old ?? []).filter(({ name }) => !changes.isTouched(`event-rule ${bus} ${name}`));
    if (old !== undefined || added.length > 0) draft.put('event-rules', bus, [...stay, ...added]);
    if (old === undefined && !isNew) draft.doubt('event-rules', bus, `the snapshot does not hold the rules of ${bus}`);
  }
  const targets = declaredParts(laying, 'event-rule-targets');
  for (const id of new Set([...draft.ids('event-rule-targets'), ...targets.keys()])) {
    const added = targets.get(id) ?? [];
    const old = valueOf(draft.get('event-rule-targets', id));
    const isDeleted = changes.isDeleted(`event-rule ${id}`);
    const stay = isDeleted ? [] : (old ?? []).filter((one) => !changes.isTouched(`event-target ${id} ${one.id}`));
    if (old !== undefined || targets.has(id)) draft.put('event-rule-targets', id, [...stay, ...added]);
    if (old === undefined && !isDeleted && collected.incomplete.has(`event-rule-targets ${id}`))
      draft.doubt('event-rule-targets', id, `the snapshot does not hold the targets of rule ${id.split(' ')[1] ?? ''}`);
  }
}
