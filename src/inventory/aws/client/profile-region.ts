import { parseKnownFiles } from '@smithy/core/config';

/**
 * The region that a profile of the AWS CLI names, in the files where the AWS CLI looks: `~/.aws/config` and
 * `~/.aws/credentials`, or those that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name. A file that is not there
 * holds no profile.
 *
 * @returns such as `eu-west-1`; undefined if there is no such profile, or it names none
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
export async function profileRegion(profile: string): Promise<string | undefined> {
  const profiles = await parseKnownFiles({ profile });
  return profiles[profile]?.['region'];
}
