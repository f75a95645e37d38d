/**
 * A rule for each member of an object, also for those that may be absent. A member that the model gets has no rule here,
 * which does not compile: no text is copied because nobody thought of it.
 */
export type MemberRules<T> = {
  readonly [K in keyof T]-?: (value: Exclude<T[K], undefined>) => Exclude<T[K], undefined>;
};

/** An object with each member as its rule rewrites it. Members without a rule are left out, and absent ones stay absent. */
export function redactMembers<T extends object>(value: T, rules: MemberRules<T>): T {
  const members = Object.entries<(member: never) => unknown>(rules).flatMap(([name, rule]) => {
    const member = value[name as keyof T];
    return member === undefined ? [] : [[name, rule(member as never)] as const];
  });
  return Object.fromEntries(members) as T;
}

/** Settings in numbers, and in yes or no, name nobody. */
export function kept<V extends number | boolean>(setting: V): V {
  return setting;
}

/** A time in ISO 8601, which every reader gives; another text is not shown. */
export function redactTime(text: string): string {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]{5,20}(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : 'redacted';
}
