export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';
export const alarmStates: readonly AlarmState[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

/** The rule of a composite alarm as it is written. */
export type AlarmRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: 'not'; readonly of: AlarmRule }
  /** Rules, or one, joined by AND and OR without parentheses. AWS does not document which of the two binds tighter. */
  | { readonly kind: 'joined'; readonly of: readonly AlarmRule[]; readonly by: readonly ('AND' | 'OR')[] }
  | {
      readonly kind: 'at-least';
      /** The number of alarms, or the percentage of them. */
      readonly threshold: number;
      readonly unit: 'alarms' | 'percent';
      /** Whether the alarms that are not in the state are counted. */
      readonly negated: boolean;
      readonly state: AlarmState;
      readonly alarms: readonly string[];
    }
  /** A function that is not known. */
  | { readonly kind: 'unknown'; readonly name: string };

/** Deeper than the 500 elements that AWS allows are ever nested, and shallow enough for the stack. */
const MOST_NESTED = 200;

/** What may come next in a rule, after white space. The first group, if there is one, is what it says. */
const token = (pattern: RegExp) => new RegExp(`\\s*(?:${pattern.source})`, 'iy');
const tokens = {
  operator: token(/(AND|OR)\b/),
  not: token(/NOT\b/),
  open: token(/\(/),
  close: token(/\)/),
  comma: token(/,/),
  constant: token(/(TRUE|FALSE)\b(?!\s*\()/),
  function: token(/([A-Z_]\w*)\s*\(/),
  /** What a backslash means before anything but a double quote is not documented. */
  quotedName: token(/"((?:[^"\\]|\\")+)"/),
  bareName: token(/([^"()]+?)\s*(?=\))/),
  bareNameInList: token(/([^"(),]+?)\s*(?=[,)])/),
  count: token(/(\d+%?)\s*,/),
  state: token(/(ALARM|OK|INSUFFICIENT_DATA)\s*,/),
  /** The arguments of a function that is not known: quoted texts and whatever else comes before its parenthesis. */
  anyArguments: token(/(?:"[^"]*"|[^()"])*\)/),
  end: token(/$/),
} as const;

/**
 * Reads the rule of a composite alarm: the functions ALARM, OK, INSUFFICIENT_DATA and AT_LEAST over names or ARNs,
 * quoted or not, the operators AND, OR and NOT, the words TRUE and FALSE, and parentheses.
 *
 * @returns the rule, or `undefined` if it is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function parseAlarmRule(text: string): AlarmRule | undefined {
  const cursor = cursorOver(text);
  const rule = parseJoined(cursor, 0);
  return cursor.take(tokens.end) === undefined ? undefined : rule;
}

type Cursor = ReturnType<typeof cursorOver>;

function cursorOver(text: string) {
  let position = 0;
  return {
    /** Reads a token, and returns what it says. */
    take: (pattern: RegExp): string | undefined => {
      pattern.lastIndex = position;
      const [all, part] = pattern.exec(text) ?? [];
      if (all === undefined) return undefined;
      position += all.length;
      return part ?? all;
    },
  };
}

function parseJoined(cursor: Cursor, depth: number): AlarmRule | undefined {
  const first = parseOperand(cursor, depth);
  if (first === undefined) return undefined;
  const of = [first];
  const by: ('AND' | 'OR')[] = [];
  for (let word = cursor.take(tokens.operator); word !== undefined; word = cursor.take(tokens.operator)) {
    const next = parseOperand(cursor, depth);
    if (next === undefined) return undefined;
    of.push(next);
    by.push(word.toUpperCase() === 'AND' ? 'AND' : 'OR');
  }
  return { kind: 'joined', of, by };
}

function parseOperand(cursor: Cursor, depth: number): AlarmRule | undefined {
  if (depth > MOST_NESTED) return undefined;
  if (cursor.take(tokens.not) !== undefined) {
    const of = parseOperand(cursor, depth + 1);
    return of && { kind: 'not', of };
  }
  if (cursor.take(tokens.open) !== undefined) {
    const inner = parseJoined(cursor, depth + 1);
    return cursor.take(tokens.close) === undefined ? undefined : inner;
  }
  const constant = cursor.take(tokens.constant);
  if (constant !== undefined) return { kind: 'constant', value: constant.toUpperCase() === 'TRUE' };
  const name = cursor.take(tokens.function)?.toUpperCase();
  if (name === undefined) return undefined;
  const state = alarmStates.find((one) => one === name);
  if (state !== undefined) {
    const alarm = parseName(cursor, tokens.bareName);
    return alarm === undefined || cursor.take(tokens.close) === undefined ? undefined : { kind: 'state', state, alarm };
  }
  if (name === 'AT_LEAST') return parseAtLeast(cursor);
  return cursor.take(tokens.anyArguments) === undefined ? undefined : { kind: 'unknown', name };
}

/** A name or ARN. */
function parseName(cursor: Cursor, bare: RegExp): string | undefined {
  const quoted = cursor.take(tokens.quotedName);
  return quoted === undefined ? cursor.take(bare) : unquote(quoted);
}

/** The name that a text in quotes gives: a backslash comes before each double quote of the name. */
export function unquote(quoted: string): string {
  return quoted.replaceAll('\\"', '"');
}

/** `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(60%, NOT OK, (a, b, c))`. */
function parseAtLeast(cursor: Cursor): AlarmRule | undefined {
  const count = cursor.take(tokens.count);
  const negated = cursor.take(tokens.not) !== undefined;
  const word = cursor.take(tokens.state)?.toUpperCase();
  const state = alarmStates.find((one) => one === word);
  if (count === undefined || state === undefined || cursor.take(tokens.open) === undefined) return undefined;
  const alarms: string[] = [];
  do {
    const alarm = parseName(cursor, tokens.bareNameInList);
    if (alarm === undefined) return undefined;
    alarms.push(alarm);
  } while (cursor.take(tokens.comma) !== undefined);
  if (cursor.take(tokens.close) === undefined || cursor.take(tokens.close) === undefined) return undefined;
  const unit = count.endsWith('%') ? 'percent' : 'alarms';
  return { kind: 'at-least', threshold: Number.parseInt(count, 10), unit, negated, state, alarms };
}
