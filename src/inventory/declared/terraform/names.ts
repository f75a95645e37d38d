import type { PlannedResource } from './resources.ts';

/** The ARN of a resource that exists. */
export function knownArn({ values }: PlannedResource): string | undefined {
  return typeof values['arn'] === 'string' ? values['arn'] : undefined;
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
