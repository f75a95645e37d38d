import { parseArn } from '../inventory/arn.ts';
import type { Inventory, Part, PartKind, PartValues } from '../inventory/model.ts';
import { partId } from '../inventory/model.ts';
import type { AdvancedEventSelector, MetricFilter, MetricName, TrailStatus } from '../inventory/resources.ts';
import {
  redactAction,
  redactAlarm,
  redactDimensionName,
  redactMetric,
  redactMetricAlarm,
  redactMetricName,
  redactNamespace,
} from './redact-alarm.ts';
import { redactAccount, redactArn } from './redact-arn.ts';
import { redactFilterPolicy } from './redact-filter-policy.ts';
import { redactPolicy } from './redact-policy.ts';
import { redactCompared, redactPattern } from './redact-pattern.ts';
import { redactMessage, redactText } from './redact-text.ts';
import type { Redactor } from './redactor.ts';
import { knownIn } from './redactor.ts';
import { namesMetBy, standInsFor } from './stand-in.ts';

/**
 * The same account under other names: account ids, names of things and of people are replaced, each by the same wherever
 * it stands, also within policies, alarm rules and filter patterns. Regions, times, settings and what patterns look for
 * stay, so that it is judged as it was.
 */
export function redact(inventory: Inventory): Inventory {
  const known = knownIn(inventory);
  const names = namesMetBy((standIn) => rewrite(inventory, { standIn, known }));
  return rewrite(inventory, { standIn: standInsFor(names), known });
}

function rewrite(inventory: Inventory, redactor: Redactor): Inventory {
  const parts: Record<string, unknown> = {};
  for (const kind of Object.keys(rules) as PartKind[]) {
    const known = inventory.parts[kind];
    if (known !== undefined) parts[kind] = rewriteKind(kind, known, redactor);
  }
  return { ...inventory, accountId: redactAccount(inventory.accountId, redactor.standIn), parts };
}

function rewriteKind<K extends PartKind>(
  kind: K,
  known: Readonly<Record<string, Part<PartValues[K]>>>,
  redactor: Redactor,
): Readonly<Record<string, Part<PartValues[K]>>> {
  const { id, value } = rules[kind];
  return Object.fromEntries(
    Object.entries(known).map(([name, part]) => [
      id(name, redactor),
      part.kind === 'unreadable' ? part : { ...part, value: value(part.value, redactor) },
    ]),
  );
}

/** How the parts of each kind are rewritten: the name of a part as in {@link partId}, and its value. */
type Rules = {
  readonly [K in PartKind]: {
    readonly id: (id: string, redactor: Redactor) => string;
    readonly value: (value: PartValues[K], redactor: Redactor) => PartValues[K];
  };
};

const byArn = (arn: string, { standIn }: Redactor): string => redactArn(arn, standIn);
const same = <T>(value: T): T => value;

const rules: Rules = {
  trails: {
    id: same,
    value: (trails, { standIn }) =>
      trails.map(({ cloudWatchLogsLogGroupArn, ...trail }) => ({
        ...trail,
        trailArn: redactArn(trail.trailArn, standIn),
        name: standIn('trail', trail.name),
        ...(cloudWatchLogsLogGroupArn === undefined
          ? {}
          : { cloudWatchLogsLogGroupArn: redactArn(cloudWatchLogsLogGroupArn, standIn) }),
      })),
  },
  'trail-status': { id: byArn, value: (status, redactor) => status && redactStatus(status, redactor) },
  'event-selectors': {
    id: byArn,
    value: (selectors, redactor) =>
      selectors && {
        ...selectors,
        advancedEventSelectors: selectors.advancedEventSelectors.map((one) => redactSelector(one, redactor)),
      },
  },
  'log-group': { id: byArn, value: same },
  'log-transformers': { id: byArn, value: same },
  'metric-filters': {
    id: byArn,
    value: (filters, redactor) => filters?.map((filter) => redactFilter(filter, redactor)) ?? null,
  },
  'metric-publishers': {
    id: (id, redactor) => {
      const [accountId = '', region = '', ...metric] = id.split(' ');
      const [namespace = '', metricName = ''] = JSON.parse(metric.join(' ')) as [string?, string?];
      return partId({
        kind: 'metric-publishers',
        accountId: redactAccount(accountId, redactor.standIn),
        region,
        namespace: redactNamespace(namespace, redactor),
        metricName: redactMetricName(metricName, namespace, redactor),
      });
    },
    value: (publishers, redactor) =>
      publishers.map(({ logGroupName, filter }) => ({
        logGroupName: redactor.standIn('log-group', logGroupName),
        filter: redactFilter(filter, redactor),
      })),
  },
  'alarms-for-metric': {
    id: (id, redactor) => {
      const [accountId = '', region = '', ...metric] = id.split(' ');
      const key = {
        kind: 'alarms-for-metric',
        region,
        metric: redactMetric(metricIn(metric.join(' ')), redactor),
      } as const;
      return partId({ ...key, accountId: redactAccount(accountId, redactor.standIn) });
    },
    value: (alarms, redactor) => alarms.map((alarm) => redactMetricAlarm(alarm, redactor)),
  },
  alarms: {
    id: redactPlace,
    value: (alarms, redactor) => alarms.map((alarm) => redactAlarm(alarm, redactor)),
  },
  'mute-rules': {
    id: redactPlace,
    value: (muteRules, { standIn }) => muteRules.map((rule) => ({ ...rule, name: standIn('mute-rule', rule.name) })),
  },
  'alarm-history': { id: redactPlace, value: (actions, redactor) => actions.map((one) => redactAction(one, redactor)) },
  subscriptions: {
    id: byArn,
    value: (subscriptions, { standIn }) =>
      subscriptions?.map(({ endpoint, ...one }) => ({
        ...one,
        subscriptionArn: redactText(one.subscriptionArn, standIn),
        ...(endpoint === undefined ? {} : { endpoint: standIn('address', endpoint) }),
      })) ?? null,
  },
  'topic-attributes': {
    id: byArn,
    value: (attributes, redactor) =>
      attributes && {
        ...attributes,
        policy: redactPolicy(attributes.policy, redactor),
        ...(attributes.kmsMasterKeyId === undefined
          ? {}
          : { kmsMasterKeyId: redactKeyId(attributes.kmsMasterKeyId, redactor) }),
      },
  },
  'subscription-attributes': {
    id: byArn,
    value: (attributes, redactor) => attributes && redactFilterPolicy(attributes, redactor),
  },
  key: {
    id: (id, redactor) => {
      if (id.startsWith('arn:')) return redactArn(id, redactor.standIn);
      const [accountId = '', region = '', ...keyId] = id.split(' ');
      return [redactAccount(accountId, redactor.standIn), region, redactKeyId(keyId.join(' '), redactor)].join(' ');
    },
    value: (key, redactor) => key && { ...key, policy: redactPolicy(key.policy, redactor) },
  },
};

function redactStatus({ latestCloudWatchLogsDeliveryError: error, ...status }: TrailStatus, redactor: Redactor) {
  return {
    ...status,
    ...(error === undefined ? {} : { latestCloudWatchLogsDeliveryError: redactMessage(error, redactor) }),
  };
}

function redactSelector({ name, fieldSelectors }: AdvancedEventSelector, { standIn }: Redactor): AdvancedEventSelector {
  return {
    ...(name === undefined ? {} : { name: standIn('event-selector', name) }),
    fieldSelectors: fieldSelectors.map(({ field, ...operators }) => ({
      field,
      ...Object.fromEntries(
        Object.entries(operators).map(([operator, values]) => [
          operator,
          values.map((value) => redactCompared(value, field, standIn)),
        ]),
      ),
    })),
  };
}

function redactFilter(filter: MetricFilter, redactor: Redactor): MetricFilter {
  const { standIn } = redactor;
  const { filterName, filterPattern, metricTransformations, fieldSelectionCriteria } = filter;
  return {
    ...filter,
    filterName: standIn('metric-filter', filterName),
    filterPattern: redactPattern(filterPattern, standIn),
    metricTransformations: metricTransformations.map((one) => ({
      ...one,
      metricNamespace: redactNamespace(one.metricNamespace, redactor),
      metricName: redactMetricName(one.metricName, one.metricNamespace, redactor),
      ...(one.dimensions === undefined
        ? {}
        : {
            dimensions: Object.fromEntries(
              Object.entries(one.dimensions).map(([name, selector]) => [redactDimensionName(name, redactor), selector]),
            ),
          }),
    })),
    ...(fieldSelectionCriteria === undefined
      ? {}
      : { fieldSelectionCriteria: redactText(fieldSelectionCriteria, standIn) }),
  };
}

/** A key may be told by id, ARN or alias; the aliases of AWS's own keys stay. */
function redactKeyId(keyId: string, { standIn }: Redactor): string {
  if (parseArn(keyId) !== undefined) return redactArn(keyId, standIn);
  if (!keyId.startsWith('alias/')) return standIn('key', keyId);
  const alias = keyId.slice('alias/'.length);
  return alias.startsWith('aws/') ? keyId : `alias/${standIn('alias', alias)}`;
}

/** `111122223333 eu-west-1`, and the name of an alarm there, which may have spaces. */
function redactPlace(id: string, { standIn }: Redactor): string {
  const [accountId = '', region = '', ...alarmName] = id.split(' ');
  const place = [redactAccount(accountId, standIn), region];
  return (alarmName.length === 0 ? place : [...place, standIn('alarm', alarmName.join(' '))]).join(' ');
}

/** The metric in the name of a part: `["Security","MfaDeactivated",["Region","eu-west-1"]]`. */
function metricIn(json: string): MetricName {
  const [namespace = '', metricName = '', ...pairs] = JSON.parse(json) as [string?, string?, ...(readonly string[])[]];
  return { namespace, metricName, dimensions: pairs.map(([name = '', value = '']) => ({ name, value })) };
}
