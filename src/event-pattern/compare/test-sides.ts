import type { KindSet } from '../../conditions/formula/predicate.ts';
import { kindSet } from '../../conditions/formula/predicate.ts';
import { piecesLanguage } from '../../conditions/languages/word-language.ts';
import type { Language } from '../../conditions/languages/language.ts';
import type { TextTest as Literal } from '../../conditions/texts/clause.ts';
import { type IpBlock, readIpAddress, readIpBlock } from '../syntax/ip-address.ts';
import { GREATEST, LEAST } from '../syntax/numbers.ts';
import type { AnythingButTest, NumericBound, Scalar, TextMatch, ValueTest } from '../syntax/pattern.ts';
import { piecesOfMatch } from '../syntax/texts.ts';
import { ipv4BlockLanguage, ipv6LookingLanguage, ipv6Samples, oddIpv4Language } from './languages/address-languages.ts';
import { caselessLanguage } from './languages/caseless-language.ts';
import { fineNumberLanguage } from './languages/fine-number-language.ts';

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

const NEVER: Side = { joiner: 'or', literals: [] };
const ALWAYS: Side = { joiner: 'and', literals: [] };
const LITERALS = kindSet('null', 'true', 'false');

/** @param how - `certain`: the test certainly holds. `possible`: it may hold, as far as is documented */
export function sidesOf(test: ValueTest, how: 'certain' | 'possible'): Sides {
  switch (test.kind) {
    case 'equals':
      return equalsSides(test.value, how);
    case 'text':
      return { kinds: 0, string: oneOf(matchLiteral(test.match, true)), number: NEVER };
    case 'anything-but':
      return anythingButSides(test, how);
    case 'numeric':
      return { kinds: 0, string: NEVER, number: numericSide(test.bounds, how) };
    case 'cidr':
      return cidrSides(test.block, how);
    case 'exists':
      return test.wanted
        ? { kinds: LITERALS, string: ALWAYS, number: ALWAYS }
        : { kinds: 0, string: NEVER, number: NEVER };
  }
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

function equalsSides(value: Scalar, how: 'certain' | 'possible'): Sides {
  switch (value.kind) {
    case 'null':
      return { kinds: kindSet('null'), string: NEVER, number: NEVER };
    case 'boolean':
      return { kinds: kindSet(value.value ? 'true' : 'false'), string: NEVER, number: NEVER };
    case 'string': {
      const address = how === 'possible' ? readIpAddress(value.text) : undefined;
      const others = address === undefined ? [] : [written(otherSpellings(address.bits))];
      return { kinds: 0, string: oneOf(exactly(value.text), ...others), number: NEVER };
    }
    case 'number': {
      const { spelling } = value;
      const number = how === 'certain' ? exactly(spelling) : equalTo(spelling);
      return { kinds: 0, string: NEVER, number: oneOf(number) };
    }
  }
}

/** Texts that may spell an address in another way. */
function otherSpellings(bits: 32 | 128): Language {
  return bits === 32 ? oddIpv4Language : ipv6LookingLanguage;
}

function matchLiteral(match: TextMatch, wanted: boolean): Literal {
  const { pieces, ignoreCase } = piecesOfMatch(match);
  return written(ignoreCase ? caselessLanguage(pieces) : piecesLanguage(pieces), wanted);
}

function anythingButSides({ values }: AnythingButTest, how: 'certain' | 'possible'): Sides {
  switch (values.kind) {
    case 'texts':
      return {
        kinds: LITERALS,
        string: allOf(values.texts.map((text) => exactly(text, false))),
        number: ALWAYS,
      };
    case 'numbers': {
      const number = values.spellings.map((spelling) =>
        how === 'certain' ? equalTo(spelling, false) : exactly(spelling, false),
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

function numericSide(bounds: readonly NumericBound[], how: 'certain' | 'possible'): Side {
  const compared = bounds.map(({ operator, spelling }): Literal => {
    return { kind: 'compared', operator, with: spelling, precision: 'exact', wanted: true };
  });
  if (how === 'possible') return allOf(compared);
  const inRange = (
    [
      ['<=', GREATEST],
      ['>=', LEAST],
    ] as const
  ).map(([operator, spelling]): Literal => {
    return { kind: 'compared', operator, with: spelling, precision: 'exact', wanted: true };
  });
  return allOf([...compared, ...inRange, written(fineNumberLanguage, false)]);
}

function cidrSides(text: string, how: 'certain' | 'possible'): Sides {
  const block = readIpBlock(text);
  if (block === undefined) return { kinds: 0, string: NEVER, number: NEVER };
  if (how === 'certain') return { kinds: 0, string: oneOf(...certainAddresses(block)), number: NEVER };
  const shared = block.first
    .toString(16)
    .padStart(block.bits / 4, '0')
    .slice(0, Math.floor(block.prefix / 4));
  const number = /^[1-9][0-9]*$/.test(shared) ? oneOf(written(piecesLanguage([shared, '']))) : NEVER;
  const string = [...(block.bits === 32 ? certainAddresses(block) : []), written(otherSpellings(block.bits))];
  return { kinds: 0, string: oneOf(...string), number };
}

function certainAddresses(block: IpBlock): readonly Literal[] {
  return block.bits === 32 ? [written(ipv4BlockLanguage(block))] : ipv6Samples(block).map((text) => exactly(text));
}
