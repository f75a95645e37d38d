import { partitionOf, urlSuffixOf } from '../arns.ts';
import type { Maybe } from '../value.ts';
import { firstUnknown, isUnknown, secret, unknown } from '../value.ts';
import type { Template } from './template.ts';

/** Stands for a property that `AWS::NoValue` removes. */
const noValue = Symbol('AWS::NoValue');

/** What intrinsic functions may refer to. */
export interface TemplateContext {
  readonly template: Template;
  readonly accountId: string;
  readonly region: string;
  /** Values that are given for parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What `Ref` and `Fn::GetAtt` of a resource give. */
  readonly attributeOf: (logicalId: string, attribute: string | undefined) => unknown;
  /** What `Fn::ImportValue` gives. */
  readonly importOf: (name: string) => unknown;
  /** What the stack is called, or what stands for that. */
  readonly stackName: Maybe<string>;
}

/** How deep functions may be nested; a template that refers to itself ends here. */
const MAX_DEPTH = 60;

type Arguments = readonly unknown[];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap-enhancements.html */
function defaultIn(options: unknown): unknown {
  return (options as { readonly DefaultValue?: unknown } | undefined)?.DefaultValue;
}

/**
 * Makes a function that computes values of a template. What is not known before deployment, such as an imported value or a
 * dynamic reference, becomes an {@link Unknown}.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function intrinsicEvaluator(context: TemplateContext): (value: unknown) => unknown {
  const { template, accountId, region, parameters } = context;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': partitionOf(region),
    'AWS::StackName': context.stackName,
    'AWS::URLSuffix': urlSuffixOf(region),
    'AWS::NoValue': noValue,
  };

  /** How many conditions are being computed, one in another. */
  let openConditions = 0;

  function evaluate(value: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) return unknown('the template refers to itself');
    if (typeof value === 'string') {
      return value.includes('{{resolve:') ? unknown('a dynamic reference is resolved at deployment') : value;
    }
    // CloudFormation refuses it.
    if (value === null) return unknown('the template has null in the place of a value');
    if (typeof value !== 'object') return value;
    if (Array.isArray(value))
      return (value as Arguments).map((one) => evaluate(one, depth + 1)).filter((one) => one !== noValue);
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    const [first] = entries;
    if (
      first !== undefined &&
      entries.length === 1 &&
      (first[0] === 'Ref' || first[0] === 'Condition' || first[0].startsWith('Fn::'))
    ) {
      // A policy has a member `Condition` that is no function: its value is an object.
      if (first[0] !== 'Condition' || typeof first[1] === 'string') return call(first[0], first[1], depth + 1);
    }
    const among = entries.find(([name]) => name.startsWith('Fn::'));
    // A macro or a loop among other members adds to them or changes them.
    if (among !== undefined) return unknown(`${among[0]} is computed at deployment`);
    const evaluated = entries.map(([name, one]) => [name, evaluate(one, depth + 1)] as const);
    return Object.fromEntries(evaluated.filter(([, one]) => one !== noValue));
  }

  function call(name: string, argument: unknown, depth: number): unknown {
    switch (name) {
      case 'Ref':
        return reference(String(argument));
      case 'Condition':
        return condition(String(argument), depth);
      case 'Fn::GetAtt': {
        const [id, attribute] = Array.isArray(argument) ? (argument as Arguments) : String(argument).split(/\.(.*)/s);
        return context.attributeOf(String(id), String(attribute));
      }
      case 'Fn::Sub':
        return substitute(argument, depth);
      case 'Fn::If': {
        if (!Array.isArray(argument)) return unknown('Fn::If has no list');
        const [id, yes, no] = argument as Arguments;
        const isTrue = condition(String(id), depth);
        return isUnknown(isTrue) ? isTrue : evaluate(isTrue === true ? yes : no, depth);
      }
      default:
        return callOnValues(name, argument, depth);
    }
  }

  /** The functions that take values, and not names or branches. */
  function callOnValues(name: string, argument: unknown, depth: number): unknown {
    const given = evaluate(argument, depth);
    const doubt = firstUnknown(given);
    if (doubt !== undefined && name !== 'Fn::And' && name !== 'Fn::Or') return doubt;
    const list = (Array.isArray(given) ? given : [given]) as Arguments;
    switch (name) {
      case 'Fn::Join':
        return Array.isArray(list[1]) ? (list[1] as Arguments).join(String(list[0])) : unknown(`${name} has no list`);
      case 'Fn::Select':
        return (
          (Array.isArray(list[1]) ? (list[1] as Arguments)[Number(list[0])] : undefined) ??
          unknown('Fn::Select names no member')
        );
      case 'Fn::Split':
        return list.length === 2 ? String(list[1]).split(String(list[0])) : unknown(`${name} has no text`);
      case 'Fn::FindInMap': {
        const [map, top, second] = list.map(String) as [string, string, string];
        const found = template.Mappings[map]?.[top]?.[second] ?? defaultIn(list[3]);
        return found ?? unknown(`Fn::FindInMap finds nothing in ${map}`);
      }
      case 'Fn::Equals':
        return list[0] === list[1] || String(list[0]) === String(list[1]);
      case 'Fn::Not':
        return list[0] !== true;
      case 'Fn::And':
        return threeValued(list, false);
      case 'Fn::Or':
        return threeValued(list, true);
      case 'Fn::ImportValue':
        return context.importOf(String(list[0]));
      case 'Fn::ToJsonString':
        return JSON.stringify(given);
      default:
        return unknown(`${name} is computed at deployment`);
    }
  }

  /** `deciding` decides, whatever the others are. */
  function threeValued(list: Arguments, deciding: boolean): unknown {
    if (list.includes(deciding)) return deciding;
    return firstUnknown(list) ?? !deciding;
  }

  function reference(name: string): unknown {
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    if (Object.hasOwn(template.Parameters, name)) return parameter(name);
    if (Object.hasOwn(template.Resources, name)) return context.attributeOf(name, undefined);
    return unknown(`${name} is not declared in the template`);
  }

  function parameter(name: string): unknown {
    const { Default: fallback, Type: type = 'String', NoEcho: isHidden } = template.Parameters[name] ?? {};
    const value = parameters[name] ?? fallback;
    if (value === undefined)
      return unknown(`parameter ${name} has no value; give it with \`--parameters ${name}=VALUE\``);
    if (isUnknown(value)) return value;
    // A condition shows nothing of it.
    if (String(isHidden) === 'true' && openConditions === 0) return secret(`parameter ${name}`);
    if (type.startsWith('AWS::SSM::Parameter::Value'))
      return unknown(`parameter ${name} is read from SSM at deployment`);
    if (type === 'CommaDelimitedList' || type.startsWith('List<'))
      return Array.isArray(value) ? value : (value as string).split(',').map((one) => one.trim());
    return typeof value === 'object' ? value : `${value as string | number | boolean}`;
  }

  function condition(name: string, depth: number): unknown {
    const expression = template.Conditions[name];
    if (expression === undefined) return unknown(`condition ${name} is not declared`);
    openConditions += 1;
    const result = evaluate(expression, depth + 1);
    openConditions -= 1;
    return result;
  }

  function substitute(argument: unknown, depth: number): unknown {
    const [text, variables] = Array.isArray(argument) ? (argument as Arguments) : [argument, {}];
    const own = evaluate(variables ?? {}, depth) as Readonly<Record<string, unknown>>;
    let doubt: unknown;
    const result = String(text).replace(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      const value = valueIn(own, name.trim());
      if (isUnknown(value)) doubt ??= value;
      return typeof value === 'object' ? whole : (value as string);
    });
    return doubt ?? result;
  }

  function valueIn(own: Readonly<Record<string, unknown>>, name: string): unknown {
    if (Object.hasOwn(own, name)) return own[name];
    const dot = name.indexOf('.');
    return dot === -1 ? reference(name) : context.attributeOf(name.slice(0, dot), name.slice(dot + 1));
  }

  return (value) => {
    const result = evaluate(value, 0);
    return result === noValue ? undefined : result;
  };
}
