import type { Selector } from '../filter-pattern/index.ts';
import { parse, printSelector } from '../filter-pattern/index.ts';
import { lastName } from './allowed.ts';
import type { Names } from './names.ts';
import { redactSelector } from './pattern/redact-pattern.ts';
import { redactFieldName, redactNumber } from './redact-value.ts';

/** The selector that a text is, such as `$.userIdentity.userName`. */
function selectorOf(text: string): Selector | undefined {
  if (!text.startsWith('$')) return undefined;
  const parsed = parse(`{ ${text} = 1 }`);
  const isOne = parsed.kind === 'parsed' && parsed.pattern.kind === 'json';
  return isOne && parsed.pattern.expression.kind === 'equality' ? parsed.pattern.expression.selector : undefined;
}

/** The last name of the field that a selector or a system field names; empty if the text is neither. */
export function lastNameOf(text: string): string {
  if (text.startsWith('@')) return text;
  const selector = selectorOf(text);
  return selector === undefined ? '' : lastName(selector);
}

/** A selector with other names. */
export function redactSelectorText(text: string, names: Names): string {
  if (text.startsWith('@')) return redactFieldName(text, names);
  const selector = selectorOf(text);
  if (selector === undefined) return names.text(text);
  const redacted = redactSelector(selector, names);
  return JSON.stringify(redacted) === JSON.stringify(selector) ? text : printSelector(redacted);
}

/** The value that a filter publishes: a number, which stays, or a selector. */
export function redactMetricValue(value: string, names: Names): string {
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value);
  return isNumber ? redactNumber(value, names) : redactSelectorText(value, names);
}

const WORDS_OF_CRITERIA = new Set(['AND', 'OR', 'NOT', 'IN', 'LIKE', 'aws', 'account', 'region']);

/**
 * Which events of a log group a filter takes, by their account and region. Words of the language and regions stay.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export function redactCriteria(criteria: string, isShown: (text: string) => boolean, names: Names): string {
  return criteria
    .split(/("[^"]*"|'[^']*')/)
    .map((piece) => {
      const inner = /^(["']).*\1$/s.test(piece) ? piece.slice(1, -1) : undefined;
      if (inner !== undefined)
        return isShown(inner) ? piece : `${piece.charAt(0)}${names.text(inner)}${piece.at(-1) ?? ''}`;
      return piece.replace(/[A-Za-z0-9\u0080-\uffff]+/g, (word) =>
        WORDS_OF_CRITERIA.has(word) ? word : names.text(word),
      );
    })
    .join('');
}
