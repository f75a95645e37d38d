import * as v from 'valibot';
import type { CollectionTag, Document, Scalar, ScalarTag } from 'yaml';
import { isScalar, parseDocument, visit, YAMLMap, YAMLSeq } from 'yaml';

const resource = v.looseObject({
  Type: v.string(),
  Condition: v.optional(v.string()),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

const output = v.looseObject({
  Condition: v.optional(v.string()),
  Value: v.optional(v.unknown()),
  Export: v.optional(v.looseObject({ Name: v.optional(v.unknown()) })),
});

const templateSchema = v.looseObject({
  AWSTemplateFormatVersion: v.optional(v.unknown()),
  Parameters: v.optional(
    v.record(
      v.string(),
      v.looseObject({
        Default: v.optional(v.unknown()),
        Type: v.optional(v.string()),
        NoEcho: v.optional(v.unknown()),
      }),
    ),
    {},
  ),
  Mappings: v.optional(v.record(v.string(), v.record(v.string(), v.record(v.string(), v.unknown()))), {}),
  Conditions: v.optional(v.record(v.string(), v.unknown()), {}),
  Resources: v.optional(v.record(v.string(), resource), {}),
  Outputs: v.optional(v.record(v.string(), output), {}),
  Transform: v.optional(v.unknown()),
});

/** A CloudFormation template: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export type Template = v.InferOutput<typeof templateSchema>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections: ReadonlySet<string> = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
  ...['Transform', 'Hooks', 'Resources', 'Outputs'],
]);

/**
 * Whether data looks like a template: it has resources, or says that it is one.
 *
 * The CDK writes a stack without resources as a template without `Resources`, which it does not deploy. Such a template has
 * nothing but the parameter and the rule of the CDK, or is an empty object in a file with the name of a template.
 *
 * @param file - what the file is called, if it has a name
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/toolkit-lib/lib/toolkit/toolkit.ts ("stack has no resources")
 */
export function looksLikeTemplate(data: Readonly<Record<string, unknown>>, file = ''): boolean {
  if ('AWSTemplateFormatVersion' in data || isObject(data['Resources'])) return true;
  const hasOnlySections = Object.keys(data).every((name) => sections.has(name));
  return hasOnlySections && (isObject(data['Rules']) || file.endsWith('.template.json'));
}

const RESOURCES_MUST_BE = 'not a CloudFormation template: `Resources` must be Object';

/**
 * Checks the shape of a template.
 *
 * @returns the template, or what is wrong with it in words
 */
export function checkTemplate(data: unknown): Template | string {
  if (isObject(data) && Array.isArray((data as { readonly Resources?: unknown }).Resources)) return RESOURCES_MUST_BE;
  if (isObject(data) && !('Resources' in data) && !Object.keys(data).every((name) => sections.has(name)))
    return RESOURCES_MUST_BE;
  const result = v.safeParse(templateSchema, withoutLoops(data), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  return `not a CloudFormation template: \`${v.getDotPath(issue) ?? 'the file'}\` must be ${issue.expected}`;
}

/** A function in the place of a resource or an output makes several of them at deployment. */
const isLoop = (name: string) => name.startsWith('Fn::');

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutLoops(data: unknown): unknown {
  const sections = ['Resources', 'Outputs', 'Conditions'];
  if (!isObject(data)) return data;
  const entries = Object.entries(data).map(([section, value]: [string, unknown]) => {
    if (!sections.includes(section) || !isObject(value)) return [section, value] as const;
    return [section, Object.fromEntries(Object.entries(value).filter(([name]) => !isLoop(name)))] as const;
  });
  return Object.fromEntries(entries);
}

/** Types of resources that hold resources of other templates. */
const stackTypes: readonly string[] = [
  'AWS::CloudFormation::Stack',
  'AWS::CloudFormation::StackSet',
  'AWS::Serverless::Application',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
];

/**
 * Why a template leaves resources out that its deployment makes: a nested stack or a module holds them, or a function makes
 * them.
 *
 * @param isGiven - whether the template of a nested stack is given
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function whatIsLeftOut(
  data: unknown,
  { Resources: resources }: Template,
  isGiven: (logicalId: string) => boolean = () => false,
): string | undefined {
  const written = (data as { readonly Resources?: object }).Resources ?? {};
  const loop = Object.keys(written).find(isLoop);
  if (loop !== undefined) return `${loop} makes resources at deployment`;
  const inner = Object.entries(resources).find(
    ([logicalId, { Type: type }]) => !isGiven(logicalId) && (stackTypes.includes(type) || type.endsWith('::MODULE')),
  );
  return inner === undefined
    ? undefined
    : `${inner[0]} (${inner[1].Type}) holds resources that the template does not show`;
}

/** Transforms of AWS that change no resource that a chain runs through, and add none but the subscriptions of functions. */
const harmless: readonly unknown[] = [
  'AWS::Serverless-2016-10-31',
  'AWS::LanguageExtensions',
  'AWS::CodeDeployBlueGreen',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
];

/**
 * The macro that may change anything in a template; none if it has no such macro.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
 */
export function macroIn({ Transform: transform }: Template): string | undefined {
  if (transform === undefined || transform === null) return undefined;
  const macro = [transform].flat().find((one) => !harmless.includes(one));
  if (macro === undefined) return undefined;
  if (typeof macro === 'string') return macro;
  const { Name: name } = macro as { readonly Name?: unknown };
  return typeof name === 'string' ? name : 'of the template';
}

/** The short forms of intrinsic functions, such as `!Sub`: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const functions = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'Transform',
  'ToJsonString',
  'Length',
];
const longForms: ReadonlyMap<string, string> = new Map([
  ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
]);

/** The tags, each of a text, a list or an object. The long forms are put in their place afterwards. */
const tags: readonly (ScalarTag | CollectionTag)[] = [...longForms.keys()].flatMap((tag) => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'seq', nodeClass: YAMLSeq },
  { tag, collection: 'map', nodeClass: YAMLMap },
]);

/**
 * Reads YAML with the short forms of intrinsic functions as their long forms.
 *
 * @throws YAMLParseError, with the position
 */
export function parseTemplateYaml(text: string): unknown {
  const document = parseDocument(text, { customTags: [...tags], merge: true, logLevel: 'error', strict: true });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  visit(document, {
    Value: (_, node) => {
      const name = longForms.get(node.tag ?? '');
      return name === undefined ? undefined : inLongForm(document, name, node);
    },
  });
  return document.toJS({ maxAliasCount: 1000 });
}

/** The object that a tagged node is short for. What refers to the node refers to the object. */
function inLongForm(document: Document, name: string, node: Scalar | YAMLMap | YAMLSeq): YAMLMap {
  const { anchor } = node;
  delete node.tag;
  delete node.anchor;
  // `!GetAtt Topic.TopicArn` is the pair of both.
  if (name === 'Fn::GetAtt' && isScalar(node)) node.value = splitAttribute(String(node.value));
  const object = new YAMLMap(document.schema);
  object.set(document.createNode(name), node);
  if (anchor !== undefined) object.anchor = anchor;
  return object;
}

function splitAttribute(text: string): readonly string[] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
