import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('data/plans.json', import.meta.url);

/** What Terraform planned for each of our printed configurations, on a machine that has it. */
export interface Recording {
  readonly madeBy: string;
  readonly terraform: string;
  /** The version of the AWS provider. */
  readonly provider: string;
  /** By the SHA-256 of the configuration without its comments. */
  readonly plans: Readonly<Record<string, object>>;
}

export function readRecording(): Recording {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Recording;
}

/** Writes a recording, a line for each plan, in an order that does not depend on the order in which they were made. */
export function writeRecording({ plans, ...others }: Recording): void {
  const head = Object.entries(others).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const sorted = Object.entries(plans).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([key, plan]) => `${JSON.stringify(key)}: ${JSON.stringify(plan)}`);
  writeFileSync(FILE, `{${head.join(', ')}, "plans": {\n${lines.join(',\n')}\n}}\n`);
}

/** The key of a configuration. The same resources have the same plan, whatever the comments say of reason and time. */
export function keyOf(configuration: string): string {
  const resources = configuration
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
  return createHash('sha256').update(resources).digest('hex');
}

interface Resource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
}
interface Plan {
  readonly format_version: string;
  readonly errored: boolean;
  readonly complete: boolean;
  readonly prior_state: {
    readonly values: {
      readonly root_module: { readonly resources: readonly (Resource & { readonly values: object })[] };
    };
  };
  readonly resource_changes: readonly (Resource & { readonly change: Readonly<Record<string, unknown>> })[];
  readonly configuration: {
    readonly provider_config: Readonly<Record<string, { readonly name: string }>>;
    readonly root_module: {
      readonly resources: readonly (Resource & {
        readonly provider_config_key: string;
        readonly expressions?: object;
      })[];
    };
  };
}

/** What of a plan our reader looks at, without the time, as `terraform show -json` prints it. */
export function trimmedPlan(printed: string): object {
  const plan = JSON.parse(printed) as Plan;
  const { format_version, errored, complete, prior_state, resource_changes, configuration } = plan;
  const named = ({ address, mode, type, name }: Resource) => ({ address, mode, type, name });
  const prior = prior_state.values.root_module.resources.map((one) => ({ ...named(one), values: one.values }));
  const changes = resource_changes.map(({ change, ...one }) => {
    const { actions, before, after, after_unknown } = change;
    return { ...named(one), change: { actions, before, after, after_unknown } };
  });
  const configured = configuration.root_module.resources.map((one) => {
    const { provider_config_key, expressions } = one;
    return { ...named(one), provider_config_key, expressions };
  });
  return {
    format_version,
    errored,
    complete,
    prior_state: { values: { root_module: { resources: prior } } },
    resource_changes: changes,
    configuration: {
      provider_config: Object.fromEntries(
        Object.entries(configuration.provider_config).map(([key, { name }]) => [key, { name }]),
      ),
      root_module: { resources: configured },
    },
  };
}
