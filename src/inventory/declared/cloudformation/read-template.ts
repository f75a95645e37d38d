import type { Inventory } from '../../model.ts';
import type { Place } from '../../place.ts';
import { withoutRivals } from '../contested.ts';
import type { Declaration, DeclaredAccount } from '../declaration.ts';
import { isGenerated, namesIn, nestedName, stackNameIn } from './generated-names.ts';
import type { DeclarationSettings, StackBefore } from '../settings.ts';
import { PLACEHOLDER_ACCOUNT } from '../settings.ts';
import { uncertain } from '../uncertain.ts';
import type { Maybe } from '../value.ts';
import { unknown } from '../value.ts';
import type { Stack } from './declarations.ts';
import { stackOf } from './declarations.ts';
import { fileName, isNestedByName, nestedFiles } from './nested.ts';
import type { Properties } from './resources/properties.ts';
import { resourceLines } from './resource-lines.ts';
import { keptParameters, retains, stackChanges } from './stack-changes.ts';
import type { Template } from './template.ts';
import { checkTemplate, macroIn, whatIsLeftOut } from './template.ts';
import type { TemplateFile } from './template-file.ts';
import { deployedTemplate } from './template-file.ts';

/** Templates that were checked, with their files. */
type Checked = readonly { readonly template: Template; readonly read: TemplateFile }[];

/** Where a stack is deployed, and with what. */
type Deployment = Pick<DeclaredAccount, 'accountId' | 'region'> & {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the stack is called. An update does not say it. */
  readonly stackName: Maybe<string>;
  /** The account before an update, which has the names that CloudFormation chose. */
  readonly base?: Inventory;
};

/**
 * Reads the CloudFormation templates of one deployment. What one of them exports, another may import.
 *
 * @returns what the templates declare together, or what is wrong with a file in words
 */
export function readTemplates(files: readonly TemplateFile[], settings: DeclarationSettings): DeclaredAccount | string {
  const { onto, accountId: given = onto?.accountId, region = onto?.region, parameters = {}, now, stack } = settings;
  const templates = check(files);
  const before = check(deployedFiles(stack), true);
  if (typeof templates === 'string') return templates;
  if (typeof before === 'string') return before;
  if (region === undefined) return 'a template does not say in which region it is deployed; give `--region`';
  const problem = wrongParameter(parameters, templates, before);
  if (problem !== undefined) return problem;
  const mayBeThere = onto !== undefined && stack?.kind !== 'new';
  const deployment: Deployment = {
    ...{ accountId: given ?? PLACEHOLDER_ACCOUNT, region, parameters },
    stackName: mayBeThere ? stackNameIn(onto, before.map(toTemplate)) : 'stack',
    ...(stack?.kind === 'deployed' && onto !== undefined ? { base: onto } : {}),
  };
  const kept = keptParameters(parameters, before.map(toTemplate), templates.map(toTemplate));
  const after = declarationsOf(templates, { ...deployment, parameters: { ...kept, ...parameters } });
  const isRetained = (logicalId: string) =>
    retains(before.map(toTemplate), templates.map(toTemplate), logicalId, parameters);
  const changes =
    stack?.kind === 'deployed'
      ? stackChanges(declarationsOf(before, deployment), after, isRetained)
      : { declarations: after, before: [] };
  const incomplete = templates.map(({ template, read }) => leftOutOf(template, read, templates)).find((why) => why);
  return {
    ...{ accountId: deployment.accountId, region, readAt: now },
    source: templates.length === 1 ? 'the CloudFormation template' : 'the set of CloudFormation templates',
    saysDeletions: stack !== undefined,
    isAccountKnown: given !== undefined,
    ...(incomplete === undefined ? {} : { incomplete }),
    ...{ declarations: withoutRivals(changes.declarations), before: changes.before },
  };
}

const toTemplate = ({ template }: Checked[number]): Template => template;

function deployedFiles(stack: StackBefore | undefined): readonly TemplateFile[] {
  return stack?.kind === 'deployed' ? stack.files.map(deployedTemplate) : [];
}

function check(files: readonly TemplateFile[], isNamed = files.length > 1): Checked | string {
  const checked: Checked[number][] = [];
  for (const read of files) {
    const template = checkTemplate(read.data);
    if (typeof template === 'string') return isNamed ? `${read.file ?? ''}: ${template}` : template;
    checked.push({ template, read });
  }
  return checked;
}

/** A parameter that no template has, in words. One of the template that is deployed counts for it. */
function wrongParameter(
  parameters: Readonly<Record<string, string>>,
  templates: Checked,
  before: Checked,
): string | undefined {
  const namesOf = (checked: Checked) => checked.flatMap(({ template }) => Object.keys(template.Parameters));
  const known = namesOf(templates);
  const wrong = Object.keys(parameters).find((name) => !known.includes(name) && !namesOf(before).includes(name));
  if (wrong === undefined) return undefined;
  const allowed = [...new Set(known)].join(', ') || 'none';
  return templates.length === 1
    ? `the template has no parameter \`${wrong}\`; its parameters are ${allowed}`
    : `no template has a parameter \`${wrong}\`; their parameters are ${allowed}`;
}

/** Which of the other templates is that of each nested stack; a template does not nest itself. */
function nestedOf(checked: Checked, template: Template): ReadonlyMap<string, number> {
  const others = checked.map(({ template: one, read: { file = '', data } }) =>
    one === template ? { name: '', data: undefined } : { name: file, data },
  );
  return nestedFiles(template, others);
}

function leftOutOf(template: Template, { data }: TemplateFile, checked: Checked): string | undefined {
  const nested = nestedOf(checked, template);
  return whatIsLeftOut(data, template, (logicalId) => nested.has(logicalId));
}

/** How deep stacks are nested at most: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_NESTED = 10;

/** What templates of one deployment declare together. Those of nested stacks are read with what their parents pass. */
function declarationsOf(
  checked: Checked,
  { base, parameters, stackName, ...deployment }: Deployment,
): readonly Declaration[] {
  const importOf = importsFrom(() => stacks);
  const circles = new Set<string>();
  const names = base === undefined ? [] : [...new Set(namesIn(base))];
  const nested = new Set(checked.flatMap(({ template }) => [...nestedOf(checked, template).values()]));
  // The CDK writes a file for each nested stack, also where they have the same template.
  const copies = new Set(
    checked.flatMap(({ read }, at) => (nested.has(at) && isNestedByName(read.file) ? [read.text] : [])),
  );
  const roots = checked.filter(({ read }, at) => !nested.has(at) && !copies.has(read.text));

  function make(one: Checked[number], given: Readonly<Record<string, unknown>>, path: readonly string[]): Stack {
    const { template, read } = one;
    const doubt = doubtOf(template) ?? (roots.includes(one) && checked.length > 1 ? parentless(read) : undefined);
    const leftOut = leftOutOf(template, read, checked);
    const files = nestedOf(checked, template);
    const made = new Map<string, Stack>();
    return stackOf(template, {
      ...deployment,
      parameters: given,
      importOf: (name) => importOf(name, path.join('.')),
      noteCircle: (logicalId) => circles.add(logicalId),
      placeOf: placesIn(read),
      stackName: nestedName(stackName, path),
      ...(path.length === 0 ? {} : { stack: path.join('.') }),
      nestedIn: (logicalId, passed) => {
        const inner = checked[files.get(logicalId) ?? -1];
        if (inner === undefined || path.length > MOST_NESTED) return undefined;
        const known = made.get(logicalId) ?? make(inner, lazily(inner.template, passed), [...path, logicalId]);
        made.set(logicalId, known);
        return known;
      },
      standIn: (logicalId) => {
        const [only, ...others] = names.filter((name) => isGenerated(name, logicalId));
        if (only !== undefined && others.length === 0) return only;
        return `(${[logicalId, ...path].join(' ')})`;
      },
      isAmbiguous: (logicalId) => names.filter((name) => isGenerated(name, logicalId)).length > 1,
      ...(doubt === undefined ? {} : { doubt }),
      ...(leftOut === undefined ? {} : { leftOut }),
    });
  }

  const stacks = (roots.length === 0 ? checked : roots).map((one, at, { length }) =>
    make(one, parameters, length === 1 ? [] : [`${at + 1}`]),
  );
  const declarations = stacks.flatMap((one) => one.declarations());
  const [circle] = circles;
  if (circle === undefined) return declarations;
  return declarations.map((one) => uncertain(one, `${circle} depends on itself, which CloudFormation refuses`));
}

/** Why nothing in a template is certain: a macro may change all of it. */
function doubtOf(template: Template): string | undefined {
  const macro = macroIn(template);
  return macro === undefined ? undefined : `the macro ${macro} may change the template`;
}

/** Why nothing in the template of a nested stack is certain that no given template nests: its parent says what it gets. */
function parentless({ file }: TemplateFile): string | undefined {
  return isNestedByName(file) ? `no template that is given nests ${fileName(file)}` : undefined;
}

/** The parameters that a parent passes, each computed when it is asked for. What is asked for while that happens is not known. */
function lazily({ Parameters: declared }: Template, passed: () => Properties): Readonly<Record<string, unknown>> {
  const asked = new Set<string>();
  const parameters = {};
  for (const name of Object.keys(declared)) {
    Object.defineProperty(parameters, name, {
      enumerable: true,
      get: (): unknown => {
        if (asked.has(name)) return unknown(`parameter ${name} refers to itself`);
        asked.add(name);
        const value = passed()[name];
        asked.delete(name);
        return value;
      },
    });
  }
  return parameters;
}

/**
 * What `Fn::ImportValue` gives to a stack, where one of the stacks exports it. Stacks that import from each other end as not
 * known. A stack exports after it has made its nested stacks, so these import what it exported before, or fail.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
function importsFrom(stacks: () => readonly Stack[]): (name: string, importer: string) => unknown {
  const asked = new Set<string>();
  return (name, importer) => {
    if (asked.has(name)) return unknown(`the stacks import ${name} from each other`);
    asked.add(name);
    const found = stacks().flatMap(({ exportsOf }) => exportsOf(name));
    asked.delete(name);
    const [only, ...others] = found;
    if (only === undefined) return unknown(`${name} is imported from a stack whose template is not given`);
    if (`${importer}.`.startsWith(only.stack === '' ? '' : `${only.stack}.`))
      return unknown(`${name} is imported by a stack that has to be there before it is exported`);
    return others.length === 0 ? only.value : unknown(`several templates may export ${name}`);
  };
}

function placesIn({ file, text }: TemplateFile): (logicalId: string) => Place {
  const lines = file === undefined ? new Map<string, number>() : resourceLines(text);
  return (logicalId) => {
    const line = lines.get(logicalId);
    return { address: logicalId, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  };
}
