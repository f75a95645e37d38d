import { parseArn } from '../../arn.ts';
import { encryptionKeyKey } from '../../part-keys.ts';
import { topicArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import { declared, markIncomplete, markUncertain, noteEverywhere, present } from './collected.ts';
import type { DeclarationOf, DeclaredAccount } from '../declaration.ts';
import { defaultKeyPolicy } from './default-policies.ts';
import { comparesStandIns } from './stand-ins.ts';
import type { Maybe, Unknown } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';

/** The keys that encrypt topics. */
export function collectKeys(account: DeclaredAccount, collected: Collected): void {
  const policies = new Map<string, Maybe<string>>();
  let policyDoubt: Unknown | undefined;
  for (const { keyArn, policy } of declared(account, 'key-policy')) {
    if (isUnknown(keyArn)) {
      policyDoubt ??= keyArn;
      noteEverywhere(collected, 'key', keyArn.unknown);
    } else policies.set(keyArn, policy);
  }
  const keys = new Map(declared(account, 'key').map((key) => [key.keyArn, key]));
  const aliases = new Map(
    declared(account, 'key-alias').map(({ accountId, region, name, keyArn }) => [
      `${accountId} ${region} ${name}`,
      keyArn,
    ]),
  );
  for (const topic of declared(account, 'topic')) {
    if (topic.keyId === undefined || isUnknown(topic.keyId)) continue;
    const name = topic.keyId.includes(':alias/') ? topic.keyId.slice(topic.keyId.indexOf(':alias/') + 1) : topic.keyId;
    const { accountId, region } = parseArn(topic.keyId) ?? topic;
    const alias = aliases.get(`${accountId} ${region} ${name}`);
    const key = keys.get(isUnknown(alias) ? '' : (alias ?? topic.keyId)) ?? keyById(keys, topic.keyId);
    const partKey = encryptionKeyKey(topic.keyId, topicArn(topic, topic.name));
    if (name === 'alias/aws/sns') {
      present(collected, partKey, {
        keyManager: 'AWS',
        keyState: 'Enabled',
        policy: defaultKeyPolicy(topic.accountId, topic.region),
      });
      continue;
    }
    if (key === undefined) continue;
    collected.places.set(key.keyArn, key.place);
    const policy = policies.get(key.keyArn) ?? policyDoubt ?? key.policy ?? defaultKeyPolicy(key.accountId, key.region);
    const compared = isUnknown(policy) ? undefined : comparesStandIns(policy, account);
    const why = `the policy of ${key.place.address} names by ARN what has no name yet`;
    const doubt = firstUnknown([policy, key.isEnabled]) ?? (compared === 'denies' ? unknown(why) : undefined);
    if (compared === 'allows') markIncomplete(collected, partKey, why);
    if (doubt !== undefined || isUnknown(policy)) markUncertain(collected, partKey, doubt ?? unknown('the key policy'));
    else {
      const keyState = key.isEnabled === true ? 'Enabled' : 'Disabled';
      present(collected, partKey, { arn: key.keyArn, keyManager: 'CUSTOMER', keyState, policy });
    }
  }
}

function keyById(keys: ReadonlyMap<string, DeclarationOf<'key'>>, id: string): DeclarationOf<'key'> | undefined {
  return [...keys.values()].find(({ keyArn }) => parseArn(keyArn)?.resource === `key/${id}`);
}
