import { parseArn } from '../../arn.ts';
import { partId } from '../../model.ts';
import { encryptionKeyKey } from '../../part-keys.ts';
import type { Key, Subscription } from '../../resources.ts';
import { keyArn } from '../arns.ts';
import type { Declaration, DeclarationOf } from '../declaration.ts';
import { defaultTopicPolicy } from '../../default-topic-policy.ts';
import { defaultKeyPolicy } from '../collect/default-policies.ts';
import { isUnknown } from '../value.ts';
import { valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the topics, with their policies, keys and subscriptions, over those of the account. */
export function layTopics(laying: Laying): void {
  const { base, changes, draft } = laying;
  for (const [arn, attributes] of declaredParts(laying, 'topic-attributes'))
    draft.put('topic-attributes', arn, attributes);
  for (const policy of policiesOf(laying, 'topic-policy')) layTopicPolicy(policy, laying);
  layKeys(laying);
  const changed = new Set<string>();
  const topics = [...new Set([...draft.ids('subscriptions'), ...draft.ids('topic-attributes')])];
  for (const arn of new Set([...topics, ...declaredParts(laying, 'subscriptions').keys()])) {
    laySubscriptions(arn, laying);
    const [was, is] = [base.parts['topic-attributes']?.[arn], draft.get('topic-attributes', arn)];
    // What the snapshot does not show differs only where the deployment changes it.
    const isShown = valueOf(was) !== undefined;
    const isTouched = changes.isTouched(`topic ${arn}`) || changes.isTouched(`topic-policy ${arn}`);
    if (isShown ? JSON.stringify(was) !== JSON.stringify(is) : isTouched) changed.add(arn);
  }
  for (const [arn, attributes] of declaredParts(laying, 'subscription-attributes'))
    draft.put('subscription-attributes', arn, attributes);
  forgetHistory(changed, laying);
}

function laySubscriptions(arn: string, laying: Laying): void {
  const { base, changes, draft, collected } = laying;
  const isDeleted = changes.isDeleted(`topic ${arn}`);
  if (isDeleted && !changes.isPut(`topic ${arn}`)) {
    draft.put('topic-attributes', arn, null);
    draft.put('subscriptions', arn, null);
    return;
  }
  const added = declaredParts(laying, 'subscriptions').get(arn);
  const old = valueOf(draft.get('subscriptions', arn));
  if (isDeleted || old === null || old === undefined) {
    if (added === undefined) return;
    draft.put('subscriptions', arn, added);
    // A topic that is created under the name of one that is there is that one, with its subscriptions:
    // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
    const mayHaveMore =
      collected.incomplete.has(`subscriptions ${arn}`) ||
      (valueOf(base.parts['topic-attributes']?.[arn]) ?? null) !== null;
    if (!isDeleted && old === undefined && mayHaveMore) {
      draft.doubt('subscriptions', arn, `the snapshot does not hold the subscriptions of topic ${arn}`);
    }
    return;
  }
  const isReplaced = ({ subscriptionArn }: { readonly subscriptionArn: string }) =>
    changes.isTouched(`subscription ${subscriptionArn}`);
  const gone = goneWithoutArn(arn, old, laying);
  const stay = old.filter((one) => !isReplaced(one) && !gone.has(one));
  // A change of its filter policy does not ask anybody to confirm a subscription again.
  const put = (added ?? []).map((one) => old.find((known) => known.subscriptionArn === one.subscriptionArn) ?? one);
  draft.put('subscriptions', arn, [...stay, ...put]);
}

/**
 * The subscriptions of a topic that the deployment deletes without saying their ARNs: those of a stack, and those that
 * nobody had confirmed. An account says the endpoints of email only, so that several may be meant.
 */
function goneWithoutArn(topicArn: string, old: readonly Subscription[], { account, draft }: Laying) {
  const gone = account.before.filter(
    (one): one is DeclarationOf<'subscription'> =>
      one.kind === 'subscription' &&
      one.topicArn === topicArn &&
      (one.change === 'delete' || one.change === 'replace') &&
      one.subscriptionArn?.startsWith('arn:') !== true,
  );
  const found = new Set<Subscription>();
  for (const protocol of new Set(gone.map((one) => one.protocol))) {
    const ofProtocol = gone.filter((one) => one.protocol === protocol);
    const alike = old.filter((one) => isUnknown(protocol) || one.protocol === protocol);
    const exact = alike.filter(({ endpoint }) => ofProtocol.some((one) => one.endpoint === endpoint));
    const open = ofProtocol.filter((one) => !exact.some(({ endpoint }) => endpoint === one.endpoint));
    const possible = open.length === 0 ? [] : alike.filter((one) => mayBeOneOf(one, open));
    for (const one of [...exact, ...possible]) found.add(one);
    if (possible.length > open.length)
      draft.doubt('subscriptions', topicArn, `which subscription ${open[0]?.place.address ?? ''} is, is not known`);
  }
  return found;
}

/** Whether nothing tells a subscription of the account from one of a deployment. */
function mayBeOneOf({ endpoint }: Subscription, declarations: readonly DeclarationOf<'subscription'>[]): boolean {
  return endpoint === undefined || declarations.some((one) => isUnknown(one.endpoint));
}

/** The policies of topics or keys that the deployment sets or deletes, where it does not make the topic or key itself. */
function policiesOf<K extends 'topic-policy' | 'key-policy'>(
  { account }: Laying,
  kind: K,
): readonly DeclarationOf<K>[] {
  const deleted = account.before
    .filter(({ change }) => change === 'delete' || change === 'replace')
    .map((one) => ({ ...one, change: 'delete' as const }));
  const set = account.declarations.filter(({ change }) => change !== 'none');
  return [...deleted, ...set].filter((one): one is DeclarationOf<K> => one.kind === kind);
}

function layTopicPolicy({ topicArn, policy, change }: DeclarationOf<'topic-policy'>, { draft, changes }: Laying): void {
  if (isUnknown(topicArn) || changes.isPut(`topic ${topicArn}`)) return;
  const known = valueOf(draft.get('topic-attributes', topicArn));
  if (known === undefined || known === null) return;
  if (isUnknown(policy)) {
    draft.remove('topic-attributes', topicArn);
    draft.doubt('topic-attributes', topicArn, policy.unknown);
    return;
  }
  // A topic is never without a policy, so Terraform sets the default one:
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sns/topic_policy.go
  const owner = parseArn(topicArn)?.accountId ?? '';
  const next = change === 'delete' ? defaultTopicPolicy(topicArn, owner) : policy;
  draft.put('topic-attributes', topicArn, { ...known, policy: next });
}

/** Lays the keys of topics over those of the account, which names a key as its topic does: by id, ARN or alias. */
function layKeys(laying: Laying): void {
  const { account, changes, draft } = laying;
  for (const [id, key] of declaredParts(laying, 'key')) {
    const arn = key?.arn ?? '';
    if (draft.get('key', id) === undefined || changes.isTouched(`key ${arn}`) || changes.isTouched(`key-policy ${arn}`))
      draft.put('key', id, key);
  }
  for (const topicArn of draft.ids('topic-attributes')) {
    const keyId = valueOf(draft.get('topic-attributes', topicArn))?.kmsMasterKeyId;
    if (keyId === undefined) continue;
    const id = partId(encryptionKeyKey(keyId, topicArn));
    const known = valueOf(draft.get('key', id));
    if (known === undefined || known === null) continue;
    const next = changedKey(known, encryptionKeyKey(keyId, topicArn), laying);
    if (next === undefined) {
      draft.remove('key', id);
      draft.doubt('key', id, `${account.source} changes the key in a way that it does not say`);
    } else draft.put('key', id, next);
  }
}

/** A key after the deployment; nothing where the deployment does not say what it will be. */
function changedKey(
  key: Key,
  { keyId, topicArn }: ReturnType<typeof encryptionKeyKey>,
  laying: Laying,
): Key | undefined {
  const { account, changes } = laying;
  const arn = key.arn ?? keyArnIn(keyId, topicArn);
  // An older snapshot does not say which key an alias is of.
  if (arn === undefined) return changesKeyOf(topicArn, laying) ? undefined : key;
  // KMS deletes a key after a waiting period: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
  if (changes.isDeleted(`key ${arn}`)) return { ...key, keyState: 'PendingDeletion' };
  const declarations = account.declarations.filter(({ change }) => change !== 'none');
  const own = declarations.find((one): one is DeclarationOf<'key'> => one.kind === 'key' && one.keyArn === arn);
  const policies = policiesOf(laying, 'key-policy').filter((one) => one.keyArn === arn);
  const last = policies.at(-1);
  // A key is never without a policy, so Terraform sets the default one:
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/kms/key_policy.go
  const set = last?.change === 'delete' ? defaultKeyPolicy(last.accountId, last.region) : last?.policy;
  const policy = set ?? own?.policy ?? key.policy;
  const isEnabled = own?.isEnabled ?? key.keyState === 'Enabled';
  if (isUnknown(policy) || isUnknown(isEnabled)) return undefined;
  const keyState = own === undefined ? key.keyState : isEnabled ? 'Enabled' : 'Disabled';
  return { ...key, keyState, policy };
}

/** The ARN of a key that a topic names by its ARN or id; nothing for an alias. */
function keyArnIn(keyId: string, topicArn: string): string | undefined {
  if (keyId.startsWith('arn:')) return keyId.includes(':key/') ? keyId : undefined;
  const place = parseArn(topicArn);
  return keyId.startsWith('alias/') || place === undefined ? undefined : keyArn(place, keyId);
}

/** Whether the deployment changes a key in the account and region of a topic. */
function changesKeyOf(topicArn: string, { account }: Laying): boolean {
  const place = parseArn(topicArn);
  const changed = [
    ...account.before,
    ...account.declarations.filter(({ change }) => change === 'update' || change === 'replace'),
  ];
  const isKey = ({ kind }: Declaration) => kind === 'key' || kind === 'key-policy';
  return changed.some((one) => isKey(one) && one.accountId === place?.accountId && one.region === place.region);
}

/** What became of an alarm's last action says nothing of a topic whose policy or key is another one now. */
function forgetHistory(changed: ReadonlySet<string>, { draft }: Laying): void {
  for (const id of draft.ids('alarms')) {
    for (const { alarmActions, alarmName } of valueOf(draft.get('alarms', id)) ?? []) {
      const history = `${id} ${alarmName}`;
      if (alarmActions.some((arn) => changed.has(arn)) && draft.get('alarm-history', history) !== undefined)
        draft.put('alarm-history', history, []);
    }
  }
}
