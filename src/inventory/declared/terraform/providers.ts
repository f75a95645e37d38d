import type { TerraformPlan } from './plan.ts';
import type { PlannedResource } from './resources.ts';
import { configurationOf } from './resources.ts';

/**
 * Answers in which region a resource will be: the one that it names itself, or that of its provider, where the plan says
 * it as a constant or a variable.
 *
 * @param fallback - the region of a provider that takes it from the environment
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function regionsOf(plan: TerraformPlan, fallback: string): (resource: PlannedResource) => string {
  const { provider_config: providers, root_module: root } = plan.configuration;
  const byProvider = new Map(
    Object.entries(providers).map(([key, { expressions }]) => [key, constantOf(expressions['region'], plan)]),
  );
  return (resource) => {
    const own = resource.values['region'];
    if (typeof own === 'string' && own !== '') return own;
    const configured = configurationOf(root, resource);
    return byProvider.get(configured?.provider_config_key ?? 'aws') ?? fallback;
  };
}

function constantOf(expression: unknown, { variables, configuration }: TerraformPlan): string | undefined {
  const { constant_value: constant, references } = (expression ?? {}) as {
    readonly constant_value?: unknown;
    readonly references?: readonly string[];
  };
  if (typeof constant === 'string') return constant;
  const name = /^var\.(\w+)$/.exec(references?.[0] ?? '')?.[1];
  if (name === undefined) return undefined;
  const value = variables[name]?.value ?? configuration.root_module.variables?.[name]?.default;
  return typeof value === 'string' ? value : undefined;
}
