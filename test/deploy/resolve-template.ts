import type { Resource, Section } from '../../deploy/generate/serverless-file.ts';
import type { TemplateConstraint } from '../../src/parameters/fields.ts';

type Values = Readonly<Record<string, string>>;

/** The sections of a template that decide what is created. */
interface Sections {
  readonly Parameters: Readonly<Record<string, Partial<Omit<TemplateConstraint, 'Type'>> & { readonly Type: string }>>;
  readonly Conditions: Section;
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** A template as CloudFormation would deploy it with some parameters. */
export interface Resolved {
  /** What is created, with references to parameters and conditions resolved, by logical id. */
  readonly resources: Readonly<Record<string, ResolvedResource>>;
  readonly parameters: Values;
}

export interface ResolvedResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn: readonly string[];
}

/** What CloudFormation gives for `AWS::NoValue`. */
const nothing = Symbol('AWS::NoValue');

const pseudo: Values = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'eu-west-1',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'stack',
};

/**
 * Resolves a template: parameters with their constraints, conditions, and the functions that do without a deployed
 * resource. References to resources stay as they are.
 *
 * @throws Error as CloudFormation would refuse the template or the parameters
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolveTemplate(template: Sections, given: Values = {}): Resolved {
  const parameters = parametersOf(template, given);
  const { Conditions, Resources } = template;

  const evaluate = (condition: unknown): boolean => {
    const [[name, argument]] = Object.entries(condition as object) as [[string, unknown]];
    const operands = argument as readonly unknown[];
    switch (name) {
      case 'Condition':
        return isMet(String(argument));
      case 'Fn::Not':
        return !evaluate(operands[0]);
      case 'Fn::And':
      case 'Fn::Or': {
        if (operands.length < 2 || operands.length > 10) throw new Error(`${name} takes 2 to 10 conditions`);
        const met = operands.map(evaluate);
        return name === 'Fn::And' ? met.every(Boolean) : met.some(Boolean);
      }
      case 'Fn::Equals':
        return valueOf(operands[0]) === valueOf(operands[1]);
      default:
        throw new Error(`not a condition: ${name}`);
    }
  };
  const isMet = (name: string): boolean => {
    const condition = Conditions[name];
    if (condition === undefined) throw new Error(`no condition ${name}`);
    return evaluate(condition);
  };
  const valueOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueOf).filter((item) => item !== nothing);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1) {
      switch (name) {
        case 'Ref':
          return referenceTo(String(argument));
        case 'Fn::If': {
          const [condition, yes, no] = argument as readonly [string, unknown, unknown];
          return valueOf(isMet(condition) ? yes : no);
        }
        case 'Fn::Sub':
          return String(argument).replaceAll(/\$\{([^}]+)\}/g, (text, reference: string) => {
            const found = referenceTo(reference);
            return typeof found === 'string' ? found : text;
          });
        case 'Fn::Split': {
          const [separator, text] = argument as readonly [string, unknown];
          return String(valueOf(text)).split(separator);
        }
        case 'Fn::Join': {
          const [separator, parts] = argument as readonly [string, unknown];
          const values = valueOf(parts) as readonly unknown[];
          return values.every((part) => typeof part === 'string') ? values.join(separator) : value;
        }
        case 'Fn::GetAtt':
          existing((argument as readonly string[])[0] ?? '');
          return value;
        default:
      }
    }
    const resolved = entries.map(([key, item]) => [key, valueOf(item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== nothing));
  };
  const existing = (id: string): void => {
    const resource = Resources[id];
    if (resource === undefined) throw new Error(`no resource ${id}`);
    if (resource.Condition !== undefined && !isMet(resource.Condition)) throw new Error(`${id} is not created`);
  };
  const referenceTo = (name: string): unknown => {
    if (name === 'AWS::NoValue') return nothing;
    const text = parameters[name] ?? pseudo[name];
    if (text !== undefined) return text;
    const [id = ''] = name.split('.');
    existing(id);
    return { Ref: name };
  };

  const created = Object.entries(Resources).filter(([, { Condition }]) => Condition === undefined || isMet(Condition));
  return {
    parameters,
    resources: Object.fromEntries(
      created.map(([id, { Type, Properties = {}, DependsOn = [] }]) => [
        id,
        { Type, DependsOn, Properties: valueOf(Properties) as ResolvedResource['Properties'] },
      ]),
    ),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function parametersOf({ Parameters }: Pick<Sections, 'Parameters'>, given: Values): Values {
  for (const name of Object.keys(given)) {
    if (!(name in Parameters)) throw new Error(`Parameters: [${name}] do not exist in the template`);
  }
  const values = Object.entries(Parameters).map(([name, constraint]) => {
    const value = given[name] ?? constraint.Default?.toString();
    if (value === undefined) throw new Error(`Parameters: [${name}] must have values`);
    const {
      AllowedValues,
      AllowedPattern,
      MinValue = -Infinity,
      MaxValue = Infinity,
      MaxLength = Infinity,
    } = constraint;
    const isAllowed =
      (AllowedValues?.map(String).includes(value) ?? true) &&
      (AllowedPattern === undefined || new RegExp(`^(?:${AllowedPattern})$`).test(value)) &&
      (constraint.Type !== 'Number' || (Number(value) >= MinValue && Number(value) <= MaxValue)) &&
      value.length <= MaxLength;
    if (!isAllowed) throw new Error(`Parameter ${name} failed to satisfy constraint`);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}
