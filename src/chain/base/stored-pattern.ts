import type { Pattern } from '../../filter-pattern/index.ts';
import { describeIssue, newBoundedMap, parse } from '../../filter-pattern/index.ts';
import type { MetricFilter } from '../../inventory/resources.ts';

/** What the pattern of a filter means. */
export type StoredPattern =
  | { readonly kind: 'read'; readonly pattern: Pattern; readonly text: string }
  /** `likely` is what the text most likely means, if it is close enough to a pattern to say so. */
  | { readonly kind: 'unread'; readonly doubt: string; readonly likely: Pattern | undefined };

/**
 * Reads the pattern of a filter that AWS stores. Blanks and line breaks around it, as a heredoc leaves them, are no part
 * of it: AWS does not document whether PutMetricFilter accepts them, but it accepted these, and they can mean nothing
 * else.
 */
export function readStoredPattern({ filterPattern }: Pick<MetricFilter, 'filterPattern'>): StoredPattern {
  const known = stored.get(filterPattern);
  if (known !== undefined) return known;
  const read = readText(filterPattern);
  stored.set(filterPattern, read);
  return read;
}

/** Each control asks for the same patterns, again after each read. In characters: of the filters of several log groups. */
const stored = newBoundedMap<StoredPattern>(400_000);

function readText(filterPattern: string): StoredPattern {
  const trimmed = filterPattern.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  // Whether a pattern of blanks alone is the empty pattern is not documented.
  const text = trimmed === '' ? filterPattern : trimmed;
  const parsed = parse(text);
  switch (parsed.kind) {
    case 'parsed':
      return { kind: 'read', pattern: parsed.pattern, text };
    case 'invalid':
      return { kind: 'unread', doubt: describeIssue(parsed.issue), likely: undefined };
    case 'undecided':
      return { kind: 'unread', doubt: describeIssue(parsed.issue), likely: parsed.pattern };
  }
}
