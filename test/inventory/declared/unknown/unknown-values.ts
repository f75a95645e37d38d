/** Where a value is in an object. */
type Path = readonly (string | number)[];
type Members = Record<string | number, unknown>;

interface Template {
  readonly Parameters?: object;
  readonly Conditions?: object;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Members }>>;
}

interface Change {
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly module_address?: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Members | null; after_unknown?: Members };
}
interface Module {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly mode: string;
    expressions?: Members;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module: Module }>>;
}
interface Plan {
  readonly resource_changes: readonly Change[];
  readonly configuration: { readonly root_module: Module };
}

/** A file in which one value is not known, and which one. */
export interface Changed {
  readonly what: string;
  readonly text: string;
}

/** Every template that differs from one by a property, or a part of it, that is a parameter without a value. */
export function templatesWithUnknown(text: string): readonly Changed[] {
  const template = JSON.parse(text) as Template;
  const open = { ...template, Parameters: { ...template.Parameters, P: { Type: 'String' } } };
  return Object.entries(template.Resources).flatMap(([id, { Type: type, Properties: properties = {} }]) => {
    const ofProperties = pathsIn(properties).map((path): Changed => {
      const copy = structuredClone(open);
      put(copy.Resources[id]?.Properties ?? {}, path, { Ref: 'P' });
      return { what: `${type}.${path.join('.')}`, text: JSON.stringify(copy) };
    });
    const conditional = {
      ...open,
      Conditions: { ...template.Conditions, C: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } },
      Resources: { ...open.Resources, [id]: { ...open.Resources[id], Condition: 'C' } },
    };
    return [...ofProperties, { what: `${type} under a condition`, text: JSON.stringify(conditional) }];
  });
}

/** Every plan that differs from one by an attribute, or a part of it, that refers to something known after apply only. */
export function plansWithUnknown(text: string): readonly Changed[] {
  const plan = JSON.parse(text) as Plan;
  return plan.resource_changes.flatMap(({ type, change }, at) =>
    pathsIn(change.after ?? {}).map((path): Changed => {
      const copy = structuredClone(plan);
      const changed = copy.resource_changes[at];
      if (changed !== undefined) makeUnknown(copy, changed, path);
      return { what: `${type}.${path.join('.')}`, text: JSON.stringify(copy) };
    }),
  );
}

function makeUnknown(plan: Plan, resource: Change, path: Path): void {
  const { change } = resource;
  if (change.after === null) return;
  let [marks, at] = [(change.after_unknown ??= {}), change.after];
  for (const step of path.slice(0, -1)) {
    at = at[step] as Members;
    if (marks[step] === true) return;
    if (typeof marks[step] !== 'object') marks[step] = Array.isArray(at) ? at.map(() => ({})) : {};
    marks = marks[step] as Members;
  }
  marks[path.at(-1) ?? ''] = true;
  put(change.after, path, null);
  const configured = configurationOf(plan, resource);
  if (path.length > 1 || configured === undefined) return;
  configured.expressions = { ...configured.expressions, [path[0] ?? '']: { references: ['random_id.a.hex'] } };
}

function configurationOf({ configuration }: Plan, { type, name, mode, module_address: address = '' }: Change) {
  const calls = [...address.matchAll(/module\.([^.[]+)/g)].map(([, call = '']) => call);
  const module = calls.reduce<Module | undefined>(
    (one, call) => one?.module_calls?.[call]?.module,
    configuration.root_module,
  );
  return module?.resources?.find((one) => one.type === type && one.name === name && one.mode === mode);
}

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return own;
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [...own, ...entries.flatMap(([name, one]) => pathsIn(one, [...path, name]))];
}

function put(root: Members, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce((one, step) => one[step] as Members, root);
  parent[path.at(-1) ?? ''] = value;
}
