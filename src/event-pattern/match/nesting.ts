import type { EventValue } from '../../conditions/event/event.ts';

/** Event Ruler 1.7.3 refuses more: Jackson reads events for it, and its `StreamReadConstraints` allow a depth of 1,000. */
const MAX_DEPTH = 1000;

/** Whether arrays and objects are nested deeper than the published engine reads. No recursion. */
export function isTooDeep(event: EventValue): boolean {
  let level: readonly EventValue[] = [event];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value) => {
      if (value.kind === 'array') return value.elements;
      return value.kind === 'object' ? value.members.map((member) => member.value) : [];
    });
  }
  return false;
}
