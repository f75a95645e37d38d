import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { faults } from '../../../support/worlds/faulty-accounts.ts';
import { terraformOf } from '../../../support/worlds/terraform-of-world.ts';
import type { World } from '../../../support/worlds/world.ts';
import { soundWorld } from '../../../support/worlds/world.ts';

export const RECORDED_FILE = 'test/inventory/declared/data/reasons/plans.json';
/** The name of the module in the plan of one account. */
const MODULE = 'world';

type Members = Readonly<Record<string, unknown>>;

/** The plan of one account: which of the recorded resources are in it, by their place in the lists. */
interface PlanOfAccount {
  /** The digest of the configuration that was planned. */
  readonly configuration: string;
  readonly changes: readonly number[];
  readonly configured: readonly number[];
}

/**
 * What Terraform planned for many accounts. All are modules of one configuration, which is planned once. The plan of one
 * account is what that plan says of its module, under one name for all, so that the same resource is kept once. What no
 * reader looks at is left out: `planned_values`, which says the same again, and the time.
 */
export interface RecordedPlans {
  readonly format_version: string;
  readonly terraform_version: string;
  readonly provider_version: string;
  readonly provider_config: Members;
  /** Members of `resource_changes`. */
  readonly changes: readonly Members[];
  /** Members of the `resources` of a module of the configuration. */
  readonly configured: readonly { readonly provider_config_key: string }[];
  readonly plans: Readonly<Record<string, PlanOfAccount>>;
  /** Accounts of which Terraform plans nothing, and what it says. */
  readonly refused: Readonly<Record<string, { readonly configuration: string; readonly message: string }>>;
}

/** The parts of a plan that are recorded. */
export interface ShownPlan {
  readonly format_version: string;
  readonly terraform_version: string;
  readonly resource_changes: readonly (Members & { readonly module_address: string })[];
  readonly configuration: {
    readonly provider_config: Members;
    readonly root_module: {
      readonly module_calls: Readonly<
        Record<string, { readonly module: { readonly resources: RecordedPlans['configured'] } }>
      >;
    };
  };
}

/** The accounts that are planned: one without a fault, and one for each reason. The version of the provider has no log alarms. */
export const plannedWorlds: Readonly<Record<string, World>> = {
  SATISFIED: soundWorld(),
  ...Object.fromEntries(
    Object.entries(faults)
      .filter(([, { raw }]) => raw?.['acceptedRoutes']?.includes('log-alarm') !== true)
      .map(([code, { fault }]) => [code, fault]),
  ),
};

/** The text of an account's module, as it is given to Terraform. */
export function moduleText(world: World): string {
  return `${JSON.stringify(terraformOf(world).module, null, 2)}\n`;
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export function readRecorded(): RecordedPlans {
  return JSON.parse(readFileSync(RECORDED_FILE, 'utf8')) as RecordedPlans;
}

/** Takes the plan of every account out of the plan of all. */
export function recordedFrom(
  shown: ShownPlan,
  texts: ReadonlyMap<string, string>,
  messages: ReadonlyMap<string, string>,
  providerVersion: string,
): RecordedPlans {
  const { format_version, terraform_version, configuration } = shown;
  const [changes, configured] = [pool<Members>(), pool<RecordedPlans['configured'][number]>()];
  const plans = [...texts].flatMap(([code, text]): readonly (readonly [string, PlanOfAccount])[] => {
    if (messages.has(code)) return [];
    const own = shown.resource_changes.filter(({ module_address: module }) => module === `module.${code}`);
    const resources = configuration.root_module.module_calls[code]?.module.resources ?? [];
    const plan = {
      configuration: digestOf(text),
      changes: own.map((one) => changes.add(renamed(one, code))),
      configured: resources.map((one) => configured.add(one)),
    };
    return [[code, plan]];
  });
  return {
    ...{ format_version, terraform_version, provider_version: providerVersion },
    provider_config: configuration.provider_config,
    changes: changes.members,
    configured: configured.members,
    plans: Object.fromEntries(plans),
    refused: Object.fromEntries(
      [...messages].map(([code, message]) => [code, { configuration: digestOf(texts.get(code) ?? ''), message }]),
    ),
  };
}

/** The plan of one account as `terraform show -json` prints one. */
export function planFor(recorded: RecordedPlans, { changes, configured }: PlanOfAccount): string {
  const resources = configured.flatMap((at) => recorded.configured[at] ?? []);
  const used = new Set(['aws', ...resources.map(({ provider_config_key: key }) => key)]);
  const providers = Object.entries(recorded.provider_config).filter(([key]) => used.has(key));
  return JSON.stringify({
    format_version: recorded.format_version,
    terraform_version: recorded.terraform_version,
    resource_changes: changes.map((at) => recorded.changes[at]),
    configuration: {
      provider_config: Object.fromEntries(providers),
      root_module: { module_calls: { [MODULE]: { source: `./${MODULE}`, module: { resources } } } },
    },
    applyable: true,
    complete: true,
    errored: false,
  });
}

function renamed(change: Members, code: string): Members {
  return JSON.parse(JSON.stringify(change).replaceAll(`"module.${code}`, `"module.${MODULE}`)) as Members;
}

/** A list without duplicates. */
function pool<T>(): { readonly members: readonly T[]; readonly add: (one: T) => number } {
  const members: T[] = [];
  const indexes = new Map<string, number>();
  const add = (one: T): number => {
    const id = JSON.stringify(one);
    const known = indexes.get(id);
    if (known !== undefined) return known;
    indexes.set(id, members.length);
    return members.push(one) - 1;
  };
  return { members, add };
}
