import type { ParameterField, TemplateConstraint } from './fields.ts';
import { choiceField, patternField, refused } from './fields.ts';
import { parseParameters } from './parameters.ts';
import type { ParameterName } from './table.ts';
import { parameterFieldOf, parameterNames } from './table.ts';

/** What can be set when the stack is deployed, besides the rule parameters. */
export const stackSettings = {
  ruleName: patternField(
    'The name of the rule, `mfa-deactivation-alarm` by default. Conformance packs and organizations make it longer.',
    { pattern: /^[A-Za-z0-9_-]{1,37}$/, allowed: 'up to 37 letters, digits, hyphens and underscores' },
  ),
  schedule: choiceField(
    'How often the rule is evaluated, besides when a resource changes.',
    ['One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours'],
    'Six_Hours',
  ),
  alarmEmail: patternField('An e-mail address that is notified when the function itself fails. It must confirm once.', {
    pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    allowed: 'an e-mail address',
  }),
  alarmTopicArn: patternField('An SNS topic that is notified when the function itself fails.', {
    pattern: /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/,
    allowed: 'the ARN of an SNS topic (not a FIFO topic)',
  }),
  organizationId: patternField(
    'The organization whose accounts the function may evaluate with `AssumeRoleMode`. AWS Config of any account may then call it, and it refuses accounts of other organizations.',
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
    { pattern: /^o-[a-z0-9]{10,32}$/, allowed: 'the id of an organization, such as o-exampleorgid' },
  ),
  logRetentionInDays: choiceField(
    'How long the log of the function is kept.',
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    [
      ...(['1', '3', '5', '7', '14', '30', '60', '90', '120', '150', '180', '365', '400', '545', '731'] as const),
      ...(['1096', '1827', '2192', '2557', '2922', '3288', '3653'] as const),
    ],
    '90',
  ),
  runtime: choiceField('The Lambda runtime.', ['nodejs22.x', 'nodejs24.x']),
} as const satisfies Readonly<Record<string, ParameterField<unknown>>>;

/** What AWS Config takes for all parameters of a rule together, in characters of JSON. */
const MAX_INPUT_LENGTH = 1024;

/**
 * What of a CloudFormation template follows from the rule parameters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export interface ParameterTemplate {
  readonly Parameters: Readonly<Record<string, TemplateConstraint & { readonly Description: string }>>;
  /** `HasNAME`: whether a parameter differs from its default. */
  readonly Conditions: Readonly<Record<string, object>>;
  /** `InputParameters` of the rule. AWS Config takes 1,024 characters, so a default is left out. */
  readonly inputParameters: Readonly<Record<string, object>>;
}

/** A template's parts for all rule parameters, with the defaults of the table. */
export function parameterTemplate(): ParameterTemplate {
  const parameters = parameterNames.map((name) => {
    const { template, meaning } = parameterFieldOf(name);
    return [logicalId(name), { ...template, Description: meaning }] as const;
  });
  const conditions = parameterNames.map((name) => {
    const isDefault = { 'Fn::Equals': [{ Ref: logicalId(name) }, String(parameterFieldOf(name).template.Default)] };
    return [`Has${logicalId(name)}`, { 'Fn::Not': [isDefault] }] as const;
  });
  const inputs = parameterNames.map((name) => {
    const value = { 'Fn::If': [`Has${logicalId(name)}`, { Ref: logicalId(name) }, { Ref: 'AWS::NoValue' }] };
    return [name, value] as const;
  });
  return {
    Parameters: Object.fromEntries(parameters),
    Conditions: Object.fromEntries(conditions),
    inputParameters: Object.fromEntries(inputs),
  };
}

/** The logical id of a rule parameter in a template, which begins with a capital letter. */
function logicalId(name: ParameterName): string {
  return name.replace(/^./, (letter) => letter.toUpperCase());
}

/**
 * A template's parts with given settings in place of the defaults, checked as the function will check them.
 *
 * @param given - `NAME=VALUE`, as `serverless` has them from `--param`; an empty value is not given
 * @returns the parts, or everything that is wrong with the settings, each with what is allowed
 */
export function templateFor(
  given: readonly string[],
):
  | { readonly kind: 'template'; readonly template: ParameterTemplate }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] } {
  const settings = given.map((one) => {
    const [name = '', ...value] = one.split('=');
    return [name, value.join('=')] as const;
  });
  const known = [...parameterNames, ...Object.keys(stackSettings)];
  const unknown = settings.filter(([name]) => !known.includes(name));
  const ofRule = settings.filter(([name]) => isParameter(name));
  const parsed = parseParameters(Object.fromEntries(ofRule));
  const problems = [
    ...unknown.map(([name]) => `unknown setting \`${name}\`; allowed are ${known.join(', ')}`),
    ...settings.flatMap(([name, value]) => {
      const field: ParameterField<unknown> | undefined = Object.hasOwn(stackSettings, name)
        ? stackSettings[name as keyof typeof stackSettings]
        : undefined;
      const isWrong = field !== undefined && value !== '' && field.read(value) === refused;
      return isWrong ? [`\`${name}\` is \`${value}\`; allowed is ${field.allowed}`] : [];
    }),
    ...(parsed.kind === 'invalid' ? parsed.problems : []),
    ...(JSON.stringify(Object.fromEntries(ofRule)).length > MAX_INPUT_LENGTH
      ? [`the rule parameters are too long: AWS Config takes at most ${MAX_INPUT_LENGTH} characters in all`]
      : []),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems };
  const template = parameterTemplate();
  const parameters = { ...template.Parameters };
  for (const [name, value] of ofRule) {
    const id = isParameter(name) ? logicalId(name) : '';
    const constraint = parameters[id];
    if (constraint !== undefined && value !== '') parameters[id] = { ...constraint, Default: canonical(name, value) };
  }
  return { kind: 'template', template: { ...template, Parameters: parameters } };
}

function isParameter(name: string): name is ParameterName {
  return (parameterNames as readonly string[]).includes(name);
}

/** A value as CloudFormation compares it: `True` is `true`. */
function canonical(name: string, value: string): string | number {
  const read = isParameter(name) ? parameterFieldOf(name).read(value) : value;
  return typeof read === 'number' ? read : String(read);
}
