/** A string, or a sign that begins, ends or parts things. Numbers and words between them do not matter here. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * A member that an object of a JSON text has twice. Of two such members, programs read different ones, so that a text with
 * them does not say one thing.
 *
 * @param json - a text that `JSON.parse` takes
 * @returns the name of the first such member; `undefined` if there is none
 * @see https://www.rfc-editor.org/rfc/rfc7493#section-2.3
 */
export function duplicateMember(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let text = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const names = open.at(-1);
      const name = JSON.parse(text) as string;
      if (names?.has(name) === true) return name;
      names?.add(name);
    } else if (token !== ',') text = token;
  }
  return undefined;
}
