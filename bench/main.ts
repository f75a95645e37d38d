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
import { missedGoals, table } from './table.ts';

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
const goals: string[] = [];
const missed: string[] = [];
/** After each part, so that what was measured is kept whatever becomes of the rest. */
const write = () => {
  const met = `${goals.length - missed.length} of ${goals.length} goals are met`;
  const summary = missed.length === 0 ? `${met}.` : `${met}. Missed: ${missed.join('; ')}.`;
  if (isWritten && only === undefined) writeResults(tables, [before, describeMachine()], summary);
  return summary;
};
for (const [heading, measure] of Object.entries(parts)) {
  if (only !== undefined && !heading.toLowerCase().includes(only.toLowerCase())) continue;
  const start = performance.now();
  const rows = await measureOrFail(heading, measure);
  const seconds = Math.round((performance.now() - start) / 1000);
  const text = table(rows);
  tables.push({ heading: `${heading} (measured in ${seconds} s)`, text });
  goals.push(...rows.filter(({ goal }) => goal !== undefined).map(({ name }) => name));
  missed.push(...missedGoals(rows).map(({ name }) => name));
  process.stdout.write(`\n${heading} (measured in ${seconds} s)\n\n${text}\n`);
  write();
}
process.stdout.write(`\n${write()}\n\n${before}\n${describeMachine()}\n`);

/** A part that fails does not keep the others from being measured; it misses a goal of its own. */
async function measureOrFail(
  heading: string,
  measure: () => readonly BenchRow[] | Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  try {
    return await measure();
  } catch (error) {
    process.exitCode = 1;
    const note = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [{ name: `${heading}: failed`, value: NaN, unit: '', note, goal: { atLeast: 0 } }];
  }
}
