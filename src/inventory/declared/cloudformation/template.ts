import * as v from 'valibot';
import type { CollectionTag, ScalarTag } from 'yaml';
import { parseDocument, YAMLMap, YAMLSeq } from 'yaml';

const resource = v.looseObject({
  Type: v.string(),
  Condition: v.optional(v.string()),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

const templateSchema = v.looseObject({
  AWSTemplateFormatVersion: v.optional(v.unknown()),
  Parameters: v.optional(
    v.record(v.string(), v.looseObject({ Default: v.optional(v.unknown()), Type: v.optional(v.string()) })),
    {},
  ),
  Mappings: v.optional(v.record(v.string(), v.record(v.string(), v.record(v.string(), v.unknown()))), {}),
  Conditions: v.optional(v.record(v.string(), v.unknown()), {}),
  Resources: v.record(v.string(), resource),
});

/** A CloudFormation template: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export type Template = v.InferOutput<typeof templateSchema>;

/** Whether data looks like a template: its resources have types of CloudFormation. */
export function looksLikeTemplate(data: Readonly<Record<string, unknown>>): boolean {
  const resources = data['Resources'];
  return (
    'AWSTemplateFormatVersion' in data ||
    (typeof resources === 'object' && resources !== null && !Array.isArray(resources))
  );
}

/**
 * Checks the shape of a template.
 *
 * @returns the template, or what is wrong with it in words
 */
export function checkTemplate(data: unknown): Template | string {
  const result = v.safeParse(templateSchema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  return `not a CloudFormation template: \`${v.getDotPath(issue) ?? 'the file'}\` must be ${issue.expected}`;
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

/**
 * Reads YAML with the short forms of intrinsic functions as their long forms.
 *
 * @throws YAMLParseError, with the position
 */
export function parseTemplateYaml(text: string): unknown {
  const document = parseDocument(text, { customTags: tags(), merge: true, logLevel: 'error', strict: true });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return document.toJS({ maxAliasCount: 1000 });
}

function tags(): (ScalarTag | CollectionTag)[] {
  const names = [
    ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
    ['!Ref', 'Ref'] as const,
    ['!Condition', 'Condition'] as const,
  ];
  return names.flatMap(([tag, name]) => [
    {
      tag,
      // `!GetAtt Topic.TopicArn` is the pair of both.
      resolve: (text: string) => ({ [name]: name === 'Fn::GetAtt' ? splitAttribute(text) : text }),
    },
    {
      tag,
      collection: 'seq',
      nodeClass: YAMLSeq,
      resolve: (node: unknown) => ({ [name]: (node as YAMLSeq).toJSON() as unknown }),
    } as unknown as CollectionTag,
    {
      tag,
      collection: 'map',
      nodeClass: YAMLMap,
      resolve: (node: unknown) => ({ [name]: (node as YAMLMap).toJSON() as unknown }),
    } as unknown as CollectionTag,
  ]);
}

function splitAttribute(text: string): readonly string[] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
