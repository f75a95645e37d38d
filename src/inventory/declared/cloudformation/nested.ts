import { createHash } from 'node:crypto';

import type { Template } from './template.ts';

/** The type of a nested stack. */
const STACK = 'AWS::CloudFormation::Stack';

/** A template among others of a deployment. */
export interface NamedTemplate {
  /** What its file is called. */
  readonly name: string;
  readonly data: unknown;
}

/**
 * Whether a file is called as the CDK calls a template that is no stack of its own: that of a nested stack, or of a product of
 * the service catalog.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-servicecatalog/lib/product-stack.ts (`templateFile`)
 */
export function isNestedByName(file: string | undefined): boolean {
  return /\.(?:nested|product)\.template\.json$/.test(file ?? '');
}

/**
 * Which of some templates is that of each nested stack of a template, by logical id: the one with the file name of its
 * `TemplateURL`, which is a path before `aws cloudformation package`, or of the asset that the CDK notes. A name that several
 * files have says nothing.
 *
 * Where the CDK notes no asset, as with `cdk synth --no-asset-metadata`, the `TemplateURL` has the SHA-256 of the template.
 *
 * @param others - the templates that may be meant
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/nested-stack.ts (`templateHash`)
 */
export function nestedFiles(template: Template, others: readonly NamedTemplate[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (resource.Type !== STACK) continue;
    const { 'aws:asset:path': asset } = (resource['Metadata'] ?? {}) as Readonly<Record<string, unknown>>;
    const url = resource.Properties['TemplateURL'];
    const wanted = fileName(asset ?? url);
    const digest = asset === undefined ? digestIn(url) : undefined;
    const isNamed = ({ name }: NamedTemplate) => wanted !== '' && fileName(name) === wanted;
    const [only, ...rest] = others.flatMap((one, at) => (isNamed(one) ? [at] : []));
    // Files with the digest hold the same template.
    const published = only === undefined && digest !== undefined ? others.findIndex(hasDigest(digest)) : -1;
    if (only !== undefined && rest.length === 0) found.set(logicalId, only);
    else if (published !== -1) found.set(logicalId, published);
  }
  return found;
}

/** The SHA-256 in the URL of a template that the CDK publishes. The URL is a text, or a function that makes one. */
function digestIn(url: unknown): string | undefined {
  return /\/([0-9a-f]{64})\.json"/.exec(JSON.stringify(url ?? null))?.[1];
}

/** Whether a template has a digest. The CDK takes it before it writes the file with line breaks. */
function hasDigest(digest: string): (template: NamedTemplate) => boolean {
  return ({ name, data }) =>
    isNestedByName(name) && createHash('sha256').update(JSON.stringify(data)).digest('hex') === digest;
}

/** The name of a file without its folders; empty for what is no path. */
export function fileName(path: unknown): string {
  return typeof path === 'string'
    ? (path
        .replace(/[?#].*$/, '')
        .split(/[\\/]/)
        .at(-1) ?? '')
    : '';
}
