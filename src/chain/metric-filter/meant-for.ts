import type { Expression, JsonPattern, Pattern } from '../../filter-pattern/index.ts';
import { fieldOf, fieldsIn } from './fields-in.ts';

/** No pattern of a control comes near it. It bounds the work for patterns of one's own. */
const MAX_ALTERNATIVES = 200;

/**
 * The texts that a required pattern looks for: a list for each of its alternatives, with the texts that the alternative
 * compares fields with, without asterisks at their ends. What the premises say of every required event singles nothing
 * out, so it is left out.
 */
export function textsLookedFor(required: Pattern, premises: JsonPattern): readonly (readonly string[])[] {
  if (required.kind !== 'json') return [];
  return alternativesOf(required.expression, fieldsIn(premises)).filter((texts) => texts.length > 0);
}

/**
 * Whether a filter is clearly meant for a control: its pattern contains every text that one alternative of the required
 * pattern looks for. So `{ $.eventName = DeactivateMFADevice && $.userIdentity.type = Root }` is meant for the
 * deactivation of devices, and a filter for the use of the root user is not, although both match some deactivations.
 */
export function isMeantFor(filterPattern: string, alternatives: readonly (readonly string[])[]): boolean {
  return alternatives.some((texts) => texts.every((text) => filterPattern.includes(text)));
}

/** What a required pattern looks for, in a few words: its texts, or the pattern itself if it has none. */
export function describeLookedFor(alternatives: readonly (readonly string[])[], filterPattern: string): string {
  const texts = [...new Set(alternatives.flat())];
  if (texts.length === 0) return filterPattern;
  const [shown, hidden] = [texts.slice(0, 3), texts.length - 3];
  return hidden > 0 ? `${shown.join(', ')} and ${hidden} more` : shown.join(', ');
}

function alternativesOf(expression: Expression, known: ReadonlySet<string>): readonly (readonly string[])[] {
  switch (expression.kind) {
    case 'or':
      return expression.operands.flatMap((operand) => alternativesOf(operand, known));
    case 'and':
      return expression.operands.reduce<readonly (readonly string[])[]>(
        (all, operand) => {
          const more = alternativesOf(operand, known);
          return all.flatMap((texts) => more.map((added) => [...texts, ...added])).slice(0, MAX_ALTERNATIVES);
        },
        [[]],
      );
    case 'equality': {
      const isKnown = fieldOf(expression).some((field) => known.has(field));
      if (isKnown || expression.value.kind !== 'word') return [[]];
      const text = expression.value.text.replace(/^\*+|\*+$/g, '');
      return [text === '' ? [] : [text]];
    }
    case 'ordering':
    case 'state':
    case 'absence':
      return [[]];
  }
}
