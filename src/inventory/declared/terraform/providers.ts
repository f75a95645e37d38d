import { parseArn } from '../../arn.ts';
import type { Unknown } from '../value.ts';
import { unknown } from '../value.ts';
import type { TerraformPlan } from './plan.ts';
import { priorResources } from './plan.ts';
import type { PlannedResource } from './resources.ts';
import { configurationOf, configuredModule, moduleOf } from './resources.ts';

/** Where a resource will be. */
export interface ProviderPlace {
  readonly accountId: string;
  readonly region: string;
  /** Why the account or the region may be another one. */
  readonly doubt?: Unknown;
}

/** What a plan says of the place of a provider. */
interface Provider {
  readonly accountId?: string;
  readonly region?: string;
  /** How the region is written. What is written alike is the same region. */
  readonly writtenRegion: string;
  /** How the credentials are written. What is written alike is the same account. */
  readonly credentials: string;
}

/** The providers of a plan, and the one for the account that the plan is for. */
export interface Providers {
  readonly home: Provider;
  readonly of: (resource: PlannedResource) => Provider;
  readonly nameOf: (resource: PlannedResource) => string;
}

/** The arguments of the provider that say whose credentials it uses: https://registry.terraform.io/providers/hashicorp/aws/latest/docs */
const credentialArguments = [
  'access_key',
  'secret_key',
  'token',
  'profile',
  'shared_config_files',
  'shared_credentials_files',
  'assume_role',
  'assume_role_with_web_identity',
];

const fromEnvironment: Provider = { writtenRegion: '', credentials: '[]' };

/**
 * Reads the providers of a plan.
 *
 * The account of a provider is that of the role which it assumes, or the only one that it allows, or the one that
 * `aws_caller_identity` gave, or that of something it has made. Often a plan says none of that, as the credentials are taken
 * from the environment.
 *
 * @param accountId - the account that the plan is said to be for
 */
export function providersOf(plan: TerraformPlan, accountId: string | undefined): Providers {
  const root = plan.configuration.root_module;
  const learned = learnPlaces(plan);
  const providers = new Map(
    Object.entries(plan.configuration.provider_config).map(([key, { expressions }]) => {
      const value = (name: string) => written(expressions[name], moduleOfKey(key), plan);
      const accounts = [accountOf(value), learned.get(key)?.accountId].filter((one) => one !== undefined);
      const region = value('region');
      const known = typeof region === 'string' ? region : learned.get(key)?.region;
      return [
        key,
        {
          ...(accounts[0] === undefined ? {} : { accountId: accounts[0] }),
          ...(known === undefined ? {} : { region: known }),
          writtenRegion: JSON.stringify(region ?? null),
          credentials: JSON.stringify(credentialArguments.map((name) => value(name) ?? null)),
        },
      ] as const;
    }),
  );
  const keyOf = (resource: PlannedResource) => configurationOf(root, resource)?.provider_config_key ?? 'aws';
  const said = accountId === undefined ? undefined : [...providers.values()].find((one) => one.accountId === accountId);
  const others = [...providers].filter(([key]) => key.replace(/^.*:/, '').split('.')[0] === 'aws');
  return {
    home: said ?? providers.get('aws') ?? others[0]?.[1] ?? fromEnvironment,
    of: (resource) => providers.get(keyOf(resource)) ?? fromEnvironment,
    nameOf: keyOf,
  };
}

/**
 * Answers where a resource will be: in the region that it names itself, or in that of its provider, and in the account of its
 * provider. A provider whose account the plan does not say is for the account of the plan if it has the same credentials.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function placesOf(
  { home, of, nameOf }: Providers,
  context: { readonly accountId: string; readonly region: string },
): (resource: PlannedResource) => ProviderPlace {
  return (resource) => {
    const provider = of(resource);
    const own = resource.values['region'];
    const region = typeof own === 'string' && own !== '' ? own : provider.region;
    const isHome = provider.credentials === home.credentials;
    const accountId = provider.accountId ?? (isHome ? (home.accountId ?? context.accountId) : undefined);
    const hasHomeRegion = provider.writtenRegion === home.writtenRegion;
    const open = [
      ...(accountId === undefined ? ['account'] : []),
      ...(region === undefined && !hasHomeRegion ? ['region'] : []),
    ];
    return {
      accountId: accountId ?? context.accountId,
      region: region ?? home.region ?? context.region,
      ...(open.length === 0
        ? {}
        : { doubt: unknown(`the plan does not say for which ${open.join(' and ')} provider ${nameOf(resource)} is`) }),
    };
  };
}

/** The module that defines a provider, such as `module.logs` of `module.logs:aws.west`. */
function moduleOfKey(key: string): string {
  return key.includes(':') ? key.slice(0, key.lastIndexOf(':')) : '';
}

/** The account of the last role that a provider assumes, or the only account that it is allowed for. */
function accountOf(value: (name: string) => unknown): string | undefined {
  for (const name of ['assume_role', 'assume_role_with_web_identity']) {
    const blocks = value(name);
    if (!Array.isArray(blocks) || blocks.length === 0) continue;
    const { role_arn: role } = blocks.at(-1) as { readonly role_arn?: unknown };
    const accountId = typeof role === 'string' ? parseArn(role)?.accountId : undefined;
    return accountId !== undefined && /^\d{12}$/.test(accountId) ? accountId : onlyAllowed(value);
  }
  return onlyAllowed(value);
}

function onlyAllowed(value: (name: string) => unknown): string | undefined {
  const allowed = value('allowed_account_ids');
  if (!Array.isArray(allowed) || allowed.length !== 1) return undefined;
  return typeof allowed[0] === 'string' ? allowed[0] : undefined;
}

/** Resources whose ARN has the account and the region of their provider. */
const ownArn: readonly string[] = [
  'aws_sns_topic',
  'aws_cloudtrail',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_metric_alarm',
  'aws_cloudwatch_composite_alarm',
  'aws_kms_key',
];

const lookedUp: readonly string[] = ['aws_sns_topic', 'aws_cloudwatch_log_group'];

/** What data sources, and resources that exist already, say of the accounts and regions of providers. */
function learnPlaces(plan: TerraformPlan): ReadonlyMap<string, Pick<Provider, 'accountId' | 'region'>> {
  const root = plan.configuration.root_module;
  const places = new Map<string, { accountId?: string; region?: string }>();
  const learn = (resource: PlannedResource, accountId: unknown, region: unknown) => {
    const key = configurationOf(root, resource)?.provider_config_key;
    if (key === undefined) return;
    const known = places.get(key) ?? {};
    places.set(key, known);
    if (known.accountId === undefined && typeof accountId === 'string') known.accountId = accountId;
    if (known.region === undefined && typeof region === 'string') known.region = region;
  };
  for (const { address, type, name, mode, values = {} } of priorResources(plan)) {
    if (mode !== 'data') continue;
    const resource = { module: moduleOf(address), type, name, isData: true } as PlannedResource;
    if (type === 'aws_caller_identity') learn(resource, values['account_id'], undefined);
    // These are looked up by their name in the account and the region of the provider.
    const { arn } = values;
    const place = lookedUp.includes(type) && typeof arn === 'string' ? parseArn(arn) : undefined;
    if (place !== undefined)
      learn(resource, place.accountId, values['region'] === undefined ? place.region : undefined);
    if (type === 'aws_region') learn(resource, undefined, values['name'] ?? values['region']);
  }
  for (const { module_address: module = '', type, name, mode, change } of plan.resource_changes) {
    if (mode !== 'managed' || !ownArn.includes(type)) continue;
    const { arn, region: own } = change.before ?? {};
    const place = typeof arn === 'string' ? parseArn(arn) : undefined;
    if (place === undefined) continue;
    const resource = { module, type, name, isData: false } as PlannedResource;
    learn(resource, place.accountId, own === undefined ? place.region : undefined);
  }
  return places;
}

/** How deep variables are followed through modules. */
const MAX_DEPTH = 20;

/** What an expression is: its constant, or that of the variable that it names; otherwise how and where it is written. */
function written(expression: unknown, module: string, plan: TerraformPlan, depth = 0): unknown {
  if (Array.isArray(expression)) return expression.map((one) => written(one, module, plan, depth));
  if (typeof expression !== 'object' || expression === null) return expression;
  const { constant_value: constant, references } = expression as {
    readonly constant_value?: unknown;
    readonly references?: readonly string[];
  };
  // A configuration in JSON has the text of a template in the constant, too.
  if (constant !== undefined && references === undefined) return constant;
  if (references === undefined)
    return Object.fromEntries(
      Object.entries(expression).map(([name, one]) => [name, written(one, module, plan, depth)]),
    );
  const name =
    isReference(constant) && references.length === 1 ? /^var\.(\w+)$/.exec(references[0] ?? '')?.[1] : undefined;
  const asWritten = { module, references, constant };
  if (name === undefined || depth > MAX_DEPTH) return asWritten;
  const root = plan.configuration.root_module;
  const fallback = configuredModule(root, module)?.variables?.[name]?.default;
  if (module === '') return plan.variables[name]?.value ?? fallback ?? asWritten;
  const parent = module.replace(/\.?module\.[^.]+$/, '');
  const call = configuredModule(root, parent)?.module_calls?.[module.split('.').at(-1) ?? '']?.expressions?.[name];
  return call === undefined ? (fallback ?? asWritten) : written(call, parent, plan, depth + 1);
}

/** Whether an expression may be nothing but a reference. In JSON its text says that. */
function isReference(text: unknown): boolean {
  return typeof text !== 'string' || /^\$\{[^{}]*\}$/.test(text);
}
