import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';

import type { Arn } from '../../arn.ts';
import { parseArn } from '../../arn.ts';
import type { AwsSettings } from './settings.ts';
import { clientSettings } from './settings.ts';

/**
 * The account and partition that credentials belong to.
 *
 * @throws the SDK's error if there are no credentials, or they are not valid
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function identifyCaller(
  settings: AwsSettings,
  region: string,
): Promise<Pick<Arn, 'accountId' | 'partition'>> {
  const client = new STSClient({ ...clientSettings(settings), region });
  const { Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
  const caller = parseArn(arn ?? '');
  if (caller === undefined) throw new Error(`the caller's identity is not an ARN: ${arn ?? 'missing'}`);
  return caller;
}

/** The credentials of a profile, as the AWS CLI finds them. */
export function profileCredentials(profile: string): NonNullable<AwsSettings['credentials']> {
  return fromIni({ profile });
}
