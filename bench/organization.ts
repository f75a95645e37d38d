import { collectStatus } from '../src/cli/organization/collect-status.ts';
import { statusWriter } from '../src/cli/organization/status-formats.ts';
import { aggregatorNamed } from '../src/inventory/aws/organization/aggregator.ts';
import { organizationAccounts } from '../src/inventory/aws/organization/list-accounts.ts';
import { noStyle } from '../src/report/text.ts';
import { aggregatorOperations } from '../test/aws-responder/aggregator.ts';
import { startResponder } from '../test/aws-responder/responder.ts';
import { largeOrganization } from '../test/support/worlds/large-organization.ts';
import { snapshotOf, soundWorld } from '../test/support/worlds/world.ts';
import type { Request } from '../test/aws-responder/wire.ts';
import type { BenchRow } from './table.ts';

const CONTROLS = 17;
const MANY = 10_000;
const FEW = 1000;
const REGION = 'eu-west-1';

/** Calls, time and memory of `organization status` over real HTTP, and whether memory grows with the number of results. */
export async function benchOrganization(): Promise<readonly BenchRow[]> {
  await statusOf(FEW);
  const few = await statusOf(FEW);
  const many = await statusOf(MANY);
  const oneControl = await statusOf(MANY, 1);
  const what = `${MANY.toLocaleString('en-US')} accounts × ${CONTROLS} controls`;
  return [
    {
      name: `calls of organization status, ${what}`,
      value: many.calls,
      unit: 'calls',
      note: `${(many.calls / few.calls).toFixed(2)} × as with ${FEW} accounts: ${many.listed} of the list, ${many.details} for ${many.findings} NON_COMPLIANT results`,
    },
    {
      name: `time of organization status, ${what}`,
      value: many.seconds,
      unit: 's',
      note: `${(many.seconds / few.seconds).toFixed(2)} × as with ${FEW} accounts, the emulated service included`,
    },
    {
      name: `memory of organization status, ${what}`,
      value: many.megabytes,
      unit: 'MB',
      note: `${(many.megabytes / oneControl.megabytes).toFixed(2)} × as with 1 control, above ${many.before.toFixed(0)} MB before it`,
    },
  ];
}

async function statusOf(accounts: number, controls = CONTROLS) {
  const organization = largeOrganization({ accounts, controls, everySilent: 100, everyBroken: 100 });
  const responder = await startResponder(snapshotOf(soundWorld()), aggregatorOperations(organization));
  const settings = { endpoint: responder.url, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } };
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const before = heap();
  const start = performance.now();
  const subject = { aggregator: 'organization', region: REGION, startedAt: new Date().toISOString(), lateSources: [] };
  const writer = statusWriter('json', subject, noStyle);
  let [most, steps, calls, listed, details] = [0, 0, 0, 0, 0];
  // The responder keeps every request, which is not what is measured.
  const forget = () => {
    const kept = responder.calls as Request[];
    calls += kept.length;
    listed += kept.filter(({ operation }) => operation.startsWith('DescribeAggregate')).length;
    details += kept.filter(({ operation }) => operation.startsWith('GetAggregate')).length;
    kept.length = 0;
  };
  const expected = await organizationAccounts(settings, REGION);
  let findings = 0;
  const summary = await collectStatus({
    aggregator: aggregatorNamed('organization', settings, REGION),
    accounts: expected,
    rulePrefixes: ['mfa-deactivation-alarm'],
    withDetails: true,
    concurrency: 4,
    signal: new AbortController().signal,
    onFinding: (finding) => {
      findings += writer.finding(finding) === '' ? 0 : 1;
    },
    onProgress: () => {
      steps += 1;
      if (steps % 50 !== 0) return;
      forget();
      most = Math.max(most, heap());
    },
  });
  writer.end(summary);
  forget();
  await responder.close();
  if (summary.stopped !== undefined) throw new Error(summary.stopped);
  const seconds = (performance.now() - start) / 1000;
  return { calls, listed, details, findings, seconds, before, megabytes: most - before };
}
