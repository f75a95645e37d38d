import { parseArn } from '../../arn.ts';
import type { DeclaredAccount } from '../declaration.ts';
import type { DeclarationSettings } from '../settings.ts';
import { PLACEHOLDER_ACCOUNT } from '../settings.ts';
import { withContested } from '../contested.ts';
import { terraformDeclarations } from './declarations.ts';
import { checkPlan, priorResources } from './plan.ts';
import type { TerraformPlan } from './plan.ts';
import { regionsOf } from './providers.ts';
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
  const said = settings.accountId ?? accountIn(plan);
  const known = said ?? settings.onto?.accountId;
  const accountId = known ?? PLACEHOLDER_ACCOUNT;
  const region = settings.region ?? regionIn(plan) ?? settings.onto?.region;
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
    declarations: withContested(after, before, deletedLast(plan)),
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

/** The account that the plan says it is for: who plans it, or what a resource's ARN says. */
function accountIn(plan: TerraformPlan): string | undefined {
  const caller = priorResources(plan).find(({ type }) => type === 'aws_caller_identity');
  const ofCaller = caller?.values?.['account_id'];
  if (typeof ofCaller === 'string') return ofCaller;
  const arns = plannedResources(plan).flatMap(({ values }) =>
    typeof values['arn'] === 'string' ? [values['arn']] : [],
  );
  return arns.map((arn) => parseArn(arn)?.accountId).find((id) => id !== undefined && /^\d{12}$/.test(id));
}

/** The region of the first trail, or of the first resource whose region the plan says. */
function regionIn(plan: TerraformPlan): string | undefined {
  const regionOf = regionsOf(plan, '');
  const resources = plannedResources(plan).filter(({ type, isData }) => type.startsWith('aws_') && !isData);
  const trailsFirst = [...resources.filter(({ type }) => type === 'aws_cloudtrail'), ...resources];
  return trailsFirst.map(regionOf).find((region) => region !== '');
}
