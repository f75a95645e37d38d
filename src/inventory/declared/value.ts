/** Stands for a value that a file does not say before deployment. */
export interface Unknown {
  readonly unknown: string;
  /** The file says a value, which is not read: it is sensitive, or of a type that is refused. */
  readonly isSaid?: true;
}

/** A value that may not be known before deployment. */
export type Maybe<T> = T | Unknown;

/** @param why - what is not known, such as `aws_sns_topic.alerts.arn is known after apply` */
export function unknown(why: string): Unknown {
  return { unknown: why };
}

/** @param why - what is wrong with a value that the file says */
export function refused(why: string): Unknown {
  return { unknown: why, isSaid: true };
}

/** @param what - the value that the file marks as sensitive, such as `aws_sns_topic_subscription.oncall.endpoint` */
export function secret(what: string): Unknown {
  return refused(`${what} is sensitive, and is not read`);
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}

/** The first thing in a value that is not known, at any depth. */
export function firstUnknown(value: unknown): Unknown | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isUnknown(value)) return value;
  for (const one of Array.isArray(value) ? value : Object.values(value)) {
    const found = firstUnknown(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
