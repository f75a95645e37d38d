export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';
export const alarmStates: readonly AlarmState[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

/** The rule of a composite alarm as it is written. */
export type AlarmRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: 'not'; readonly of: AlarmRule }
  /** Rules joined by AND and OR without parentheses; AWS does not say which binds tighter. */
  | { readonly kind: 'joined'; readonly of: readonly AlarmRule[]; readonly by: readonly ('AND' | 'OR')[] }
  | {
      readonly kind: 'at least';
      /** So many alarms, or so many percent of them. */
      readonly threshold: number;
      readonly unit: 'alarms' | 'percent';
      /** Whether the alarms that are not in the state are counted. */
      readonly negated: boolean;
      readonly state: AlarmState;
      readonly alarms: readonly string[];
    }
  /** A function that is not known. */
  | { readonly kind: 'unknown'; readonly name: string };

/** Deeper than AWS's 500 elements ever nest in earnest, and shallow enough for the stack. */
const MOST_NESTED = 200;

/**
 * Reads the rule of a composite alarm: the functions ALARM, OK, INSUFFICIENT_DATA and AT_LEAST over names or ARNs,
 * quoted or not, the operators AND, OR and NOT, the words TRUE and FALSE, and parentheses.
 *
 * @returns the rule, or `undefined` if it is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html (AT_LEAST)
 */
export function parseAlarmRule(text: string): AlarmRule | undefined {
  const reader = readerOf(text);
  const rule = joined(reader, 0);
  return reader.rest().trim() === '' ? rule : undefined;
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(text: string) {
  let position = 0;
  return {
    rest: () => text.slice(position),
    /** Reads what a pattern matches right here, after white space. */
    take: (pattern: RegExp): string | undefined => {
      const [all, part] = new RegExp(`^\\s*(?:${pattern.source})`, 'i').exec(text.slice(position)) ?? [];
      if (all === undefined) return undefined;
      position += all.length;
      return part ?? all.trim();
    },
  };
}

function joined(reader: Reader, depth: number): AlarmRule | undefined {
  const first = operand(reader, depth);
  if (first === undefined) return undefined;
  const of = [first];
  const by: ('AND' | 'OR')[] = [];
  for (let word = reader.take(/(AND|OR)\b/); word !== undefined; word = reader.take(/(AND|OR)\b/)) {
    const next = operand(reader, depth);
    if (next === undefined) return undefined;
    of.push(next);
    by.push(word.toUpperCase() === 'AND' ? 'AND' : 'OR');
  }
  return by.length === 0 ? first : { kind: 'joined', of, by };
}

function operand(reader: Reader, depth: number): AlarmRule | undefined {
  if (depth > MOST_NESTED) return undefined;
  if (reader.take(/NOT\b/) !== undefined) {
    const of = operand(reader, depth + 1);
    return of && { kind: 'not', of };
  }
  if (reader.take(/\(/) !== undefined) {
    const inner = joined(reader, depth + 1);
    return reader.take(/\)/) === undefined ? undefined : inner;
  }
  const constant = reader.take(/(TRUE|FALSE)\b(?!\s*\()/);
  if (constant !== undefined) return { kind: 'constant', value: constant.toUpperCase() === 'TRUE' };
  const name = reader.take(/([A-Z_]\w*)\s*\(/)?.toUpperCase();
  if (name === undefined) return undefined;
  const state = alarmStates.find((one) => one === name);
  if (state !== undefined) {
    const alarm = alarmName(reader, /([^"()]+?)\s*(?=\))/);
    return alarm === undefined || reader.take(/\)/) === undefined ? undefined : { kind: 'state', state, alarm };
  }
  if (name === 'AT_LEAST') return atLeast(reader);
  // The arguments of a function that is not known: quoted texts and whatever else stands up to its parenthesis.
  return reader.take(/(?:"[^"]*"|[^()"])*\)/) === undefined ? undefined : { kind: 'unknown', name };
}

/** A name or ARN: within quotes anything but a quote; without them what the place allows. */
function alarmName(reader: Reader, unquoted: RegExp): string | undefined {
  const quoted = reader.take(/"([^"\\]+)"/);
  return quoted ?? reader.take(unquoted);
}

/** `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(60%, NOT OK, (a, b, c))`. */
function atLeast(reader: Reader): AlarmRule | undefined {
  const count = reader.take(/(\d+%?)\s*,/);
  const negated = reader.take(/NOT\b/) !== undefined;
  const word = reader.take(/(ALARM|OK|INSUFFICIENT_DATA)\s*,/)?.toUpperCase();
  const state = alarmStates.find((one) => one === word);
  if (count === undefined || state === undefined || reader.take(/\(/) === undefined) return undefined;
  const alarms: string[] = [];
  do {
    const alarm = alarmName(reader, /([^"(),]+?)\s*(?=[,)])/);
    if (alarm === undefined) return undefined;
    alarms.push(alarm);
  } while (reader.take(/,/) !== undefined);
  if (reader.take(/\)\s*\)/) === undefined) return undefined;
  const unit = count.endsWith('%') ? 'percent' : 'alarms';
  return { kind: 'at least', threshold: Number.parseInt(count, 10), unit, negated, state, alarms };
}

/** The names and ARNs of alarms in a rule. */
export function namesIn(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
    case 'unknown':
      return [];
    case 'state':
      return [rule.alarm];
    case 'at least':
      return rule.alarms;
    case 'not':
      return namesIn(rule.of);
    case 'joined':
      return rule.of.flatMap(namesIn);
  }
}

/** The functions in a rule that are not known. */
export function unknownIn(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'unknown':
      return [rule.name];
    case 'constant':
    case 'state':
    case 'at least':
      return [];
    case 'not':
      return unknownIn(rule.of);
    case 'joined':
      return rule.of.flatMap(unknownIn);
  }
}

/** Whether a rule, or a part of it, is true; `undefined` if that cannot be told. */
type Truth = boolean | undefined;

/**
 * Whether a rule is true where each alarm is in one of some states.
 *
 * @param statesOf - the states that an alarm, by name or ARN, may be in
 */
export function truthOf(rule: AlarmRule, statesOf: (alarm: string) => ReadonlySet<AlarmState>): Truth {
  const isIn = (alarm: string, state: AlarmState): Truth => {
    const states = statesOf(alarm);
    if (!states.has(state)) return false;
    return states.size === 1 ? true : undefined;
  };
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'unknown':
      return undefined;
    case 'state':
      return isIn(rule.alarm, rule.state);
    case 'not':
      return not(truthOf(rule.of, statesOf));
    case 'joined':
      return join(
        rule.of.map((part) => truthOf(part, statesOf)),
        rule.by,
      );
    case 'at least': {
      const { alarms, state, negated, threshold, unit } = rule;
      const truths = alarms.map((alarm) => (negated ? not(isIn(alarm, state)) : isIn(alarm, state)));
      const enough = (count: number) =>
        unit === 'percent' ? count * 100 >= threshold * alarms.length : count >= threshold;
      if (enough(truths.filter((truth) => truth === true).length)) return true;
      return enough(truths.filter((truth) => truth !== false).length) ? undefined : false;
    }
  }
}

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const and = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a === undefined ? a : b);
const or = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === undefined ? a : b);

/** What is joined, if it comes to the same whether one goes from left to right or lets AND or OR bind tighter. */
function join(truths: readonly Truth[], by: readonly ('AND' | 'OR')[]): Truth {
  const [first, ...rest] = truths;
  const leftToRight = rest.reduce<Truth>(
    (left, right, index) => (by[index] === 'AND' ? and(left, right) : or(left, right)),
    first,
  );
  const tighter = (inner: 'AND' | 'OR') => {
    const groups: Truth[] = [first];
    for (const [index, right] of rest.entries()) {
      const left = groups.at(-1);
      if (by[index] === inner) groups.splice(-1, 1, inner === 'AND' ? and(left, right) : or(left, right));
      else groups.push(right);
    }
    return groups.reduce((a, b) => (inner === 'AND' ? or(a, b) : and(a, b)));
  };
  return leftToRight === tighter('AND') && leftToRight === tighter('OR') ? leftToRight : undefined;
}
