import { secret, unknown as notKnownYet } from '../value.ts';
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
  const resolveAll = (references: readonly string[], at: Position): readonly unknown[] =>
    mostSpecific(references).map((reference) => resolveOne(reference, at));

  const resolveOne = (reference: string, at: Position): unknown => {
    const notKnown = notKnownYet(`${reference} is known after apply`);
    if (at.depth > MAX_DEPTH) return notKnown;
    const [first = '', second = ''] = splitReference(reference);
    if (first === 'var') return resolveVariable(second, at) ?? notKnown;
    if (first === 'module') return resolveOutput(reference, at) ?? notKnown;
    if (['local', 'each', 'count', 'path', 'terraform', 'self'].includes(first)) return notKnown;
    const isData = first === 'data';
    const parts = splitReference(reference).slice(isData ? 1 : 0);
    const [type = '', name = '', attribute] = parts;
    const index = /\[(?:"([^"]*)"|(\d+))\]/.exec(reference);
    const candidates = byConfiguration.get(`${at.module}|${isData ? 'data.' : ''}${type}.${name}`) ?? [];
    const chosen = chooseInstance(candidates, index === null ? undefined : (index[1] ?? Number(index[2])), at.from);
    if (chosen === undefined || attribute === undefined) return notKnown;
    const value = attributeOf(chosen, attribute);
    return value === undefined ? notKnown : value;
  };

  const resolveVariable = (name: string, at: Position): unknown => {
    const { module } = at;
    if (configuredModule(root, module)?.variables?.[name]?.sensitive === true) return secret(`var.${name}`);
    if (module === '') return plan.variables[name]?.value ?? root.variables?.[name]?.default;
    const parent = module.replace(/\.?module\.[^.]+(\[[^\]]*\])?$/, '');
    const callName = /module\.([^.[]+)(?:\[[^\]]*\])?$/.exec(module)?.[1] ?? '';
    const expression = configuredModule(root, parent)?.module_calls?.[callName]?.expressions?.[name];
    if (expression === undefined) return configuredModule(root, module)?.variables?.[name]?.default;
    return resolveExpression(expression, { ...at, module: parent, depth: at.depth + 1 });
  };

  const resolveOutput = (reference: string, at: Position): unknown => {
    const [, name = '', output] = splitReference(reference);
    if (output === undefined) return undefined;
    const inner = at.module === '' ? `module.${name}` : `${at.module}.module.${name}`;
    const child: ConfiguredModule | undefined = configuredModule(root, inner);
    const expression = child?.outputs?.[output]?.expression;
    if (expression === undefined) return undefined;
    const index = /^module\.[^.[]+(\[[^\]]*\])/.exec(reference)?.[1];
    const instances = [...new Set(resources.map((one) => one.module))].filter((one) =>
      index === undefined ? one === inner || one.startsWith(`${inner}[`) : one === `${inner}${index}`,
    );
    const [only, ...others] = instances;
    if (only === undefined || others.length > 0) return undefined;
    return resolveExpression(expression, { ...at, module: only, depth: at.depth + 1 });
  };

  const resolveExpression = (expression: unknown, at: Position): unknown => {
    const { constant_value: constant, references } = expression as {
      constant_value?: unknown;
      references?: readonly string[];
    };
    // A configuration in JSON has the text of a template here, too.
    if (references === undefined || references.length === 0) return constant;
    const values = resolveAll(references, at);
    if (values.length === 1) return values[0];
    return at.isList ? values.flat() : undefined;
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
      resolveAll(referencesAt(resource, path), { from: resource, module: resource.module, depth: 0, isList: true }),
    /** What an attribute is, where its expression is one reference. */
    resolve: (resource: PlannedResource, ...path: readonly (string | number)[]): unknown => {
      const at = { from: resource, module: resource.module, depth: 0, isList: false };
      const values = resolveAll(referencesAt(resource, path), at);
      const [only, ...others] = values;
      if (only !== undefined && others.length === 0) return only;
      return notKnownYet(`${resource.address}.${path.join('.')} is known after apply`);
    },
  };
}

/** Where an expression is that is resolved, and for whom. */
interface Position {
  readonly from: PlannedResource;
  readonly module: string;
  readonly depth: number;
  /** Whether several references are the members of a list. */
  readonly isList: boolean;
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
