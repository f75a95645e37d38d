import { word } from './shell/word.ts';

type Value = string | number | boolean | readonly string[] | object;

/** One call of AWS: what it is in the API, from which the words of the AWS CLI follow. */
export interface AwsCommand {
  /** As the AWS CLI spells it: `logs`, `put-metric-filter`. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** By the API's own names. `true` is a flag. */
  readonly input: Readonly<Record<string, Value>>;
}

/** Options that the AWS CLI names otherwise than the API, since it has one of that name itself. */
const renamed: Readonly<Record<string, string>> = { Endpoint: 'notification-endpoint' };

/**
 * What the AWS CLI would not take as it is written: it reads values that begin like a URL of a file or of the web from
 * there, and takes a dash for an option and a bracket in a list for JSON.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
const NOT_LITERAL = /^(?:-|fileb?:\/\/|https?:\/\/)/i;
const NOT_LITERAL_IN_LIST = /^[[{]/;

/**
 * The words of the command, ready for a POSIX shell, with every value as data.
 *
 * @param output - further words, such as `--query Account --output text`
 */
export function awsWords({ service, operation, region, input }: AwsCommand, output = ''): readonly string[] {
  const start = [`aws ${service} ${operation}`, `--region ${word(region)}`];
  const end = output === '' ? [] : [output];
  const isLiteral = Object.values(input).every((value) =>
    isTexts(value)
      ? value.every((text) => !NOT_LITERAL.test(text) && !NOT_LITERAL_IN_LIST.test(text))
      : typeof value !== 'string' || !NOT_LITERAL.test(value),
  );
  if (!isLiteral) return [...start, `--cli-input-json ${word(JSON.stringify(input))}`, ...end];
  const options = Object.entries(input).map(([name, value]) => {
    const option = `--${renamed[name] ?? kebab(name)}`;
    return value === true ? option : `${option} ${wordsOf(value)}`;
  });
  return [...start, ...options, ...end];
}

function wordsOf(value: Value): string {
  if (isTexts(value)) return value.map(word).join(' ');
  return word(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function isTexts(value: Value): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
