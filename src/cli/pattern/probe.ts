import { Command, Option } from 'commander';

import { compareTexts, SETTLEMENTS } from '../../filter-pattern/index.ts';
import { withLiveOptions } from '../sources/account-options.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import type { LiveOptions } from '../sources/live-source.ts';
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
    'Each ambiguity has patterns and messages on which its interpretations differ. They are sent to TestMetricFilter, which ' +
      'reads nothing of the account, changes nothing and costs nothing; the permission is logs:TestMetricFilter.',
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
    (isCheckout ? 'What' : 'In a checkout of the sources, what') +
      ' is saved to src/filter-pattern/ambiguities/settled-interpretations.json is taken for granted from then on, here and in the ' +
      'function once it is deployed again; `pattern ambiguities` shows it.',
    'JSON: {"ambiguities": [{"ambiguity", "question", "interpretations", "follows", "asked": [{"pattern", "event", "answer"}]}]}, or ' +
      '{"examples": [{"example", "event", "pattern", "claimed", "answer"}]} with --candidate; an answer is true, false ' +
      'or {"refused": message}.',
    'Exit codes: 0 AWS follows one known interpretation of every ambiguity, or agrees with every example; 1 could not run; ' +
      '2 it contradicts an example; 3 it follows no known interpretation of some ambiguity, or refused a pattern; ' +
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

/** The command that asks AWS itself what it makes of the ambiguities, or of the events of a comparison. */
export function probeCommand(io: Streams, { columns }: Terminal): Command {
  return addHelp(withLiveOptions(new Command('probe')), LESSON)
    .summary('ask AWS which interpretations of the ambiguities it follows')
    .description('Asks TestMetricFilter of a live account which interpretation of each ambiguity AWS follows.')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addOption(new Option('--save <file>', 'write the interpretations that AWS follows, with the date'))
    .addOption(new Option('--candidate <pattern>', 'ask about the events of a comparison instead; with --required'))
    .addOption(new Option('--required <pattern>', 'what the candidate is compared with'))
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
    throw new Error('the events of a comparison settle no ambiguity to save');
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
  if (comparison.relation === 'invalid') throw new Error('the candidate is no filter pattern');
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
  if (examples.length === 0) return 'the comparison shows no event to ask about\n';
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
