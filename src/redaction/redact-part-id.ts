/** The pieces of the names of parts, as `partId` makes them. */

import { parseArn } from '../inventory/arn.ts';
import type { MetricName } from '../inventory/resources.ts';
import { isRegion } from './allowed.ts';
import type { Names } from './names.ts';
import { isAliasOfAws, redactArn } from './redact-arn.ts';

/** A region of AWS stays. */
export function redactRegion(region: string, names: Names): string {
  return isRegion(region) ? region : names.text(region);
}

/** A key may be named by id, ARN or alias; the aliases of the keys that AWS manages stay. */
export function redactKeyId(keyId: string, names: Names): string {
  if (parseArn(keyId) !== undefined) return redactArn(keyId, names);
  if (isAliasOfAws(keyId)) return keyId;
  return keyId.startsWith('alias/') ? `alias/${names.text(keyId.slice('alias/'.length))}` : names.text(keyId);
}

/** `111122223333 eu-west-1`, and the name of an alarm there, which may have blanks. */
export function redactPlace(id: string, names: Names): string {
  const [accountId = '', region = '', ...alarmName] = id.split(' ');
  const place = [names.text(accountId), redactRegion(region, names)];
  return (alarmName.length === 0 ? place : [...place, names.text(alarmName.join(' '))]).join(' ');
}

/** The metric in the name of a part: `["Security","MfaDeactivated",["Region","eu-west-1"]]`. */
export function metricIn(json: string): MetricName {
  const [namespace = '', metricName = '', ...pairs] = JSON.parse(json) as [string?, string?, ...(readonly string[])[]];
  return { namespace, metricName, dimensions: pairs.map(([name = '', value = '']) => ({ name, value })) };
}
