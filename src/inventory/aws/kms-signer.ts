import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';

import { regionOf } from '../arn.ts';
import type { Signer } from '../snapshot/signature.ts';
import { knownAlgorithm } from '../snapshot/signature.ts';
import { createCall } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';

/**
 * The public key of an asymmetric key in AWS KMS; needs the permission `kms:GetPublicKey`.
 *
 * @param keyArn - the ARN of a key or of an alias
 * @returns in DER, SubjectPublicKeyInfo
 * @throws AwsCallError if AWS refuses
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html
 */
export async function kmsPublicKey(clients: AwsClients, keyArn: string): Promise<Buffer> {
  return (await describeKey(clients, keyArn)).publicKey;
}

/**
 * A signer with an asymmetric key in AWS KMS, which never leaves it; needs the permissions `kms:GetPublicKey` and
 * `kms:Sign`.
 *
 * @param keyArn - the ARN of a key or of an alias
 * @throws Error if the key does not sign, or in no way that is known here; AwsCallError if AWS refuses
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
export async function kmsSigner(clients: AwsClients, keyArn: string): Promise<Signer> {
  const { publicKey, algorithms, arn } = await describeKey(clients, keyArn);
  const algorithm = knownAlgorithm(algorithms);
  if (algorithm === undefined) throw new Error(`the key ${keyArn} cannot sign: make one for SIGN_VERIFY`);
  const region = regionOf(keyArn);
  return {
    algorithm,
    publicKey,
    keyArn: arn,
    sign: async (message) => {
      const { Signature } = await createCall()('Sign', region, (options) =>
        clients.kms(region).send(
          new SignCommand({
            KeyId: keyArn,
            Message: message,
            MessageType: 'RAW',
            SigningAlgorithm: algorithm as 'ECDSA_SHA_256',
          }),
          options,
        ),
      );
      return Buffer.from(Signature);
    },
  };
}

async function describeKey(clients: AwsClients, keyArn: string) {
  const region = regionOf(keyArn);
  const { KeyId, PublicKey, SigningAlgorithms } = await createCall()('GetPublicKey', region, (options) =>
    clients.kms(region).send(new GetPublicKeyCommand({ KeyId: keyArn }), options),
  );
  return { arn: KeyId, publicKey: Buffer.from(PublicKey), algorithms: SigningAlgorithms ?? [] };
}
