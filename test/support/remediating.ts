import { remediateCommand } from '../../src/cli/remediate.ts';

export interface Remediation {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command `remediate` in this process. */
export async function remediate(...args: readonly string[]): Promise<Remediation> {
  let [code, out, err] = [0, '', ''];
  const command = remediateCommand({
    stdin: process.stdin,
    out: (text) => (out += text),
    err: (text) => (err += text),
    setExitCode: (given) => (code = given),
    colour: false,
  });
  await command.parseAsync([...args], { from: 'user' });
  return { code, out, err };
}
