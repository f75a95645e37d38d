/** What of the command line says from where an account is seen. */
export interface RegionOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * The region to see a live account from, as the AWS CLI takes it: the command line, AWS_REGION, AWS_DEFAULT_REGION, and
 * the profile, which the command line or AWS_PROFILE names. A variable that is set to nothing counts as none.
 *
 * @returns the region, or a sentence that says how to give one
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export async function chooseRegion({ region, profile }: RegionOptions): Promise<
  | { readonly kind: 'known'; readonly region: string }
  | {
      readonly kind: 'missing';
      readonly problem: string;
    }
> {
  // Not the environment's: a script that lost its variable would judge from elsewhere, and not know.
  if (region === '') return { kind: 'missing', problem: '`--region` is empty; allowed is a region such as eu-west-1' };
  const named = region ?? variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION');
  if (named !== undefined) return { kind: 'known', region: named };
  const asked = profile ?? variable('AWS_PROFILE') ?? 'default';
  // The SDK is loaded only where it is needed.
  const { profileRegion } = await import('../../inventory/aws/client/profile-region.ts');
  const found = await profileRegion(asked);
  if (found !== undefined) return { kind: 'known', region: found };
  const problem =
    'a live account needs a region: give `--region`, set AWS_REGION or AWS_DEFAULT_REGION, or name a `region` in the ' +
    `profile \`${asked}\` of ${variable('AWS_CONFIG_FILE') ?? '~/.aws/config'}`;
  return { kind: 'missing', problem };
}

function variable(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
