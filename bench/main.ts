import { benchAccountGrowth } from './account-growth.ts';
import { benchAccounts } from './accounts.ts';
import { benchAlarmGrowth } from './alarm-growth.ts';
import { benchBundle } from './bundle.ts';
import { benchCalls } from './calls.ts';
import { benchChain } from './chain.ts';
import { benchCommandLine } from './command-line.ts';
import { benchEventLanguage } from './event-language.ts';
import { benchHandler } from './handler.ts';
import { benchHopeless } from './hopeless.ts';
import { benchLanguage } from './language.ts';
import { benchOrganization } from './organization.ts';
import { benchPage } from './page.ts';
import { benchPlans } from './plans.ts';
import { benchRedaction } from './redaction.ts';
import { benchRequests } from './requests.ts';
import { describeMachine, writeResults } from './results.ts';
import type { BenchRow } from './table.ts';
import { table } from './table.ts';

/** Every part of the benchmark, by the heading of its table. What one leaves in memory makes the next no faster. */
const parts: Readonly<Record<string, () => readonly BenchRow[] | Promise<readonly BenchRow[]>>> = {
  'Bundle of the function': benchBundle,
  'Scheduled run': benchHandler,
  'Filter-pattern language': benchLanguage,
  'Event-pattern language': benchEventLanguage,
  'Growth with what an account holds': benchAccountGrowth,
  'Growth with alarms': benchAlarmGrowth,
  'Growth of redaction': benchRedaction,
  'Judging from memory': benchChain,
  'Calls, and why': benchCalls,
  'Calls over HTTP': benchRequests,
  'Hopeless accounts': benchHopeless,
  'Many accounts': benchAccounts,
  'Status of an organization': benchOrganization,
  'Command line': benchCommandLine,
  'Terraform plans': benchPlans,
  'Results page': benchPage,
};

const args = process.argv.slice(2);
const isWritten = args.includes('--write');
const [only] = args.filter((arg) => arg !== '--write');
const before = describeMachine();
const tables: { readonly heading: string; readonly text: string }[] = [];
for (const [heading, measure] of Object.entries(parts)) {
  if (only !== undefined && !heading.toLowerCase().includes(only.toLowerCase())) continue;
  const start = performance.now();
  const text = table(await measure());
  tables.push({ heading, text });
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`\n${heading} (measured in ${seconds} s)\n\n${text}\n`);
}
process.stdout.write(`\n${before}\n${describeMachine()}\n`);
if (isWritten && only === undefined) writeResults(tables, [before, describeMachine()]);
