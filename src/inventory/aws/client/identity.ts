import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';

import type { Arn } from '../../arn.ts';
import { parseArn } from '../../arn.ts';
import { createCall } from './call.ts';
import type { AwsSettings } from './settings.ts';
import { createClient } from './settings.ts';

/** Who makes the calls. */
export interface CallerIdentity extends Pick<Arn, 'accountId' | 'partition'> {
  /** The ARN of the user, or of the session of a role. */
  readonly arn: string;
}

/**
 * The identity that credentials belong to, with its account and partition. Nobody needs a permission to ask for it.
 *
 * @throws AwsCallError if there are no credentials, or they are not valid, or STS does not answer within two minutes
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function identifyCaller(settings: AwsSettings, region: string): Promise<CallerIdentity> {
  const client = createClient(STSClient, settings, region);
  const { Arn: arn } = await createCall()('GetCallerIdentity', region, (options) =>
    client.send(new GetCallerIdentityCommand({}), options),
  );
  const caller = parseArn(arn);
  if (caller === undefined) throw new Error(`the caller's identity is not an ARN: ${arn}`);
  return { accountId: caller.accountId, partition: caller.partition, arn };
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
