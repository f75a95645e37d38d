import { logGroupName, parseArn, resourceName } from '../../../src/inventory/arn.ts';
import type {
  Alarm,
  EventSelectors,
  MetricAlarm,
  MetricFilter,
  Subscription,
} from '../../../src/inventory/resources.ts';
import type { World } from './world.ts';
import { ACCOUNT, REGION } from './world.ts';

type Block = Readonly<Record<string, unknown>>;

/** The provider of a place that is not the account's own region, by the alias that a configuration gives it. */
export interface OtherPlace {
  readonly alias: string;
  readonly accountId: string;
  readonly region: string;
}

/** A module of Terraform in the JSON syntax, and the providers that it needs besides the default one. */
export interface WorldModule {
  readonly module: Block;
  readonly places: readonly OtherPlace[];
}

/**
 * The Terraform module that makes a world, as far as Terraform can: what exists without being declared, and what happened, is
 * left out. Where a resource names another one, the module refers to it, so that the plan knows the value after apply only.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function terraformOf(world: World): WorldModule {
  const { accountId, region } = world;
  const resources: Record<string, Record<string, Block>> = {};
  const places = new Map<string, OtherPlace>();

  function providerOf(owner: string, where: string): Block {
    if (owner === accountId && where === region) return {};
    const alias = owner === accountId ? where : `account-${owner}-${where}`;
    places.set(alias, { alias, accountId: owner, region: where });
    return { provider: `aws.${alias}` };
  }
  /** Adds a resource, and gives what refers to it. */
  function add(type: string, owner: string, where: string, block: Block): string {
    const ofType = (resources[type] ??= {});
    const name = `${type.split('_').at(-1) ?? ''}${Object.keys(ofType).length}`;
    ofType[name] = defined({ ...block, ...providerOf(owner, where) });
    return `${type}.${name}`;
  }

  /** A policy; one that is known after apply only, where the text is none. */
  function policyOf(text: string): string {
    if (text !== '') return literal(text);
    const ofType = (resources['terraform_data'] ??= {});
    ofType['policy'] = { input: '{}' };
    return '${terraform_data.policy.output}';
  }

  const groups = new Map<string, string>();
  for (const [arn, filters] of Object.entries(world.filters)) {
    if (filters === null) continue;
    const { accountId: owner = '', region: where = '' } = parseArn(arn) ?? {};
    const name = logGroupName(arn);
    const group = add('aws_cloudwatch_log_group', owner, where, {
      name: literal(name),
      log_group_class: world.logGroupClasses?.[arn],
    });
    groups.set(arn, group);
    const { ofLogGroup = false } = world.transformers?.[arn] ?? {};
    if (ofLogGroup)
      add('aws_cloudwatch_log_account_policy', owner, where, {
        policy_name: 'transform',
        policy_type: 'TRANSFORMER_POLICY',
        policy_document: literal('[{"parseJSON":{}},{"addKeys":{"entries":[{"key":"team","value":"a"}]}}]'),
      });
    for (const one of filters)
      add('aws_cloudwatch_log_metric_filter', owner, where, filterBlock(one, `\${${group}.name}`));
  }
  for (const trail of world.trails) {
    const { accountId: owner = '', region: where = '' } = parseArn(trail.trailArn) ?? {};
    const group = trail.cloudWatchLogsLogGroupArn;
    const declared = groups.get(group ?? '');
    add('aws_cloudtrail', owner, where, {
      name: literal(trail.name),
      s3_bucket_name: 'audit-trail',
      enable_logging: world.statuses[trail.trailArn]?.isLogging,
      is_multi_region_trail: trail.isMultiRegionTrail,
      is_organization_trail: trail.isOrganizationTrail,
      include_global_service_events: trail.includeGlobalServiceEvents,
      ...(group === undefined
        ? {}
        : {
            cloud_watch_logs_group_arn: declared === undefined ? `${group}:*` : `\${${declared}.arn}:*`,
            cloud_watch_logs_role_arn: `arn:aws:iam::${owner}:role/trail`,
          }),
      ...selectorBlocks(world.selectors[trail.trailArn]),
    });
  }
  const topics = new Map<string, string>();
  for (const [arn, topic] of Object.entries(world.topics)) {
    if (topic === null || world.subscriptions[arn] === null) continue;
    const { accountId: owner = '', region: where = '' } = parseArn(arn) ?? {};
    const { kmsMasterKeyId: keyId } = topic;
    const key = keyId === undefined ? undefined : world.keys?.[`${owner} ${where} ${keyId}`];
    if (keyId !== undefined && key?.keyManager === 'CUSTOMER') {
      const made = add('aws_kms_key', owner, where, {
        policy: literal(key.policy),
        is_enabled: key.keyState === 'Enabled',
      });
      add('aws_kms_alias', owner, where, { name: keyId, target_key_id: `\${${made}.key_id}` });
    }
    const made = add('aws_sns_topic', owner, where, {
      name: literal(resourceName(arn)),
      kms_master_key_id: keyId,
      fifo_topic: arn.endsWith('.fifo') ? true : undefined,
    });
    topics.set(arn, made);
    add('aws_sns_topic_policy', owner, where, { arn: `\${${made}.arn}`, policy: policyOf(topic.policy) });
    for (const one of world.subscriptions[arn] ?? [])
      add('aws_sns_topic_subscription', one.owner ?? owner, where, subscriptionBlock(one, made, world));
  }
  /** What an alarm or a rule notifies. */
  const actionOf = (arn: string) => (topics.has(arn) ? `\${${topics.get(arn) ?? ''}.arn}` : literal(arn));
  for (const [place, alarms] of Object.entries(world.alarms)) {
    const [owner = '', where = ''] = place.split(' ');
    for (const alarm of alarms) {
      const actions = alarm.alarmActions.map(actionOf);
      if (alarm.kind === 'metric-alarm')
        add('aws_cloudwatch_metric_alarm', owner, where, metricAlarmBlock(alarm, actions));
      else if (alarm.kind === 'composite-alarm')
        add('aws_cloudwatch_composite_alarm', owner, where, compositeAlarmBlock(alarm, actions));
      else throw new Error(`an alarm of the kind ${alarm.kind}`);
    }
  }
  for (const [busArn, rules] of Object.entries(world.eventRules ?? {})) {
    if (rules === null) continue;
    const { accountId: owner = '', region: where = '' } = parseArn(busArn) ?? {};
    const bus = resourceName(busArn);
    const busName =
      bus === 'default' ? bus : `\${${add('aws_cloudwatch_event_bus', owner, where, { name: bus })}.name}`;
    for (const rule of rules) {
      const made = add('aws_cloudwatch_event_rule', owner, where, {
        name: literal(rule.name),
        event_bus_name: busName,
        event_pattern: rule.eventPattern === undefined ? undefined : literal(rule.eventPattern),
        state: rule.state,
      });
      for (const target of world.eventRuleTargets?.[`${busArn} ${rule.name}`] ?? [])
        add('aws_cloudwatch_event_target', owner, where, {
          rule: `\${${made}.name}`,
          event_bus_name: busName,
          target_id: literal(target.id),
          arn: actionOf(target.arn),
          role_arn: target.roleArn,
        });
    }
  }
  return { module: { ...requiredProviders([...places.keys()]), resource: resources }, places: [...places.values()] };
}

/** What a module says of the providers that it is given. */
function requiredProviders(aliases: readonly string[]): Block {
  const aws = {
    source: 'hashicorp/aws',
    ...(aliases.length === 0 ? {} : { configuration_aliases: aliases.map((alias) => `aws.${alias}`) }),
  };
  return { terraform: { required_providers: { aws } } };
}

/** The settings of a provider that asks no account while it plans, unless it assumes a role in another one. */
export function providerOf({ accountId, region }: Omit<OtherPlace, 'alias'>): Block {
  return {
    region,
    access_key: 'test',
    secret_key: 'test',
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    ...(accountId === ACCOUNT ? {} : { assume_role: [{ role_arn: `arn:aws:iam::${accountId}:role/deploy` }] }),
  };
}

/** The root module that calls the modules of several worlds. */
export function rootOf(modules: ReadonlyMap<string, WorldModule>): Block {
  const places = new Map(
    [...modules.values()].flatMap(({ places: own }) => own).map((place) => [place.alias, place] as const),
  );
  return {
    ...requiredProviders([]),
    provider: {
      aws: [
        providerOf({ accountId: ACCOUNT, region: REGION }),
        ...[...places.values()].map((place) => ({ alias: place.alias, ...providerOf(place) })),
      ],
    },
    module: Object.fromEntries(
      [...modules].map(([name, { places: own }]) => [
        name,
        {
          source: `./${name}`,
          providers: { aws: 'aws', ...Object.fromEntries(own.map(({ alias }) => [`aws.${alias}`, `aws.${alias}`])) },
        },
      ]),
    ),
  };
}

function filterBlock(filter: MetricFilter, group: string): Block {
  return {
    name: literal(filter.filterName),
    log_group_name: group,
    pattern: literal(filter.filterPattern),
    apply_on_transformed_logs: filter.applyOnTransformedLogs,
    metric_transformation: filter.metricTransformations.map((one) =>
      defined({
        namespace: literal(one.metricNamespace),
        name: literal(one.metricName),
        value: literal(one.metricValue),
        default_value: one.defaultValue === undefined ? undefined : String(one.defaultValue),
        unit: one.unit,
        dimensions: one.dimensions,
      }),
    ),
  };
}

function selectorBlocks(selectors: EventSelectors | null | undefined): Block {
  return {
    event_selector: filled(
      selectors?.eventSelectors.map((one) => ({
        read_write_type: one.readWriteType,
        include_management_events: one.includeManagementEvents,
        exclude_management_event_sources: filled(one.excludeManagementEventSources),
      })),
    ),
    advanced_event_selector: filled(
      selectors?.advancedEventSelectors.map(({ name, fieldSelectors }) =>
        defined({
          name,
          field_selector: fieldSelectors.map((one) =>
            defined({
              field: one.field,
              equals: one.equals,
              not_equals: one.notEquals,
              starts_with: one.startsWith,
              not_starts_with: one.notStartsWith,
              ends_with: one.endsWith,
              not_ends_with: one.notEndsWith,
            }),
          ),
        }),
      ),
    ),
  };
}

function subscriptionBlock({ subscriptionArn, protocol, endpoint }: Subscription, topic: string, world: World): Block {
  const { filterPolicy, filterPolicyScope } = world.filterPolicies?.[subscriptionArn] ?? {};
  return {
    topic_arn: `\${${topic}.arn}`,
    protocol,
    endpoint: endpoint ?? 'oncall@example.com',
    filter_policy: filterPolicy === undefined ? undefined : literal(filterPolicy),
    filter_policy_scope: filterPolicyScope,
  };
}

function commonBlock({ alarmName, actionsEnabled }: Alarm, actions: readonly string[]): Block {
  return { alarm_name: literal(alarmName), actions_enabled: actionsEnabled, alarm_actions: actions };
}

function metricAlarmBlock(alarm: MetricAlarm, actions: readonly string[]): Block {
  if (alarm.metrics.length > 0) throw new Error('metric math is not written');
  return {
    ...commonBlock(alarm, actions),
    namespace: alarm.namespace,
    metric_name: alarm.metricName,
    dimensions:
      filled(alarm.dimensions) && Object.fromEntries(alarm.dimensions.map(({ name, value }) => [name, value])),
    statistic: alarm.statistic,
    extended_statistic: alarm.extendedStatistic,
    unit: alarm.unit,
    period: alarm.period,
    evaluation_periods: alarm.evaluationPeriods,
    datapoints_to_alarm: alarm.datapointsToAlarm,
    threshold: alarm.threshold,
    comparison_operator: alarm.comparisonOperator,
    treat_missing_data: alarm.treatMissingData,
  };
}

function compositeAlarmBlock(alarm: Extract<Alarm, { kind: 'composite-alarm' }>, actions: readonly string[]): Block {
  return {
    ...commonBlock(alarm, actions),
    alarm_rule: literal(alarm.alarmRule),
    actions_suppressor:
      alarm.actionsSuppressor === undefined
        ? undefined
        : [
            {
              alarm: alarm.actionsSuppressor,
              wait_period: alarm.actionsSuppressorWaitPeriod ?? 0,
              extension_period: 60,
            },
          ],
  };
}

/** A text that is no template of Terraform. */
function literal(text: string): string {
  return text.replaceAll(/[$%]\{/g, (sign) => `${sign.charAt(0)}${sign}`);
}

function defined(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));
}

function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
