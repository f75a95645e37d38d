import { styleText } from 'node:util';

import { Command, Option } from 'commander';

import { exitCodes } from '../terminal/exit-code.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { answerLines } from './json-lines.ts';
import { answerCompare, answerMatch, answerParse, type PatternAnswer } from './answers.ts';
import { answerEventCompare, answerEventMatch, answerEventParse } from './event-answers.ts';
import { type PatternLanguage, languageOf, LANGUAGES } from './language.ts';
import { ambiguitiesCommand } from './ambiguities.ts';
import { probeCommand } from './probe.ts';
import { eventField, optionalPatternField, patternOf, readRequest } from './request.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import type { HelpText } from '../terminal/help.ts';
import { addHelp } from '../terminal/help.ts';
import { COMPARE_LESSON, MATCH_LESSON, PARSE_LESSON, PATTERN_LESSON } from './lessons.ts';

const PATTERN = 'a filter pattern, or an event pattern of EventBridge; write `--` before one that begins with a dash';

/** The options of the three questions, as commander returns them. */
interface Given {
  readonly format?: 'text' | 'json';
  readonly stdin?: true;
  readonly premises?: string;
  readonly language?: PatternLanguage;
}

/** The commands about filter patterns: parse, match, compare, ambiguities, probe. */
export function patternCommand(io: Streams, terminal: Terminal): Command {
  const parse = question(io, terminal, {
    name: 'parse',
    summary: 'is this a pattern, and what is its canonical form?',
    operands: { pattern: PATTERN },
    lesson: PARSE_LESSON,
    answer: ([pattern = ''], { language }) => parseAnswer(pattern, language),
    answerLine: (request, { language }) => parseAnswer(patternOf(request, 'pattern'), language),
  });
  const match = question(io, terminal, {
    name: 'match',
    summary: 'does a pattern match an event?',
    operands: { pattern: PATTERN, event: 'a raw log message, or an event of EventBridge with its envelope' },
    lesson: MATCH_LESSON,
    answer: ([pattern = '', event = ''], { language }) => matchAnswer(pattern, event, language),
    answerLine: (request, { language }) =>
      matchAnswer(patternOf(request, 'pattern'), eventField(request, 'event'), language),
  });
  const compare = question(io, terminal, {
    name: 'compare',
    summary: 'do two patterns mean the same, and if not, which events show the difference?',
    operands: { candidate: 'the pattern to evaluate', required: 'the pattern to compare it with' },
    lesson: COMPARE_LESSON,
    answer: ([candidate = '', required = ''], { premises, language }) =>
      compareAnswer(candidate, required, premises, language),
    answerLine: (request, { language }) =>
      compareAnswer(
        patternOf(request, 'candidate'),
        patternOf(request, 'required'),
        optionalPatternField(request, 'premises'),
        language,
      ),
  }).addOption(new Option('--premises <pattern>', 'a pattern that every required event also satisfies'));
  return addHelp(new Command('pattern'), PATTERN_LESSON)
    .summary('ask what filter patterns and event patterns mean')
    .description(
      'Parses, matches and compares CloudWatch Logs filter patterns and EventBridge event patterns by their meaning. Only ' +
        '`probe` sends anything to AWS.',
    )
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addCommand(parse)
    .addCommand(match)
    .addCommand(compare)
    .addCommand(ambiguitiesCommand(io, terminal))
    .addCommand(probeCommand(io, terminal));
}

function parseAnswer(pattern: string, language = languageOf(pattern)): PatternAnswer {
  return language === 'event' ? answerEventParse(pattern) : answerParse(pattern);
}

function matchAnswer(pattern: string, event: string, language = languageOf(pattern)): PatternAnswer {
  return language === 'event' ? answerEventMatch(pattern, event) : answerMatch(pattern, event);
}

function compareAnswer(
  candidate: string,
  required: string,
  premises: string | undefined,
  given?: PatternLanguage,
): PatternAnswer {
  const language = given ?? languageOf(candidate);
  if (given === undefined && language === 'filter' && languageOf(required) === 'event') {
    throw new Error('a filter pattern is what an event pattern is compared with: give the event pattern first');
  }
  return language === 'event'
    ? answerEventCompare(candidate, required, premises)
    : answerCompare(candidate, required, premises);
}

interface QuestionShape {
  readonly name: string;
  readonly summary: string;
  /** The arguments by their names, with what they are; with `--stdin` there are none. */
  readonly operands: Readonly<Record<string, string>>;
  readonly lesson: HelpText;
  readonly answer: (operands: readonly string[], given: Given) => PatternAnswer;
  readonly answerLine: (request: ReturnType<typeof readRequest>, given: Given) => PatternAnswer;
}

function question(io: Streams, { columns }: Terminal, shape: QuestionShape): Command {
  const { name, summary, operands, lesson } = shape;
  const command = addHelp(new Command(name), lesson)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}`)
    .usage(`${argumentsOf(operands)}\n       ${name} --stdin`)
    .addOption(new Option('--format <format>', 'for people or for programs (default: text)').choices(['text', 'json']))
    .addOption(new Option('--stdin', 'read one question per line, as JSON, and answer each with a line of JSON'))
    .addOption(
      new Option(
        '--language <language>',
        'of CloudWatch Logs or of EventBridge (default: event if it is a JSON object)',
      ).choices(LANGUAGES),
    )
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
      io.setExitCode(await answerLines(io, (line) => shape.answerLine(readRequest(line), given).json));
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
