import * as v from 'valibot';

export const text = v.string();
export const texts = v.array(text);
export const time = v.pipe(text, v.isoTimestamp('a time in UTC such as "2026-11-20T10:00:00.000Z"'));

/** An object with these members and no others. Alone, `strictObject` takes a list for an object without members. */
export const object = <E extends v.ObjectEntries>(entries: E) =>
  v.pipe(
    v.any(),
    v.check((value) => !Array.isArray(value), 'an object'),
    v.strictObject(entries),
  );

export const failure = object({
  service: text,
  operation: text,
  error: text,
  missingIamAction: v.exactOptional(text),
});

const part = <T extends v.GenericSchema>(value: T) =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('present'), value }),
    v.strictObject({
      kind: v.literal('unreadable'),
      failure,
    }),
  ]);
/** Parts of one kind by name; `meaning` is for the JSON schema. */
export const partsOf = <T extends v.GenericSchema>(meaning: string, value: T) =>
  v.exactOptional(v.pipe(v.record(text, part(value)), v.description(meaning)));

/** A member with its meaning for the JSON schema. */
export const said = <T extends v.GenericSchema>(schema: T, meaning: string) => v.pipe(schema, v.description(meaning));
export const maybe = <T extends v.GenericSchema>(schema: T, meaning: string) => v.exactOptional(said(schema, meaning));
