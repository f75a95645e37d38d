import type { Trivalent } from '../../../filter-pattern/index.ts';
import { all, any, not } from '../../base/trivalent.ts';
import type { AlarmRule, AlarmState } from './rule.ts';

/** The names and ARNs of alarms in a rule. */
export function namesIn(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
    case 'unknown':
      return [];
    case 'state':
      return [rule.alarm];
    case 'at-least':
      return rule.alarms;
    case 'not':
      return namesIn(rule.of);
    case 'joined':
      return rule.of.flatMap(namesIn);
  }
}

/** The functions in a rule that are not known. */
export function unknownFunctionsIn(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'unknown':
      return [rule.name];
    case 'constant':
    case 'state':
    case 'at-least':
      return [];
    case 'not':
      return unknownFunctionsIn(rule.of);
    case 'joined':
      return rule.of.flatMap(unknownFunctionsIn);
  }
}

/** The states that an alarm, given by name or ARN, may be in. */
export type StatesOf = (alarm: string) => ReadonlySet<AlarmState>;

/**
 * Whether a rule is true where each alarm is in one of several states.
 */
export function truthOf(rule: AlarmRule, statesOf: StatesOf): Trivalent {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'unknown':
      return 'undecided';
    case 'state':
      return isIn(statesOf(rule.alarm), rule.state);
    case 'not':
      return not(truthOf(rule.of, statesOf));
    case 'joined': {
      const truths = rule.of.map((part) => truthOf(part, statesOf));
      return joinTruths(truths, rule.by);
    }
    case 'at-least': {
      const { alarms, state, negated, threshold, unit } = rule;
      const truths = alarms.map((alarm) => negatedIf(negated, isIn(statesOf(alarm), state)));
      const isEnough = (count: number) =>
        unit === 'percent' ? count * 100 >= threshold * alarms.length : count >= threshold;
      if (isEnough(truths.filter((truth) => truth === true).length)) return true;
      return isEnough(truths.filter((truth) => truth !== false).length) ? 'undecided' : false;
    }
  }
}

function isIn(states: ReadonlySet<AlarmState>, state: AlarmState): Trivalent {
  if (!states.has(state)) return false;
  return states.size === 1 ? true : 'undecided';
}

function negatedIf(negated: boolean, truth: Trivalent): Trivalent {
  return negated ? not(truth) : truth;
}

/**
 * The truth of rules that are joined without parentheses, if it is the same in each order of evaluation. Where OR binds tighter
 * than AND the least is true, and where AND binds tighter the most. Any other order, such as from left to right, lies between.
 */
function joinTruths(truths: readonly Trivalent[], by: readonly ('AND' | 'OR')[]): Trivalent {
  const least = all(groupsBetween('AND', truths, by).map(any));
  const most = any(groupsBetween('OR', truths, by).map(all));
  return least === most ? least : 'undecided';
}

function groupsBetween(
  separator: 'AND' | 'OR',
  truths: readonly Trivalent[],
  by: readonly ('AND' | 'OR')[],
): readonly (readonly Trivalent[])[] {
  const starts = [0, ...by.flatMap((operator, index) => (operator === separator ? [index + 1] : []))];
  return starts.map((start, group) => truths.slice(start, starts[group + 1]));
}
