import { resourceName } from '../../arn.ts';
import type { Inventory } from '../../model.ts';
import type { Maybe } from '../value.ts';
import { isUnknown, unknown } from '../value.ts';
import type { Template } from './template.ts';

/** Every name in the account of a thing that CloudFormation names itself where its template gives no name. */
export function namesIn({ parts }: Inventory): readonly string[] {
  const arns = [
    ...Object.keys(parts['topic-attributes'] ?? {}),
    ...Object.keys(parts.subscriptions ?? {}),
    ...Object.keys(parts['log-group'] ?? {}),
    ...Object.keys(parts['trail-status'] ?? {}),
  ];
  const alarms = Object.values(parts.alarms ?? {}).flatMap((part) =>
    part.kind === 'present' ? part.value.map(({ alarmName }) => alarmName) : [],
  );
  const filters = Object.values(parts['metric-filters'] ?? {}).flatMap((part) =>
    part.kind === 'present' ? (part.value ?? []).map(({ filterName }) => filterName) : [],
  );
  const rules = Object.values(parts['event-rules'] ?? {}).flatMap((part) =>
    part.kind === 'present' ? (part.value ?? []).map(({ name }) => name) : [],
  );
  return [...arns.map(resourceName), ...alarms, ...filters, ...rules];
}

/**
 * CloudFormation names what its template does not name `stack-LogicalId-` and some letters and digits.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function isGenerated(name: string, logicalId: string): boolean {
  return /-([A-Za-z0-9]+)-[A-Za-z0-9]{8,}$/.exec(name)?.[1] === logicalId;
}

const STACK_NAME_UNKNOWN =
  'the name of the stack is not known, as the names that CloudFormation chose in the account do not show it; say `--new-stack` if the stack is not there yet';

/**
 * The name of a stack that is deployed, where the names that CloudFormation chose for its resources agree on one.
 *
 * @param templates - those that are deployed, if they are given
 */
export function stackNameIn(base: Inventory, templates: readonly Template[]): Maybe<string> {
  const logicalIds = new Set(templates.flatMap(({ Resources: resources }) => Object.keys(resources)));
  const stacks = namesIn(base).flatMap((name) => {
    const [, stack = '', logicalId = ''] = /^(.+)-([A-Za-z0-9]+)-[A-Za-z0-9]{8,}$/.exec(name) ?? [];
    return logicalIds.has(logicalId) ? [stack] : [];
  });
  const [only, ...others] = new Set(stacks);
  return only !== undefined && others.length === 0 ? only : unknown(STACK_NAME_UNKNOWN);
}

/**
 * What a stack of several, or a nested one, is called. CloudFormation adds letters and digits to the name of a nested one.
 *
 * @param path - which of several it is, and the logical ids of the nested stacks that lead to it
 */
export function nestedName(root: Maybe<string>, path: readonly string[]): Maybe<string> {
  if (path.length === 0) return root;
  return isUnknown(root) ? root : `${root}-(${path.join(' ')})`;
}
