import type { Failure, Inventory, Part, PartKind, PartValues } from '../inventory/model.ts';
import { partId } from '../inventory/model.ts';
import { isService } from './allowed.ts';
import { errors, isOperation, keyManagers, keyStates, logGroupClasses, protocols, unconfirmedArns } from './choices.ts';
import type { Digest, Names } from './names.ts';
import { nameTableFor } from './names.ts';
import { redactAction } from './alarm/redact-action.ts';
import { redactAlarm, redactMetricAlarm } from './alarm/redact-alarm.ts';
import { redactArn } from './redact-arn.ts';
import { redactEventRule, redactEventRuleTarget } from './redact-event-rule.ts';
import { redactFilter, redactFilters } from './redact-filter.ts';
import { redactFilterPolicy } from './policy/redact-filter-policy.ts';
import { redactMetric, redactMetricName, redactNamespace } from './alarm/redact-metric.ts';
import { redactMuteRule } from './alarm/redact-mute-rule.ts';
import { metricIn, redactKeyId, redactPlace, redactRegion } from './redact-part-id.ts';
import { redactPattern } from './pattern/redact-pattern.ts';
import { redactPolicy } from './policy/redact-policy.ts';
import { redactSelectors } from './redact-trail-selectors.ts';
import { kept, redactMembers, redactTime } from './redact-members.ts';
import { redactChoice } from './redact-value.ts';
import type { Redactor } from './redactor.ts';
import { knownIn } from './redactor.ts';

/** The same account under other names. */
export interface Redacted {
  readonly copy: Inventory;
  /** Each stand-in with the word that it stands for, in lower case. */
  readonly mapping: ReadonlyMap<string, string>;
  /** What had to be left out, because it cannot be shown: the part, and the field in it. */
  readonly omitted: readonly string[];
  /** The text of a filter pattern of the account under the other names; `undefined` if it cannot be shown. */
  readonly patternOf: (text: string) => string | undefined;
}

/**
 * The same account under other names, so that it can be shown. Of each field stays what a list of AWS's own values allows
 * for that field; every other word is replaced, by the same stand-in wherever it is. Regions, times, numbers of settings and
 * what patterns look for stay, so that the copy is judged as the account is.
 *
 * @param digest - makes stand-ins the same in every snapshot and account; absent for ones that are only numbers
 */
export function redact(inventory: Inventory, digest?: Digest): Redacted {
  const known = knownIn(inventory);
  const { names, mapping } = nameTableFor(
    (collecting) => rewrite(inventory, { names: collecting, known, omit: () => undefined }),
    digest,
  );
  const omitted: string[] = [];
  const copy = rewrite(inventory, { names, known, omit: (place) => omitted.push(place) });
  const patternOf = (text: string) => {
    const pattern = redactPattern(text, names, known.compared);
    return pattern.kind === 'shown' ? pattern.text : undefined;
  };
  return { copy, mapping, omitted, patternOf };
}

function rewrite(inventory: Inventory, redactor: Redactor): Inventory {
  const { names } = redactor;
  return redactMembers(inventory, {
    accountId: names.text,
    region: (region) => redactRegion(region, names),
    readAt: redactTime,
    parts: (parts) => {
      const rewritten: Record<string, unknown> = {};
      for (const kind of Object.keys(rules) as PartKind[]) {
        const known = parts[kind];
        if (known !== undefined) rewritten[kind] = rewriteKind(kind, known, redactor);
      }
      return rewritten;
    },
  });
}

function rewriteKind<K extends PartKind>(
  kind: K,
  known: Readonly<Record<string, Part<PartValues[K]>>>,
  redactor: Redactor,
): Readonly<Record<string, Part<PartValues[K]>>> {
  const { id, value } = rules[kind];
  return Object.fromEntries(
    Object.entries(known).map(([name, part]) => [
      id(name, redactor.names, redactor),
      part.kind === 'unreadable'
        ? { kind: part.kind, failure: redactFailure(part.failure, redactor.names) }
        : { kind: part.kind, value: value(part.value, redactor, `${kind} ${name}`) },
    ]),
  );
}

function redactFailure(failure: Failure, names: Names): Failure {
  return redactMembers(failure, {
    service: (service) => (isService(service) || service === 'snapshot' ? service : names.text(service)),
    operation: (operation) => (isOperation(operation, Object.keys(rules)) ? operation : names.text(operation)),
    error: (error) => redactChoice(error, errors, names),
    missingIamAction: (missing) => {
      const [prefix = '', action = '', more] = missing.split(':');
      return isService(prefix) && isOperation(action, []) && more === undefined ? missing : names.text(missing);
    },
  });
}

/** How the parts of each kind are rewritten: the name of a part as in {@link partId}, and its value. */
type Rules = {
  readonly [K in PartKind]: {
    readonly id: (id: string, names: Names, redactor: Redactor) => string;
    readonly value: (value: PartValues[K], redactor: Redactor, place: string) => PartValues[K];
  };
};

const rules: Rules = {
  trails: {
    id: (id) => id,
    value: (trails, { names }) =>
      trails.map((trail) =>
        redactMembers(trail, {
          trailArn: (arn) => redactArn(arn, names),
          name: names.text,
          homeRegion: (region) => redactRegion(region, names),
          isMultiRegionTrail: kept,
          isOrganizationTrail: kept,
          includeGlobalServiceEvents: kept,
          cloudWatchLogsLogGroupArn: (arn) => redactArn(arn, names),
          unread: (failure) => redactFailure(failure, names),
        }),
      ),
  },
  'trail-status': {
    id: redactArn,
    value: (status) =>
      status &&
      redactMembers(status, {
        isLogging: kept,
        startLoggingTime: redactTime,
        latestCloudWatchLogsDeliveryTime: redactTime,
        latestCloudWatchLogsDeliveryError: () => 'redacted',
      }),
  },
  'event-selectors': { id: redactArn, value: (selectors, { names }) => selectors && redactSelectors(selectors, names) },
  'log-group': {
    id: redactArn,
    value: (group, { names }) =>
      group &&
      redactMembers(group, { logGroupClass: (groupClass) => redactChoice(groupClass, logGroupClasses, names) }),
  },
  'log-transformers': {
    id: redactArn,
    value: (transformers) => redactMembers(transformers, { ofLogGroup: kept, ofAccount: kept }),
  },
  'metric-filters': {
    id: redactArn,
    value: (filters, redactor, place) => filters && redactFilters(filters, place, redactor),
  },
  'metric-publishers': {
    id: (id, names) => {
      const [accountId = '', region = '', ...metric] = id.split(' ');
      const { namespace, metricName } = metricIn(metric.join(' '));
      return partId({
        kind: 'metric-publishers',
        accountId: names.text(accountId),
        region: redactRegion(region, names),
        namespace: redactNamespace(namespace, names),
        metricName: redactMetricName(metricName, names),
      });
    },
    value: (publishers, redactor, place) =>
      publishers.flatMap((publisher, at) =>
        redactFilter(publisher.filter, `${place}[${at}].filter`, redactor).map((filter) =>
          redactMembers(publisher, { logGroupName: redactor.names.text, filter: () => filter }),
        ),
      ),
  },
  'alarms-for-metric': {
    id: (id, names, redactor) => {
      const [accountId = '', region = '', ...metric] = id.split(' ');
      const key = { kind: 'alarms-for-metric', region: redactRegion(region, names) } as const;
      return partId({
        ...key,
        accountId: names.text(accountId),
        metric: redactMetric(metricIn(metric.join(' ')), redactor),
      });
    },
    value: (alarms, redactor) => alarms.map((alarm) => redactMetricAlarm(alarm, redactor)),
  },
  alarms: { id: redactPlace, value: (alarms, redactor) => alarms.map((alarm) => redactAlarm(alarm, redactor)) },
  'mute-rules': {
    id: redactPlace,
    value: (muteRules, { names }) => muteRules.map((rule) => redactMuteRule(rule, names)),
  },
  'alarm-history': {
    id: redactPlace,
    value: (actions, { names }) => actions.map((action) => redactAction(action, names)),
  },
  'event-rules': {
    id: redactArn,
    value: (eventRules, redactor) => eventRules?.map((rule) => redactEventRule(rule, redactor)) ?? null,
  },
  'event-rule-targets': {
    id: (id, names) => {
      const [eventBusArn = '', ...ruleName] = id.split(' ');
      return `${redactArn(eventBusArn, names)} ${names.text(ruleName.join(' '))}`;
    },
    value: (targets, { names }) => targets?.map((target) => redactEventRuleTarget(target, names)) ?? null,
  },
  subscriptions: {
    id: redactArn,
    value: (subscriptions, { names }) =>
      subscriptions?.map((subscription) =>
        redactMembers(subscription, {
          subscriptionArn: (arn) => (unconfirmedArns.has(arn) ? arn : redactArn(arn, names)),
          protocol: (protocol) => redactChoice(protocol, protocols, names),
          owner: names.text,
          endpoint: names.text,
          confirmedBy: names.text,
        }),
      ) ?? null,
  },
  'topic-attributes': {
    id: redactArn,
    value: (attributes, redactor) =>
      attributes &&
      redactMembers(attributes, {
        policy: (policy) => redactPolicy(policy, redactor),
        kmsMasterKeyId: (id) => redactKeyId(id, redactor.names),
      }),
  },
  'subscription-attributes': {
    id: redactArn,
    value: (attributes, redactor) => attributes && redactFilterPolicy(attributes, redactor),
  },
  key: {
    id: (id, names) => {
      if (id.startsWith('arn:')) return redactArn(id, names);
      const [accountId = '', region = '', ...keyId] = id.split(' ');
      return [names.text(accountId), redactRegion(region, names), redactKeyId(keyId.join(' '), names)].join(' ');
    },
    value: (key, redactor) =>
      key &&
      redactMembers(key, {
        arn: (arn) => redactArn(arn, redactor.names),
        keyManager: (manager) => redactChoice(manager, keyManagers, redactor.names),
        keyState: (state) => redactChoice(state, keyStates, redactor.names),
        policy: (policy) => redactPolicy(policy, redactor),
      }),
  },
};
