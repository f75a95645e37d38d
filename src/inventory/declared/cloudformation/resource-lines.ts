import { LineCounter, isMap, isScalar, parseDocument } from 'yaml';

/**
 * The line on which each resource of a template begins, from 1, by logical id. JSON is read as YAML, which it is.
 *
 * @returns nothing for a resource whose line is not known
 */
export function resourceLines(text: string): ReadonlyMap<string, number> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: 'silent', strict: false, uniqueKeys: false });
  const resources = document.get('Resources', true);
  if (!isMap(resources)) return new Map();
  return new Map(
    resources.items.flatMap(({ key }): readonly (readonly [string, number])[] => {
      if (!isScalar(key) || key.range === undefined || key.range === null) return [];
      return [[String(key.value), lineCounter.linePos(key.range[0]).line]];
    }),
  );
}
