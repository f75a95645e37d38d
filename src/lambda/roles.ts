import { keptCredentials } from '../inventory/aws/client/cached-credentials.ts';

/** Credentials as the SDK's clients take them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** The shortest session that AWS gives, in seconds: as long as an evaluation may take, and no longer. */
const SESSION_SECONDS = 900;

/**
 * Credentials of a role, fetched when they are first needed and kept until shortly before they expire, so that the
 * clients of one role share one call. STS is asked in the rule's own region; its client is loaded on first use, since
 * most deployments judge the account that they are in.
 *
 * @param roleArn - `arn:aws:iam::123456789012:role/path/name`
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function roleCredentials(roleArn: string, region: string, now: () => Date): () => Promise<Credentials> {
  return keptCredentials(() => assumeRole(roleArn, region), now);
}

async function assumeRole(roleArn: string, region: string): Promise<Credentials> {
  const { AssumeRoleCommand, STSClient } = await import('./sts-sdk.ts');
  const client = new STSClient({ region });
  const { Credentials: given } = await client.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'mfa-alarm-rule', DurationSeconds: SESSION_SECONDS }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Error(`STS gave no credentials for ${roleArn}`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
