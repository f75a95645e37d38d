import type { Readings } from '../../conditions/formula/statement.ts';

/**
 * What AWS's documentation leaves open, or says otherwise than the engine that AWS publishes. Noun phrases: "AWS does not
 * document …".
 */
export const DOUBTS = {
  numberSpelling:
    'whether two spellings of one number are equal: the user guide says no, the published engine says yes',
  numberRange: 'how `numeric` compares numbers beyond ±5,000,000,000 or with more than six decimals',
  addressSpelling: 'whether two spellings of one IP address are equal',
  addressFamily: 'whether `cidr` matches what is no address of its family and begins with the same digits',
  absence: 'what `exists: false` means next to other fields of objects in an array',
  equalKeys: 'which of two equal keys of an event counts',
  nestedTests: 'what a field within an array means that is asked for a value and for fields of its own',
} as const;

export type Doubt = keyof typeof DOUBTS;

/**
 * The ways to take a doubt, where they are known: what the user guide says comes first. The other doubts are not taken
 * apart: what depends on them is undecided.
 */
export const READINGS = {
  numberSpelling: ['different', 'equal'],
  numberRange: ['limited', 'all'],
  addressSpelling: ['different', 'equal'],
} as const satisfies Partial<Record<Doubt, readonly [whereFalse: string, whereTrue: string]>>;

export function readingsOf(doubt: Doubt): readonly string[] {
  return doubt in READINGS ? READINGS[doubt as keyof typeof READINGS] : [];
}

/** True or false where it is given how the doubt is taken. */
export function taken(doubt: keyof typeof READINGS, readings: Readings): Doubtful {
  const reading = readings[doubt];
  return reading === undefined ? doubt : reading === READINGS[doubt][1];
}

/** An answer in three values, with what it depends on if that is open. */
export type Doubtful = true | false | Doubt;

/** Whether one of them holds. Certain as soon as one certainly does. */
export function some<Value>(values: Iterable<Value>, holds: (value: Value) => Doubtful): Doubtful {
  let doubt: Doubtful = false;
  for (const value of values) {
    const answer = holds(value);
    if (answer === true) return true;
    if (answer !== false) doubt = doubt === false ? answer : doubt;
  }
  return doubt;
}

/** Whether all of them hold. Certain as soon as one certainly does not. */
export function every<Value>(values: Iterable<Value>, holds: (value: Value) => Doubtful): Doubtful {
  return negated(some(values, (value) => negated(holds(value))));
}

export function negated(answer: Doubtful): Doubtful {
  return typeof answer === 'boolean' ? !answer : answer;
}
