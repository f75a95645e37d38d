import { readFileSync } from 'node:fs';

import { assess } from '../src/assessment/assess.ts';
import { declaredReader } from '../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../src/inventory/declared/read-file.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { growthRow } from './growth.ts';
import type { BenchRow } from './table.ts';

/** Resources of a large configuration, half of them alarms. */
const RESOURCES = 5_000;

const NOW = '2026-11-20T10:00:00.000Z';

interface Plan {
  readonly resource_changes: readonly { readonly type: string; readonly change: { readonly after: object } }[];
  readonly configuration: { readonly root_module: { readonly resources: readonly { readonly type: string }[] } };
}

/** How long a plan of thousands of resources takes, from its text to the verdict, and how much memory it needs. */
export async function benchPlans(): Promise<readonly BenchRow[]> {
  const parsed = parseParameters(undefined);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  const text = planOf(RESOURCES);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const file = recognizeFile(text, { now: NOW });
  if (file.kind !== 'declared') throw new Error('not a plan');
  const { verdict } = await assess(declaredReader(file.account), parsed.parameters);
  const milliseconds = performance.now() - start;
  if (verdict.kind !== 'satisfied') throw new Error(`the plan is ${verdict.kind}`);
  const memory = process.memoryUsage().heapUsed - before;
  return [
    {
      name: `verdict on a Terraform plan of ${RESOURCES} resources`,
      value: milliseconds,
      unit: 'ms',
      note: `from its text of ${(text.length / 1e6).toFixed(0)} MB`,
    },
    { name: 'heap that this takes before anything is collected', value: memory / 1e6, unit: 'MB' },
    growthRow('reading a Terraform plan', [1250, 2500, 5000], (size) => {
      const plan = planOf(size);
      return () => recognizeFile(plan, { now: NOW });
    }),
  ];
}

/** A recorded plan with many more alarms and topics, each with a reference to a topic that is known after apply. */
function planOf(count: number): string {
  const plan = JSON.parse(readFileSync('test/inventory/declared/data/chain/sound.plan.json', 'utf8')) as Plan;
  const { root_module: root } = plan.configuration;
  const more = Array.from({ length: count / 2 }, (_, at) =>
    ['aws_cloudwatch_metric_alarm', 'aws_sns_topic'].map((type) => {
      const change = plan.resource_changes.find((one) => one.type === type);
      const configured = root.resources.find((one) => one.type === type);
      if (change === undefined || configured === undefined) throw new Error(`no ${type} in the plan`);
      const named =
        type === 'aws_sns_topic' ? { name: `topic-${at}` } : { alarm_name: `alarm-${at}`, metric_name: `M${at}` };
      const address = `${type}.more_${at}`;
      const name = `more_${at}`;
      return {
        change: { ...change, address, name, change: { ...change.change, after: { ...change.change.after, ...named } } },
        configured: { ...configured, address, name },
      };
    }),
  ).flat();
  return JSON.stringify({
    ...plan,
    resource_changes: [...plan.resource_changes, ...more.map(({ change }) => change)],
    configuration: {
      ...plan.configuration,
      root_module: { ...root, resources: [...root.resources, ...more.map(({ configured }) => configured)] },
    },
  });
}
