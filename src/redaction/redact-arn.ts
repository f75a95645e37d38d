import { parseArn } from '../inventory/arn.ts';
import { isRegion, isService, partitions, resourceTypes } from './allowed.ts';
import type { Names } from './names.ts';

/**
 * An ARN with another account and name. Partition, service, region and the type of the resource stay where they are AWS's
 * own words, and so do wildcards and what belongs to AWS itself.
 *
 * @param text - an ARN, or a pattern of one with at least six parts
 */
export function redactArn(text: string, names: Names): string {
  const arn = parseArn(text);
  if (arn === undefined) return redactWords(text, names);
  const { partition, service, region, accountId, resource } = arn;
  const part = (word: string, isAllowed: boolean) =>
    isAllowed || /^[*?]*$/.test(word) ? word : names.wildcardText(word);
  return [
    'arn',
    part(partition, partitions.has(partition)),
    part(service, isService(service)),
    part(region, isRegion(region)),
    part(accountId, accountId === 'aws'),
    accountId === 'aws' ? resource : redactResource(service, resource, names),
  ].join(':');
}

function redactResource(service: string, resource: string, names: Names): string {
  if (service === 'iam' && resource === 'root') return resource;
  if (service === 'events' && resource === 'event-bus/default') return resource;
  if (service === 'kms' && isAliasOfAws(resource)) return resource;
  if (service === 'sns' && resource.endsWith('.fifo')) return `${redactWords(resource.slice(0, -5), names)}.fifo`;
  return redactWords(resource, names);
}

/** Whether this is the alias of a key that AWS manages. */
export function isAliasOfAws(alias: string): boolean {
  return alias.startsWith('alias/aws/') && isService(alias.slice('alias/aws/'.length));
}

/** A text with other names. Types of resources before a separator stay. */
export function redactWords(text: string, names: Names): string {
  return text
    .split(/(?<=[:/])/)
    .map((piece) => {
      const type = piece.slice(0, -1).replace(/^\*/, '');
      return /[:/]$/.test(piece) && resourceTypes.has(type) ? piece : names.wildcardText(piece);
    })
    .join('');
}
