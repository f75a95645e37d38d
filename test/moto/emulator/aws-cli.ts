import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { folderOnPath } from './programs.ts';

/** The AWS CLI, loaded once. */
export interface AwsCli {
  /** The `PATH` under which `aws` is this one. */
  readonly path: string;
  readonly stop: () => Promise<void>;
}

/** What stands for `aws` on the path: hands its streams, arguments, environment and folder to the server. */
const callerOf = (python: string, socket: string): string => `#!${python} -SE
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect(${JSON.stringify(socket)})
request = {"arguments": sys.argv[1:], "environment": dict(os.environ), "folder": os.getcwd()}
socket.send_fds(server, [b" "], [0, 1, 2])
server.sendall(json.dumps(request).encode() + b"\\n")
sys.exit(int(server.recv(16) or b"255"))
`;

/**
 * Loads the AWS CLI that is on the path. A command then takes a tenth of a second in place of one or two, so that every
 * remediation can be run twice. It ends with this process at the latest.
 */
export async function startAwsCli(): Promise<AwsCli> {
  const folder = mkdtempSync(join(tmpdir(), 'aws-cli-'));
  const socket = join(folder, 'socket');
  const python = join(folderOnPath('aws') ?? '', 'python3');
  writeFileSync(join(folder, 'aws'), callerOf(python, socket), { mode: 0o755 });
  const script = join(dirname(fileURLToPath(import.meta.url)), 'aws-server.py');
  const child = spawn(python, [script, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => child.kill();
  process.on('exit', end);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => {
      resolve();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      reject(new Error(`the AWS CLI could not be loaded: ${String(code)}`));
    });
  });
  return {
    path: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    stop: async () => {
      process.off('exit', end);
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}
