import { join } from 'node:path';

import { describeManualStep } from '../../remediation/render/words.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import { wrapText } from '../../report/wrap-text.ts';
import { printErrors } from '../terminal/errors.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { Streams } from '../terminal/streams.ts';
import { makeFolder, refuseExisting, writeFileAtomically } from '../terminal/write-file.ts';
import type { PlannedControl } from './plan-for-source.ts';
import type { RemediationForm } from './remediation-forms.ts';
import { remediationForms, unfinishedText } from './remediation-forms.ts';
import { renderJudged } from './render-judged.ts';

/** The exit code that says most: could not run, then broken, then undecided. */
export function worstOf(one: number, other: number): number {
  const order: readonly number[] = [exitCodes.couldNotRun, exitCodes.broken, exitCodes.undecided];
  return order.find((code) => code === one || code === other) ?? exitCodes.satisfied;
}

interface RenderedControl {
  readonly problems: readonly string[];
  readonly code: number;
  /** What is left to a person, in sentences. */
  readonly manual: readonly string[];
  /** Absent if there are no steps. */
  readonly text?: string;
  /** What the user should know of the plan, in sentences. */
  readonly notes?: readonly string[];
}

/** What a planned control comes to: a text, if there are steps; and what is left to a person. */
async function renderControl(
  { planning, verdict, plannedFor }: PlannedControl,
  as: RemediationForm,
  columns: number | undefined,
): Promise<RenderedControl> {
  if (planning.kind === 'asks') return { problems: [planning.question], code: exitCodes.couldNotRun, manual: [] };
  const { steps, manualSteps, complete, notes } = planning.plan;
  if (verdict === 'satisfied') return { problems: [], code: exitCodes.satisfied, manual: [], notes };
  const rendering = steps.length > 0 ? await renderJudged(as, planning.plan, plannedFor, columns) : undefined;
  if (rendering?.kind === 'cannot') return { problems: [rendering.problem], code: exitCodes.couldNotRun, manual: [] };
  const text = rendering === undefined ? {} : { text: rendering.text, notes };
  if (complete && steps.length > 0) return { problems: [], code: exitCodes.satisfied, manual: [], ...text };
  const code = exitCodes[verdict === 'broken' ? 'broken' : 'undecided'];
  return { problems: [], code, manual: manualSteps.map(describeManualStep), ...text };
}

/** Prints the remediation of one account. Returns the exit code. */
export async function printRemediation(
  controls: readonly PlannedControl[],
  as: RemediationForm,
  io: Streams,
  columns: number | undefined,
  fail: (problems: readonly string[]) => void,
): Promise<number> {
  const rendered = await Promise.all(controls.map((one) => renderControl(one, as, columns)));
  const problems = [...new Set(rendered.flatMap((one) => one.problems))];
  if (problems.length > 0) {
    fail(problems);
    return exitCodes.couldNotRun;
  }
  const texts = rendered.flatMap(({ text }) => text ?? []);
  const manual = [...new Set(rendered.flatMap((one) => one.manual))];
  const code = rendered.map((one) => one.code).reduce(worstOf, exitCodes.satisfied);
  for (const text of texts) io.out(text);
  const notes = [...new Set(rendered.flatMap((one) => one.notes ?? []))];
  for (const note of notes) io.err(`${wrapText('note: ', sanitizeLine(note), columns)}\n`);
  if (code === exitCodes.satisfied) {
    if (texts.length === 0) io.err('Nothing to do: a chain holds from end to end.\n');
    return code;
  }
  if (columns === undefined) io.out(unfinishedText(as, texts.length > 0));
  io.err(
    texts.length > 0
      ? 'The remediation is not complete. A person has to do this:\n'
      : 'There is no command to run. A person has to do this:\n',
  );
  for (const step of manual) io.err(`${wrapText('- ', sanitizeLine(step), columns)}\n`);
  return code;
}

/** Writes a file for each control of one account, and says which. Returns the exit code. */
export async function writeRemediation(
  controls: readonly PlannedControl[],
  folder: string,
  { as, force = false }: { readonly as: RemediationForm; readonly force?: boolean },
  io: Streams,
  columns: number | undefined,
): Promise<number> {
  let code: number = exitCodes.satisfied;
  const digits = String(controls.length).length;
  for (const [index, control] of controls.entries()) {
    const { accountId, region, controlId } = control;
    const { problems, text, manual, code: own } = await renderControl(control, as, undefined);
    const title = `${accountId} ${region} ${controlId}`;
    code = worstOf(code, own);
    if (problems.length > 0)
      printErrors(
        problems.map((problem) => `${title}: ${problem}`),
        io,
      );
    if (text !== undefined) {
      const name = `${String(index + 1).padStart(digits, '0')}-${controlId}`;
      const path = join(folder, `${accountId}.${region}`, remediationForms[as].fileName(name));
      await makeFolder(join(path, '..'));
      if (!force) await refuseExisting(path);
      await writeFileAtomically(path, own === exitCodes.satisfied ? text : `${text}${unfinishedText(as, true)}`, {
        force,
      });
      io.out(`${title}: ${path}\n`);
    }
    for (const step of manual) io.err(`${wrapText('- ', sanitizeLine(`${title}: ${step}`), columns)}\n`);
  }
  return code;
}
