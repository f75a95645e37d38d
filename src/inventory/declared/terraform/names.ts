import type { PlannedResource } from './resources.ts';

/** The ARN of a resource that exists. */
export function knownArn({ values }: PlannedResource): string | undefined {
  return typeof values['arn'] === 'string' ? values['arn'] : undefined;
}

/** The attribute that tells a resource from the others of its kind. */
export function nameAttributeOf({ type, isData }: PlannedResource): string {
  if (type === 'aws_cloudwatch_event_target') return 'target_id';
  if (type === 'aws_kms_key' && isData) return 'key_id';
  return type.endsWith('_alarm') ? 'alarm_name' : 'name';
}

/** The name of a resource; a stand-in where Terraform or AWS chooses one. */
export function nameOf({ values, address }: PlannedResource, attribute: string): string {
  const name = values[attribute];
  return typeof name === 'string' && name !== '' ? name : `(${address})`;
}

/** The id of a key, or a stand-in: KMS chooses it. */
export function keyIdOf({ values, address }: PlannedResource): string {
  return typeof values['key_id'] === 'string' ? values['key_id'] : `(${address})`;
}
