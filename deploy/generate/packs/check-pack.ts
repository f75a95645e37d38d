import { parameterNames } from '../../../src/parameters/table.ts';
import { LONGEST_RULE_NAME } from '../rule-names.ts';

/** In bytes: what the API takes as text, and what it takes from a bucket. */
export const LARGEST_INLINE = 51_200;
const LARGEST_IN_BUCKET = 300 * 1024;
const MOST_RULES = 130;
const MOST_PARAMETERS = 60;
const MOST_INPUT = 1024;
const MOST_REMEDIATION_PARAMETERS = 25;

interface Resource {
  readonly Type?: unknown;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/**
 * What AWS Config would not take in a conformance pack, and no linter of CloudFormation knows.
 *
 * @param pack - the template
 * @param text - as it is sent
 * @returns nothing if the pack is good
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
 */
export function packProblems(pack: object, text: string): readonly string[] {
  const { Parameters = {}, Resources = {} } = pack as {
    readonly Parameters?: Readonly<Record<string, { readonly Type?: unknown }>>;
    readonly Resources?: Readonly<Record<string, Resource>>;
  };
  const all = Object.entries(Resources);
  const rules = all.filter(([, { Type }]) => Type === 'AWS::Config::ConfigRule');
  const names = rules.map(([, { Properties }]) => Properties?.['ConfigRuleName']);
  const bytes = Buffer.byteLength(text);
  return [
    ...Object.keys(pack)
      .filter((section) => !['Parameters', 'Conditions', 'Resources'].includes(section))
      .map((section) => `a pack has no section ${section}`),
    ...(bytes > LARGEST_IN_BUCKET ? [`${bytes} bytes: AWS Config takes ${LARGEST_IN_BUCKET}`] : []),
    ...(rules.length > MOST_RULES ? [`${rules.length} rules: AWS Config takes ${MOST_RULES}`] : []),
    ...(Object.keys(Parameters).length > MOST_PARAMETERS ? [`more than ${MOST_PARAMETERS} parameters`] : []),
    ...Object.entries(Parameters)
      .filter(([, { Type }]) => Type !== 'String')
      .map(([name]) => `parameter ${name} is no String`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `two rules are named ${String(name)}`),
    ...all.flatMap(([id, resource]) => resourceProblems(resource, names).map((problem) => `${id}: ${problem}`)),
  ];
}

function resourceProblems({ Type, Properties = {} }: Resource, names: readonly unknown[]): readonly string[] {
  switch (Type) {
    case 'AWS::Config::ConfigRule':
      return ruleProblems(Properties);
    case 'AWS::Config::RemediationConfiguration':
      return remediationProblems(Properties, names);
    default:
      return [`a pack takes no ${String(Type)}`];
  }
}

function ruleProblems({ ConfigRuleName: name, InputParameters: input = {} }: Readonly<Record<string, unknown>>) {
  const literal = typeof name === 'string';
  const known: readonly string[] = parameterNames;
  const given = Object.entries(input as object);
  return [
    ...(literal ? [] : ['the name of a rule must be a text']),
    ...(literal && !new RegExp(`^[A-Za-z0-9_-]{1,${LONGEST_RULE_NAME}}$`).test(name)
      ? [`the name ${name} is longer than ${LONGEST_RULE_NAME} characters, or has others than letters, digits, - and _`]
      : []),
    ...given.filter(([key]) => !known.includes(key)).map(([key]) => `the function knows no parameter ${key}`),
    ...(JSON.stringify(input).length > MOST_INPUT && given.every(([, value]) => typeof value === 'string')
      ? [`the parameters have more than ${MOST_INPUT} characters`]
      : []),
  ];
}

function remediationProblems(properties: Readonly<Record<string, unknown>>, names: readonly unknown[]) {
  const { ConfigRuleName: name, TargetId: document, Automatic: automatic, Parameters: parameters = {} } = properties;
  const given = Object.entries(parameters as Readonly<Record<string, { readonly StaticValue?: { Values?: unknown } }>>);
  const fixed = given.flatMap(([key, { StaticValue }]) => {
    const values = StaticValue?.Values;
    return Array.isArray(values) && values.every((value) => typeof value === 'string') ? [] : [key];
  });
  const role = JSON.stringify(given.find(([key]) => key === 'AutomationAssumeRole')?.[1].StaticValue?.Values ?? []);
  return [
    ...(typeof name === 'string' && names.includes(name) ? [] : ['names no rule of the pack']),
    ...(typeof document === 'string' ? [] : ['the name of the document must be a text']),
    ...(automatic === false ? [] : ['is not started by hand']),
    ...(given.length > MOST_REMEDIATION_PARAMETERS ? [`more than ${MOST_REMEDIATION_PARAMETERS} parameters`] : []),
    ...fixed.map((key) => `parameter ${key} must be a list of texts`),
    ...(/^\["arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+"\]$/.test(role) ? [] : ['the role must be an ARN, written out']),
  ];
}
