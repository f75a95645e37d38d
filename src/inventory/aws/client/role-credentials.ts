import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { parseArn } from '../../arn.ts';
import { cacheCredentials } from './cached-credentials.ts';
import { createCall } from './call.ts';
import type { AwsSettings } from './settings.ts';
import { createClient } from './settings.ts';

/** Temporary credentials as the SDK's clients take them. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** The role to assume, and how. */
export interface RoleToAssume {
  /** `arn:aws:iam::123456789012:role/path/name` */
  readonly roleArn: string;
  /** The region whose STS is asked. */
  readonly region: string;
  /** The id that the role's trust policy demands, if it demands one. */
  readonly externalId?: string;
  /** `mfa-alarm-rule` by default. */
  readonly sessionName?: string;
  /** 900 by default, the shortest session that AWS gives. */
  readonly durationSeconds?: number;
}

/** STS gave credentials of another account than the role's. They are not used. */
export class AssumedAccountError extends Error {
  override readonly name = 'AssumedAccountError';
}

/**
 * Credentials of a role, fetched when they are first needed and kept until shortly before they expire, so that all
 * clients of one role share one call. Both programs assume roles through this function.
 *
 * @param settings - how STS is reached; its credentials are those that assume the role
 * @param now - the clock that decides when credentials are renewed
 * @throws AwsCallError if STS refuses the role, or does not answer within two minutes
 * @throws AssumedAccountError if the credentials are of another account than the role
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function roleCredentials(
  role: RoleToAssume,
  settings: AwsSettings,
  now: () => Date,
): () => Promise<RoleCredentials> {
  return cacheCredentials(() => assumeRole(role, settings), now);
}

async function assumeRole(
  { roleArn, region, externalId, sessionName = 'mfa-alarm-rule', durationSeconds = 900 }: RoleToAssume,
  settings: AwsSettings,
): Promise<RoleCredentials> {
  const client = createClient(STSClient, settings, region);
  const input = {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: durationSeconds,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  };
  const accountId = parseArn(roleArn)?.accountId;
  const call = createCall(accountId === undefined ? {} : { accountId });
  const { AssumedRoleUser, Credentials } = await call('AssumeRole', region, (options) =>
    client.send(new AssumeRoleCommand(input), options),
  );
  const assumed = parseArn(AssumedRoleUser.Arn)?.accountId;
  if (accountId === undefined || assumed !== accountId) {
    throw new AssumedAccountError(
      `STS gave credentials of account ${assumed ?? 'unknown'} for the role ${roleArn}: they are not used. Check proxy and ` +
        'endpoint',
    );
  }
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    expiration: Credentials.Expiration,
  };
}
