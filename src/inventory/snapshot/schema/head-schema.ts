import * as v from 'valibot';

import { maybe, object, said, text, texts, time } from './members.ts';

export const head = object({
  toolVersion: maybe(text, 'The version of the program that read the account.'),
  startedAt: maybe(time, 'When reading began, in UTC.'),
  endedAt: maybe(time, 'When reading ended, in UTC.'),
  caller: maybe(text, 'The ARN of the identity that read the account, as GetCallerIdentity says it.'),
  callerFailure: maybe(text, 'Why the caller could not be read, in words; `caller` is absent then.'),
  endpoint: maybe(text, 'The address that was asked in place of AWS; absent for AWS.'),
  regions: maybe(texts, 'The regions that were read.'),
  command: maybe(texts, 'The command that was given, word by word, without secrets.'),
  redacted: maybe(v.literal(true), 'Set for a copy under other names, which names neither the caller nor the command.'),
  upgradedFrom: maybe(v.number(), 'The version of the older file of which this one is a copy.'),
  notHeld: maybe(texts, 'What that older file did not hold, in sentences.'),
  completeness: maybe(
    object({
      isComplete: said(v.boolean(), 'Whether nothing was refused.'),
      read: said(v.record(text, v.number()), 'How many parts of each kind were read.'),
      refused: said(
        v.array(
          object({ part: text, service: text, operation: text, error: text, missingIamAction: v.exactOptional(text) }),
        ),
        'The parts that could not be read, and why.',
      ),
      notNeeded: said(texts, 'The kinds of parts to which nothing in the account leads.'),
    }),
    'Of every kind of part: read, refused or not needed.',
  ),
});

export const integrity = object({
  sha256: said(
    text,
    'The SHA-256 of the canonical form (RFC 8785) of this file without `integrity`, in hexadecimal digits.',
  ),
  signature: maybe(
    object({
      algorithm: said(text, 'As AWS KMS calls it.'),
      publicKey: said(text, 'In DER (SubjectPublicKeyInfo), in base64.'),
      keyArn: maybe(text, 'The key in AWS KMS; absent for a key of a file.'),
      signedAt: said(time, 'When it was signed, in UTC.'),
      value: said(text, 'The signature of the canonical form of `integrity` without `value`, in base64.'),
    }),
    'A signature of the digest, the algorithm, the key and the time.',
  ),
});
