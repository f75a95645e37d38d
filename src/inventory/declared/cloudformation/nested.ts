import type { Template } from './template.ts';

/** The type of a nested stack. */
const STACK = 'AWS::CloudFormation::Stack';

/**
 * Which of some files is the template of each nested stack of a template, by logical id: the one with the file name of its
 * `TemplateURL`, which is a path before `aws cloudformation package`, or of the asset that the CDK notes. A name that several
 * files have says nothing.
 *
 * @param names - what the files are called
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
 */
export function nestedFiles(template: Template, names: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (resource.Type !== STACK) continue;
    const { 'aws:asset:path': asset } = (resource['Metadata'] ?? {}) as Readonly<Record<string, unknown>>;
    const wanted = fileName(asset ?? resource.Properties['TemplateURL']);
    const [only, ...others] = names.flatMap((name, at) => (wanted !== '' && fileName(name) === wanted ? [at] : []));
    if (only !== undefined && others.length === 0) found.set(logicalId, only);
  }
  return found;
}

function fileName(path: unknown): string {
  return typeof path === 'string'
    ? (path
        .replace(/[?#].*$/, '')
        .split(/[\\/]/)
        .at(-1) ?? '')
    : '';
}
