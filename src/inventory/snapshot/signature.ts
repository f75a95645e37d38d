import type { KeyObject } from 'node:crypto';
import { constants, createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

import { canonicalJson, withoutMember } from './canonical-json.ts';
import type { Integrity } from './head.ts';
import type { SnapshotFile } from './snapshot-file.ts';

/** A key that signs, in a file or in AWS KMS. */
export interface Signer {
  /** As AWS KMS calls it. */
  readonly algorithm: string;
  /** In DER, SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  /** The ARN of the key in AWS KMS. */
  readonly keyArn?: string;
  /** Signs a message of at most 4,096 bytes. */
  readonly sign: (message: Buffer) => Promise<Buffer>;
}

interface Algorithm {
  /** `undefined` for Ed25519, which has its own. */
  readonly hash: string | undefined;
  readonly padding?: number;
}

/**
 * The algorithms in which a snapshot can be signed, by the names that AWS KMS has for them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
const algorithms: Readonly<Record<string, Algorithm>> = {
  ED25519_SHA_512: { hash: undefined },
  ECDSA_SHA_256: { hash: 'sha256' },
  ECDSA_SHA_384: { hash: 'sha384' },
  ECDSA_SHA_512: { hash: 'sha512' },
  RSASSA_PSS_SHA_256: { hash: 'sha256', padding: constants.RSA_PKCS1_PSS_PADDING },
  RSASSA_PSS_SHA_384: { hash: 'sha384', padding: constants.RSA_PKCS1_PSS_PADDING },
  RSASSA_PSS_SHA_512: { hash: 'sha512', padding: constants.RSA_PKCS1_PSS_PADDING },
};

/** The first of several algorithms that this program knows; `undefined` if it knows none. */
export function knownAlgorithm(names: readonly string[]): string | undefined {
  return Object.keys(algorithms).find((name) => names.includes(name));
}

/** What `sign` and `verify` of Node need beyond the key. The salt is as long as the hash, as in AWS KMS. */
function optionsOf(key: KeyObject, { padding }: Algorithm) {
  return {
    key,
    dsaEncoding: 'der',
    ...(padding === undefined ? {} : { padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  } as const;
}

/**
 * A signer with a private key in PEM.
 *
 * @throws Error if the text is no private key, or one of a kind that does not sign
 */
export function localSigner(pem: string): Signer {
  const key = createPrivateKey(pem);
  const name = algorithmOf(key);
  const algorithm = algorithms[name ?? ''];
  if (name === undefined || algorithm === undefined) {
    throw new Error(
      `a key of type ${key.asymmetricKeyType ?? 'unknown'}: use Ed25519, an elliptic curve of NIST, or RSA`,
    );
  }
  return {
    algorithm: name,
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    sign: (message) => Promise.resolve(sign(algorithm.hash, message, optionsOf(key, algorithm))),
  };
}

/** The algorithm of a private key, of those that AWS KMS offers for such a key. */
function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string | undefined {
  if (type === 'ed25519') return 'ED25519_SHA_512';
  if (type === 'rsa') return 'RSASSA_PSS_SHA_256';
  const curves: Readonly<Record<string, string>> = {
    prime256v1: 'ECDSA_SHA_256',
    secp256k1: 'ECDSA_SHA_256',
    secp384r1: 'ECDSA_SHA_384',
    secp521r1: 'ECDSA_SHA_512',
  };
  return type === 'ec' ? curves[details?.namedCurve ?? ''] : undefined;
}

/** The file with a signature of its digest. */
export async function signed(file: SnapshotFile, signer: Signer, now: Date): Promise<SnapshotFile> {
  const { algorithm, publicKey, keyArn } = signer;
  const unsigned = {
    algorithm,
    publicKey: publicKey.toString('base64'),
    ...(keyArn === undefined ? {} : { keyArn }),
    signedAt: now.toISOString(),
  };
  const { sha256 } = file.integrity;
  const value = await signer.sign(messageOf({ sha256, signature: { ...unsigned, value: '' } }));
  return { ...file, integrity: { sha256, signature: { ...unsigned, value: value.toString('base64') } } };
}

/** What is signed: the digest, the algorithm, the key and the time, in canonical form. */
function messageOf({ sha256, signature }: Integrity): Buffer {
  return Buffer.from(canonicalJson({ sha256, signature: withoutMember(signature ?? {}, 'value') }), 'utf8');
}

/** Whether the signature is one of the key that it names, or why that is not determined. */
export type SignatureCheck =
  | { readonly kind: 'valid' | 'invalid'; readonly fingerprint: string }
  | { readonly kind: 'undecided'; readonly why: string };

/**
 * Checks a signature with the key that it names. Whose key that is, the file cannot prove: compare the fingerprint.
 *
 * @returns the fingerprint is the SHA-256 of the public key in DER
 */
export function checkSignature(integrity: Integrity): SignatureCheck {
  const { signature } = integrity;
  const name = signature?.algorithm ?? '';
  // Not a member that every object has, such as `constructor`.
  const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
  if (signature === undefined) return { kind: 'undecided', why: 'the file is not signed' };
  if (algorithm === undefined) return { kind: 'undecided', why: `the algorithm ${signature.algorithm} is not known` };
  const der = Buffer.from(signature.publicKey, 'base64');
  try {
    const key = createPublicKey({ key: der, type: 'spki', format: 'der' });
    const value = Buffer.from(signature.value, 'base64');
    const isValid = verify(algorithm.hash, messageOf(integrity), optionsOf(key, algorithm), value);
    return { kind: isValid ? 'valid' : 'invalid', fingerprint: fingerprintOf(der) };
  } catch {
    // A key that does not go with the algorithm, or none at all.
    return { kind: 'invalid', fingerprint: fingerprintOf(der) };
  }
}

/**
 * A public key in DER.
 *
 * @param pem - a public key, a private key or a certificate in PEM
 * @throws Error if the text is none
 */
export function publicKeyOf(pem: string): Buffer {
  return createPublicKey(pem).export({ type: 'spki', format: 'der' });
}

/** The SHA-256 of a public key in DER, in hexadecimal digits. */
export function fingerprintOf(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex');
}
