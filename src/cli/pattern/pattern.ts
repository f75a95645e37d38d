import { styleText } from 'node:util';

import { Command, Option } from 'commander';

import { exitCodes } from '../terminal/exit-code.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { answerLines } from './json-lines.ts';
import { answerCompare, answerMatch, answerParse, type PatternAnswer } from './answers.ts';
import { ambiguitiesCommand } from './ambiguities.ts';
import { probeCommand } from './probe.ts';
import { eventField, optionalTextField, readRequest, textField } from './request.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';

const EXIT_CODES = [
  `Exit codes: 0 answered yes; 1 could not run; 2 the answer is no; 3 undecided; ${COMMON_EXIT_CODES}.`,
  'With --stdin: 0 all lines were answered; 1 a line could not be answered (its answer is {"error": ...}).',
];

const PARSE_LESSON: HelpText = {
  about: [
    'A pattern is valid, or AWS refuses it (then the place and the fix are shown), or AWS does not document whether it ' +
      'is valid.',
  ],
  examples: [
    ["{cli} pattern parse '{($.eventName=DeactivateMFADevice)}'"],
    [`{cli} pattern parse --format json "{ \\$.eventName == 'DeactivateMFADevice' }"`],
    [`echo '{"pattern":"{ $.a = 1 }"}' | {cli} pattern parse --stdin`],
  ],
  notes: [
    'JSON: {"valid": true|false|"undecided", "kind"?, "canonical"?, "issue"?}, where an issue is {"offset", "found", ' +
      '"expected", "hint"?}; the offset counts UTF-16 units from 0. With --stdin every line is {"pattern"}.',
    ...EXIT_CODES,
  ],
};

const MATCH_LESSON: HelpText = {
  about: [
    'An event is a raw log message. The answer is undecided where it depends on something that AWS does not document. ' +
      'The reason names it.',
  ],
  examples: [
    [`{cli} pattern match '{ $.eventName = "Deactivate*" }' '{"eventName":"DeactivateMFADevice"}'`],
    [`{cli} pattern match --format json '{ $.a.b NOT EXISTS }' '{"a":null}'`],
    [`echo '{"pattern":"{ $.n = 12 }","event":{"n":12.0}}' | {cli} pattern match --stdin`],
  ],
  notes: [
    'JSON: {"matches": true|false|"undecided", "reason"?}, or {"invalid": issue} for a pattern that AWS refuses.',
    'With --stdin every line is {"pattern", "event"}; an event is an object, which stands for its JSON text (numbers ' +
      'keep their spelling, because a quoted value tells 12.0 from 12), or a string, which is the raw message.',
    ...EXIT_CODES,
  ],
};

const COMPARE_LESSON: HelpText = {
  about: [
    'Compares the events that the candidate matches with those that the required pattern matches: equivalent, broader, ' +
      'narrower, overlapping, disjoint, never (no event can match the candidate), undecided. Example events prove the ' +
      'answer.',
  ],
  examples: [
    [`{cli} pattern compare '{ $.eventName = "Deactivate*" }' '{ $.eventName = "DeactivateMFADevice" }'`],
    [
      `{cli} pattern compare --premises '{ $.eventSource = "iam.amazonaws.com" }' ` +
        `'{ $.eventName = A && $.eventSource = "iam.amazonaws.com" }' '{ $.eventName = A }'`,
    ],
    [`echo '{"candidate":"{ $.a >= 2 }","required":"{ $.a > 1 }"}' | {cli} pattern compare --stdin`],
  ],
  notes: [
    'JSON: {"relation", "missedEvent"?, "extraEvent"?, "sharedEvent"?, "reason"?}. The relation may also be "invalid", ' +
      'for a pattern that AWS refuses; the reason says which. An event is a string, its JSON text, since a parsed ' +
      'number would lose its spelling.',
    'With --stdin every line is {"candidate", "required", "premises"?}. Premises are a pattern that every required ' +
      'event also satisfies.',
    ...EXIT_CODES,
  ],
};

const LESSON: HelpText = {
  examples: [
    ["{cli} pattern parse '{($.eventName=DeactivateMFADevice)}'"],
    [`{cli} pattern match '{ $.eventName = "Deactivate*" }' '{"eventName":"DeactivateMFADevice"}'`],
    ["{cli} pattern compare '{ $.a = 1 && $.b = 2 }' '{ ($.b = 2) && ($.a = 1) }'"],
    ['{cli} pattern compare --help', 'all options of one command'],
  ],
};

const PATTERN = 'the text of a filter pattern; write `--` before one that begins with a dash';

/** The options of the three questions, as commander returns them. */
interface Given {
  readonly format?: 'text' | 'json';
  readonly stdin?: true;
  readonly premises?: string;
}

/** The commands about filter patterns: parse, match, compare, ambiguities, probe. */
export function patternCommand(io: Streams, terminal: Terminal): Command {
  const parse = question(io, terminal, {
    name: 'parse',
    summary: 'is this a filter pattern, and what is its canonical form?',
    operands: { pattern: PATTERN },
    lesson: PARSE_LESSON,
    answer: ([pattern = '']) => answerParse(pattern),
    answerLine: (request) => answerParse(textField(request, 'pattern')),
  });
  const match = question(io, terminal, {
    name: 'match',
    summary: 'does a pattern match an event?',
    operands: { pattern: PATTERN, event: 'a raw log message' },
    lesson: MATCH_LESSON,
    answer: ([pattern = '', event = '']) => answerMatch(pattern, event),
    answerLine: (request) => answerMatch(textField(request, 'pattern'), eventField(request, 'event')),
  });
  const compare = question(io, terminal, {
    name: 'compare',
    summary: 'do two patterns mean the same, and if not, which events show the difference?',
    operands: { candidate: 'the pattern to evaluate', required: 'the pattern to compare it with' },
    lesson: COMPARE_LESSON,
    answer: ([candidate = '', required = ''], { premises }) => answerCompare(candidate, required, premises),
    answerLine: (request) =>
      answerCompare(
        textField(request, 'candidate'),
        textField(request, 'required'),
        optionalTextField(request, 'premises'),
      ),
  }).addOption(new Option('--premises <pattern>', 'a pattern that every required event also satisfies'));
  return addHelp(new Command('pattern'), LESSON)
    .summary('ask what filter patterns mean')
    .description(
      'Parses, matches and compares CloudWatch Logs filter patterns by their meaning. Only `probe` sends anything to AWS.',
    )
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addCommand(parse)
    .addCommand(match)
    .addCommand(compare)
    .addCommand(ambiguitiesCommand(io, terminal))
    .addCommand(probeCommand(io, terminal));
}

interface QuestionShape {
  readonly name: string;
  readonly summary: string;
  /** The arguments by their names, with what they are; with `--stdin` there are none. */
  readonly operands: Readonly<Record<string, string>>;
  readonly lesson: HelpText;
  readonly answer: (operands: readonly string[], given: Given) => PatternAnswer;
  readonly answerLine: (request: ReturnType<typeof readRequest>) => PatternAnswer;
}

function question(io: Streams, { columns }: Terminal, shape: QuestionShape): Command {
  const { name, summary, operands, lesson } = shape;
  const command = addHelp(new Command(name), lesson)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}`)
    .usage(`${argumentsOf(operands)}\n       ${name} --stdin`)
    .addOption(new Option('--format <format>', 'for people or for programs (default: text)').choices(['text', 'json']))
    .addOption(new Option('--stdin', 'read one question per line, as JSON, and answer each with a line of JSON'))
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  // None of them is required for commander, because with `--stdin` there are none.
  for (const [operand, meaning] of Object.entries(operands)) command.argument(`[${operand}]`, meaning);
  return command.action(async () => {
    const given = command.opts<Given>();
    const problem = problemOf(shape, command.args, given);
    if (problem !== undefined) {
      printErrors([problem], io);
    } else if (given.stdin) {
      io.setExitCode(await answerLines(io, (line) => shape.answerLine(readRequest(line)).json));
    } else {
      tell(io, () => shape.answer(command.args, given), given.format ?? 'text', columns);
    }
  });
}

function argumentsOf(operands: QuestionShape['operands']): string {
  return Object.keys(operands)
    .map((operand) => `<${operand}>`)
    .join(' ');
}

function problemOf({ name, operands }: QuestionShape, values: readonly string[], given: Given): string | undefined {
  if (given.stdin) {
    if (values.length > 0) return 'with `--stdin`, give the questions on standard input and not as arguments';
    if (given.format === 'text') return 'with `--stdin`, the answers are lines of JSON: remove `--format text`';
    if (given.premises !== undefined) return 'with `--stdin`, give the premises as a field of each line';
    return undefined;
  }
  if (values.length === Object.keys(operands).length) return undefined;
  return `\`pattern ${name}\` takes ${argumentsOf(operands)}, each in single quotes, or \`--stdin\``;
}

function tell(io: Streams, answer: () => PatternAnswer, format: 'text' | 'json', columns: number | undefined): void {
  let answered: PatternAnswer;
  try {
    answered = answer();
  } catch (error) {
    printErrors([messageOf(error)], io);
    return;
  }
  const { json, text, exitCode } = answered;
  io.out(format === 'json' ? `${JSON.stringify(json)}\n` : `${forPeople(text, exitCode, io.colour, columns)}\n`);
  io.setExitCode(exitCode);
}

/** The first word in the colour of the answer. Control characters of a pattern or event are shown escaped. */
function forPeople(text: string, exitCode: number, colour: boolean, columns: number | undefined): string {
  // A pattern, the mark under it and an event stay as they are.
  const lines = text.split('\n').map((line, at) => (at === 0 || /^\w/.test(line) ? wrapText('', line, columns) : line));
  const harmless = lines
    .join('\n')
    .replace(/[^\P{C}\n]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  if (!colour) return harmless;
  const word = /^\w+/.exec(harmless)?.[0] ?? '';
  const paint = exitCode === exitCodes.satisfied ? 'green' : exitCode === exitCodes.broken ? 'red' : 'yellow';
  return styleText(paint, word, { validateStream: false }) + harmless.slice(word.length);
}
