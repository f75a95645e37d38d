import { editDistance } from '../terminal/edit-distance.ts';
import { knownRegions } from './known-regions.ts';

/** What of the command line says from where an account is seen. */
export interface RegionOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** The regions to read, with what looks like a mistake in one; or a sentence that says how to give one. */
export type ChosenRegions =
  | { readonly kind: 'chosen'; readonly regions: readonly [string, ...string[]]; readonly hints: readonly string[] }
  | { readonly kind: 'invalid'; readonly problem: string };

/**
 * The regions to see a live account from, as the AWS CLI takes them: the command line, AWS_REGION, AWS_DEFAULT_REGION,
 * and the profile, which the command line or AWS_PROFILE names. An empty variable counts as none. Only the command line
 * can name several, separated by commas.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export async function chooseRegions({ region, profile }: RegionOptions): Promise<ChosenRegions> {
  // Not the environment's: a script that lost its variable would read another region, without a word.
  if (region !== undefined) return regionsOf(region);
  const named = variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION');
  if (named !== undefined) return regionsOf(named);
  const asked = profile ?? variable('AWS_PROFILE') ?? 'default';
  // The SDK is loaded only where it is needed.
  const { profileRegion } = await import('../../inventory/aws/client/profile-region.ts');
  const found = await profileRegion(asked);
  if (found !== undefined) return regionsOf(found);
  const problem =
    'a live account needs a region: give `--region`, set AWS_REGION or AWS_DEFAULT_REGION, or name a `region` in the ' +
    `profile \`${asked}\` of ${variable('AWS_CONFIG_FILE') ?? '~/.aws/config'}`;
  return { kind: 'invalid', problem };
}

/**
 * The one region to see a live account from.
 *
 * @returns the region, or a sentence that says how to give one
 */
export async function chooseRegion(given: RegionOptions): Promise<
  | { readonly kind: 'known'; readonly region: string; readonly hints: readonly string[] }
  | {
      readonly kind: 'missing';
      readonly problem: string;
    }
> {
  const chosen = await chooseRegions(given);
  if (chosen.kind === 'invalid') return { kind: 'missing', problem: chosen.problem };
  const [region, another] = chosen.regions;
  if (another !== undefined) return { kind: 'missing', problem: 'this command reads one region: give `--region` once' };
  return { kind: 'known', region, hints: chosen.hints };
}

function regionsOf(text: string): ChosenRegions {
  const [first, ...others] = [...new Set(text.split(',').map((region) => region.trim()))];
  if (first === undefined || first === '') {
    return { kind: 'invalid', problem: '`--region` is empty; allowed is a region such as eu-west-1' };
  }
  const regions = [first, ...others] as const;
  const malformed = regions.find((region) => !/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region));
  if (malformed !== undefined) {
    return { kind: 'invalid', problem: `\`${malformed}\` is not a region such as eu-west-1${suggestion(malformed)}` };
  }
  // AWS opens new regions, so one that is not known may be right.
  const unknown = regions.filter((region) => !knownRegions.includes(region));
  const hints = unknown.map((region) => `\`${region}\` is not a region that this version knows${suggestion(region)}`);
  return { kind: 'chosen', regions, hints };
}

/** The regions whose names are most like a name. */
function suggestion(name: string): string {
  const distances = knownRegions.map((region) => [region, editDistance(name.toLowerCase(), region)] as const);
  const least = Math.min(...distances.map(([, distance]) => distance));
  if (least > 3) return '';
  const nearest = distances.filter(([, distance]) => distance === least).map(([region]) => region);
  return `; did you mean ${nearest.slice(0, 3).join(' or ')}?`;
}

function variable(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
