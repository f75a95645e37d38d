import type { ResultDocument } from '../result.ts';
import { sanitizeJson } from '../sanitize-line.ts';

/**
 * JSON Lines: an object on each line, for tools that read one account at a time. First come the controls, each with
 * `kind: "control"`. A result has `kind: "result"` and is as in `json`; an account that could not be evaluated has `kind:
 * "failed"`.
 *
 * @see https://jsonlines.org
 */
export function jsonLinesOf({ controls = [], results, failed }: ResultDocument): string {
  const lines = [
    ...controls.map((control) => ({ kind: 'control', ...control })),
    ...results.map((result) => ({ kind: 'result', ...result })),
    ...failed.map((one) => ({ kind: 'failed', ...one })),
  ];
  return lines.map((line) => `${sanitizeJson(line, 0)}\n`).join('');
}
