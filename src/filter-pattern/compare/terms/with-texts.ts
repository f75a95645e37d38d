import { type EventObject, type EventValue, type Member, writeEvent } from '../../../conditions/event/event.ts';
import { readEvent } from '../../../conditions/event/read-event.ts';
import type { Selector } from '../../../conditions/event/selector.ts';

/** Where one text, or several, may occur in a CloudTrail record although no condition asks for them. */
const TEXT_PLACES = ['errorMessage', 'userAgent'];
const OBJECT_PLACES = ['additionalEventData', 'requestParameters'];

/**
 * The same event with the texts somewhere in it, where no selector looks: each as a text of its own, or as the key and
 * value that it spells. More than one way to do it, the plainest first; none if the event is not an object.
 */
export function withTexts(event: string, texts: readonly string[], selectors: readonly Selector[]): readonly string[] {
  const read = readEvent(event);
  if (read.kind !== 'read' || read.value.kind !== 'object') return [];
  const object = read.value;
  if (texts.length === 0) return [event];
  const objectPlace = freePlace(OBJECT_PLACES, object, selectors);
  const asObject = (members: readonly Member[]) =>
    writeEvent(withMember(object, { name: objectPlace, value: { kind: 'object', members } }));
  const [only = '', ...others] = texts;
  const plain =
    others.length > 0
      ? asObject(texts.map(asMember))
      : writeEvent(withMember(object, { name: freePlace(TEXT_PLACES, object, selectors), value: asText(only) }));
  return [plain, asObject(texts.map((text, index) => pairOf(text) ?? asMember(text, index)))];
}

function freePlace(places: readonly string[], { members }: EventObject, selectors: readonly Selector[]): string {
  const taken = new Set(members.map(({ name }) => name));
  for (const [first] of selectors) if (first?.kind === 'field') taken.add(first.name);
  for (let count = 1; ; count += 1) {
    const name = [...places, `other${count}`].find((one) => !taken.has(one));
    if (name !== undefined) return name;
  }
}

function withMember({ members }: EventObject, member: Member): EventObject {
  return { kind: 'object', members: [...members, member] };
}

function asText(text: string): EventValue {
  return { kind: 'string', text };
}

function asMember(text: string, index: number): Member {
  return { name: `text${index + 1}`, value: asText(text) };
}

/** `"key":"value"` as compact JSON writes it. */
function pairOf(text: string): Member | undefined {
  const [, name, value] = /^"([^"\\]+)":"([^"\\]*)"$/.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value: asText(value) };
}
