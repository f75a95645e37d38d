import { resourceName } from '../../arn.ts';
import type { Inventory } from '../../model.ts';

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
