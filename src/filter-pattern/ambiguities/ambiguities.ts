const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html';
const GUIDE_2020 =
  'https://github.com/awsdocs/amazon-cloudwatch-logs-user-guide/blob/f7d74a66ac256da354e7b6cd4c204d0381f54c34/doc_source/FilterAndPatternSyntax.md';
const LIVE_2019 = 'https://github.com/cfchou/metric_filter_parser/tree/b8a3eb1e503691682c1dfcd00bb0e298f60e1c02/e2e';
const EMULATOR = 'https://github.com/floci-io/floci/pull/3233';
const CONSOLE_TESTER = 'https://github.com/localstack/localstack/issues/9355';

interface AmbiguityEntry<Options extends readonly string[]> {
  /** What is not documented, as a noun phrase: "AWS does not document …". */
  readonly question: string;
  /** The first one has the most evidence; no verdict depends on that alone. */
  readonly interpretations: Options;
  readonly sources: readonly string[];
  /** What a page of AWS says by now. It settles the question unless AWS itself answered otherwise when it was asked. */
  readonly documented?: Documented<Options[number]>;
}

/** The interpretation that a page describes, with the words of the page. */
export interface Documented<Option extends string = string> {
  readonly interpretation: Option;
  readonly page: string;
  readonly words: string;
}

function ambiguity<const Options extends readonly string[]>(
  question: string,
  interpretations: Options,
  ...sources: readonly string[]
): AmbiguityEntry<Options> {
  return { question, interpretations, sources };
}

function documentedAs<const Options extends readonly string[]>(
  entry: AmbiguityEntry<Options>,
  documented: Documented<Options[number]>,
): AmbiguityEntry<Options> {
  return { ...entry, documented };
}

/**
 * What AWS does not document about the meaning of a pattern, with every admissible interpretation. An answer is certain only if
 * it is the same under all of them. Ambiguities of the grammar are not here: `parse` answers `undecided` for them.
 */
export const AMBIGUITIES = {
  /** `literal`: only an asterisk at either end is a wildcard. `leftmost`: pieces are searched once, from the left. */
  innerStar: ambiguity(
    'what an asterisk inside a value means, and whether `*suffix` matches a value that holds the suffix twice',
    ['glob', 'literal', 'leftmost'],
    GUIDE,
    GUIDE_2020,
    LIVE_2019,
  ),
  /** `void`: `=` and `!=` are both false. `differs`: `!=` is true. `text`: compared as the text `true`, `false`. */
  booleanEquality: ambiguity('`=` and `!=` on true and false', ['void', 'differs', 'text'], GUIDE, EMULATOR),
  /** As above, with the text `null`. */
  nullEquality: ambiguity('`=` and `!=` on null', ['void', 'differs', 'text'], GUIDE, EMULATOR),
  /** `pattern`: "if a property selector points to an array or object, the filter pattern won't match", taken literally. */
  containerScope: ambiguity(
    'whether an object or array under a selector without wildcard voids its condition or the whole pattern',
    ['condition', 'pattern'],
    GUIDE,
    GUIDE_2020,
  ),
  /** `any`: some node. `all`: at least one node, and all. `vacuous`: all, be it none. */
  wildcardInequality: ambiguity(
    '`!=` under `[*]` and `.*`: any node or all of them',
    ['any', 'all', 'vacuous'],
    GUIDE,
    EMULATOR,
  ),
  wildcardState: ambiguity(
    '`IS` under `[*]` and `.*`: any node or all of them',
    ['any', 'all', 'vacuous'],
    GUIDE,
    EMULATOR,
  ),
  wildcardAbsence: ambiguity(
    '`NOT EXISTS` under `[*]` and `.*`: below any node or below all of them',
    ['any', 'all', 'vacuous'],
    GUIDE,
    EMULATOR,
  ),
  /** `absent`: `NOT EXISTS` is true. `void`: it is false. */
  brokenStep: ambiguity('`NOT EXISTS` below null, a scalar, or the wrong container', ['absent', 'void'], GUIDE_2020),
  /** `text`: `"404"` equals 404 as text. `numeric`: it is read as a number. `never`: it differs from every number. */
  digitString: ambiguity(
    'a string of digits against a number',
    ['text', 'numeric', 'never'],
    GUIDE,
    LIVE_2019,
    EMULATOR,
  ),
  /**
   * `source`: the spelling in the event. `plain`: written out without an exponent. `double`: as a JVM prints a number
   * with a point or an exponent, a 64-bit float: 1.50 is `1.5`, 1e3 is `1000.0`, 12345678.9 is `1.23456789E7`.
   */
  numberSpelling: ambiguity(
    'the text of a number that is spelled with an exponent, needless zeros, many digits or as -0',
    ['source', 'plain', 'double'],
    LIVE_2019,
  ),
  /** `double`: numbers are compared as 64-bit floating point. */
  numberPrecision: ambiguity('numbers of more than 15 digits or beyond 1e300', ['exact', 'double'], GUIDE),
  /** `void`: no JSON pattern matches. `absent`: every selector finds nothing. */
  notAnObject: ambiguity('an event that is not a JSON object', ['void', 'absent'], GUIDE, GUIDE_2020),
  /** `ignored`: the first object in the message counts. */
  surroundingText: ambiguity(
    'text before or after the JSON object of an event',
    ['void', 'ignored'],
    GUIDE,
    CONSOLE_TESTER,
  ),
  duplicateKey: ambiguity('which of two equal keys counts', ['last', 'first'], GUIDE),
  /** `text`: its spelling is searched. `void`: `=` and `!=` are both false. `differs`: `!=` is true. */
  regexNumber: ambiguity('a regular expression on a number', ['text', 'void', 'differs'], GUIDE, EMULATOR),
  /** "`.` matches any single character", which most dialects say as well, and do not mean a line break. */
  regexDot: ambiguity('whether `.` stands for a line break', ['other', 'any'], GUIDE),
  /**
   * What counts as one character for `.` and negated classes. `unicode`: characters as in `character`, and `\d` and `\s`
   * know the digits and blanks of all scripts.
   */
  regexUnits: ambiguity(
    'characters beyond ASCII in the text that a regular expression searches',
    ['character', 'utf-16', 'byte', 'unicode'],
    GUIDE,
  ),
  regexVerticalTab: ambiguity('whether `\\s` stands for a vertical tab', ['blank', 'other'], GUIDE),
  /** `ignored`: the exclusion alone decides. `alternative`: it is one more alternative. `both`: both have to hold. */
  optionalWithExcluded: documentedAs(
    ambiguity(
      '`?term` together with `-term` and no other term',
      ['ignored', 'alternative', 'both'],
      GUIDE,
      'https://docs.aws.amazon.com/cli/latest/reference/logs/test-metric-filter.html',
    ),
    {
      interpretation: 'ignored',
      page: GUIDE,
      words: 'together with include or exclude terms, "all question mark terms will be ignored"',
    },
  ),
  /** `everything`: it matches every message. `blank`: it matches messages that contain a blank. */
  blankPhrase: documentedAs(ambiguity('one quoted blank as a term', ['everything', 'blank'], GUIDE), {
    interpretation: 'everything',
    page: GUIDE,
    words: '`" "` "returns all log events"',
  }),
  /** As above; the guide shows one blank only. */
  whiteSpacePhrase: ambiguity('several quoted blanks, or other white space, as a term', ['blank', 'everything'], GUIDE),
  /**
   * `prefix`: further words are ignored. `last-takes-rest`: they belong to the last field. The guide selects lines of
   * seven words with `[w1=ERROR, w2]`, where `w1` is the first word: so a list without `...` matches longer lines, and
   * the first field does not take several words. The guide of 2020 said otherwise.
   */
  fieldCount: ambiguity(
    'which words the last field of a delimited pattern without `...` takes in an event of more words than fields',
    ['prefix', 'last-takes-rest'],
    GUIDE,
    GUIDE_2020,
    EMULATOR,
  ),
  /** `outer`: they count only as the first and last character of a word. `inner`: anywhere, and to the end if not closed. */
  wordDelimiters: ambiguity('brackets and quotes within a word of a delimited event', ['outer', 'inner'], GUIDE),
  /** `run`: one or more blanks separate words. `each`: by every blank. `white-space`: by tabs and line breaks also. */
  wordBlanks: ambiguity(
    'blanks in a row, tabs and line breaks in a delimited event',
    ['run', 'each', 'white-space'],
    GUIDE,
  ),
  /** `numeric`: `200.0` equals 200, and `2e2` is a number. `text`: neither. */
  wordNumber: ambiguity('a word of a delimited event against a number', ['numeric', 'text'], GUIDE),
} as const;

export type Ambiguity = keyof typeof AMBIGUITIES;

/** One way to read every ambiguity. */
export type Interpretations = { readonly [Name in Ambiguity]: (typeof AMBIGUITIES)[Name]['interpretations'][number] };

/** The best evidence for each ambiguity. Use it to explain, not to decide. */
export const LIKELY_INTERPRETATIONS: Interpretations = {
  innerStar: 'glob',
  booleanEquality: 'void',
  nullEquality: 'void',
  containerScope: 'condition',
  wildcardInequality: 'any',
  wildcardState: 'any',
  wildcardAbsence: 'vacuous',
  brokenStep: 'absent',
  digitString: 'text',
  numberSpelling: 'source',
  numberPrecision: 'exact',
  notAnObject: 'void',
  surroundingText: 'void',
  duplicateKey: 'last',
  regexNumber: 'text',
  regexDot: 'other',
  regexUnits: 'character',
  regexVerticalTab: 'blank',
  optionalWithExcluded: 'ignored',
  blankPhrase: 'everything',
  whiteSpacePhrase: 'blank',
  fieldCount: 'prefix',
  wordDelimiters: 'outer',
  wordBlanks: 'run',
  wordNumber: 'numeric',
};
