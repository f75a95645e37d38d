import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ran } from './programs.ts';
import { isOnPath } from './programs.ts';

const PROVIDER = 'registry.terraform.io/hashicorp/aws';

/**
 * The folder that serves as a mirror of providers: the one that `TERRAFORM_MIRROR` names, or one where Terraform itself
 * looks for a local mirror, or a folder of `/opt`.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
function findMirror(): string | undefined {
  const optional = existsSync('/opt') ? readdirSync('/opt').map((name) => join('/opt', name)) : [];
  const folders = [
    process.env['TERRAFORM_MIRROR'] ?? '',
    join(homedir(), '.terraform.d', 'plugins'),
    join(homedir(), '.local', 'share', 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...optional,
  ];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, PROVIDER)));
}

/** A folder in which Terraform runs, without any network. */
export interface Terraform {
  /** Puts a configuration in the folder, and forgets the one before and its state. */
  readonly use: (configuration: string) => void;
  readonly run: (
    environment: Readonly<Record<string, string>>,
    command: string,
    ...args: readonly string[]
  ) => Promise<Ran>;
  readonly remove: () => void;
}

/** @returns `undefined` where the program or the AWS provider is missing on this machine */
export function makeTerraform(): Terraform | undefined {
  const mirror = findMirror();
  if (mirror === undefined || !isOnPath('terraform')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
  const config = join(folder, 'cli.tfrc');
  const path = JSON.stringify(mirror);
  writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`);
  const configuration = join(folder, 'remediation.tf');
  return {
    use: (text) => {
      for (const state of ['terraform.tfstate', 'terraform.tfstate.backup'])
        rmSync(join(folder, state), { force: true });
      writeFileSync(configuration, text);
    },
    run: async (environment, command, ...args) => {
      const env = {
        ...process.env,
        ...environment,
        TF_CLI_CONFIG_FILE: config,
        TF_IN_AUTOMATION: '1',
        CHECKPOINT_DISABLE: '1',
      };
      if (!existsSync(join(folder, '.terraform'))) await runIn(folder, env, ['init', '-input=false', '-no-color']);
      return runIn(folder, env, [command, '-no-color', ...args]);
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

async function runIn(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Ran> {
  const child = spawn('terraform', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, stdout, stderr };
}
