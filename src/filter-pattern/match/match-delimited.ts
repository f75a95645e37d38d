import { readDecimal } from '../../conditions/event/decimal.ts';
import { matchesText } from './match-text.ts';
import { isInOrder, orderNumbers } from '../event/order-numbers.ts';
import type { DelimitedPattern, Field, WordExpression, WordTest } from '../syntax/pattern.ts';
import { splitWords } from '../event/split-words.ts';
import type { Interpret } from '../ambiguities/interpret.ts';
import type { MatchTest, MatchTree } from './match-tree.ts';

/**
 * Tries a space-delimited pattern on a raw message: each field names one word by its place, `...` any number of words.
 * "[] matches all log events": https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export function delimitedMatchTree({ fields }: DelimitedPattern, message: string): MatchTree {
  if (fields.length === 0) return { kind: 'and', operands: [] };
  const enough: MatchTest = {
    kind: 'test',
    passes: (interpret) => assignWords(fields, message, interpret) !== undefined,
  };
  const tests = fields.flatMap((field, index): readonly MatchTree[] => {
    if (field.kind === 'ellipsis' || field.test === undefined) return [];
    return [wordMatchTree(field.test, (interpret) => assignWords(fields, message, interpret)?.[index])];
  });
  return { kind: 'and', operands: [enough, ...tests] };
}

/** The word of each field, empty for `...`; undefined if the message has too few words. */
function assignWords(fields: readonly Field[], message: string, interpret: Interpret): readonly string[] | undefined {
  const words = splitWords(message, interpret);
  const surplus = words.length - fields.length;
  const ellipsis = fields.findIndex(({ kind }) => kind === 'ellipsis');
  if (ellipsis !== -1) {
    if (surplus < -1) return undefined;
    return [...words.slice(0, ellipsis), '', ...words.slice(ellipsis + surplus + 1)];
  }
  if (surplus < 0) return undefined;
  if (surplus === 0) return words;
  switch (interpret('fieldCount')) {
    case 'prefix':
      return words.slice(0, fields.length);
    case 'last-takes-rest':
      return [...words.slice(0, fields.length - 1), words.slice(fields.length - 1).join(' ')];
  }
}

function wordMatchTree(expression: WordExpression, wordOf: (interpret: Interpret) => string | undefined): MatchTree {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, operands: expression.operands.map((operand) => wordMatchTree(operand, wordOf)) };
    case 'equality':
    case 'ordering':
      return {
        kind: 'test',
        passes: (interpret) => {
          const word = wordOf(interpret);
          return word !== undefined && wordPasses(expression, word, interpret);
        },
      };
  }
}

/** Whether a word satisfies the test of its field. */
function wordPasses(test: WordTest, word: string, interpret: Interpret): boolean {
  switch (test.kind) {
    case 'equality':
      return wordEquals(test.value, word, interpret) === (test.operator === '=');
    case 'ordering': {
      if (readDecimal(word) === undefined) return false;
      // "Strings don't support scientific notation", says the guide of the strings of JSON events.
      if (/[eE]/.test(word) && interpret('wordNumber') === 'text') return false;
      return isInOrder(test.operator, word, test.value.spelling, interpret);
    }
  }
}

function wordEquals(value: WordTest['value'], word: string, interpret: Interpret): boolean {
  if (value.kind !== 'numeral') return matchesText(value, word, interpret);
  const isSameText = word === value.spelling;
  const isSameNumber = readDecimal(word) !== undefined && orderNumbers(word, value.spelling, interpret) === 0;
  return isSameText === isSameNumber || interpret('wordNumber') === 'numeric' ? isSameNumber : isSameText;
}
