import { callIn, isFieldName, isServiceHost, isValueOf } from './allowed.ts';
import type { Names } from './names.ts';
import { redactArn, redactWords } from './redact-arn.ts';

/**
 * What a field of an event is compared with. A value that AWS itself writes into that field stays; everything else is a
 * name.
 *
 * @param field - the last name of the field
 */
export function redactFieldValue(value: string, field: string, names: Names): string {
  if (isValueOf(field, value)) return value;
  // A misspelt name of a call still says what is meant.
  const call = field === 'eventName' ? callIn(value) : '';
  if (call !== '') return value.split(call).map(names.text).join(call);
  return value.startsWith('arn:') ? redactArn(value, names) : redactWords(value, names);
}

/** The name of a field, in a selector or as a dimension of CloudWatch Logs. */
export function redactFieldName(name: string, names: Names): string {
  return isFieldName(name) ? name : names.text(name);
}

/** A number among settings. One of more than three digits may be that of a customer or a telephone. */
export function redactNumber(spelling: string, names: Names): string {
  return /\d{4}/.test(spelling) ? names.numeral(spelling) : spelling;
}

/** A service principal stays, and any other host is a name. */
export function redactHost(host: string, names: Names): string {
  return isServiceHost(host) ? host : names.text(host);
}

/** One of AWS's words for a setting; a value that is none of them stays unknown, under another name. */
export function redactChoice(value: string, allowed: ReadonlySet<string>, names: Names): string {
  return allowed.has(value) ? value : names.text(value);
}
