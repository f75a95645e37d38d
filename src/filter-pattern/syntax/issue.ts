/** What is wrong, or cannot be placed, in the text of a pattern. `offset` counts UTF-16 units from the start of the text. */
export interface Issue {
  readonly offset: number;
  /** What was found there: the text itself, or `end of pattern`. */
  readonly found: string;
  readonly expected: string;
  /** The mistake by its name, and what fixes it. */
  readonly hint?: string;
}

const WIDTH = 100;

/** One line: where, what was found, what was expected, and the fix if it is known. */
export function describeIssue(issue: Issue): string {
  const found = issue.found === END ? END : `\`${issue.found}\``;
  const fix = issue.hint === undefined ? '' : ` (${issue.hint})`;
  return `at offset ${issue.offset}: found ${found}, expected ${issue.expected}${fix}`;
}

/** The line of the pattern that the issue points into, a caret below the place, and the description. */
export function renderIssue(text: string, issue: Issue): string {
  const lineStart = text.slice(0, issue.offset).lastIndexOf('\n') + 1;
  const lineBreak = text.indexOf('\n', issue.offset);
  const lineEnd = lineBreak === -1 ? text.length : lineBreak;
  const from = Math.max(lineStart, Math.min(issue.offset - WIDTH / 2, lineEnd - WIDTH));
  const line = printable(text.slice(from, Math.min(lineEnd, from + WIDTH)));
  return `${line}\n${' '.repeat(issue.offset - from)}^\n${describeIssue(issue)}`;
}

export const END = 'end of pattern';

/** Tabs and other control characters as blanks, so that the caret stays under its character. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ');
}
