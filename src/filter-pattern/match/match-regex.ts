import { type CharacterInterpretation, setContains, unitsOf } from '../event/characters.ts';
import type { CharacterSet, Regex, RegexSequence, Repetition } from '../syntax/regex.ts';
import type { Interpret } from '../ambiguities/interpret.ts';

/**
 * Whether the regular expression is found anywhere in the text. The set of places that a sequence can have reached is moved
 * forward item by item, so nothing is tried twice: the time is the length of the text times that of the expression.
 */
export function matchesRegex(regex: Regex, text: string, interpret: Interpret): boolean {
  const interpretation: CharacterInterpretation = {
    dot: /[\n\r\u0085\u2028\u2029]/.test(text) ? interpret('regexDot') : 'other',
    units: /[\u0080-\uffff]/.test(text) ? interpret('regexUnits') : 'character',
    verticalTab: text.includes('\v') ? interpret('regexVerticalTab') : 'blank',
  };
  const units = unitsOf(text, interpretation.units);
  return regex.alternatives.some((sequence) => occursIn(sequence, units, interpretation));
}

/** `^` and `$` "anchor the match to the beginning" and "the end of the string", not of a line of it. */
function occursIn(sequence: RegexSequence, units: readonly number[], interpretation: CharacterInterpretation): boolean {
  let places: readonly boolean[] = Array.from({ length: units.length + 1 }, () => true);
  for (const item of sequence) {
    switch (item.kind) {
      case 'start':
        places = places.map((there, index) => there && index === 0);
        break;
      case 'end':
        places = places.map((there, index) => there && index === units.length);
        break;
      case 'repetition':
        places = placesAfter(places, item, runLengths(item.of, units, interpretation));
    }
  }
  return places.includes(true);
}

/** The places behind `min` to `max` characters of the set, from each of the places. */
function placesAfter(
  places: readonly boolean[],
  { min, max }: Repetition,
  runs: readonly number[],
): readonly boolean[] {
  /** How many more ranges of places begin than end here. */
  const changes = Array.from({ length: places.length + 1 }, () => 0);
  for (const [index, there] of places.entries()) {
    const longest = Math.min(max, runs[index] ?? 0);
    if (!there || longest < min) continue;
    changes[index + min] = (changes[index + min] ?? 0) + 1;
    changes[index + longest + 1] = (changes[index + longest + 1] ?? 0) - 1;
  }
  let open = 0;
  return places.map((_, index) => {
    open += changes[index] ?? 0;
    return open > 0;
  });
}

/** For each place, how many characters from there on are in the set without a gap. */
function runLengths(
  of: CharacterSet,
  units: readonly number[],
  interpretation: CharacterInterpretation,
): readonly number[] {
  const runs = Array.from({ length: units.length + 1 }, () => 0);
  for (let index = units.length - 1; index >= 0; index -= 1) {
    if (setContains(of, units[index] ?? 0, interpretation)) runs[index] = (runs[index + 1] ?? 0) + 1;
  }
  return runs;
}
