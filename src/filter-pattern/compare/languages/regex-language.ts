import { type CharacterInterpretation, setContains, OTHER_BYTE } from '../../event/characters.ts';
import { printRegex } from '../../print/print-regex.ts';
import type { CharacterSet, Regex, RegexSequence } from '../../syntax/regex.ts';
import { type Budget, BudgetSpent, spend } from '../../../conditions/budget.ts';
import type { Language } from '../../../conditions/languages/language.ts';
import { closure, isAccepting, MAX_PLACES, advancePlaces, type Steps, stepsOf } from './regex-steps.ts';

const FOUND = 0;
/** So many places are looked through in one step of the budget. */
const PLACES_PER_STEP = 16;

/** The automata of one question, and what it may still spend on them. */
export interface RegexLanguages {
  readonly budget: Budget;
  readonly languages: Map<string, Language>;
}

/** The state of the walk through a text. */
interface State {
  readonly places: readonly number[];
  readonly isStart: boolean;
  /** The first half of a character beyond U+FFFF that has been read, if it takes both to know it; or 0. */
  readonly half: number;
}

/**
 * The texts in which a regular expression is found. The automaton of sets of places is built as it is walked, at
 * the expense of the budget. Throws BudgetSpent, at once or while it is walked.
 */
export function regexLanguage(
  regex: Regex,
  interpretation: CharacterInterpretation,
  { budget, languages }: RegexLanguages,
): Language {
  const key = `${printRegex(regex)} ${Object.values(interpretation).join(' ')}`;
  const language = languages.get(key) ?? newLanguage(key, regex, interpretation, budget);
  languages.set(key, language);
  return language;
}

function newLanguage(key: string, regex: Regex, interpretation: CharacterInterpretation, budget: Budget): Language {
  const steps = stepsOf(regex);
  if (steps === undefined) throw new BudgetSpent(`a regular expression of more than ${MAX_PLACES} places`);
  const classes = classesOf(regex, interpretation);
  const walk = walkOf(steps, interpretation, budget);
  return {
    key,
    ...onlyText(regex),
    suggestions: regex.alternatives.map(sampleOf),
    ...walk,
    ...classes,
  };
}

/** `^text$` is found in one text only. */
function onlyText({ alternatives }: Regex): { readonly only?: string } {
  const [sequence, ...others] = alternatives;
  const inside = sequence?.slice(1, -1) ?? [];
  const anchored = others.length === 0 && sequence?.at(0)?.kind === 'start' && sequence.at(-1)?.kind === 'end';
  const plain = inside.every(
    (item) => item.kind === 'repetition' && item.of.kind === 'character' && item.min === item.max,
  );
  return anchored && sequence.length > 1 && plain ? { only: sampleOf(inside) } : {};
}

/** A text of likely characters in which the sequence is found. */
export function sampleOf(sequence: RegexSequence): string {
  return sequence.map((item) => (item.kind === 'repetition' ? memberOf(item.of).repeat(item.min) : '')).join('');
}

const LIKELY = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@ ');
const LIKELY_UNITS: CharacterInterpretation = { dot: 'other', units: 'character', verticalTab: 'blank' };

function memberOf(of: CharacterSet): string {
  if (of.kind === 'character') return String.fromCharCode(of.code);
  return LIKELY.find((character) => setContains(of, character.charCodeAt(0), LIKELY_UNITS)) ?? '';
}

function walkOf(
  steps: Steps,
  interpretation: CharacterInterpretation,
  budget: Budget,
): Pick<Language, 'start' | 'next' | 'accepts' | 'isDead' | 'isFull'> {
  const states: (State | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  const moves = new Map<string, number>();

  const numberOf = (state: State | undefined): number => {
    if (state === undefined) return FOUND;
    const key = `${state.isStart} ${state.half} ${state.places.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    states.push(state);
    return states.length - 1;
  };

  /** The state behind one more unit that `.` counts. Undefined: found, whatever follows. */
  const behind = ({ places, isStart }: State, unit: number): State | undefined => {
    const reached = closure(steps, places, { start: isStart, end: false });
    spend(budget, 1 + Math.floor(reached.size / PLACES_PER_STEP));
    const next = closure(steps, [...advancePlaces(steps, reached, unit, interpretation), ...steps.anywhere], {
      start: false,
      end: false,
    });
    return isAccepting(steps, next)
      ? undefined
      : { places: [...next].sort((left, right) => left - right), isStart: false, half: 0 };
  };

  const after = (state: State | undefined, units: readonly number[]): State | undefined =>
    units.reduce<State | undefined>((at, unit) => at && behind(at, unit), state);

  const step = (state: State, unit: number): State | undefined => {
    if (unit < 0x80) return after(state, [...halved(state.half, interpretation), unit]);
    switch (interpretation.units) {
      case 'utf-16':
        return behind(state, unit);
      case 'character':
      case 'unicode':
      case 'byte': {
        const { half } = state;
        if (half !== 0 && isLow(unit)) return after({ ...state, half: 0 }, whole(half, unit, interpretation));
        const settled = after({ ...state, half: 0 }, halved(half, interpretation));
        if (isHigh(unit)) return settled && { ...settled, half: interpretation.units === 'unicode' ? unit : 0xd800 };
        return after(settled, interpretation.units === 'byte' ? bytes(unit < 0x800 ? 2 : 3) : [unit]);
      }
    }
  };

  const start = numberOf(startOf(steps));
  return {
    start,
    next: (number, unit) => {
      const state = states[number];
      if (state === undefined) return FOUND;
      const key = `${number} ${unit}`;
      let to = moves.get(key);
      if (to === undefined) moves.set(key, (to = numberOf(step(state, unit))));
      return to;
    },
    accepts: (number) => {
      const state = after(states[number], halved(states[number]?.half ?? 0, interpretation));
      if (state === undefined) return true;
      return isAccepting(steps, closure(steps, state.places, { start: state.isStart, end: true }));
    },
    isDead: (number) => states[number]?.places.length === 0,
    isFull: (number) => number === FOUND,
  };
}

function startOf(steps: Steps): State | undefined {
  const places = closure(steps, steps.first, { start: true, end: false });
  return isAccepting(steps, places)
    ? undefined
    : { places: [...places].sort((left, right) => left - right), isStart: true, half: 0 };
}

/** What a first half without its second one counts as. */
function halved(half: number, { units }: CharacterInterpretation): readonly number[] {
  if (half === 0) return [];
  return units === 'byte' ? bytes(3) : [half];
}

function whole(high: number, low: number, { units }: CharacterInterpretation): readonly number[] {
  return units === 'byte' ? bytes(4) : [0x10000 + (high - 0xd800) * 0x400 + (low - 0xdc00)];
}

function bytes(count: number): readonly number[] {
  return Array.from({ length: count }, () => OTHER_BYTE);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/**
 * The classes of code units. A digit or blank beyond U+FFFF has none of its own: whatever text needs one, another text
 * has one below in its place.
 */
function classesOf(regex: Regex, interpretation: CharacterInterpretation): Classes {
  const known = classesByRegex.get(regex) ?? new Map<string, Classes>();
  classesByRegex.set(regex, known);
  const key = Object.values(interpretation).join(' ');
  const classes = known.get(key) ?? newClasses(regex, interpretation);
  known.set(key, classes);
  return classes;
}

type Classes = Pick<Language, 'cuts' | 'classOf'>;

/** Worked out once for each expression, because it is asked for each time a condition is looked at. */
const classesByRegex = new WeakMap<Regex, Map<string, Classes>>();

function newClasses(regex: Regex, interpretation: CharacterInterpretation): Classes {
  const sets = setsOf(regex);
  const classes = new Map<number, number>();
  const numbers = new Map<string, number>();
  const classOf = (unit: number): number => {
    const known = classes.get(unit);
    if (known !== undefined) return known;
    const size = unit < 0x80 ? 1 : unit < 0x800 ? 2 : isHigh(unit) ? 4 : isLow(unit) ? 5 : 3;
    const signature = `${size} ${sets.map((of) => Number(setContains(of, unit, interpretation))).join('')}`;
    const number = numbers.get(signature) ?? numbers.size;
    numbers.set(signature, number);
    classes.set(unit, number);
    return number;
  };
  rareCuts ??= findRareCuts();
  const ascii = Array.from({ length: 0x80 }, (_, unit) => unit);
  const possible = [...ascii, 0x80, 0x800, 0xd800, 0xdc00, 0xe000, ...rareCuts];
  const cuts = possible.filter((unit) => unit > 0 && classOf(unit) !== classOf(unit - 1));
  return { cuts: () => cuts, classOf };
}

/** The units beyond ASCII at which digits, blanks or line breaks begin or end. The same for all expressions. */
let rareCuts: readonly number[] | undefined;

function findRareCuts(): readonly number[] {
  const kindOf = (unit: number): string => {
    const text = String.fromCharCode(unit);
    return `${/\p{Nd}/u.test(text)} ${/[\s\u0085]/u.test(text)} ${/[\u0085\u2028\u2029]/.test(text)}`;
  };
  const cuts: number[] = [];
  for (let unit = 0x81; unit <= 0xffff; unit += 1) if (kindOf(unit) !== kindOf(unit - 1)) cuts.push(unit);
  return cuts;
}

/** The sets that the expression names, each once. */
function setsOf({ alternatives }: Regex): readonly CharacterSet[] {
  const items = alternatives.flat().flatMap((item) => (item.kind === 'repetition' ? [item.of] : []));
  const byText = new Map(items.map((of) => [JSON.stringify(of), of]));
  return [...byText.values()];
}

/** The interpretations of single characters under which the expression differs, of those that count. */
export function interpretationsThatMatter(
  regex: Regex,
  counts: {
    readonly dot: readonly CharacterInterpretation['dot'][];
    readonly units: readonly CharacterInterpretation['units'][];
    readonly verticalTab: readonly CharacterInterpretation['verticalTab'][];
  },
): readonly CharacterInterpretation[] {
  const sets = setsOf(regex);
  const letters = sets.flatMap((of): readonly string[] => {
    const members = of.kind === 'class' ? of.members : [of];
    return members.flatMap((member) => (member.kind === 'shorthand' ? [member.letter] : []));
  });
  const dots = sets.some(({ kind }) => kind === 'any') ? counts.dot : counts.dot.slice(0, 1);
  const tabs = letters.some((letter) => letter === 's' || letter === 'S')
    ? counts.verticalTab
    : counts.verticalTab.slice(0, 1);
  const beyondAscii = letters.length > 0 || sets.some((of) => of.kind === 'any' || (of.kind === 'class' && of.negated));
  const units = beyondAscii ? counts.units : counts.units.slice(0, 1);
  return dots.flatMap((dot) => tabs.flatMap((verticalTab) => units.map((one) => ({ dot, units: one, verticalTab }))));
}
