import type { Inventory } from '../../model.ts';
import { partOf } from '../../model.ts';
import type { Subscription } from '../../resources.ts';
import {
  alarmsKey,
  eventRuleTargetsKey,
  eventRulesKey,
  logGroupKey,
  metricFiltersKey,
  subscriptionsKey,
  topicAttributesKey,
  trailsKey,
} from '../../part-keys.ts';
import { alarmArn, eventBusArn, logGroupArn, topicArn, trailArn } from '../arns.ts';
import type { Declaration, DeclaredAccount } from '../declaration.ts';
import { isUnknown } from '../value.ts';
import { valueOf } from './draft.ts';
import { identityOf } from './identity.ts';

/** What a deployment changes in an account. */
export interface Changes {
  /** What the deployment puts in the account, and what is there already and the snapshot does not show. */
  readonly effective: readonly Declaration[];
  /** Whether a thing is not in the account as it was: it is changed, replaced or deleted. See {@link identityOf}. */
  readonly isTouched: (identity: string) => boolean;
  /** Whether a thing is deleted, or deleted and made again, with all that belongs to it. */
  readonly isDeleted: (identity: string) => boolean;
  /** Whether a thing is there after the deployment, because the deployment makes or changes it. */
  readonly isPut: (identity: string) => boolean;
}

/** Compares a deployment with the account before it. */
export function changesOf(base: Inventory, account: DeclaredAccount): Changes {
  const effective = account.declarations.filter((one) => isEffective(one, base, account));
  const put = identities(effective);
  const changed = identities(effective.filter(({ change }) => change !== 'none'));
  const before = new Map(account.before.map((one) => [identityOf(one) ?? '', one.change]));
  const remade = identities(account.declarations.filter(({ change }) => change === 'replace'));
  return {
    effective,
    isTouched: (identity) => changed.has(identity) || before.has(identity),
    isDeleted: (identity) =>
      before.get(identity) === 'delete' || before.get(identity) === 'replace' || remade.has(identity),
    isPut: (identity) => put.has(identity),
  };
}

function identities(declarations: readonly Declaration[]): ReadonlySet<string> {
  return new Set(declarations.flatMap((one) => identityOf(one) ?? []));
}

/**
 * What the deployment leaves as it is, is as the account has it. Where the account does not have it, the later of the two
 * files is right.
 */
function isEffective(declaration: Declaration, base: Inventory, { readAt }: DeclaredAccount): boolean {
  if (declaration.change !== 'none') return true;
  switch (presenceOf(declaration, base)) {
    case 'present':
      return false;
    case 'absent':
      return Date.parse(readAt) >= Date.parse(base.readAt);
    case 'not known':
      return true;
  }
}

/** Whether an account has a thing, as far as its snapshot shows. */
export type Presence = 'present' | 'absent' | 'not known';

/** What a list that was read says of one of its members. A list of `null` is one of nothing. */
function among<T>(list: readonly T[] | null | undefined, is: (one: T) => boolean): Presence {
  if (list === undefined) return 'not known';
  return list?.some(is) === true ? 'present' : 'absent';
}

/** Whether an account has what a file declares. */
export function presenceOf(declaration: Declaration, base: Inventory): Presence {
  const { accountId, region } = declaration;
  switch (declaration.kind) {
    case 'trail': {
      const arn = trailArn(declaration, declaration.name);
      return among(valueOf(partOf<'trails'>(base, trailsKey)), (one) => one.trailArn === arn);
    }
    case 'log-group': {
      const group = valueOf(partOf<'log-group'>(base, logGroupKey(logGroupArn(declaration, declaration.name))));
      return group === undefined ? 'not known' : group === null ? 'absent' : 'present';
    }
    case 'metric-filter': {
      const { logGroupName, name } = declaration;
      if (isUnknown(logGroupName)) return 'not known';
      const list = valueOf(partOf<'metric-filters'>(base, metricFiltersKey(logGroupArn(declaration, logGroupName))));
      return among(list, (one) => one.filterName === name);
    }
    case 'metric-alarm':
    case 'composite-alarm':
    case 'log-alarm': {
      const arn = alarmArn(declaration, declaration.name);
      return among(valueOf(partOf<'alarms'>(base, alarmsKey(accountId, region))), (one) => one.alarmArn === arn);
    }
    case 'topic': {
      const topic = valueOf(
        partOf<'topic-attributes'>(base, topicAttributesKey(topicArn(declaration, declaration.name))),
      );
      return topic === undefined ? 'not known' : topic === null ? 'absent' : 'present';
    }
    case 'subscription': {
      if (isUnknown(declaration.topicArn)) return 'not known';
      const list = valueOf(partOf<'subscriptions'>(base, subscriptionsKey(declaration.topicArn)));
      const { subscriptionArn: arn, endpoint, protocol } = declaration;
      // A template says no ARN, and a subscription that nobody has confirmed yet has none in the account. A topic has one
      // subscription of an endpoint: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
      const isAlike = (one: Subscription) =>
        (arn === undefined || !one.subscriptionArn.startsWith('arn:')) &&
        endpoint !== undefined &&
        one.protocol === protocol &&
        one.endpoint === endpoint;
      return among(list, (one) => one.subscriptionArn === arn || isAlike(one));
    }
    case 'topic-policy':
      // It is in what the account says of the topic.
      return 'present';
    case 'log-transformer':
    case 'mute-rule':
      // An account says it of the log groups and alarms that it was asked about.
      return 'not known';
    case 'event-bus': {
      const rules = valueOf(partOf<'event-rules'>(base, eventRulesKey(eventBusArn(declaration, declaration.name))));
      return rules === undefined ? 'not known' : rules === null ? 'absent' : 'present';
    }
    case 'event-rule': {
      const { eventBusArn: bus, name } = declaration;
      if (isUnknown(bus)) return 'not known';
      return among(valueOf(partOf<'event-rules'>(base, eventRulesKey(bus))), (one) => one.name === name);
    }
    case 'event-target': {
      const { eventBusArn: bus, ruleName, id } = declaration;
      if (isUnknown(bus) || isUnknown(ruleName)) return 'not known';
      const list = valueOf(partOf<'event-rule-targets'>(base, eventRuleTargetsKey(bus, ruleName)));
      return among(list, (one) => one.id === id);
    }
    case 'opaque':
      return 'not known';
    case 'key':
    case 'key-policy':
    case 'key-alias':
      // An account says only what the keys of its topics are, and the deployment may make a topic that uses another.
      return 'not known';
  }
}
