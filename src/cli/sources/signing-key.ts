import { parseArn } from '../../inventory/arn.ts';
import type { Signer } from '../../inventory/snapshot/signature.ts';
import { localSigner, publicKeyOf } from '../../inventory/snapshot/signature.ts';
import type { Streams } from '../terminal/streams.ts';
import { readParsed } from '../terminal/read-file.ts';
import type { LiveOptions } from './account-options.ts';

/** What `--sign` and `--key` take. */
export const KEY_FORMS = 'a file in PEM, or the ARN of a key or alias in AWS KMS';

/**
 * The key that signs.
 *
 * @param key - a file with a private key in PEM, or the ARN of an asymmetric key or of its alias in AWS KMS
 * @throws Error with a sentence that names the file or the key
 */
export async function signerFor(key: string, live: LiveOptions, stdin: Streams['stdin']): Promise<Signer> {
  if (!isKmsKey(key)) return readParsed(key, stdin, localSigner);
  const { kmsSigner, clientsOf } = await kms();
  return kmsSigner(clientsOf(live), key);
}

/**
 * A public key to check signatures with.
 *
 * @param key - a file with a public key or a certificate in PEM, or the ARN of an asymmetric key in AWS KMS
 * @returns in DER, SubjectPublicKeyInfo
 * @throws Error with a sentence that names the file or the key
 */
export async function publicKeyFor(key: string, live: LiveOptions, stdin: Streams['stdin']): Promise<Buffer> {
  if (!isKmsKey(key)) return readParsed(key, stdin, publicKeyOf);
  const { kmsPublicKey, clientsOf } = await kms();
  return kmsPublicKey(clientsOf(live), key);
}

function isKmsKey(key: string): boolean {
  return parseArn(key)?.service === 'kms';
}

/** The SDK is loaded only where it is needed. */
async function kms() {
  const { kmsPublicKey, kmsSigner } = await import('../../inventory/aws/kms-signer.ts');
  const { awsClients } = await import('../../inventory/aws/client/clients.ts');
  const { awsSettingsOf } = await import('./aws-settings.ts');
  return { kmsPublicKey, kmsSigner, clientsOf: (live: LiveOptions) => awsClients(awsSettingsOf(live)) };
}
