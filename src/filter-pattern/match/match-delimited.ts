import { readDecimal } from '../event/decimal.ts';
import { matchesText } from './match-text.ts';
import { isInOrder, orderNumbers } from '../event/order-numbers.ts';
import type { DelimitedPattern, Field, WordExpression, WordTest } from '../syntax/pattern.ts';
import { splitWords } from '../event/split-words.ts';
import type { Ask, Test, Trial } from './match-tree.ts';

/**
 * Tries a space-delimited pattern on a raw message: each field names one word by its place, `...` any number of words.
 * "[] matches all log events": https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export function delimitedTrial({ fields }: DelimitedPattern, message: string): Trial {
  if (fields.length === 0) return { kind: 'and', operands: [] };
  const enough: Test = { kind: 'test', holds: (ask) => assign(fields, message, ask) !== undefined };
  const tests = fields.flatMap((field, index): readonly Trial[] => {
    if (field.kind === 'ellipsis' || field.test === undefined) return [];
    return [tried(field.test, (ask) => assign(fields, message, ask)?.[index])];
  });
  return { kind: 'and', operands: [enough, ...tests] };
}

/** The word of each field, empty for `...`; undefined if the message has too few words, or too many. */
function assign(fields: readonly Field[], message: string, ask: Ask): readonly string[] | undefined {
  const words = splitWords(message, ask);
  const surplus = words.length - fields.length;
  const ellipsis = fields.findIndex(({ kind }) => kind === 'ellipsis');
  if (ellipsis !== -1) {
    if (surplus < -1) return undefined;
    return [...words.slice(0, ellipsis), '', ...words.slice(ellipsis + surplus + 1)];
  }
  if (surplus < 0) return undefined;
  if (surplus === 0) return words;
  switch (ask('fieldCount')) {
    case 'exact':
      return undefined;
    case 'prefix':
      return words.slice(0, fields.length);
    case 'last-takes-rest':
      return [...words.slice(0, fields.length - 1), words.slice(fields.length - 1).join(' ')];
    case 'first-takes-rest':
      return [words.slice(0, surplus + 1).join(' '), ...words.slice(surplus + 1)];
  }
}

function tried(expression: WordExpression, wordOf: (ask: Ask) => string | undefined): Trial {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, operands: expression.operands.map((operand) => tried(operand, wordOf)) };
    case 'equality':
    case 'ordering':
      return {
        kind: 'test',
        holds: (ask) => {
          const word = wordOf(ask);
          return word !== undefined && testHolds(expression, word, ask);
        },
      };
  }
}

/** Whether a word satisfies the test of its field. */
function testHolds(test: WordTest, word: string, ask: Ask): boolean {
  switch (test.kind) {
    case 'equality':
      return equals(test.value, word, ask) === (test.operator === '=');
    case 'ordering': {
      if (readDecimal(word) === undefined) return false;
      // "Strings don't support scientific notation", says the guide of the strings of JSON events.
      if (/[eE]/.test(word) && ask('wordNumber') === 'text') return false;
      return isInOrder(test.operator, word, test.value.spelling, ask);
    }
  }
}

function equals(value: WordTest['value'], word: string, ask: Ask): boolean {
  if (value.kind !== 'numeral') return matchesText(value, word, ask);
  const isSameText = word === value.spelling;
  const isSameNumber = readDecimal(word) !== undefined && orderNumbers(word, value.spelling, ask) === 0;
  return isSameText === isSameNumber || ask('wordNumber') === 'numeric' ? isSameNumber : isSameText;
}
