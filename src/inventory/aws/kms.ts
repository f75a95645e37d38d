import { DescribeKeyCommand, GetKeyPolicyCommand } from '@aws-sdk/client-kms';

import type { Key } from '../resources.ts';
import type { AccountAccess } from './client/access.ts';
import { isNotFound } from './client/failures.ts';
import { omitUndefined } from './client/omit-undefined.ts';

/**
 * The key that a topic is encrypted with: who manages it, whether it works, and its policy. GetKeyPolicy takes a key's id
 * or ARN and no alias, so the key is described first.
 *
 * @param keyId - a key's id, ARN or alias
 * @returns `null` if there is no such key
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
export async function readKey({ clients, call }: AccountAccess, keyId: string, region: string): Promise<Key | null> {
  const client = clients.kms(region);
  try {
    const { KeyMetadata } = await call('DescribeKey', region, (options) =>
      client.send(new DescribeKeyCommand({ KeyId: keyId }), options),
    );
    const { Policy } = await call('GetKeyPolicy', region, (options) =>
      client.send(new GetKeyPolicyCommand({ KeyId: KeyMetadata.Arn ?? keyId, PolicyName: 'default' }), options),
    );
    return {
      ...omitUndefined({ arn: KeyMetadata.Arn }),
      keyManager: KeyMetadata.KeyManager,
      keyState: KeyMetadata.KeyState,
      policy: Policy,
    };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
