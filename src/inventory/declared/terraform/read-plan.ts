import { parseArn } from '../../arn.ts';
import type { DeclaredAccount } from '../declaration.ts';
import type { DeclarationSettings } from '../settings.ts';
import { PLACEHOLDER_ACCOUNT } from '../settings.ts';
import { withContested, withoutRivals } from '../contested.ts';
import { terraformDeclarations } from './declarations.ts';
import { checkPlan } from './plan.ts';
import type { TerraformPlan } from './plan.ts';
import type { Providers } from './providers.ts';
import { placesOf, providersOf } from './providers.ts';
import { plannedResources, resourcesBefore } from './resources.ts';

/**
 * Reads a Terraform plan in JSON.
 *
 * @returns what the plan declares, or what is wrong with the file in words
 */
export function readPlan(data: unknown, settings: DeclarationSettings): DeclaredAccount | string {
  const plan = checkPlan(data);
  if (typeof plan === 'string') return plan;
  if (plan.errored) return 'Terraform could not finish this plan; run `terraform plan` again without errors';
  const providers = providersOf(plan, settings.accountId);
  const said = settings.accountId ?? providers.home.accountId;
  const known = said ?? settings.onto?.accountId;
  const accountId = known ?? PLACEHOLDER_ACCOUNT;
  const region = settings.region ?? regionIn(plan, providers) ?? settings.onto?.region;
  if (region === undefined) return 'the plan does not say in which region its resources are; give `--region`';
  const before = terraformDeclarations(plan, { accountId, region }, resourcesBefore(plan));
  const after = terraformDeclarations(plan, { accountId, region });
  const holder = after.find(({ kind }) => kind === 'opaque');
  const incomplete = !plan.complete
    ? 'the Terraform plan is for a part of the configuration only'
    : holder === undefined
      ? undefined
      : `${holder.place.address} holds things that the plan does not show`;
  return {
    accountId,
    region,
    readAt: plan.timestamp === undefined ? settings.now : new Date(plan.timestamp).toISOString(),
    source: 'the Terraform plan',
    saysDeletions: true,
    isAccountKnown: known !== undefined,
    ...(incomplete === undefined ? {} : { incomplete }),
    declarations: withoutRivals(withContested(after, before, deletedLast(plan))),
    before,
  };
}

/** The addresses of resources that Terraform creates before it destroys them: the order of the actions says it. */
function deletedLast(plan: TerraformPlan): ReadonlySet<string> {
  const last = plan.resource_changes.filter(
    ({ change: { actions } }) => actions.includes('create') && actions.indexOf('delete') > actions.indexOf('create'),
  );
  return new Set(last.map(({ address }) => address));
}

/** The region of the first trail, or of the first resource where there is none, or of the provider where there is no resource. */
function regionIn(plan: TerraformPlan, providers: Providers): string | undefined {
  const placeOf = placesOf(providers, { accountId: '', region: '' });
  const resources = plannedResources(plan).filter(({ type, isData }) => type.startsWith('aws_') && !isData);
  const first = resources.find(({ type }) => type === 'aws_cloudtrail') ?? resources[0];
  if (first === undefined) return providers.home.region;
  const { arn } = first.values;
  const known = typeof arn === 'string' ? parseArn(arn)?.region : undefined;
  return [known, placeOf(first).region].find((region) => region !== undefined && region !== '');
}
