import { compareDecimals, type Decimal, readDecimal } from '../../conditions/event/decimal.ts';
import type { Scalar } from '../../conditions/event/event.ts';
import type { Readings } from '../../conditions/formula/statement.ts';
import { orderSatisfies } from '../../conditions/event/order.ts';
import { matchesPieces } from '../../conditions/event/stars.ts';
import { type IpBlock, readIpAddress, readIpBlock } from '../syntax/ip-address.ts';
import { isPlainNumber } from '../syntax/numbers.ts';
import type { AnythingButTest, NumericBound, TextMatch, ValueTest } from '../syntax/pattern.ts';
import { foldedUnit } from '../../conditions/languages/caseless-language.ts';
import { piecesOfMatch } from '../syntax/texts.ts';
import { type Doubtful, every, negated, some, taken } from './doubtful.ts';

/**
 * Whether a test holds for a value that is there. `exists: false` never does.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function testHolds(test: ValueTest, leaf: Scalar, readings: Readings): Doubtful {
  switch (test.kind) {
    case 'equals':
      return equals(test.value, leaf, readings);
    case 'text':
      return leaf.kind === 'string' && matchesText(test.match, leaf.text);
    case 'anything-but':
      return isNoneOf(test, leaf, readings);
    case 'numeric':
      return leaf.kind === 'number' && isWithin(test.bounds, leaf.spelling, readings);
    case 'cidr':
      return isInBlock(test.block, leaf, readings);
    case 'exists':
      return test.wanted;
  }
}

function equals(value: Scalar, leaf: Scalar, readings: Readings): Doubtful {
  if (value.kind === 'string') return leaf.kind === 'string' && isSameText(value.text, leaf.text, readings);
  if (value.kind === 'number') return leaf.kind === 'number' && isSameNumber(value.spelling, leaf.spelling, readings);
  if (value.kind === 'boolean') return leaf.kind === 'boolean' && leaf.value === value.value;
  return leaf.kind === 'null';
}

/** A string that spells an IP address is compared as an address by the published engine, as a string by the user guide. */
function isSameText(text: string, found: string, readings: Readings): Doubtful {
  if (text === found) return true;
  const [address, other] = [readIpAddress(text), readIpAddress(found)];
  const isSame = address?.bits === other?.bits && address?.value === other?.value;
  return address !== undefined && isSame && taken('addressSpelling', readings);
}

/** "300, 300.0, and 3.0e2 are not considered equal", says the user guide; the published engine finds them equal. */
function isSameNumber(spelling: string, found: string, readings: Readings): Doubtful {
  if (spelling === found) return true;
  return compareDecimals(decimalOf(spelling), decimalOf(found)) === 0 && taken('numberSpelling', readings);
}

export function matchesText(match: TextMatch, text: string): boolean {
  const { pieces, ignoreCase } = piecesOfMatch(match);
  if (!ignoreCase) return matchesPieces(pieces, text);
  const fold = (one: string) => one.split('').map(foldedUnit).join('');
  return matchesPieces(pieces.map(fold), fold(text));
}

/** Every value that is there is anything but a text, whatever its type, unless it is that text. */
function isNoneOf({ values }: AnythingButTest, leaf: Scalar, readings: Readings): Doubtful {
  switch (values.kind) {
    case 'texts':
      return leaf.kind !== 'string' || !values.texts.includes(leaf.text);
    case 'numbers': {
      if (leaf.kind !== 'number') return true;
      return negated(some(values.spellings, (spelling) => isSameNumber(spelling, leaf.spelling, readings)));
    }
    case 'matches':
      return leaf.kind !== 'string' || !values.matches.some((match) => matchesText(match, leaf.text));
  }
}

/** The published engine does not match numbers that it cannot compare, and what it can compare depends on its version. */
function isWithin(bounds: readonly NumericBound[], spelling: string, readings: Readings): Doubtful {
  const holds = every(bounds, (bound) =>
    orderSatisfies(bound.operator, compareDecimals(decimalOf(spelling), decimalOf(bound.spelling))),
  );
  return holds === true && !isPlainNumber(spelling) ? taken('numberRange', readings) : holds;
}

/** The published engine compares the hexadecimal digits of addresses, and what numbers are spelled with, from the left. */
function isInBlock(text: string, leaf: Scalar, readings: Readings): Doubtful {
  const block = readIpBlock(text);
  if (block === undefined) return false;
  if (leaf.kind === 'number') return leaf.spelling.startsWith(sharedDigits(block)) && 'addressFamily';
  const address = leaf.kind === 'string' ? readIpAddress(leaf.text) : undefined;
  if (address === undefined) return false;
  if (address.bits !== block.bits) return digitsOf(address).startsWith(sharedDigits(block)) && 'addressFamily';
  const isInside = address.value >= block.first && address.value <= block.last;
  return isInside && !address.isPlain ? taken('addressSpelling', readings) : isInside;
}

function digitsOf({ value, bits }: { readonly value: bigint; readonly bits: number }): string {
  return value
    .toString(16)
    .toUpperCase()
    .padStart(bits / 4, '0');
}

/** The digits that all addresses of a block begin with. */
function sharedDigits({ first, bits, prefix }: IpBlock): string {
  return digitsOf({ value: first, bits }).slice(0, Math.floor(prefix / 4));
}

function decimalOf(spelling: string): Decimal {
  const decimal = readDecimal(spelling);
  if (decimal === undefined) throw new Error('a JSON number that is not a number', { cause: spelling });
  return decimal;
}
