/**
 * An object without one of its members.
 *
 * @param value - an object that JSON can hold
 */
export function withoutMember(value: object, name: string): object {
  return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
}

/**
 * JSON in its canonical form: members sorted by UTF-16 code units, no blanks, numbers and texts as JavaScript writes them.
 * Two files with the same contents have the same canonical form, however they are indented and sorted.
 *
 * @param value - what `JSON.parse` gives
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members)
    .filter((name) => members[name] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`).join(',')}}`;
}
