import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';

import type { Arn } from '../../arn.ts';
import { parseArn } from '../../arn.ts';
import { createCall } from './call.ts';
import type { AwsSettings } from './settings.ts';
import { createClient } from './settings.ts';

/**
 * The account and partition that credentials belong to.
 *
 * @throws AwsCallError if there are no credentials, or they are not valid, or STS does not answer within two minutes
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function identifyCaller(
  settings: AwsSettings,
  region: string,
): Promise<Pick<Arn, 'accountId' | 'partition'>> {
  const client = createClient(STSClient, settings, region);
  const { Arn: arn } = await createCall()('GetCallerIdentity', region, (options) =>
    client.send(new GetCallerIdentityCommand({}), options),
  );
  const caller = parseArn(arn);
  if (caller === undefined) throw new Error(`the caller's identity is not an ARN: ${arn}`);
  return caller;
}

/**
 * The credentials of a profile, as the AWS CLI finds them.
 *
 * @param agent - opens the connections, where the profile assumes a role or signs in
 */
export function profileCredentials(
  profile: string,
  agent?: AwsSettings['agent'],
): NonNullable<AwsSettings['credentials']> {
  return fromIni({
    profile,
    ...(agent === undefined ? {} : { clientConfig: { requestHandler: { httpsAgent: agent } } }),
  });
}
