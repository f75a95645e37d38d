import type { Change } from '../declaration.ts';
import { isUnknown, secret, unknown } from '../value.ts';
import type { ConfiguredModule, ResourceChange, TerraformPlan } from './plan.ts';
import { priorResources } from './plan.ts';

/** One resource of a plan, as it is after the change. */
export interface PlannedResource {
  /** Such as `module.alerts.aws_sns_topic.this["mfa"]`. */
  readonly address: string;
  /** Such as `module.alerts`; empty for the root module. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly isData: boolean;
  readonly change: Change;
  /** With what is not known before the plan is applied as an {@link Unknown}. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The resources that are there after a plan is applied, and the data sources that it reads. Deleted resources are gone.
 */
export function plannedResources(plan: TerraformPlan): readonly PlannedResource[] {
  const changed = plan.resource_changes.flatMap((change): readonly PlannedResource[] => {
    const { address, module_address = '', mode, type, name, index } = change;
    const { before, after, after_unknown, after_sensitive, before_sensitive } = change.change;
    const kind = changeOf(change);
    // A resource that Terraform forgets stays in the account as it is.
    const kept = isForgotten(change) ? before : after;
    if (kept === null || kept === undefined) return [];
    const planned = withUnknowns(kept, after_unknown ?? {}, address);
    const marks = kept === after ? after_sensitive : before_sensitive;
    const values = withSecrets(planned, marks, address) as Readonly<Record<string, unknown>>;
    const known = { address, module: module_address, type, name, ...(index === undefined ? {} : { index }) };
    return [{ ...known, isData: mode === 'data', change: kind, values }];
  });
  const known = new Set(changed.map(({ address }) => address));
  // Data sources that could be read while planning are in the prior state, and not among the changes.
  const read = priorResources(plan)
    .filter(({ address, mode }) => mode === 'data' && !known.has(address))
    .map(({ address, type, name, values: read = {}, sensitive_values: marks }): PlannedResource => {
      const values = withSecrets(read, marks, address) as Readonly<Record<string, unknown>>;
      return { address, module: moduleOf(address), type, name, isData: true, change: 'none', values };
    });
  return [...changed, ...refreshedResources(plan), ...read];
}

/** The resources of a plan that only refreshes: it has no changes, and they stay as they are. */
function refreshedResources(plan: TerraformPlan): readonly PlannedResource[] {
  if (plan.resource_changes.length > 0) return [];
  return priorResources(plan)
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, type, name, index, values: read = {}, sensitive_values: marks }) => {
      const values = withSecrets(read, marks, address) as Readonly<Record<string, unknown>>;
      const known = { address, module: moduleOf(address), type, name, ...(index === undefined ? {} : { index }) };
      return { ...known, isData: false, change: 'none', values };
    });
}

/** The resources that a plan changes, replaces or deletes, as they are before it is applied. */
export function resourcesBefore(plan: TerraformPlan): readonly PlannedResource[] {
  return plan.resource_changes.flatMap((change): readonly PlannedResource[] => {
    const { address, module_address = '', mode, type, name, index } = change;
    const { before } = change.change;
    const kind = changeOf(change);
    if (mode === 'data' || kind === 'none' || kind === 'create' || before === null || before === undefined) return [];
    const known = { address, module: module_address, type, name, ...(index === undefined ? {} : { index }) };
    return [{ ...known, isData: false, change: kind, values: before }];
  });
}

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
function changeOf({ change: { actions } }: ResourceChange): Change {
  const [creates, deletes] = [actions.includes('create'), actions.includes('delete')];
  if (creates) return deletes ? 'replace' : 'create';
  if (deletes) return 'delete';
  return actions.includes('update') ? 'update' : 'none';
}

function isForgotten({ change: { actions } }: ResourceChange): boolean {
  return actions.includes('forget') && !actions.includes('create');
}

/** The module that an address of a resource is in; empty for the root module. */
export function moduleOf(address: string): string {
  return /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(address)?.[0].replace(/\.$/, '') ?? '';
}

/** Puts an unknown where the plan says that a value is known after apply only. */
function withUnknowns(after: unknown, unknowns: unknown, path: string): unknown {
  if (unknowns === true) return unknown(`${path} is known after apply`);
  if (Array.isArray(after)) {
    const list: readonly unknown[] = Array.isArray(unknowns) ? unknowns : [];
    return after.map((one, at) => withUnknowns(one, list[at], `${path}[${at}]`));
  }
  if (typeof after !== 'object' || after === null) return after;
  const marked =
    typeof unknowns === 'object' && unknowns !== null ? (unknowns as Readonly<Record<string, unknown>>) : {};
  const names = new Set([...Object.keys(after), ...Object.keys(marked).filter((name) => marked[name] === true)]);
  const values = after as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...names].map((name) => [name, withUnknowns(values[name], marked[name], `${path}.${name}`)]),
  );
}

/** Puts an unknown where the plan says that a value is sensitive: it must not be in any result. */
function withSecrets(value: unknown, marks: unknown, path: string): unknown {
  if (value === null || value === undefined || isUnknown(value)) return value;
  if (marks === true) return secret(path);
  if (typeof value !== 'object' || typeof marks !== 'object' || marks === null) return value;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = Array.isArray(marks) ? marks : [];
    return value.map((one, at) => withSecrets(one, list[at], `${path}[${at}]`));
  }
  const marked = marks as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      withSecrets(one, marked[name], `${path}.${name}`),
    ]),
  );
}

/** The module of the configuration that an address of a module names; none if there is no such module. */
export function configuredModule(root: ConfiguredModule, moduleAddress: string): ConfiguredModule | undefined {
  const names = [...moduleAddress.matchAll(/module\.([^.[]+)/g)].map(([, name = '']) => name);
  return names.reduce<ConfiguredModule | undefined>((module, name) => module?.module_calls?.[name]?.module, root);
}

/** What the configuration says of a resource; none if it says nothing. */
export function configurationOf(root: ConfiguredModule, { module, type, name, isData }: PlannedResource) {
  const own = `${isData ? 'data.' : ''}${type}.${name}`;
  const resources = configuredModule(root, module)?.resources;
  if (resources === undefined) return undefined;
  const index = indexes.get(resources) ?? new Map(resources.map((one) => [one.address, one]));
  indexes.set(resources, index);
  return index.get(own);
}

type ConfiguredResources = NonNullable<ConfiguredModule['resources']>;

/** For each module its resources by address. Each attribute of each resource asks for one. */
const indexes = new WeakMap<ConfiguredResources, ReadonlyMap<string, ConfiguredResources[number]>>();
