import type { Scalar } from '../../conditions/event/event.ts';
import type { KindSet } from '../../conditions/formula/predicate.ts';
import { kindSet } from '../../conditions/formula/predicate.ts';
import { caselessLanguage } from '../../conditions/languages/caseless-language.ts';
import { piecesLanguage } from '../../conditions/languages/word-language.ts';
import type { Language } from '../../conditions/languages/language.ts';
import type { TextTest as Literal } from '../../conditions/texts/clause.ts';
import { type IpBlock, readIpAddress, readIpBlock } from '../syntax/ip-address.ts';
import type { Readings } from '../../conditions/formula/statement.ts';
import { type Doubtful, taken } from '../match/doubtful.ts';
import { GREATEST, LEAST } from '../syntax/numbers.ts';
import type { AnythingButTest, NumericBound, TextMatch, ValueTest } from '../syntax/pattern.ts';
import { piecesOfMatch } from '../syntax/texts.ts';
import { ipv4Language, ipv6LookingLanguage, ipv6Samples } from './languages/address-languages.ts';

/** What a test says of one text: that one of these holds, or all of them. None of `or` is false, all of `and` true. */
export interface Side {
  readonly joiner: 'or' | 'and';
  readonly literals: readonly Literal[];
}

/** When a test holds for a value that is there: for null, true and false, for a string and for a number. */
export interface Sides {
  readonly kinds: KindSet;
  readonly string: Side;
  readonly number: Side;
}

type How = 'certain' | 'possible';

const NEVER: Side = { joiner: 'or', literals: [] };
const ALWAYS: Side = { joiner: 'and', literals: [] };
const LITERALS = kindSet('null', 'true', 'false');

/**
 * @param how - `certain`: the test certainly holds. `possible`: it may hold, as far as is documented
 * @param readings - how doubts are taken, where that is given
 */
export function sidesOf(test: ValueTest, how: How, readings: Readings): Sides {
  switch (test.kind) {
    case 'equals':
      return equalsSides(test.value, how, readings);
    case 'text':
      return { kinds: 0, string: oneOf(matchLiteral(test.match, true)), number: NEVER };
    case 'anything-but':
      return anythingButSides(test, how, readings);
    case 'numeric':
      return { kinds: 0, string: NEVER, number: numericSide(test.bounds, how, readings) };
    case 'cidr':
      return cidrSides(test.block, how, readings);
    case 'exists':
      return test.wanted
        ? { kinds: LITERALS, string: ALWAYS, number: ALWAYS }
        : { kinds: 0, string: NEVER, number: NEVER };
  }
}

/** A doubt that is not taken in one way is for the caller to say. */
function orElse(answer: Doubtful, whereOpen: boolean): boolean {
  return typeof answer === 'boolean' ? answer : whereOpen;
}

function oneOf(...literals: readonly Literal[]): Side {
  return { joiner: 'or', literals };
}

function allOf(literals: readonly Literal[]): Side {
  return { joiner: 'and', literals };
}

function written(language: Language, wanted = true): Literal {
  return { kind: 'written', language, as: 'source', wanted };
}

function exactly(text: string, wanted = true): Literal {
  return written(piecesLanguage([text]), wanted);
}

function equalTo(spelling: string, wanted = true): Literal {
  return { kind: 'compared', operator: '=', with: spelling, precision: 'exact', wanted };
}

function equalsSides(value: Scalar, how: How, readings: Readings): Sides {
  switch (value.kind) {
    case 'null':
      return { kinds: kindSet('null'), string: NEVER, number: NEVER };
    case 'boolean':
      return { kinds: kindSet(value.value ? 'true' : 'false'), string: NEVER, number: NEVER };
    case 'string': {
      const address = readIpAddress(value.text);
      const others =
        address === undefined
          ? []
          : otherSpellings({ ...address, first: address.value, last: address.value }, how, readings);
      return { kinds: 0, string: oneOf(exactly(value.text), ...others), number: NEVER };
    }
    case 'number': {
      const { spelling } = value;
      const isByValue = orElse(taken('numberSpelling', readings), how === 'possible');
      return { kinds: 0, string: NEVER, number: oneOf(isByValue ? equalTo(spelling) : exactly(spelling)) };
    }
  }
}

/** Texts that spell an address of a block in another way, or may do so. */
function otherSpellings(
  block: Pick<IpBlock, 'bits' | 'first' | 'last'>,
  how: How,
  readings: Readings,
): readonly Literal[] {
  const count = taken('addressSpelling', readings);
  if (count === false) return [];
  if (block.bits === 32) return orElse(count, how === 'possible') ? [written(ipv4Language(block, 'odd'))] : [];
  return how === 'possible' ? [written(ipv6LookingLanguage)] : [];
}

function matchLiteral(match: TextMatch, wanted: boolean): Literal {
  const { pieces, ignoreCase } = piecesOfMatch(match);
  return written(ignoreCase ? caselessLanguage(pieces) : piecesLanguage(pieces), wanted);
}

function anythingButSides({ values }: AnythingButTest, how: How, readings: Readings): Sides {
  switch (values.kind) {
    case 'texts':
      return {
        kinds: LITERALS,
        string: allOf(values.texts.map((text) => exactly(text, false))),
        number: ALWAYS,
      };
    case 'numbers': {
      const isByValue = orElse(taken('numberSpelling', readings), how === 'certain');
      const number = values.spellings.map((spelling) =>
        isByValue ? equalTo(spelling, false) : exactly(spelling, false),
      );
      return { kinds: LITERALS, string: ALWAYS, number: allOf(number) };
    }
    case 'matches':
      return {
        kinds: LITERALS,
        string: allOf(values.matches.map((match) => matchLiteral(match, false))),
        number: ALWAYS,
      };
  }
}

/** Numbers of an event are taken to have no more decimals than are certainly compared: no record of CloudTrail has more. */
function numericSide(bounds: readonly NumericBound[], how: How, readings: Readings): Side {
  const compared = bounds.map(({ operator, spelling }): Literal => {
    return { kind: 'compared', operator, with: spelling, precision: 'exact', wanted: true };
  });
  const isLimited = !orElse(taken('numberRange', readings), how === 'possible');
  if (!isLimited) return allOf(compared);
  const inRange = (
    [
      ['<=', GREATEST],
      ['>=', LEAST],
    ] as const
  ).map(([operator, spelling]): Literal => {
    return { kind: 'compared', operator, with: spelling, precision: 'exact', wanted: true };
  });
  return allOf([...compared, ...inRange]);
}

function cidrSides(text: string, how: How, readings: Readings): Sides {
  const block = readIpBlock(text);
  if (block === undefined) return { kinds: 0, string: NEVER, number: NEVER };
  const others = otherSpellings(block, how, readings);
  if (how === 'certain') return { kinds: 0, string: oneOf(...certainAddresses(block), ...others), number: NEVER };
  const shared = block.first
    .toString(16)
    .padStart(block.bits / 4, '0')
    .slice(0, Math.floor(block.prefix / 4));
  const number = /^[1-9][0-9]*$/.test(shared) ? oneOf(written(piecesLanguage([shared, '']))) : NEVER;
  const string = block.bits === 32 ? [...certainAddresses(block), ...others] : [written(ipv6LookingLanguage)];
  return { kinds: 0, string: oneOf(...string), number };
}

function certainAddresses(block: IpBlock): readonly Literal[] {
  return block.bits === 32 ? [written(ipv4Language(block, 'plain'))] : ipv6Samples(block).map((text) => exactly(text));
}
