import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { startMoto } from '../../../moto/emulator/moto.ts';
import { rootOf, terraformOf } from '../../../support/worlds/terraform-of-world.ts';
import type { RecordedPlans, ShownPlan } from './recorded-plans.ts';
import { RECORDED_FILE, moduleText, plannedWorlds, recordedFrom } from './recorded-plans.ts';

/** A message of Terraform in its JSON formats: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string };
}

const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
const moto = await startMoto();

/** Runs Terraform. Only the emulator is asked, and only for roles of other accounts. */
async function terraform(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, AWS_ENDPOINT_URL: moto.url, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
  return new Promise((resolve, reject) => {
    execFile('terraform', [...args], { cwd: folder, env, maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
      // With `-json` what is wrong stands in the output.
      if (error === null || (typeof error.code === 'number' && args.includes('-json'))) resolve(stdout);
      else reject(new Error(`terraform ${args.join(' ')}: ${stderr}`, { cause: error }));
    });
  });
}

/** Writes the configuration of all accounts that Terraform has not refused. */
function configure(refused: ReadonlyMap<string, string>): void {
  const modules = new Map(
    Object.entries(plannedWorlds)
      .filter(([code]) => !refused.has(code))
      .map(([code, world]) => [code, terraformOf(world)] as const),
  );
  for (const code of modules.keys()) {
    mkdirSync(join(folder, code), { recursive: true });
    writeFileSync(join(folder, code, 'main.tf.json'), texts.get(code) ?? '');
  }
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(rootOf(modules)));
}

/** The accounts that messages are about. */
function noteRefused(diagnostics: readonly Diagnostic[], refused: Map<string, string>): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  for (const { summary, detail = '', range } of errors) {
    const code = range === undefined ? '.' : dirname(range.filename);
    if (code === '.') throw new Error(`${summary}: ${detail}`);
    if (!refused.has(code)) refused.set(code, [summary, detail].filter((one) => one !== '').join(': '));
  }
  return errors.length > 0;
}

const texts = new Map(Object.entries(plannedWorlds).map(([code, world]) => [code, moduleText(world)] as const));

async function record(): Promise<RecordedPlans> {
  const refused = new Map<string, string>();
  configure(refused);
  await terraform('init', '-no-color', '-input=false');
  for (;;) {
    const { diagnostics } = JSON.parse(await terraform('validate', '-json')) as { readonly diagnostics: Diagnostic[] };
    if (!noteRefused(diagnostics, refused)) {
      const printed = await terraform('plan', '-json', '-input=false', '-lock=false', '-out', 'plan.bin');
      const lines = printed.trim().split('\n');
      const messages = lines.map((line) => JSON.parse(line) as { readonly diagnostic?: Diagnostic });
      if (
        !noteRefused(
          messages.flatMap(({ diagnostic }) => diagnostic ?? []),
          refused,
        )
      )
        break;
    }
    process.stderr.write(`Terraform refuses ${[...refused.keys()].join(', ')}\n`);
    configure(refused);
    // A module that is no longer called is no longer installed.
    await terraform('get', '-no-color');
  }
  const shown = JSON.parse(await terraform('show', '-json', 'plan.bin')) as ShownPlan;
  const version = JSON.parse(await terraform('version', '-json')) as {
    readonly provider_selections: Readonly<Record<string, string>>;
  };
  return recordedFrom(shown, texts, refused, version.provider_selections['registry.terraform.io/hashicorp/aws'] ?? '');
}

/** One resource on a line, so that a change is a line. */
function textOf(recorded: RecordedPlans): string {
  const members = Object.entries(recorded).map(([name, value]: [string, unknown]) => {
    const each = Array.isArray(value)
      ? value.map((one) => JSON.stringify(one))
      : Object.entries(value as object).map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`);
    if (typeof value === 'string') return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    return `${JSON.stringify(name)}:${open}\n${each.join(',\n')}\n${close}`;
  });
  return `{${members.join(',\n')}}\n`;
}

try {
  const recorded = await record();
  mkdirSync(dirname(RECORDED_FILE), { recursive: true });
  writeFileSync(RECORDED_FILE, textOf(recorded));
  const { plans, refused } = recorded;
  process.stdout.write(`${Object.keys(plans).length} plans, ${Object.keys(refused).length} refused by Terraform\n`);
} finally {
  await moto.stop();
  rmSync(folder, { recursive: true });
}
