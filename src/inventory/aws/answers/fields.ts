import * as v from 'valibot';

/** A text that may be empty. */
export const text = v.string('is not a text');
/** A text that a real answer never leaves empty. */
export const name = v.pipe(v.string('is missing or not a text'), v.nonEmpty('is empty'));
export const flag = v.boolean('is neither true nor false');
export const number = v.pipe(v.number('is not a number'), v.finite('is not a finite number'));
export const time = v.date('is not a time');
export const bytes = v.instance(Uint8Array, 'is missing or not binary data');
export const texts = v.array(text, 'is not a list');

/** A list that a real answer always has, also when it is empty. */
export function listOf<S extends v.GenericSchema>(item: S) {
  return v.array(item, 'is missing or not a list');
}

/** A member that AWS leaves out where it is not set. */
export function optional<S extends v.GenericSchema>(schema: S) {
  return v.optional(schema);
}

/** The members that are read. All others are left out of the answer, so that nothing is read unchecked. */
export function members<E extends v.ObjectEntries>(entries: E) {
  return v.object(entries, 'is missing or not an object');
}

/** The token of the next page: missing or empty on the last. */
export const pageToken = v.optional(text);
