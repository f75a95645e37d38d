import { Command, Option } from 'commander';

import type { ResultChange } from '../../report/compare-results.ts';
import { compareResults, hasOtherVerdict } from '../../report/compare-results.ts';
import { linkChangeText } from '../../report/text.ts';
import { sanitizeJson, sanitizeLine } from '../../report/sanitize-line.ts';
import { wrapText } from '../../report/wrap-text.ts';
import { notesOn, notesOnBoth, readSide, resultsOf } from '../saved/diff-sides.ts';
import type { ControlOptions } from '../sources/parameter-sets.ts';
import { allControlsOption, parseParameterSets } from '../sources/parameter-sets.ts';
import { RULE_PARAMETERS_NOTE, ruleParameters, withRuleOptions } from '../sources/rule-options.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import { STANDARD_STREAM } from '../terminal/read-file.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';

const diffHelp: HelpText = {
  examples: [
    ['{cli} diff last-week.json today.json', 'two snapshots of an account'],
    ['{cli} diff --all-controls last-week.json today.json'],
    ['{cli} diff results-monday results-tuesday', 'two folders of `evaluate --out`'],
    ['{cli} diff --format json before.json after.json', 'two results of `evaluate --format json`'],
  ],
  notes: [
    'Snapshots are evaluated with the same parameters; a snapshot that is compared with saved results, with theirs. Saved ' +
      'results are compared as they are, so the parameters here have no effect on them. Changed verdicts come first, each ' +
      'with the links that changed, and with the rules where these differ.',
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 nothing that was satisfied is worse; 1 could not run; 2 something that was satisfied is broken; ' +
      `3 something that was satisfied is undecided, or is missing; ${COMMON_EXIT_CODES}.`,
  ],
};

interface DiffOptions extends ControlOptions {
  readonly format: 'text' | 'json';
}

/** The command that compares two snapshots or two saved runs. */
export function diffCommand(io: Streams, { columns }: Terminal): Command {
  const command = new Command('diff')
    .summary('compare two snapshots or two saved runs')
    .description('Prints what changed between two snapshots or two saved runs: verdicts, then the links that changed.')
    .argument('<before>', 'a snapshot, a folder of `evaluate --out`, or a result of `evaluate --format json`; or `-`')
    .argument('<after>', 'another of the same')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addOption(allControlsOption());
  return addHelp(withRuleOptions(command), diffHelp).action(
    async (before: string, after: string, given: DiffOptions) => {
      const parsed = parseParameterSets(given);
      if (parsed.kind === 'invalid') {
        printErrors(parsed.problems, io);
        return;
      }
      try {
        if (before === STANDARD_STREAM && after === STANDARD_STREAM) {
          throw new Error('standard input can be read once only: give `-` once');
        }
        const [old, current] = [await readSide(before, io.stdin), await readSide(after, io.stdin)];
        const areRulesGiven = given.allControls === true || namesRules(given);
        const results = await resultsOf(
          old,
          current,
          areRulesGiven ? parsed.parameterSets : undefined,
          parsed.parameterSets,
        );
        const changes = compareResults(results.before, results.after);
        const notes = [...notesOn(old, areRulesGiven), ...notesOn(current, areRulesGiven), ...notesOnBoth(results)];
        for (const note of notes) io.err(`note: ${sanitizeLine(note)}\n`);
        const text =
          changes.length === 0 ? 'Nothing changed.' : changes.map((one) => changeText(one, columns)).join('\n');
        io.out(given.format === 'json' ? `${sanitizeJson({ formatVersion: 1, changes })}\n` : `${text}\n`);
        io.setExitCode(exitCodeOfChanges(changes));
      } catch (error) {
        printErrors([messageOf(error)], io);
      }
    },
  );
}

function namesRules(given: ControlOptions): boolean {
  const raw = ruleParameters(given);
  return raw.kind === 'values' && Object.keys(raw.values).length > 0;
}

function changeText(change: ResultChange, columns: number | undefined): string {
  const { accountId, region, controlId, before, after, links, rules } = change;
  const say = (side: ResultChange['before']) =>
    side === undefined ? 'not evaluated' : side.verdict === 'satisfied' ? 'satisfied' : `${side.verdict} ${side.code}`;
  const verdicts =
    hasOtherVerdict(change) || before?.code !== after?.code
      ? `${say(before)} → ${say(after)}`
      : `${say(after)}, by other links`;
  const head = wrapText('', `${accountId} ${region} ${controlId}: ${verdicts}`, columns);
  const others = rules.map(({ name, before: was, after: is }) =>
    wrapText('  judged with    ', sanitizeLine(`${name}: ${was} → ${is}`), columns),
  );
  return [head, ...links.map((link) => linkChangeText(link, columns)), ...others].join('\n');
}

function exitCodeOfChanges(changes: readonly ResultChange[]): number {
  const worse = changes.filter(
    ({ before, after }) => before?.verdict === 'satisfied' && after?.verdict !== 'satisfied',
  );
  if (worse.some(({ after }) => after?.verdict === 'broken')) return exitCodes.broken;
  return worse.length > 0 ? exitCodes.undecided : exitCodes.satisfied;
}
