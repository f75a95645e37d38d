import { Command, Option } from 'commander';

import { compareTexts, SETTLEMENTS } from '../../filter-pattern/index.ts';
import { withLiveOptions } from '../sources/account-options.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import type { LiveOptions } from '../sources/account-options.ts';
import {
  type AskedExample,
  type PatternTester,
  probeAmbiguities,
  type ProbedAmbiguity,
  settlementsOf,
} from './probe-ambiguities.ts';
import { type ProbedExample, probeExamples } from './probe-examples.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { isCheckout } from '../terminal/program-name.ts';
import { chooseRegion } from '../sources/region.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import { writeFileAtomically } from '../terminal/write-file.ts';

const LESSON: HelpText = {
  about: [
    'Each ambiguity has example patterns and messages on which its interpretations differ. This command sends them to ' +
      'TestMetricFilter. That call reads nothing from the account, changes nothing and is free of charge. It needs the ' +
      'permission logs:TestMetricFilter.',
  ],
  examples: [
    ['{cli} pattern probe --profile audit --region eu-west-1'],
    ["{cli} pattern probe --region eu-west-1 --format json | jq '.ambiguities[] | {ambiguity, follows}'"],
    [
      `{cli} pattern probe --region eu-west-1 --save ${isCheckout ? 'src/filter-pattern/ambiguities/' : ''}settled-interpretations.json`,
    ],
    [`{cli} pattern probe --region eu-west-1 --candidate '{ $.a = %4% }' --required '{ $.a = "*4*" }'`],
  ],
  notes: [
    `${isCheckout ? 'What' : 'In a checkout of the sources, what'} you save to ` +
      'src/filter-pattern/ambiguities/settled-interpretations.json is used from then on, here and in the function once ' +
      'you deploy it again. `pattern ambiguities` shows it.',
    'JSON: {"ambiguities": [{"ambiguity", "question", "interpretations", "follows", "asked": [{"pattern", "event", ' +
      '"answer"}]}]}, or with --candidate {"examples": [{"example", "event", "pattern", "claimed", "answer"}]}. An ' +
      'answer is true, false or {"refused": message}.',
    'Exit codes: 0 AWS follows one known interpretation of every ambiguity, or agrees with every example; 1 could not ' +
      'run; 2 AWS contradicts an example; 3 AWS follows no known interpretation of an ambiguity, or refused a pattern; ' +
      `${COMMON_EXIT_CODES}.`,
  ],
};

interface Given extends LiveOptions {
  readonly region?: string;
  readonly format: 'text' | 'json';
  readonly save?: string;
  readonly candidate?: string;
  readonly required?: string;
}

/** The command that asks AWS itself about the ambiguities, or about the events that a comparison shows. */
export function probeCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(withLiveOptions(new Command('probe')), LESSON)
    .summary('ask AWS which interpretation of each ambiguity it follows')
    .description('Asks TestMetricFilter of a live account which interpretation of each ambiguity AWS follows.')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addOption(new Option('--save <file>', 'write the interpretations that AWS follows, with the date'))
    .addOption(new Option('--candidate <pattern>', 'ask about the events of a comparison instead (needs --required)'))
    .addOption(new Option('--required <pattern>', 'the pattern to compare the candidate with'))
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .action(async (given: Given) => {
      try {
        io.setExitCode(await probe(given, io, columns));
      } catch (error) {
        printErrors([messageOf(error)], io);
      }
    });
}

async function probe(given: Given, io: Streams, columns: number | undefined): Promise<number> {
  const { candidate, required, format, save } = given;
  if ((candidate === undefined) !== (required === undefined)) throw new Error('give both --candidate and --required');
  if (candidate !== undefined && save !== undefined)
    throw new Error('--save goes with the ambiguities, not with --candidate');
  const from = await chooseRegion(given);
  if (from.kind === 'missing') throw new Error(from.problem);
  // The SDK is loaded only where it is needed.
  const { livePatternTester } = await import('./live-pattern-tester.ts');
  const tester = livePatternTester(given, from.region);
  if (candidate !== undefined && required !== undefined)
    return probeComparison(tester, { candidate, required }, format, io);
  const ambiguities = await probeAmbiguities(tester);
  io.out(
    format === 'json' ? `${JSON.stringify({ ambiguities }, undefined, 2)}\n` : ambiguitiesText(ambiguities, columns),
  );
  if (save !== undefined) await saveSettlements(save, ambiguities, from.region, io);
  return ambiguities.every(({ follows }) => follows !== null) ? exitCodes.satisfied : exitCodes.undecided;
}

async function saveSettlements(
  file: string,
  ambiguities: readonly ProbedAmbiguity[],
  region: string,
  io: Streams,
): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const settled = { ...SETTLEMENTS, ...settlementsOf(ambiguities, date, `TestMetricFilter in ${region}`) };
  // The language reads the file whenever it starts.
  await writeFileAtomically(file, `${JSON.stringify(settled, undefined, 2)}\n`);
  io.err(`saved ${Object.keys(settled).length} settled interpretations to ${file}\n`);
}

async function probeComparison(
  tester: PatternTester,
  patterns: { readonly candidate: string; readonly required: string },
  format: Given['format'],
  io: Streams,
): Promise<number> {
  const comparison = compareTexts(patterns.candidate, patterns.required);
  if (comparison.relation === 'invalid') throw new Error('the candidate is not a valid filter pattern');
  const examples = await probeExamples(tester, comparison, patterns);
  io.out(format === 'json' ? `${JSON.stringify({ examples }, undefined, 2)}\n` : examplesText(examples));
  if (examples.some(({ claimed, answer }) => answer === !claimed)) return exitCodes.broken;
  return examples.every(({ claimed, answer }) => answer === claimed) ? exitCodes.satisfied : exitCodes.undecided;
}

function ambiguitiesText(ambiguities: readonly ProbedAmbiguity[], columns: number | undefined): string {
  const width = Math.max(...ambiguities.map(({ ambiguity }) => ambiguity.length));
  const lines = ambiguities.flatMap(({ ambiguity, question, interpretations, follows, asked }) => {
    if (follows !== null) return [wrapText(`${ambiguity.padEnd(width)}  `, `${follows}: ${question}`, columns)];
    return [
      wrapText(`${ambiguity.padEnd(width)}  `, `none of ${interpretations.join(', ')}: ${question}`, columns),
      ...asked.map((one) => `${' '.repeat(width)}    ${one.pattern} on ${one.event}: ${answerText(one.answer)}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function examplesText(examples: readonly ProbedExample[]): string {
  if (examples.length === 0) return 'the comparison shows no event, so there is nothing to ask\n';
  const lines = examples.map(({ example, event, pattern, claimed, answer }) => {
    const verdict = answer === claimed ? 'agrees' : answer === !claimed ? 'CONTRADICTS' : 'refuses';
    return `${verdict}: ${pattern} on the ${example} event ${event}: ${answerText(answer)}`;
  });
  return `${lines.join('\n')}\n`;
}

function answerText(answer: AskedExample['answer']): string {
  if (typeof answer === 'boolean') return answer ? 'matches' : 'does not match';
  return `refused: ${answer.refused}`;
}
