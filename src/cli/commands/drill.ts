import { Command, Option } from 'commander';

import { assess } from '../../assessment/assess.ts';
import { parseArn, resourceName } from '../../inventory/arn.ts';
import { withParts } from '../../inventory/model.ts';
import { alarmsToKnow, otherActionsOf } from '../../remediation/plan/other-actions.ts';
import { awsWords } from '../../remediation/render/aws-command.ts';
import { setAlarmState } from '../../remediation/render/commands.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import { verdictText } from '../../report/text.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { DrillTarget } from '../run/run-drill.ts';
import { drillProblem, drillTarget, runDrill } from '../run/run-drill.ts';
import type { LiveOptions } from '../sources/account-options.ts';
import { LIVE_ACCOUNT_NOTE, parseWholeNumber, withLiveOptions } from '../sources/account-options.ts';
import { parseParameterSets } from '../sources/parameter-sets.ts';
import type { RuleOptions } from '../sources/rule-options.ts';
import { RULE_PARAMETERS_NOTE, withRuleOptions } from '../sources/rule-options.ts';
import { selectSources } from '../sources/select-sources.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { styleOf } from '../terminal/style.ts';

const drillHelp: HelpText = {
  examples: [
    ['{cli} drill --profile security --region eu-west-1', 'print what would be done'],
    ['{cli} drill --profile security --region eu-west-1 --run', 'do it, after a question'],
  ],
  notes: [
    'Without `--run`, nothing is changed. With it, the metric alarm of the chain that holds is set to ALARM, so that ' +
      'everybody who is subscribed gets a test notification. The command waits for the result of the action in the ' +
      'history of the alarm, and sets the alarm back. It needs the permission `cloudwatch:SetAlarmState`. Where a ' +
      'composite alarm notifies the topic, its child is set to ALARM.',
    LIVE_ACCOUNT_NOTE,
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 printed, or the topic took the notification; 1 could not run, or you said no; 2 no chain holds, or ' +
      `the notification failed; 3 undecided, or the history showed no result in time; ${COMMON_EXIT_CODES}.`,
  ],
};

interface DrillOptions extends LiveOptions, RuleOptions {
  readonly run?: true;
  readonly wait: number;
}

/** The command that tests a chain by a notification. Only with `--run`, and after a question, it changes something. */
export function drillCommand(io: Streams, terminal: Terminal): Command {
  const command = new Command('drill')
    .summary('test the chain that holds by a notification')
    .description('Prints how to set off the alarm of the chain that holds. With `--run`, does it after a question.')
    .argument('[snapshot]', 'a snapshot, whose drill can be printed and not run')
    .option('--run', 'set off the alarm, after a question')
    .addOption(
      new Option('--wait <seconds>', 'how long to wait for the result')
        .default(120)
        .argParser(parseWholeNumber(1, 3600)),
    );
  withRuleOptions(withLiveOptions(command));
  return addHelp(command, drillHelp).action(async (file: string | undefined, given: DrillOptions) => {
    try {
      io.setExitCode(await drill(file, given, io, terminal));
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

async function drill(file: string | undefined, given: DrillOptions, io: Streams, terminal: Terminal): Promise<number> {
  const fail = (...problems: readonly string[]) => {
    printErrors(problems, io);
    return exitCodes.couldNotRun;
  };
  const parsed = parseParameterSets(given);
  if (parsed.kind === 'invalid') return fail(...parsed.problems);
  const [parameters] = parsed.parameterSets;
  const selected = await selectSources(file === undefined ? [] : [file], given, parameters.options, io);
  if (selected.kind === 'invalid') return fail(...selected.problems);
  const [source, another] = selected.sources;
  if (another !== undefined) return fail('a drill is for one account and region');
  const { setAlarmState: setState } = source;
  if (given.run === true && setState === undefined)
    return fail('a drill of a snapshot cannot be run: leave out `--run`');
  const reader = await source.open();
  const { verdict, inventory } = await assess(reader, parameters);
  if (verdict.kind !== 'satisfied') {
    io.err(`${verdictText(verdict, styleOf(io, terminal))}\n\nThere is nothing to drill: no chain certainly holds.\n`);
    return exitCodes[verdict.kind];
  }
  const chain = verdict.chains.find(({ path }) => path.alarm !== undefined);
  if (chain === undefined) {
    return fail(
      'the chain that holds runs through an EventBridge rule, which takes no test event: docs/routes.md says how to test it',
    );
  }
  const target = drillTarget(chain);
  const known = withParts(inventory, await reader.read(alarmsToKnow(target.path, inventory)));
  io.out(`${describeDrill(target, otherActionsOf(target.path, known), terminal.columns)}\n`);
  const problem = drillProblem(target, inventory.accountId);
  if (given.run !== true || setState === undefined) {
    if (problem !== undefined) io.err(`note: ${sanitizeLine(problem)}\n`);
    return exitCodes.satisfied;
  }
  if (problem !== undefined) return fail(problem);
  io.err(`Set alarm ${sanitizeLine(target.alarm.alarmName)} of account ${inventory.accountId} to ALARM now? [y/N] `);
  if (!/^(y|yes)$/i.test((await readLine(io.stdin)).trim())) {
    io.err('\nNothing was done.\n');
    return exitCodes.couldNotRun;
  }
  const signal = terminal.interruption();
  const result = await runDrill({ target, reader, setState, waitMs: given.wait * 1000, signal });
  const topic = sanitizeLine(resourceName(target.path.topicArn));
  if (result === 'delivered') {
    io.out(`Topic ${topic} took the notification, and the alarm is set back. Ask a subscriber whether it arrived.\n`);
    return exitCodes.satisfied;
  }
  if (result !== 'none') {
    io.out(`The notification failed, and the alarm is set back: ${sanitizeLine(result.failed)}\n`);
    return exitCodes.broken;
  }
  io.out('The history of the alarm showed no result in time. The alarm is set back.\n');
  return signal.aborted ? exitCodes.interrupted : exitCodes.undecided;
}

function describeDrill(
  { alarm, acting, path }: DrillTarget,
  otherActions: readonly string[],
  columns: number | undefined,
): string {
  const region = parseArn(alarm.alarmArn)?.region ?? '';
  const through =
    acting.alarmArn === alarm.alarmArn ? 'It notifies' : `Composite alarm ${acting.alarmName} over it notifies`;
  const others = otherActions.length === 0 ? '' : ` This can also run other actions: ${otherActions.join(', ')}.`;
  const what = `The drill sets metric alarm ${alarm.alarmName} in ${region} to ALARM. ${through} topic ${resourceName(path.topicArn)}, and everybody who is subscribed gets a test notification.${others} The next evaluation of the alarm, or this command, sets it back:`;
  return `${wrapText('', sanitizeLine(what), columns)}\n\n  ${awsWords(setAlarmState(alarm)).join(' ')}\n`;
}

/** The first line of standard input; empty if it ends before. */
async function readLine(stdin: Streams['stdin']): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += chunk.toString();
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}
