/**
 * Stand-ins for names. A text is taken apart into words, which are runs of letters and digits; everything between them
 * stays. Each word has one stand-in, wherever it is and whatever its case, so that names that are equal, or of which one
 * begins with the words of the other, stay so.
 */
import { byCodeUnit } from '../chain/base/by-code-unit.ts';

/** What is written in place of names. */
export interface Names {
  /** A text with a stand-in for each word. */
  readonly text: (text: string) => string;
  /** The same for a text in which `*` stands for any characters, so that a word next to it may be a part of one. */
  readonly wildcardText: (text: string) => string;
  /** A number of a pattern. Single digits stay. */
  readonly numeral: (spelling: string) => string;
}

/** What stands for each word. */
export interface NameTable {
  readonly names: Names;
  /** Each stand-in with the word that it stands for, in lower case, for the owner of the account. */
  readonly mapping: ReadonlyMap<string, string>;
}

/** Turns a word into hexadecimal digits that only the holder of a key can compute. */
export type Digest = (word: string) => string;

/**
 * A letter or digit as it is, or in the encoding of URLs, where one that is not ASCII takes two to four bytes. Every character
 * that is not ASCII counts as a letter.
 */
const HEX = '[0-9A-Fa-f]';
const MORE = `%[89ABab]${HEX}`;
const BEYOND_ASCII = `%[CDcd]${HEX}${MORE}|%[Ee]${HEX}(?:${MORE}){2}|%[Ff][0-4](?:${MORE}){3}`;
const LETTER = `[A-Za-z0-9\\u0080-\\uffff]|%(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa])|${BEYOND_ASCII}`;
/** A character between words in that encoding, whose hexadecimal digits are no word: `%2D` is a hyphen. */
const ENCODED_SEPARATOR = `%(?:2${HEX}|3[A-Fa-f]|[46]0|[57][B-Fb-f])`;
const ACCOUNT_WITH_DASHES = '(?<![0-9])[0-9]{4}-[0-9]{4}-[0-9]{4}(?![0-9])';
const WORD = new RegExp(`${ENCODED_SEPARATOR}|(${ACCOUNT_WITH_DASHES}|(?:${LETTER})+)`, 'g');
const WORD_BESIDE_ASTERISK = new RegExp(
  `${ENCODED_SEPARATOR}|(\\*?)(${ACCOUNT_WITH_DASHES}|(?:${LETTER})+)(\\*?)`,
  'g',
);

/** The words of a text, and where they are. */
export function wordsOf(
  text: string,
): readonly { readonly text: string; readonly from: number; readonly to: number }[] {
  return Array.from(text.matchAll(WORD)).flatMap(({ 1: word, index }) =>
    word === undefined ? [] : [{ text: word, from: index, to: index + word.length }],
  );
}

/** Ids of IAM, which keep the four letters that say what they are of. */
const UNIQUE_ID = /^A(?:BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA)[A-Z0-9]{12,}$/;

/** The words that a rewriting meets. */
interface WordCollection {
  readonly words: Set<string>;
  /** Words that are spelled with capital letters within them, by the word in lower case. */
  readonly mixed: Map<string, Set<string>>;
  /** Words that a pattern names as the beginning, or the end, of others. */
  readonly prefixes: Set<string>;
  readonly suffixes: Set<string>;
}

function addWord({ words, mixed }: WordCollection, spelling: string): void {
  const word = decoded(spelling);
  const lower = word.toLowerCase();
  if (/^\d{4}-\d{4}-\d{4}$/.test(word)) words.add(word.replaceAll('-', ''));
  else words.add(lower);
  if (caseOf(word) !== 'mixed') return;
  mixed.set(lower, (mixed.get(lower) ?? new Set()).add(word));
}

/**
 * Makes stand-ins for all words that a rewriting meets.
 *
 * Without a digest, words are numbered in their own order, and nothing can be found out from the stand-ins. With one, a
 * word has the same stand-in in every snapshot and account.
 *
 * @param rewrite - asks for what stands in for each name; it is called once, with names that stand for themselves
 */
export function nameTableFor(rewrite: (names: Names) => unknown, digest?: Digest): NameTable {
  const collection: WordCollection = { words: new Set(), mixed: new Map(), prefixes: new Set(), suffixes: new Set() };
  const add = (text: string) => {
    for (const word of wordsOf(text)) addWord(collection, word.text);
    return text;
  };
  rewrite({
    text: add,
    numeral: (spelling) => {
      const { digits } = partsOfNumeral(spelling);
      if (digits.length > 1) addWord(collection, digits);
      return spelling;
    },
    wildcardText: (text) => {
      for (const [, before, word, after] of text.matchAll(WORD_BESIDE_ASTERISK)) {
        if (word === undefined) continue;
        addWord(collection, word);
        if (before === '' && after === '*') collection.prefixes.add(decoded(word).toLowerCase());
        if (before === '*' && after === '') collection.suffixes.add(decoded(word).toLowerCase());
      }
      return text;
    },
  });
  return tableOf(collection, digest);
}

function tableOf(collection: WordCollection, digest: Digest | undefined): NameTable {
  const standIns = new Map<string, string>();
  const number = numbering(collection, digest);
  const standInOf = (word: string): string => {
    const known = standIns.get(word);
    if (known !== undefined) return known;
    const made = wordStandIn(word, collection, number, standInOf);
    standIns.set(word, made);
    return made;
  };
  const spelled = (spelling: string): string => {
    const word = decoded(spelling);
    const lower = word.toLowerCase();
    if (/^\d{4}-\d{4}-\d{4}$/.test(word)) return dashed(standInOf(lower.replaceAll('-', '')));
    const standIn = standInOf(lower);
    if (UNIQUE_ID.test(word))
      return inEncodingOf(spelling, `${word.slice(0, 4)}${number(lower).padStart(17, '0').toUpperCase()}`);
    return inEncodingOf(spelling, inCaseOf(word, standIn, [...(collection.mixed.get(lower) ?? [])].sort(byCodeUnit)));
  };
  const text = (whole: string) =>
    whole.replace(WORD, (piece, word: string | undefined) => (word === undefined ? piece : spelled(word)));
  const names: Names = {
    text,
    wildcardText: text,
    numeral: (spelling) => {
      const { sign, digits, fraction } = partsOfNumeral(spelling);
      return digits.length > 1 ? `${sign}${spelled(digits)}${fraction}` : spelling;
    },
  };
  const mapping = new Map([...collection.words].map((word) => [spelled(word), word]));
  return { names, mapping };
}

/** The number of each word: its place among words of its kind, all of the same width, or what the digest says. */
function numbering({ words }: WordCollection, digest: Digest | undefined): (word: string) => string {
  if (digest !== undefined) return (word) => digest(word).slice(0, 12);
  const numbers = [...words].filter((word) => /^\d+$/.test(word)).sort(byValue);
  const others = [...words].filter((word) => !/^\d+$/.test(word)).sort(byCodeUnit);
  const table = new Map<string, string>();
  for (const list of [numbers, others]) {
    const width = String(list.length).length;
    for (const [index, word] of list.entries()) table.set(word, String(index + 1).padStart(width, '0'));
  }
  return (word) => {
    const number = table.get(word);
    if (number === undefined) throw new Error('a word was not met before');
    return number;
  };
}

/** In the form that the word has: an account's id, a number, or letters. */
function wordStandIn(
  word: string,
  { prefixes, suffixes }: WordCollection,
  number: (word: string) => string,
  standInOf: (word: string) => string,
): string {
  if (/^\d+$/.test(word)) return digitStandIn(word, number(word));
  const prefix = longest(word, prefixes, (one) => word.startsWith(one));
  const suffix = longest(word, suffixes, (one) => word.endsWith(one) && one.length + prefix.length <= word.length);
  const own = prefix === '' && suffix === '' ? `name${number(word)}` : `x${number(word)}x`;
  const shape = !/[\u0080-\uffff]/.test(word) || prefix !== '' || suffix !== '' ? own : `é${own}`;
  return `${prefix === '' ? '' : standInOf(prefix)}${shape}${suffix === '' ? '' : standInOf(suffix)}`;
}

/**
 * Digits for digits, in the order of their values: twelve for an account, as many as there are otherwise, so that they are
 * found in as few other numbers; and zeros in front stay.
 */
function digitStandIn(word: string, number: string): string {
  const decimal = /^\d+$/.test(number) ? number : String(BigInt(`0x${number}`) % 10n ** 11n).padStart(11, '0');
  if (word.length === 12) return `1${decimal.slice(-11).padStart(11, '0')}`;
  const zeros = /^0*/.exec(word)?.[0] ?? '';
  return `${zeros}1${decimal.padStart(word.length - zeros.length - 1, '0')}`;
}

/** The longest part of a word, and not the whole of it, that is among those that a pattern names. */
function longest(word: string, parts: ReadonlySet<string>, isPart: (part: string) => boolean): string {
  let found = '';
  for (let length = word.length - 1; length > 0; length--) {
    for (const part of [word.slice(0, length), word.slice(-length)]) {
      if (part.length > found.length && parts.has(part) && isPart(part)) found = part;
    }
  }
  return found;
}

type LetterCase = 'lower' | 'upper' | 'capital' | 'mixed';

function caseOf(word: string): LetterCase {
  if (word === word.toLowerCase()) return 'lower';
  if (word === word.toUpperCase()) return 'upper';
  return word === capitalized(word) ? 'capital' : 'mixed';
}

/**
 * A stand-in that differs in case where the words do. Which of its first four letters are capitals, a bit each, says which
 * of the spellings with capitals within them it is.
 */
function inCaseOf(word: string, standIn: string, mixed: readonly string[]): string {
  switch (caseOf(word)) {
    case 'lower':
      return standIn;
    case 'upper':
      return standIn.toUpperCase();
    case 'capital':
      return capitalized(standIn);
    case 'mixed': {
      const cases = /^[A-Z]/.test(word) ? [3, 5, 7, 9, 11, 13] : [2, 4, 6, 8, 10, 12, 14];
      const capitals = cases[mixed.indexOf(word) % cases.length] ?? 0;
      return Array.from(standIn, (char, at) => ((capitals >> at) % 2 === 1 && at < 4 ? char.toUpperCase() : char)).join(
        '',
      );
    }
  }
}

function capitalized(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

/** Bytes that are no text of UTF-8 stay as they are spelled. */
function decoded(spelling: string): string {
  return spelling.replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

/**
 * A stand-in in the encoding of URLs if the word is, whole or in part, so that two spellings of one word are two texts in
 * the copy as well.
 */
function inEncodingOf(spelling: string, standIn: string): string {
  if (!spelling.includes('%')) return standIn;
  const isUpper = /%[0-9A-F]*[A-F]/.test(spelling);
  const isWhole = /^(?:%..)+$/.test(spelling);
  return Array.from(standIn, (char, at) => {
    if ((at > 0 && !isWhole) || !/[A-Za-z0-9\u0080-\uffff]/.test(char)) return char;
    return Array.from(Buffer.from(char), (byte) => {
      const hex = byte.toString(16);
      return `%${isUpper ? hex.toUpperCase() : hex}`;
    }).join('');
  }).join('');
}

function dashed(accountId: string): string {
  return `${accountId.slice(0, 4)}-${accountId.slice(4, 8)}-${accountId.slice(8)}`;
}

/** By numeric value; digits have no sign. */
function byValue(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return x.length - y.length || byCodeUnit(x, y) || a.length - b.length;
}

/** The sign, the digits of the whole part, and half of one where there is a fraction. */
function partsOfNumeral(spelling: string): {
  readonly sign: string;
  readonly digits: string;
  readonly fraction: string;
} {
  if (/^\d+$/.test(spelling)) return { sign: '', digits: spelling, fraction: '' };
  const value = Number(spelling);
  const whole = Math.trunc(Math.abs(value));
  if (!Number.isFinite(value)) return { sign: '', digits: '', fraction: '' };
  const digits = BigInt(whole).toString();
  return { sign: value < 0 ? '-' : '', digits, fraction: Number.isInteger(value) ? '' : '.5' };
}
