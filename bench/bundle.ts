import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

import type { BuildOptions, Plugin } from 'esbuild';
import { build } from 'esbuild';

import type { BenchRow } from './table.ts';

/** The clients with the commands of the function, and nothing of ours: what a bundle costs at least. */
const BARE = `
export { CloudTrailClient, DescribeTrailsCommand, GetEventSelectorsCommand, GetTrailStatusCommand, ListTrailsCommand } from '@aws-sdk/client-cloudtrail';
export { CloudWatchClient, DescribeAlarmHistoryCommand, DescribeAlarmsCommand, DescribeAlarmsForMetricCommand, GetAlarmMuteRuleCommand, ListAlarmMuteRulesCommand } from '@aws-sdk/client-cloudwatch';
export { CloudWatchLogsClient, DescribeAccountPoliciesCommand, DescribeLogGroupsCommand, DescribeMetricFiltersCommand, GetTransformerCommand } from '@aws-sdk/client-cloudwatch-logs';
export { ConfigServiceClient, GetComplianceDetailsByConfigRuleCommand, ListDiscoveredResourcesCommand, PutEvaluationsCommand } from '@aws-sdk/client-config-service';
export { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
export { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
export { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
export { GetSubscriptionAttributesCommand, GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
export { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
`;
/** As in serverless.yml. The bare clients have the whole chain of credential providers, and the SDK as it comes. */
const ownOptions = {
  alias: { '@aws-sdk/credential-provider-node': './src/lambda/environment-credentials.ts' },
  plugins: createRequire(import.meta.url)('../deploy/small-sdk.cjs') as Plugin[],
};

// As in serverless.yml.
const options = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  format: 'cjs',
} satisfies BuildOptions;

/** Bundles the function as it is deployed, into a file whose path it returns. */
export async function buildFunction(outfile: string): Promise<string> {
  await build({ ...options, ...ownOptions, entryPoints: ['src/lambda/entry-point.ts'], outfile });
  return outfile;
}

/** How large the deployed bundle is and how long it takes to load, beside one of the bare clients. */
export async function benchBundle(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    const [ours, bare] = [join(folder, 'entry-point.cjs'), join(folder, 'bare.cjs')];
    await buildFunction(ours);
    await build({ ...options, stdin: { contents: BARE, resolveDir: '.' }, outfile: bare });
    const beside = (mine: number, other: number) => `${(mine / other).toFixed(2)} × the bare clients`;
    const [bytes, bareBytes] = [readFileSync(ours), readFileSync(bare)];
    const [zipped, bareZipped] = [bytes, bareBytes].map((file) => deflateRawSync(file, { level: 9 }).length) as [
      number,
      number,
    ];
    const [load, bareLoad] = loadTimes([ours, bare]);
    return [
      {
        name: 'bundle',
        value: bytes.length,
        unit: 'bytes',
        note: beside(bytes.length, bareBytes.length),
        goal: { atMost: 1.25, of: bytes.length / bareBytes.length },
      },
      { name: 'bundle, deflated as in the zip', value: zipped, unit: 'bytes', note: beside(zipped, bareZipped) },
      {
        name: 'loading the bundle, CPU',
        value: load,
        unit: 'ms',
        note: beside(load, bareLoad),
        goal: { atMost: 1.2, of: load / bareLoad },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The median CPU times of loading two files in fresh processes, taken in turns, in milliseconds. */
function loadTimes(files: readonly [string, string]): readonly [number, number] {
  const script = `const start = process.cpuUsage(); require(process.argv[1]); const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000);`;
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  const once = (file: string) => Number(execFileSync(process.execPath, ['-e', script, file], { env }));
  const rounds = Array.from({ length: 9 }, () => files.map(once) as [number, number]);
  const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
  return [median(rounds.map(([first]) => first)), median(rounds.map(([, second]) => second))];
}
