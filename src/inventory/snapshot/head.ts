import type { Completeness } from './completeness.ts';

/** What a snapshot says of its reading. What an older file does not say is absent. */
export interface SnapshotHead {
  /** The version of the program that read the account. */
  readonly toolVersion?: string;
  /** When reading began and ended. ISO 8601. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The ARN of the identity that read the account, as GetCallerIdentity says it. */
  readonly caller?: string;
  /** Why the caller is not known, where it could not be read, and whoever read the account named it: in words. */
  readonly callerFailure?: string;
  /** The address that was asked in place of AWS. */
  readonly endpoint?: string;
  /** The regions that were read. */
  readonly regions?: readonly string[];
  /** The command that was given, without secrets. */
  readonly command?: readonly string[];
  /** Set for a copy under other names. Such a copy names neither the caller nor what the command named. */
  readonly redacted?: true;
  /** The version of the format of the file from which this one was copied, if that was older. */
  readonly upgradedFrom?: number;
  /** What that older file did not hold, a sentence each. */
  readonly notHeld?: readonly string[];
  readonly completeness: Completeness;
}

/** What shows that a file is as it was written. */
export interface Integrity {
  /** The SHA-256 of the canonical form of the file without `integrity`, in hexadecimal digits. */
  readonly sha256: string;
  readonly signature?: Signature;
}

/**
 * A signature of a digest. What is signed is the canonical form of `integrity` without `value`, so that the time, the
 * algorithm and the key are signed as well.
 */
export interface Signature {
  /** As AWS KMS calls it, for instance `ECDSA_SHA_256`, also for a key of a file. */
  readonly algorithm: string;
  /** The public key in DER (SubjectPublicKeyInfo), in base64. */
  readonly publicKey: string;
  /** The ARN of the key in AWS KMS. */
  readonly keyArn?: string;
  /** ISO 8601. */
  readonly signedAt: string;
  /** In base64. Of ECDSA in DER. */
  readonly value: string;
}
