/** Where an inventory comes from, as an auditor asks: who read it, when, from where, and whether it is still the same. */
export interface Origin {
  readonly kind: 'live-account' | 'snapshot' | 'plan' | 'template';
  /** The ARN of the identity that read the account, as GetCallerIdentity says it; absent where it is not known. */
  readonly caller?: string;
  /** Why the caller could not be read, in words. */
  readonly callerFailure?: string;
  /** The address that was asked in place of AWS. */
  readonly endpoint?: string;
  /** When reading began and ended. ISO 8601; absent where it is not known. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The version of the program that read the account. */
  readonly toolVersion?: string;
  /** The SHA-256 of the file, in hexadecimal digits; absent where several files were judged together. */
  readonly sha256?: string;
  /** The files that were judged together, where there are several. */
  readonly files?: readonly OriginFile[];
  /** The templates that the stack has before the deployment, where they were given. */
  readonly previousFiles?: readonly OriginFile[];
  /** The snapshot that a plan or a template was laid over. */
  readonly onto?: OriginOfBase;
  /** The version of the format in which the snapshot was written. */
  readonly formatVersion?: number;
  /** Set for a copy under other names. */
  readonly isRedacted?: true;
  /** Set if the contents of the snapshot are not those that were written: its digest is another one. */
  readonly isChanged?: true;
  /** What the version of the format does not hold, and so was not judged: a sentence each, without a full stop. */
  readonly notHeld?: readonly string[];
  /** What a deployment is taken for, where its files do not say it and the verdict rests on it: a sentence each. */
  readonly assumed?: readonly string[];
}

/** One of several files. */
export interface OriginFile {
  /** As it was named, with its folder. */
  readonly name: string;
  /** The SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
}

/** The snapshot that a plan or a template was laid over, as an auditor asks for it. */
export interface OriginOfBase extends Pick<Origin, 'caller' | 'callerFailure' | 'endpoint' | 'formatVersion'> {
  /** When the account was read. ISO 8601. */
  readonly readAt: string;
  /** The SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
}
