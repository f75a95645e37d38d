import { catalog } from '../../src/controls/catalog.ts';
import { chainTypes } from '../../src/lambda/relevance.ts';
import { DEFAULT_PREFIX, LONGEST_PREFIX, lastPartOf, logicalIdOf } from './rule-names.ts';
import type { Resource, Section } from './serverless-file.ts';

/** One rule of the template: of a control of the catalog, or of a filter pattern of one's own. */
export interface TemplateRule {
  /** What its logical ids begin with. */
  readonly id: string;
  readonly condition: string;
  readonly description: string;
  /** The name, of the prefix that is deployed and the last part. */
  readonly name: { readonly 'Fn::Sub': string };
  /** What tells this rule's parameters from those of the others. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly controlId: string | undefined;
}

/** `Controls` where no control of the catalog is chosen. */
const NONE = 'none';
/** `Controls` where every control of the catalog is chosen. */
const ALL = 'all';

/** Every rule that the template can create. */
export const templateRules: readonly TemplateRule[] = [
  ...catalog.map(({ id, title }) => ({
    id: `Rule${logicalIdOf(id)}`,
    condition: `Has${logicalIdOf(id)}`,
    description: `${id}: ${title}`.slice(0, 256),
    name: { 'Fn::Sub': `\${RulePrefix}${lastPartOf(id)}` },
    input: { controlId: id },
    controlId: id,
  })),
  {
    id: 'RuleCustom',
    condition: 'HasFilterPattern',
    description: 'Is a person notified of the events that a filter pattern of your own matches?',
    name: { 'Fn::Sub': '${RulePrefix}custom' },
    input: { filterPattern: { Ref: 'FilterPattern' }, premises: ifGiven('Premises') },
    controlId: undefined,
  },
];

/** The parameter that chooses the controls, as a list, so that several rules share one function. */
export const controlsParameter = {
  Type: 'String',
  Default: catalog[0].id,
  AllowedPattern: `^(${ALL}|${NONE}|${anyControl()}(,${anyControl()})*)$`,
  ConstraintDescription: `allowed is ${ALL}, ${NONE}, or a list, separated by commas without blanks, of ${ids().join(', ')}`,
  Description: `The controls to evaluate, each by a rule of its own: a list, separated by commas, or \`${ALL}\`; \`${NONE}\` for the function alone. The ids are those of the catalog.`,
};

/**
 * What all names begin with. Systems Manager keeps some beginnings of a document's name for itself.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
 */
export const prefixParameter = {
  Type: 'String',
  Default: DEFAULT_PREFIX,
  AllowedPattern: `^(?![Aa][Ww][Ss]|[Aa][Mm][Aa]?[Zz][Oo]?[Nn])[A-Za-z0-9_-]{1,${LONGEST_PREFIX}}$`,
  ConstraintDescription: `allowed are 1 to ${LONGEST_PREFIX} letters, digits, hyphens and underscores, not beginning with aws, amazon or amzn`,
  Description: 'What the names of the rules, of the remediation document and of its role begin with.',
} as const;

function ids(): readonly string[] {
  return catalog.map(({ id }) => id);
}

function anyControl(): string {
  return `(${ids()
    .map((id) => id.replaceAll('.', '\\.'))
    .join('|')})`;
}

/**
 * For each control, whether `Controls` contains it. A list in commas contains `,ID,` exactly if splitting there and
 * joining again gives another text.
 *
 * @see https://dev.to/lambdasharp/emulating-fn-startswith-in-cloudformation-756 for the way in which a condition searches
 *   a text
 */
export function controlConditions(): Section {
  const list = { 'Fn::Sub': ',${Controls},' };
  const isChosen = (id: string) => ({
    'Fn::Or': [
      { 'Fn::Equals': [{ Ref: 'Controls' }, ALL] },
      { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', { 'Fn::Split': [`,${id},`, list] }] }, list] }] },
    ],
  });
  return Object.fromEntries(catalog.map(({ id }) => [`Has${logicalIdOf(id)}`, isChosen(id)]));
}

/** A parameter, or no property where it has its default. */
export function ifGiven(parameter: string): object {
  return { 'Fn::If': [`Has${parameter}`, { Ref: parameter }, { Ref: 'AWS::NoValue' }] };
}

/**
 * The rule and its alarm on silence.
 *
 * Every change of a resource in scope calls every rule. The first rule of the catalog sees changes of trails, alarms and
 * topics. The others leave alarms to the schedule: accounts with auto scaling create and delete alarms all day, and each
 * change would be billed once for each rule.
 *
 * @param shared - the rule and the alarm on silence that `serverless.yml` declares for its one rule
 * @param inputs - the parameters that all rules share
 */
export function ruleResources(
  rule: TemplateRule,
  shared: { readonly rule: Resource; readonly silence: Resource },
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Resource>> {
  const { id, condition, description, name } = rule;
  const seesAlarms = rule.controlId === catalog[0].id;
  const types = chainTypes.filter((type) => seesAlarms || type !== 'AWS::CloudWatch::Alarm');
  return {
    [id]: {
      ...shared.rule,
      Condition: condition,
      Properties: {
        ...shared.rule.Properties,
        ConfigRuleName: name,
        Description: description,
        InputParameters: { ...rule.input, ...inputs },
        Scope: { ComplianceResourceTypes: types },
      },
    },
    [`Silence${id}`]: {
      ...shared.silence,
      Condition: condition,
      Properties: { ...shared.silence.Properties, Dimensions: [{ Name: 'RuleName', Value: name }] },
    },
  };
}
