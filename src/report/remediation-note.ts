import type { RemediationText, Result } from './result.ts';
import { changedParameters } from './stated-rules.ts';

/** The form of a text that says how to get a remediation which is not there. */
const NOTE_FORM = 'Commands';

/**
 * Results in which a remediation that is not there is replaced by the command that prints it. What a plan or a template
 * declares is fixed in that file, which has its own sentence.
 */
export function withCommandNotes(results: readonly Result[]): readonly Result[] {
  return results.map((result) => {
    if (result.verdict === 'satisfied' || result.remediation !== undefined) return result;
    return { ...result, remediation: [commandNote(result)] };
  });
}

/** Says which command prints the remediation of a result that has none. */
export function commandNote(result: Result): RemediationText {
  return { form: NOTE_FORM, text: `${noteText(result)}\n` };
}

function noteText(result: Result): string {
  const { source, accountId } = result;
  switch (source?.kind) {
    case 'plan':
    case 'template':
      return `Change the ${source.kind} that was evaluated: what it declares is fixed there.`;
    case 'snapshot':
      return `\`${remediateCall(result)} SNAPSHOT\` prints them; SNAPSHOT is the file that was evaluated.`;
    case 'live-account':
    case undefined:
      return `\`${remediateCall(result)}\` with credentials of account ${accountId} prints them.`;
  }
}

function remediateCall({ control, region, source, parameters = {} }: Result): string {
  const options = changedParameters(parameters).map((one) => {
    const [name = '', ...value] = one.split('=');
    return [`--${kebabCase(name)} ${quoted(value.join('='))}`];
  });
  return [
    'remediate',
    ...(control.id === 'custom'
      ? [
          `--filter-pattern ${quoted(control.filterPattern)}`,
          ...(control.premises === undefined ? [] : [`--premises ${quoted(control.premises)}`]),
        ]
      : [`--control ${control.id}`]),
    ...(source?.kind === 'snapshot' ? [] : [`--region ${region}`]),
    ...options,
    '--email ADDRESS',
  ].join(' ');
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w,.:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
