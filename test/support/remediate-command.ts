import { remediateCommand } from '../../src/cli/commands/remediate.ts';
import type { Run } from '../cli/run.ts';
import { runIn } from '../cli/run.ts';

/** Runs the command `remediate` in this process. */
export const remediate = (...args: readonly string[]): Promise<Run> => runIn({}, remediateCommand, args);
