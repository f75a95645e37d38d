import type { Place } from '../../place.ts';
import type { DeclaredAccount } from '../declaration.ts';
import type { DeclarationSettings } from '../settings.ts';
import { PLACEHOLDER_ACCOUNT } from '../settings.ts';
import { unknown } from '../value.ts';
import type { Stack } from './declarations.ts';
import { stackOf } from './declarations.ts';
import { resourceLines } from './resource-lines.ts';
import type { Template } from './template.ts';
import { checkTemplate, macroIn, whatIsLeftOut } from './template.ts';

/** A template as it was read. */
export interface TemplateFile {
  /** With intrinsic functions in their long form. */
  readonly data: unknown;
  /** The same as it is in the file. */
  readonly text: string;
  /** What the file is called, for places in it. */
  readonly file?: string;
}

/**
 * Reads the CloudFormation templates of one deployment. What one of them exports, another may import.
 *
 * @returns what the templates declare together, or what is wrong with a file in words
 */
export function readTemplates(
  files: readonly TemplateFile[],
  { onto, accountId: given = onto?.accountId, region = onto?.region, parameters = {}, now }: DeclarationSettings,
): DeclaredAccount | string {
  const isOne = files.length === 1;
  const templates: Template[] = [];
  for (const { data, file = '' } of files) {
    const template = checkTemplate(data);
    if (typeof template === 'string') return isOne ? template : `${file}: ${template}`;
    templates.push(template);
  }
  if (region === undefined) return 'a template does not say in which region it is deployed; give `--region`';
  const known = templates.flatMap(({ Parameters: declared }) => Object.keys(declared));
  const unknownParameter = Object.keys(parameters).find((name) => !known.includes(name));
  if (unknownParameter !== undefined) {
    const allowed = [...new Set(known)].join(', ') || 'none';
    return isOne
      ? `the template has no parameter \`${unknownParameter}\`; its parameters are ${allowed}`
      : `no template has a parameter \`${unknownParameter}\`; their parameters are ${allowed}`;
  }
  const accountId = given ?? PLACEHOLDER_ACCOUNT;
  const importOf = importsFrom(() => stacks);
  const stacks = templates.map((template, at): Stack => {
    const macro = macroIn(template);
    return stackOf(template, {
      ...{ accountId, region, parameters, importOf },
      placeOf: placesIn(files[at]),
      standIn: (logicalId) => (isOne ? `(${logicalId})` : `(${logicalId} ${at + 1})`),
      ...(macro === undefined ? {} : { doubt: `the macro ${macro} may change the template` }),
    });
  });
  const leftOut = templates.map((template, at) => whatIsLeftOut(files[at]?.data, template));
  const incomplete = leftOut.find((why) => why !== undefined);
  return {
    ...{ accountId, region, readAt: now },
    source: isOne ? 'the CloudFormation template' : 'the CloudFormation templates',
    saysDeletions: false,
    isAccountKnown: given !== undefined,
    ...(incomplete === undefined ? {} : { incomplete }),
    declarations: stacks.flatMap(({ declarations }) => declarations()),
    before: [],
  };
}

/** What `Fn::ImportValue` gives, where one of the stacks exports it. Stacks that import from each other end as not known. */
function importsFrom(stacks: () => readonly Stack[]): (name: string) => unknown {
  const asked = new Set<string>();
  return (name) => {
    if (asked.has(name)) return unknown(`the stacks import ${name} from each other`);
    asked.add(name);
    const found = stacks().flatMap(({ exportOf }) => exportOf(name) ?? []);
    asked.delete(name);
    const [only, ...others] = found;
    if (only === undefined) return unknown(`${name} is imported from a stack whose template is not given`);
    return others.length === 0 ? only.value : unknown(`several templates may export ${name}`);
  };
}

function placesIn(read: TemplateFile | undefined): (logicalId: string) => Place {
  const file = read?.file;
  const lines = read === undefined || file === undefined ? new Map<string, number>() : resourceLines(read.text);
  return (logicalId) => {
    const line = lines.get(logicalId);
    return { address: logicalId, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  };
}
