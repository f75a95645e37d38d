import { parseArn } from '../../arn.ts';
import type { PartKind } from '../../model.ts';
import type { Declaration, DeclarationOf } from '../declaration.ts';
import { isUnknown } from '../value.ts';
import { valueOf } from './draft.ts';
import type { Forgotten } from './forget.ts';
import type { Laying } from './laying.ts';
import { partsOfKind } from './parts-of-kind.ts';

/** Things that AWS does not make a second time under one name: what is made is not one that the account has. */
const madeOnce: ReadonlySet<Declaration['kind']> = new Set<Declaration['kind']>(['log-group', 'event-bus', 'trail']);

/**
 * What a deployment may change of an account without saying which thing it is or what becomes of it, such as an alarm whose
 * name is a parameter without a value. A chain through such a thing is not certain to hold after the deployment.
 */
export function reachedBy(laying: Laying): readonly Forgotten[] {
  const { account } = laying;
  const changed = account.declarations.filter(({ change }) => change !== 'none');
  return [...changed, ...account.before].flatMap((one) => [...ofUnnamed(one), ...ofContent(one, laying)]);
}

/** Parts of the account and region of a declaration. */
function here({ accountId, region }: Declaration, kinds: readonly PartKind[], why: string): readonly Forgotten[] {
  const isIn = (id: string): boolean => {
    const arn = parseArn(id.split(' ')[0] ?? '');
    if (arn !== undefined) return arn.accountId === accountId && arn.region === region;
    return !/^\d/.test(id) || id.startsWith(`${accountId} ${region} `) || id === `${accountId} ${region}`;
  };
  return kinds.map((kind) => ({ kind, isIn, why }));
}

/**
 * What a thing may be whose name or place the file does not say.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (ResourceAlreadyExistsException)
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html (TrailAlreadyExistsException)
 */
function ofUnnamed(declaration: Declaration): readonly Forgotten[] {
  const { nameDoubt, placeDoubt, kind } = declaration;
  if (declaration.change === 'create' && madeOnce.has(kind)) return [];
  const kinds = partsOfKind[kind] ?? [];
  if (placeDoubt !== undefined) return kinds.map((one) => ({ kind: one, isIn: () => true, why: placeDoubt.unknown }));
  if (nameDoubt === undefined) return [];
  const why = nameDoubt.unknown;
  if (declaration.kind !== 'event-target') return here(declaration, kinds, why);
  const { eventBusArn: bus, ruleName } = declaration;
  if (isUnknown(bus) || isUnknown(ruleName)) return [];
  return kinds.map((one) => ({ kind: one, isIn: (id) => id === `${bus} ${ruleName}`, why }));
}

/** What a declaration with a known name may change. */
function ofContent(declaration: Declaration, laying: Laying): readonly Forgotten[] {
  switch (declaration.kind) {
    case 'metric-filter': {
      const { logGroupName, filter } = declaration;
      if (isUnknown(logGroupName))
        return here(declaration, ['metric-filters', 'metric-publishers'], logGroupName.unknown);
      // It may publish to any metric.
      return isUnknown(filter) ? here(declaration, ['metric-publishers'], filter.unknown) : [];
    }
    case 'mute-rule': {
      const unknownName = isUnknown(declaration.alarmNames)
        ? declaration.alarmNames
        : declaration.alarmNames.find(isUnknown);
      return unknownName === undefined ? [] : here(declaration, ['mute-rules'], unknownName.unknown);
    }
    case 'subscription':
      return ofSubscription(declaration, laying);
    case 'key':
      // CloudFormation does not say which key of the account a changed one is.
      return declaration.change === 'create' || !declaration.keyArn.includes('key/(')
        ? []
        : here(declaration, ['key'], `${laying.account.source} changes a key and does not say which one it is`);
    case 'key-alias':
      return ofAlias(declaration, laying);
    case 'event-rule':
      return isUnknown(declaration.eventBusArn)
        ? here(declaration, ['event-rules'], declaration.eventBusArn.unknown)
        : [];
    case 'event-target': {
      // It may have the id of a target that is there, and take its place.
      const open = [declaration.eventBusArn, declaration.ruleName].find(isUnknown);
      return open === undefined ? [] : here(declaration, ['event-rule-targets'], open.unknown);
    }
    case 'opaque':
      return ofOpaque(declaration, laying);
    case 'trail':
    case 'log-group':
    case 'log-transformer':
    case 'metric-alarm':
    case 'composite-alarm':
    case 'log-alarm':
    case 'topic':
    case 'topic-policy':
    case 'key-policy':
    case 'event-bus':
      return [];
  }
}

/**
 * A topic has one subscription of an endpoint, so that a new one may be one that is there, and its filter policy is that of
 * both then. An account says the endpoints of email only.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
function ofSubscription(declaration: DeclarationOf<'subscription'>, { base }: Laying): readonly Forgotten[] {
  const { topicArn, protocol, endpoint, attributes, subscriptionArn } = declaration;
  if (declaration.change === 'delete' && isUnknown(topicArn))
    return here(declaration, ['subscriptions'], topicArn.unknown);
  const hasPolicy = isUnknown(attributes) || attributes.filterPolicy !== undefined;
  if (!hasPolicy || subscriptionArn !== undefined || declaration.change === 'delete') return [];
  const why = `${declaration.place.address} may be a subscription that is there, and give it a filter policy`;
  return Object.entries(base.parts.subscriptions ?? {}).flatMap(([topic, part]) => {
    if (!isUnknown(topicArn) && topicArn !== topic) return [];
    const same = (valueOf(part) ?? []).filter(
      (one) =>
        (isUnknown(protocol) || one.protocol === protocol) &&
        (one.endpoint === undefined || typeof endpoint !== 'string' || one.endpoint === endpoint),
    );
    return same.map(({ subscriptionArn: arn }): Forgotten => ({
      kind: 'subscription-attributes',
      isIn: (id) => id === arn,
      why,
    }));
  });
}

/** A topic may name its key by an alias, which is that of another key now. */
function ofAlias(declaration: DeclarationOf<'key-alias'>, { draft }: Laying): readonly Forgotten[] {
  const { accountId, region, name, keyArn, place } = declaration;
  const isIn = (id: string): boolean => {
    const isMeant = id === `${accountId} ${region} ${name}` || id.endsWith(`:${region}:${accountId}:${name}`);
    return isMeant && (declaration.change === 'delete' || valueOf(draft.get('key', id))?.arn !== keyArn);
  };
  return [{ kind: 'key', isIn, why: `${place.address} changes which key ${name} is` }];
}

function ofOpaque(declaration: DeclarationOf<'opaque'>, { base }: Laying): readonly Forgotten[] {
  const { reach, why } = declaration;
  switch (reach.kind) {
    case 'anything':
      return (Object.keys(base.parts) as PartKind[]).map((kind) => ({ kind, isIn: () => true, why }));
    case 'parts':
      return here(declaration, reach.parts, why);
    case 'named':
      return ofNamed(declaration, reach.text);
  }
}

/** The things that a text names by ARN or, as a whole JSON string, by name. */
function ofNamed({ accountId, region, why }: DeclarationOf<'opaque'>, text: string): readonly Forgotten[] {
  const isNamed = (arn: string): boolean => {
    const { resource = arn } = parseArn(arn) ?? {};
    const name = resource.replace(/^(?:log-group|alarm|trail|key)[:/]/, '');
    return text.includes(arn) || text.includes(JSON.stringify(name));
  };
  const kinds: readonly PartKind[] = [
    ...(['trail-status', 'event-selectors', 'log-group', 'log-transformers', 'metric-filters'] as const),
    ...(['subscriptions', 'topic-attributes', 'event-rules', 'key'] as const),
  ];
  const isAlarm = (id: string) => {
    const [, , ...name] = id.split(' ');
    return isNamed(`arn:aws:cloudwatch:${region}:${accountId}:alarm:${name.join(' ')}`);
  };
  return [
    ...kinds.map((kind): Forgotten => ({ kind, isIn: isNamed, why })),
    { kind: 'mute-rules', isIn: isAlarm, why },
    { kind: 'alarm-history', isIn: isAlarm, why },
  ];
}
