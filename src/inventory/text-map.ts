import * as v from 'valibot';

/**
 * An object of texts by names that people choose, with every name that it has. The validator's own schema for such objects
 * leaves names out that objects inherit, such as `constructor`, so that a metric filter with a dimension of this name would
 * look like one without dimensions.
 */
export const textMap = v.pipe(
  v.any(),
  v.check(isTextMap, 'an object of texts'),
  v.custom<Readonly<Record<string, string>>>(() => true),
);

function isTextMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === 'string');
}
