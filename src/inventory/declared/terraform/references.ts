import { unknown as notKnownYet } from '../value.ts';
import type { ConfiguredModule, TerraformPlan } from './plan.ts';
import type { PlannedResource } from './resources.ts';
import { configurationOf, configuredModule } from './resources.ts';

/** Answers what an attribute of a planned resource will be, such as the ARN of a topic, where it follows from the plan. */
export type AttributeOf = (resource: PlannedResource, attribute: string) => unknown;

/** How deep references are followed through variables and outputs of modules. */
const MAX_DEPTH = 20;

/**
 * Resolves what a plan knows only after apply through the plan's own references: `alarm_actions` that names
 * `module.topic.arn` is the ARN that the topic of that module will have.
 *
 * The plan names the references of an expression, and not the expression. So only an expression that is nothing but one
 * reference, or one reference for each member of a list, is resolved; anything else is not known.
 */
export function referenceResolver(
  plan: TerraformPlan,
  resources: readonly PlannedResource[],
  attributeOf: AttributeOf,
) {
  const root = plan.configuration.root_module;
  const byConfiguration = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const id = `${resource.module}|${resource.isData ? 'data.' : ''}${resource.type}.${resource.name}`;
    const instances = byConfiguration.get(id);
    if (instances === undefined) byConfiguration.set(id, [resource]);
    else instances.push(resource);
  }

  /** All values that the references of an expression lead to, in the order in which they are written. */
  const resolveAll = (
    references: readonly string[],
    from: PlannedResource,
    module: string,
    depth: number,
  ): readonly unknown[] => mostSpecific(references).map((reference) => resolveOne(reference, from, module, depth));

  const resolveOne = (reference: string, from: PlannedResource, module: string, depth: number): unknown => {
    const notKnown = notKnownYet(`${reference} is known after apply`);
    if (depth > MAX_DEPTH) return notKnown;
    const [first = '', second = '', third] = splitReference(reference);
    if (first === 'var') return resolveVariable(second, from, module, depth) ?? notKnown;
    if (first === 'module') return resolveOutput({ call: second, output: third, from, module, depth }) ?? notKnown;
    if (['local', 'each', 'count', 'path', 'terraform', 'self'].includes(first)) return notKnown;
    const isData = first === 'data';
    const parts = splitReference(reference).slice(isData ? 1 : 0);
    const [type = '', name = '', attribute] = parts;
    const index = /\[(?:"([^"]*)"|(\d+))\]/.exec(reference);
    const candidates = byConfiguration.get(`${module}|${isData ? 'data.' : ''}${type}.${name}`) ?? [];
    const chosen = chooseInstance(candidates, index === null ? undefined : (index[1] ?? Number(index[2])), from);
    if (chosen === undefined || attribute === undefined) return notKnown;
    const value = attributeOf(chosen, attribute);
    return value === undefined ? notKnown : value;
  };

  const resolveVariable = (name: string, from: PlannedResource, module: string, depth: number): unknown => {
    if (module === '') return plan.variables[name]?.value ?? root.variables?.[name]?.default;
    const parent = module.replace(/\.?module\.[^.]+(\[[^\]]*\])?$/, '');
    const callName = /module\.([^.[]+)(?:\[[^\]]*\])?$/.exec(module)?.[1] ?? '';
    const expression = configuredModule(root, parent)?.module_calls?.[callName]?.expressions?.[name];
    if (expression === undefined) return configuredModule(root, module)?.variables?.[name]?.default;
    return resolveExpression(expression, from, parent, depth + 1);
  };

  const resolveOutput = ({ call, output, from, module, depth }: OutputReference): unknown => {
    if (output === undefined) return undefined;
    const name = call.replace(/\[.*$/, '');
    const inner = module === '' ? `module.${name}` : `${module}.module.${name}`;
    const child: ConfiguredModule | undefined = configuredModule(root, inner);
    const expression = child?.outputs?.[output.replace(/\[.*$/, '')]?.expression;
    if (expression === undefined) return undefined;
    const instances = [...new Set(resources.map((one) => one.module))].filter(
      (one) => one === inner || one.startsWith(`${inner}[`),
    );
    const [only, ...others] = instances;
    return only === undefined || others.length > 0 ? undefined : resolveExpression(expression, from, only, depth + 1);
  };

  const resolveExpression = (expression: unknown, from: PlannedResource, module: string, depth: number): unknown => {
    const { constant_value: constant, references } = expression as {
      constant_value?: unknown;
      references?: readonly string[];
    };
    if (constant !== undefined) return constant;
    if (references === undefined || references.length === 0) return undefined;
    const values = resolveAll(references, from, module, depth);
    return values.length === 1 ? values[0] : undefined;
  };

  /** The references of an expression of a resource's configuration, such as `['topic_arn']` or `['statement', 0, 'resources']`. */
  const referencesAt = (resource: PlannedResource, path: readonly (string | number)[]): readonly string[] => {
    let at: unknown = configurationOf(root, resource)?.expressions;
    for (const step of path) at = (at as Readonly<Record<string | number, unknown>> | undefined)?.[step];
    return (at as { references?: readonly string[] } | undefined)?.references ?? [];
  };

  return {
    /** Whether the configuration sets an attribute, by a constant or by references. */
    isConfigured: (resource: PlannedResource, attribute: string): boolean => {
      return configurationOf(root, resource)?.expressions[attribute] !== undefined;
    },
    /** What an attribute leads to: each reference of its expression. */
    resolveList: (resource: PlannedResource, ...path: readonly (string | number)[]): readonly unknown[] =>
      resolveAll(referencesAt(resource, path), resource, resource.module, 0),
    /** What an attribute is, where its expression is one reference. */
    resolve: (resource: PlannedResource, ...path: readonly (string | number)[]): unknown => {
      const values = resolveAll(referencesAt(resource, path), resource, resource.module, 0);
      const [only, ...others] = values;
      if (only !== undefined && others.length === 0) return only;
      return notKnownYet(`${resource.address}.${path.join('.')} is known after apply`);
    },
  };
}

interface OutputReference {
  readonly call: string;
  readonly output: string | undefined;
  readonly from: PlannedResource;
  readonly module: string;
  readonly depth: number;
}

/** The plan lists `a.b.arn` and `a.b` for one reference: the longer one says which attribute is meant. */
function mostSpecific(references: readonly string[]): readonly string[] {
  return references.filter(
    (one) => !references.some((other) => other !== one && (other.startsWith(`${one}.`) || other.startsWith(`${one}[`))),
  );
}

/** `aws_sns_topic.alerts["a"].arn` in its parts, without indexes. */
function splitReference(reference: string): readonly string[] {
  return reference.replaceAll(/\[[^\]]*\]/g, '').split('.');
}

/** The instance that a reference means: the only one, the one with its index, or the one of the same `for_each` key. */
function chooseInstance(
  candidates: readonly PlannedResource[],
  index: string | number | undefined,
  from: PlannedResource,
): PlannedResource | undefined {
  if (index !== undefined) return candidates.find((one) => one.index === index);
  const [only, ...others] = candidates;
  if (others.length === 0) return only;
  return from.index === undefined ? undefined : candidates.find((one) => one.index === from.index);
}
