import { logGroupName, regionOf } from '../../../inventory/arn.ts';
import { sanitizeLine } from '../../../report/sanitize-line.ts';
import type { AwsCommand } from '../aws-command.ts';
import { awsWords } from '../aws-command.ts';
import { literal, word } from './word.ts';

/** `stop` ends the script with a message; `say` prints a sentence. The commands of every step need both. */
export const SHELL_FUNCTIONS: readonly string[] = [
  'stop() { printf \'%s\\n\' "$1" >&2; exit 1; }',
  'say() { printf \'%s\\n\' "$1"; }',
];

/** Says a sentence, in which a name is nothing but data. */
export function say(sentence: string): string {
  return `say ${word(sanitizeLine(sentence))}`;
}

/** Ends the script with a sentence. */
export function stop(sentence: string): string {
  return `stop ${word(sanitizeLine(sentence))}`;
}

/** What to do where something else has the planned name. */
const RUN_AGAIN = 'Nothing was changed by this step. Run remediate again: the new plan uses another name.';

/**
 * Runs a command unless what it creates exists.
 *
 * @param counts - two JMESPath lists: what has the name, and what has the settings as well
 */
export function unlessPresent(
  look: AwsCommand,
  counts: readonly string[],
  what: string,
  command: string,
): readonly string[] {
  const query = `join('/', [${counts.map((list) => `to_string(length(${list}))`).join(', ')}])`;
  return [
    `found=$(${onOneLine(look, `--query ${word(query)} --output json`)})`,
    'case "$found" in',
    `  '"0/'*)`,
    indented(command, 4),
    '    ;;',
    `  *'/1"') ${say(`${what} exists already.`)} ;;`,
    `  *) ${stop(`${what} exists and has other settings. ${RUN_AGAIN}`)} ;;`,
    'esac',
  ];
}

/** Runs a command unless a query says that there is nothing to do. */
export function unlessDone(look: AwsCommand, query: string, sentence: string, command: string): readonly string[] {
  return [
    `found=$(${onOneLine(look, `--query ${word(query)} --output json`)})`,
    `if [ "$found" = true ]`,
    `then ${say(sentence)}`,
    'else',
    indented(command),
    'fi',
  ];
}

/**
 * Asks for the log groups that have exactly this name.
 *
 * @param select - what is asked of them, in JMESPath
 */
export function describeLogGroups(logGroupArn: string, select: string): string {
  const name = logGroupName(logGroupArn);
  const region = regionOf(logGroupArn);
  const look = { service: 'logs', operation: 'describe-log-groups', region, input: { logGroupNamePrefix: name } };
  return onOneLine(look, `--query ${word(`logGroups[?logGroupName==${literal(name)}].${select}`)} --output json`);
}

/** A command with an option on each line. */
export function onLines(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' \\\n  ');
}

/** The same, without the answer. */
export function quiet(command: AwsCommand): string {
  return `${onLines(command)} >/dev/null`;
}

/** A command on one line. */
export function onOneLine(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' ');
}

/** Indents the first line only where the others continue a quoted text, which an indent would change. */
export function indented(command: string, spaces = 2): string {
  return `${' '.repeat(spaces)}${command}`;
}
