import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromTemporaryCredentials } from '@aws-sdk/credential-providers';

import type { Arn } from '../../arn.ts';
import { parseArn } from '../../arn.ts';
import type { AwsSettings } from './clients.ts';
import { keptCredentials } from './cached-credentials.ts';

type Credentials = AwsSettings['credentials'];

/**
 * The account and partition that credentials belong to.
 *
 * @throws the SDK's error if there are none, or they are not valid
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerOf(
  { endpoint, credentials }: AwsSettings,
  region: string,
): Promise<Pick<Arn, 'accountId' | 'partition'>> {
  const client = new STSClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const { Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
  const caller = parseArn(arn ?? '');
  if (caller === undefined) throw new Error(`the caller's identity is no ARN: ${arn ?? 'none'}`);
  return caller;
}

/** The credentials of a profile, as the AWS CLI finds them. */
export function profileCredentials(profile: string): Credentials {
  return fromIni({ profile });
}

/** Whose role, in which partition, and through which region's STS it is taken. */
export interface Role {
  readonly partition: string;
  readonly accountId: string;
  /** With its path, if it has one. */
  readonly roleName: string;
  readonly region: string;
}

/**
 * Credentials of a role, taken when they are first needed and renewed before they run out.
 *
 * @param settings - the credentials that take the role, and where STS is
 */
export function roleCredentials({ partition, accountId, roleName, region }: Role, settings: AwsSettings): Credentials {
  const { endpoint, credentials } = settings;
  const taken = fromTemporaryCredentials({
    params: {
      RoleArn: `arn:${partition}:iam::${accountId}:role/${roleName}`,
      RoleSessionName: 'mfa-alarm-rule',
      DurationSeconds: 900,
    },
    clientConfig: { region, ...(endpoint === undefined ? {} : { endpoint }) },
    ...(credentials === undefined ? {} : { masterCredentials: credentials }),
  });
  return keptCredentials(
    () => taken(),
    () => new Date(),
  );
}
