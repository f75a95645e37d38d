import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';

import type { Call } from '../client/call.ts';
import { AwsCallError } from '../client/failures.ts';
import type { AwsSettings } from '../client/settings.ts';
import { createClient } from '../client/settings.ts';

/**
 * More tries than for other calls: AWS Organizations answers an account once in a second, and several rules of one account
 * may ask at the same time.
 */
const MAX_ATTEMPTS = 8;

/**
 * The organization that credentials belong to. Every account of an organization may ask, and each has its own rate.
 *
 * @param call - makes the request within the time that is left
 * @returns its id, such as `o-exampleorgid`; undefined if the account is in no organization
 * @throws AwsCallError, also if the credentials may not ask
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export async function ownOrganizationId(
  settings: AwsSettings,
  region: string,
  call: Call,
): Promise<string | undefined> {
  const client = createClient(OrganizationsClient, { maxAttempts: MAX_ATTEMPTS, ...settings }, region);
  try {
    const { Organization } = await call('DescribeOrganization', region, (options) =>
      client.send(new DescribeOrganizationCommand({}), options),
    );
    return Organization.Id;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'AWSOrganizationsNotInUseException') return undefined;
    throw error;
  }
}
