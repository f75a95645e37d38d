import { parseArn } from '../inventory/arn.ts';
import type { NameKind, StandIn } from './stand-in.ts';

/** What stands before the name in the ARNs of things that are judged, and what kind of name it is. */
const kinds: readonly { readonly service: string; readonly before: string; readonly kind: NameKind }[] = [
  { service: 'cloudtrail', before: 'trail/', kind: 'trail' },
  { service: 'logs', before: 'log-group:', kind: 'log-group' },
  { service: 'cloudwatch', before: 'alarm:', kind: 'alarm' },
  { service: 'kms', before: 'key/', kind: 'key' },
  { service: 'kms', before: 'alias/', kind: 'alias' },
];

/** Types of resources, as they stand before a name in an ARN. What stands there else may be a name: `bucket/key`. */
export const resourceTypes: ReadonlySet<string> = new Set([
  ...[
    'user',
    'group',
    'role',
    'assumed-role',
    'federated-user',
    'instance-profile',
    'policy',
    'mfa',
    'sms-mfa',
    'root',
  ],
  ...['saml-provider', 'oidc-provider', 'server-certificate', 'key', 'alias', 'trail', 'alarm', 'log-group'],
  ...['log-stream', 'function', 'rule', 'event-bus', 'automation-definition', 'document', 'response-plan', 'instance'],
]);

/**
 * An ARN with other account and name. Partition, service, region and type of the resource are AWS's words and stay, and
 * so do wildcards and what belongs to AWS itself.
 *
 * @param text - an ARN, or a pattern of one with at least six parts
 */
export function redactArn(text: string, standIn: StandIn): string {
  const arn = parseArn(text);
  if (arn === undefined) return redactName('value', text, standIn);
  const { partition, service, region, accountId, resource } = arn;
  const isOfAws = accountId !== '' && !/[\d*?]/.test(accountId);
  const redacted = isOfAws ? resource : redactResource(service, resource, standIn);
  return ['arn', partition, service, region, redactAccount(accountId, standIn), redacted].join(':');
}

function redactResource(service: string, resource: string, standIn: StandIn): string {
  if (service === 'sns') {
    const [topic = '', ...subscription] = resource.split(':');
    const redacted = subscription.map((part) => redactName('subscription', part, standIn));
    return [redactName('topic', topic, standIn), ...redacted].join(':');
  }
  const known = kinds.find((one) => one.service === service && resource.startsWith(one.before));
  if (known !== undefined) {
    const { before, kind } = known;
    const name = resource.slice(before.length);
    if (kind === 'alias' && name.startsWith('aws/')) return resource;
    if (kind !== 'log-group') return `${before}${redactName(kind, name, standIn)}`;
    const [group = '', ...rest] = name.split(':');
    const within = rest.map((part) => (resourceTypes.has(part) ? part : redactName('resource', part, standIn)));
    return [`${before}${redactName(kind, group, standIn)}`, ...within].join(':');
  }
  if (service === 'iam' && resource === 'root') return resource;
  const [, type = '', separator = '', name = ''] = /^([a-z-]+)([/:])(.+)$/s.exec(resource) ?? [];
  if (!resourceTypes.has(type)) return redactName('resource', resource, standIn);
  return `${type}${separator}${redactName('resource', name, standIn)}`;
}

/** An account's id with other digits; wildcards stay, and what is no id, nor part of one. */
export function redactAccount(accountId: string, standIn: StandIn): string {
  if (/[*?]/.test(accountId)) return redactName('value', accountId, standIn);
  return /^\d{12}$/.test(accountId) ? standIn('account', accountId) : accountId;
}

/** A name with another, in which every wildcard stays where it is among the rest. */
export function redactName(kind: NameKind, name: string, standIn: StandIn): string {
  return name
    .split(/([*?]+)/)
    .map((piece, index) => (index % 2 === 1 || piece === '' ? piece : standIn(kind, piece)))
    .join('');
}
