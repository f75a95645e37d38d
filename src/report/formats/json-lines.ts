import type { ResultDocument } from '../result.ts';
import { sanitizeJson } from '../sanitize-line.ts';

/**
 * JSON Lines: an object on each line, for tools that read one account at a time. First comes the run, with
 * `kind: "run"`, its version and its time, then the controls, each with `kind: "control"`. A result has `kind: "result"` and is as in `json`; an account that could not be evaluated has `kind:
 * "failed"`.
 *
 * @see https://jsonlines.org
 */
export function jsonLinesOf({ controls = [], results, failed, ...run }: ResultDocument): string {
  const lines = [
    { kind: 'run', ...run },
    ...controls.map((control) => ({ kind: 'control', ...control })),
    ...results.map((result) => ({ kind: 'result', ...result })),
    ...failed.map((one) => ({ kind: 'failed', ...one })),
  ];
  return lines.map((line) => `${sanitizeJson(line, 0)}\n`).join('');
}
