import type * as v from 'valibot';

/** The place in the file, what it must be, and what it is. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = `\`${pathOf(issue)}\``;
  if (issue.expected === 'never') return `${place} is not a member that a snapshot has at this place`;
  if (issue.received === 'undefined') return `${place} is missing`;
  // A check has no type to name; its message says what it asks for.
  const isCheck = issue.expected === null || issue.kind === 'validation';
  const expected = isCheck ? issue.message : inWords(issue.expected);
  return `${place} must be ${expected}, not ${inWords(issue.received)}`;
}

const typesInWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
};

/** A type in the notation of the validator, such as `string` or `("a" | "b")`, in words. */
function inWords(type: string): string {
  const types = type.replace(/^\((.*)\)$/s, '$1').split(' | ');
  return types.map((one) => typesInWords[one] ?? one).join(' or ');
}

/** The path of an issue as one would write it: `parts.trails["account"].value[0].name`. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map(({ key }) => {
    if (typeof key === 'number') return `[${key}]`;
    return /^[A-Za-z_][\w-]*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(key)}]`;
  });
  return steps.join('').replace(/^\./, '') || 'the file';
}
