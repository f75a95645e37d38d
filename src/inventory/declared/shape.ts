import { isUnknown, refused } from './value.ts';

/** What a value has to be: a text, a list of such, or an object with such members. */
export type Shape = 'text' | readonly [Shape] | { readonly [name: string]: Shape };

/**
 * A value with what is not in its shape not known. A list has no empty members; a member of an object may be null, which is
 * one that is not set.
 *
 * @param path - what the value is called in messages
 */
export function conform(value: unknown, shape: Shape, path: string): unknown {
  if (value === undefined || isUnknown(value)) return value;
  if (shape === 'text') return isPrimitive(value) ? String(value) : refused(`${path} must be a text`);
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return refused(`${path} must be a list`);
    return value.map((one: unknown, at) =>
      one === null ? refused(`${path}[${at}] is null`) : conform(one, (shape as readonly [Shape])[0], `${path}[${at}]`),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused(`${path} must be an object`);
  const members = Object.entries(shape as Readonly<Record<string, Shape>>);
  const changed = members.flatMap(([name, inner]) => {
    const one = (value as Readonly<Record<string, unknown>>)[name];
    return one === undefined || one === null ? [] : [[name, conform(one, inner, `${path}.${name}`)] as const];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
