import * as v from 'valibot';

const text = v.string();
const record = v.record(text, v.unknown());

/** An expression of the configuration: a constant, the references in it, or nested blocks. */
const expressions = v.record(text, v.unknown());

const configuredResource = v.looseObject({
  address: text,
  type: text,
  name: text,
  mode: text,
  provider_config_key: v.optional(text),
  expressions: v.optional(expressions, {}),
});

/** A module of the configuration. It holds modules, so its schema refers to itself. */
export interface ConfiguredModule {
  readonly resources?: readonly v.InferOutput<typeof configuredResource>[] | undefined;
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>> | undefined;
  readonly variables?:
    Readonly<Record<string, { readonly default?: unknown; readonly sensitive?: unknown }>> | undefined;
  readonly module_calls?: Readonly<Record<string, ModuleCall>> | undefined;
}
export interface ModuleCall {
  readonly expressions?: Readonly<Record<string, unknown>> | undefined;
  readonly module?: ConfiguredModule | undefined;
}
const configuredModule: v.GenericSchema<unknown, ConfiguredModule> = v.looseObject({
  resources: v.optional(v.array(configuredResource)),
  outputs: v.optional(v.record(text, v.looseObject({ expression: v.optional(v.unknown()) }))),
  variables: v.optional(
    v.record(text, v.looseObject({ default: v.optional(v.unknown()), sensitive: v.optional(v.unknown()) })),
  ),
  module_calls: v.optional(
    v.record(
      text,
      v.looseObject({ expressions: v.optional(expressions), module: v.optional(v.lazy(() => configuredModule)) }),
    ),
  ),
});

const resourceChange = v.looseObject({
  address: text,
  module_address: v.optional(text),
  mode: text,
  type: text,
  name: text,
  index: v.optional(v.union([text, v.number()])),
  change: v.looseObject({
    actions: v.array(text),
    before: v.nullish(record),
    after: v.nullish(record),
    after_unknown: v.optional(v.union([record, v.boolean()])),
    after_sensitive: v.optional(v.unknown()),
    before_sensitive: v.optional(v.unknown()),
  }),
});
export type ResourceChange = v.InferOutput<typeof resourceChange>;

const valuesModule: v.GenericSchema<unknown, ValuesModule> = v.looseObject({
  resources: v.optional(
    v.array(
      v.looseObject({
        address: text,
        mode: text,
        type: text,
        name: text,
        index: v.optional(v.union([text, v.number()])),
        values: v.optional(record),
        sensitive_values: v.optional(v.unknown()),
      }),
    ),
  ),
  child_modules: v.optional(v.array(v.lazy(() => valuesModule))),
});
interface ValuesModule {
  readonly resources?:
    | readonly {
        readonly address: string;
        readonly mode: string;
        readonly type: string;
        readonly name: string;
        readonly index?: string | number | undefined;
        readonly values?: Readonly<Record<string, unknown>> | undefined;
        readonly sensitive_values?: unknown;
      }[]
    | undefined;
  readonly child_modules?: readonly ValuesModule[] | undefined;
}

const planSchema = v.looseObject({
  format_version: v.pipe(
    text,
    v.check((version) => /^1\.\d+$/.test(version), 'a version 1.x of the plan format'),
  ),
  terraform_version: v.optional(text),
  timestamp: v.optional(text),
  errored: v.optional(v.boolean(), false),
  complete: v.optional(v.boolean(), true),
  variables: v.optional(v.record(text, v.looseObject({ value: v.optional(v.unknown()) })), {}),
  resource_changes: v.optional(v.array(resourceChange), []),
  prior_state: v.optional(
    v.looseObject({ values: v.optional(v.looseObject({ root_module: v.optional(valuesModule) })) }),
  ),
  configuration: v.looseObject({
    provider_config: v.optional(
      v.record(text, v.looseObject({ name: v.optional(text), expressions: v.optional(expressions, {}) })),
      {},
    ),
    root_module: v.optional(configuredModule, {}),
  }),
});

/**
 * A Terraform plan as `terraform show -json` prints it.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export type TerraformPlan = v.InferOutput<typeof planSchema>;

/** Whether JSON looks like a plan of Terraform: it has a plan's members. */
export function looksLikePlan(data: Readonly<Record<string, unknown>>): boolean {
  return 'format_version' in data && ('resource_changes' in data || 'planned_values' in data);
}

/**
 * Checks the shape of a plan.
 *
 * @returns the plan, or what is wrong with it in words
 */
export function checkPlan(data: unknown): TerraformPlan | string {
  if (typeof data === 'object' && data !== null && !('configuration' in data)) {
    return 'the plan has no `configuration`; print it with `terraform show -json PLAN`';
  }
  const result = v.safeParse(planSchema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  return `not a Terraform plan: \`${v.getDotPath(issue) ?? 'the file'}\` must be ${issue.expected ?? issue.message}`;
}

/** The resources of the state before the plan, such as data sources that were read. */
export function priorResources(plan: TerraformPlan): readonly NonNullable<ValuesModule['resources']>[number][] {
  const collect = (module: ValuesModule | undefined): readonly NonNullable<ValuesModule['resources']>[number][] => [
    ...(module?.resources ?? []),
    ...(module?.child_modules ?? []).flatMap(collect),
  ];
  return collect(plan.prior_state?.values?.root_module);
}
