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
 * @param command - indented by four spaces
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
    command,
    '    ;;',
    `  *'/1"') ${say(`${what} exists already.`)} ;;`,
    `  *) ${stop(`${what} exists and has other settings. ${RUN_AGAIN}`)} ;;`,
    'esac',
  ];
}

/**
 * Runs a command unless a query says that there is nothing to do.
 *
 * @param command - indented by two spaces
 */
export function unlessDone(look: AwsCommand, query: string, sentence: string, command: string): readonly string[] {
  return [
    `found=$(${onOneLine(look, `--query ${word(query)} --output json`)})`,
    `if [ "$found" = true ]`,
    `then ${say(sentence)}`,
    'else',
    command,
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

/**
 * A command with an option on each line. A quoted text in it stays as it is, also where it has lines of its own.
 *
 * @param spaces - by how many spaces it is indented
 */
export function onLines(command: AwsCommand, spaces = 0): string {
  const indent = ' '.repeat(spaces);
  return `${indent}${awsWords(command).join(` \\\n${indent}  `)}`;
}

/** The same, without the answer. */
export function quiet(command: AwsCommand, spaces = 0): string {
  return `${onLines(command, spaces)} >/dev/null`;
}

/** A command on one line. */
export function onOneLine(command: AwsCommand, output?: string): string {
  return awsWords(command, output).join(' ');
}
