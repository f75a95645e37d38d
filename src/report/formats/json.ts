import type { ResultDocument } from '../result.ts';
import { sanitizeJson } from '../sanitize-line.ts';

/** The whole document as JSON, described by `result.schema.json`. */
export function jsonOf(document: ResultDocument): string {
  return `${sanitizeJson(document)}\n`;
}
