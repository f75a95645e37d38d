import type { Interpretations } from '../ambiguities/ambiguities.ts';
import { SETTLED_INTERPRETATIONS } from '../ambiguities/settlements.ts';
import type { Pattern } from '../syntax/pattern.ts';
import { delimitedMatchTree } from './match-delimited.ts';
import { jsonMatchTree, readDocument } from './match-json.ts';
import { termsMatchTree } from './match-terms.ts';
import { evaluate, evaluateUnderAll, type Match, type MatchTree } from './match-tree.ts';

/** Whether the pattern matches the event, a raw message, under one interpretation of every ambiguity. */
export function matches(pattern: Pattern, event: string, interpretations: Interpretations): boolean {
  return evaluate(matchTreeOf(pattern, event), (ambiguity) => interpretations[ambiguity]);
}

/**
 * The same under all interpretations together: certain only if every interpretation gives the same answer.
 *
 * @param settled - the ambiguities that are settled, with the interpretation that AWS follows
 */
export function matchesUnderAll(
  pattern: Pattern,
  event: string,
  settled: Partial<Interpretations> = SETTLED_INTERPRETATIONS,
): Match {
  return evaluateUnderAll(matchTreeOf(pattern, event), settled);
}

function matchTreeOf(pattern: Pattern, event: string): MatchTree {
  switch (pattern.kind) {
    case 'json':
      return jsonMatchTree(pattern, readDocument(event));
    case 'terms':
      return termsMatchTree(pattern, event);
    case 'delimited':
      return delimitedMatchTree(pattern, event);
    case 'everything':
      return { kind: 'and', operands: [] };
  }
}
