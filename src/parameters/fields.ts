/** Says that a value is not one of those allowed. A symbol, so that no value can be mistaken for it. */
export const refused = Symbol('refused');

/** What CloudFormation itself can check of a value before anything is deployed. */
export interface TemplateConstraint {
  readonly Type: 'String' | 'Number';
  readonly Default: string | number;
  readonly AllowedValues?: readonly string[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  readonly MaxLength?: number;
}

/** One parameter: what it means, what it is when it is not given, what is allowed, and how it is read. */
export interface ParameterField<V> {
  /** A sentence or two for people, in Markdown. */
  readonly meaning: string;
  readonly fallback: V;
  /** In words, as in "allowed is ...". */
  readonly allowed: string;
  readonly read: (value: unknown) => V | typeof refused;
  readonly template: TemplateConstraint;
  /** Whether only the Lambda function has a use for it, so that the command line does not offer it. */
  readonly isForFunction?: boolean;
}

/** One of some words. */
export function choiceField<const W extends string>(
  meaning: string,
  words: readonly [W, ...W[]],
  fallback: NoInfer<W> = words[0],
): ParameterField<W> {
  return {
    meaning,
    fallback,
    allowed: words.length === 1 ? words[0] : `one of ${words.join(', ')}`,
    read: (value) => words.find((word) => word === value) ?? refused,
    template: { Type: 'String', Default: fallback, AllowedValues: words },
  };
}

/** Some of several words, separated by commas; all of them unless others are the default. */
export function listField<const W extends string>(
  meaning: string,
  words: readonly [W, ...W[]],
  fallback: readonly NoInfer<W>[] = words,
): ParameterField<readonly W[]> {
  const one = `(${words.join('|')})`;
  const allowed = `a list, separated by commas, of ${words.join(', ')}`;
  return {
    meaning,
    fallback,
    allowed,
    read: (value) => {
      const given: readonly unknown[] =
        typeof value === 'string' ? value.split(',').map((word) => word.trim()) : Array.isArray(value) ? value : [];
      const isAllowed = given.length > 0 && given.every((word) => (words as readonly unknown[]).includes(word));
      return isAllowed ? words.filter((word) => given.includes(word)) : refused;
    },
    template: {
      Type: 'String',
      Default: fallback.join(','),
      AllowedPattern: `^$|^${one}( *, *${one})*$`,
      ConstraintDescription: `allowed is ${allowed}`,
    },
  };
}

/** A boolean, or its name in any case, since AWS Config sends strings. */
export function booleanField(meaning: string, fallback: boolean): ParameterField<boolean> {
  return {
    meaning,
    fallback,
    allowed: 'true or false',
    read: (value) => {
      if (typeof value === 'boolean') return value;
      const word = typeof value === 'string' ? value.toLowerCase() : undefined;
      return word === 'true' ? true : word === 'false' ? false : refused;
    },
    template: { Type: 'String', Default: String(fallback), AllowedValues: ['true', 'false'] },
  };
}

/** A whole number within bounds, or its decimal digits. */
export function numberField(
  meaning: string,
  { fallback, from, to }: { readonly fallback: number; readonly from: number; readonly to: number },
): ParameterField<number> {
  return {
    meaning,
    fallback,
    allowed: `a whole number from ${from} to ${to}`,
    read: (value) => {
      const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
      const number = isNumber ? Number(value) : NaN;
      return Number.isInteger(number) && number >= from && number <= to ? number : refused;
    },
    template: { Type: 'Number', Default: fallback, MinValue: from, MaxValue: to },
  };
}

/** A text of at most 1,024 characters, which is all that AWS Config and CloudWatch Logs take. */
export function textField<const D extends string | undefined>(
  meaning: string,
  { allowed, fallback }: { readonly allowed: string; readonly fallback: D },
): ParameterField<string | D> {
  return {
    meaning,
    fallback,
    allowed,
    read: (value) => (typeof value === 'string' ? value : refused),
    template: { Type: 'String', Default: fallback ?? '', MaxLength: 1024 },
  };
}

/** A text that a regular expression describes. */
export function patternField(
  meaning: string,
  { pattern, allowed }: { readonly pattern: RegExp; readonly allowed: string },
): ParameterField<string | undefined> {
  return {
    meaning,
    fallback: undefined,
    allowed,
    read: (value) => (typeof value === 'string' && pattern.test(value) ? value : refused),
    template: {
      Type: 'String',
      Default: '',
      AllowedPattern: `^$|${pattern.source}`,
      ConstraintDescription: `allowed is ${allowed}`,
    },
  };
}

/**
 * The name of an IAM role, with its path if it has one, such as `audit/config-reader`. A service-linked role trusts its
 * service alone, so a function can never assume it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function roleNameField(meaning: string): ParameterField<string | undefined> {
  return patternField(meaning, {
    pattern: /^(?!aws-service-role\/|([^/]+\/)*AWSServiceRoleFor)[\w+=,.@-]+(\/[\w+=,.@-]+)*$/,
    allowed:
      'the name of an IAM role (not its ARN), with its path if it has one; a service-linked role, such as that of the ' +
      'configuration recorder, cannot be assumed',
  });
}
