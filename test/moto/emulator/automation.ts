import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { remediationDocument } from '../../../deploy/generate/remediation/document.ts';
import { MOTO_ACCOUNT } from './moto.ts';
import { emulatorEnvironment, folderOnPath } from './programs.ts';

/** What became of one run of the remediation document. */
export interface AutomationRun {
  /** `Invalid` if Systems Manager would have refused the document or its parameters. */
  readonly status: 'Success' | 'Failed' | 'Invalid';
  readonly failure: string;
  readonly steps: readonly string[];
  readonly outputs: {
    readonly 'Plan.Added'?: string;
    readonly 'Plan.AlarmName'?: string;
    readonly 'Plan.TopicArn'?: string;
    readonly 'Report.NextSteps'?: readonly string[];
  };
  readonly calls: readonly (readonly [service: string, operation: string, input: Readonly<Record<string, unknown>>])[];
}

export interface Automation {
  readonly run: (region: string, parameters: Readonly<Record<string, string>>) => Promise<AutomationRun>;
  readonly stop: () => Promise<void>;
}

const role = `arn:aws:iam::${MOTO_ACCOUNT}:role/cloudtrail-alarm-remediation-eu-west-1`;

/** Starts the interpreter of documents, with the Python of moto. It ends with this process at the latest. */
export function startAutomation(endpoint: string): Automation {
  const python = join(folderOnPath('moto_server') ?? '', 'python3');
  const child = spawn(python, [fileURLToPath(new URL('automation.py', import.meta.url))], {
    env: { PATH: process.env['PATH'], ...emulatorEnvironment(endpoint, 'eu-west-1') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const end = () => child.kill();
  process.on('exit', end);
  const waiting: ((line: string) => void)[] = [];
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
  return {
    run: async (region, parameters) => {
      const request = {
        document: remediationDocument(),
        account: MOTO_ACCOUNT,
        region,
        parameters: { AutomationAssumeRole: role, ...parameters },
      };
      const line = await new Promise<string>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
      return JSON.parse(line) as AutomationRun;
    },
    stop: async () => {
      process.off('exit', end);
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
    },
  };
}
