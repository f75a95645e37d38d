import type { Maybe } from '../../value.ts';
import { firstUnknown, isUnknown, unknown } from '../../value.ts';

/** The properties of a resource, with intrinsic functions computed. */
export type Properties = Readonly<Record<string, unknown>>;

/** A list, each member converted; not known where a part of it is not. */
export function listOf<T>(value: unknown, convert: (one: Properties) => T): Maybe<readonly T[]> {
  const doubt = firstUnknown(value);
  if (doubt !== undefined) return doubt;
  const converted = ((value ?? []) as readonly Properties[]).map(convert);
  return firstUnknown(converted) ?? converted;
}

/** A policy as JSON text: a template may give it as text or as an object. */
export function jsonOf(value: unknown): Maybe<string> {
  const doubt = firstUnknown(value);
  return doubt ?? (typeof value === 'string' ? value : JSON.stringify(value));
}

/** A text; undefined where it is not set or empty. */
export function textOf(value: unknown): Maybe<string> | undefined {
  if (isUnknown(value)) return value;
  return value === undefined || value === null || value === '' ? undefined : (value as string);
}

/** CloudFormation takes numbers and booleans as texts too. */
export function numberOf(value: unknown): unknown {
  return value === undefined || isUnknown(value) ? value : Number(value);
}

/**
 * A boolean, which CloudFormation takes as a text too. It reads YAML 1.1, in which `yes` and `on` are booleans.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * @see https://yaml.org/type/bool.html
 */
export function booleanOf(value: unknown, fallback: boolean): Maybe<boolean> {
  if (value === undefined || value === null) return fallback;
  if (isUnknown(value) || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : 'what is given';
  if (['true', 'yes', 'on', 'y'].includes(text)) return true;
  return ['false', 'no', 'off', 'n'].includes(text) ? false : unknown(`${text} is no boolean`);
}

/** Properties with the names that this project uses: AWS's own, in lower camel case. */
export function inCamelCase(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]),
  );
}
