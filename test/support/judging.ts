import type { Context } from '../../src/chain/base/link.ts';
import { judge } from '../../src/chain/judge.ts';
import { readPattern } from '../../src/chain/required/premises.ts';
import type { ReasonCode } from '../../src/chain/reasons.ts';
import type { Verdict } from '../../src/chain/verdict.ts';
import type { JsonPattern } from '../../src/filter-pattern/index.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import type { Parameters } from '../../src/parameters/parameters.ts';
import { parseParameters } from '../../src/parameters/parameters.ts';

/** Checked parameters from raw ones. */
export function parametersOf(raw: Readonly<Record<string, unknown>> = {}): Parameters {
  const parsed = parseParameters(raw);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  return parsed.parameters;
}

/** The verdict on an inventory that holds every part that is asked for. */
export function verdictOn(inventory: Inventory, raw: Readonly<Record<string, unknown>> = {}): Verdict {
  const { control, options } = parametersOf(raw);
  const judgement = judge(control, options, inventory);
  if (judgement.kind === 'needs') throw new Error(`not read: ${JSON.stringify(judgement.keys)}`);
  return judgement.verdict;
}

/** What a link is judged by, with time for everything. */
export function contextOf(inventory: Inventory, raw: Readonly<Record<string, unknown>> = {}): Context {
  return { ...parametersOf(raw), inventory, alarms: 'all', filters: 'alone', isOver: () => false };
}

/** A pattern in braces. */
export function jsonPattern(text: string): JsonPattern {
  const pattern = readPattern(text);
  if (pattern.kind !== 'json') throw new Error(`not a JSON pattern: ${text}`);
  return pattern;
}

/** The code that a verdict gives, or `SATISFIED`. */
export function codeOf(verdict: Verdict): ReasonCode | 'SATISFIED' {
  const [nearest] = verdict.chains;
  return nearest.outcome === 'satisfied' ? 'SATISFIED' : nearest.finding.code;
}
