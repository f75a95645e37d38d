import type { EventObject, EventValue, Member } from '../../conditions/event/event.ts';
import { JOINER } from '../syntax/branches.ts';

/** An object of an event by the names of its fields, where a name with points means objects within objects. */
export interface Fields {
  readonly values: ReadonlyMap<string, EventValue>;
  /** Names that are there more than once. Which of them counts is not documented. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * The fields of an object. EventBridge joins names with points, so `{"a.b": 1}` is `{"a": {"b": 1}}` to it:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 */
export function fieldsOf({ members }: EventObject): Fields {
  const values = new Map<string, EventValue>();
  const repeated = new Set<string>();
  for (const member of members) {
    const { name, value } = nested(member);
    const known = values.get(name);
    if (known?.kind === 'object' && value.kind === 'object') {
      values.set(name, { kind: 'object', members: [...known.members, ...value.members] });
    } else {
      if (known !== undefined) repeated.add(name);
      values.set(name, value);
    }
  }
  return { values, repeated };
}

function nested(member: Member): Member {
  const at = member.name.indexOf(JOINER);
  if (at === -1) return member;
  const inner = { name: member.name.slice(at + 1), value: member.value };
  return { name: member.name.slice(0, at), value: { kind: 'object', members: [inner] } };
}
