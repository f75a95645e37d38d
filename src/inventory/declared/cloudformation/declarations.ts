import type { Place } from '../../place.ts';
import { alarmArn, eventBusArn, eventRuleArn, keyArn, logGroupArn, topicArn, trailArn } from '../arns.ts';
import type { Declaration } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { isUnknown, unknown } from '../value.ts';
import { busArnOf } from './resources/event-rules.ts';
import { intrinsicEvaluator } from './intrinsics.ts';
import type { Properties } from './resources/properties.ts';
import { opaqueOf } from './resources/opaque.ts';
import { inShape } from './resources/property-shapes.ts';
import { declarationOf, nameProperties } from './resources/resource-declarations.ts';
import { uncertain } from '../uncertain.ts';
import type { Template } from './template.ts';

/** What a template does not say, and its reader gives. */
export interface StackContext {
  readonly accountId: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The stack that a nested stack makes, where its template is given. */
  readonly nestedIn: (logicalId: string, parameters: () => Properties) => Stack | undefined;
  readonly placeOf: (logicalId: string) => Place;
  /** What the stack is called, or what stands for that. */
  readonly stackName: Maybe<string>;
  /** Which stack of the deployment it is, where there are several. */
  readonly stack?: string;
  /** What stands for a name that CloudFormation chooses, the same for no two resources of a deployment. */
  readonly standIn: (logicalId: string) => string;
  /** Whether several things of the account may be the one whose name CloudFormation chose. */
  readonly isAmbiguous: (logicalId: string) => boolean;
  /** What another stack exports. */
  readonly importOf: (name: string) => unknown;
  /** Notes that resources depend on each other in a circle, so that CloudFormation refuses the template. */
  readonly noteCircle: (logicalId: string) => void;
  /** Why nothing in the template is certain, such as a macro that may change all of it. */
  readonly doubt?: string;
  /** Why the template leaves something out that its deployment makes. */
  readonly leftOut?: string;
}

/** A template, with what it declares and exports. */
export interface Stack {
  readonly declarations: () => readonly Declaration[];
  /** What the stack, and those that it nests, export under a name. */
  readonly exportsOf: (name: string) => readonly Export[];
  /** What an output is; `undefined` if there is none. */
  readonly outputOf: (name: string) => unknown;
}

/** What a stack exports under a name, and which stack of the deployment it is; empty for the only one. */
export interface Export {
  readonly value: unknown;
  readonly stack: string;
}

/** Stands for the name of a stack where a name is looked for: any stack may be meant. */
const ANY_STACK = '\u0001';

/**
 * What a CloudFormation template declares of the things that a chain runs through, as they are after deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export function stackOf(template: Template, context: StackContext): Stack {
  const { accountId, region } = context;
  const evaluate = intrinsicEvaluator({ template, ...context, attributeOf });
  const evaluateName = intrinsicEvaluator({ template, ...context, attributeOf, stackName: ANY_STACK });
  const properties = new Map<string, Properties>();
  const computing = new Set<string>();
  /** Why the properties of a resource are not known, by logical id: a function makes some of them. */
  const notShown = new Map<string, string>();

  function propertiesOf(logicalId: string): Properties {
    const known = properties.get(logicalId);
    if (known !== undefined) {
      if (computing.has(logicalId)) context.noteCircle(logicalId);
      return known;
    }
    // While they are computed a resource has no properties, so that one that refers to itself ends.
    properties.set(logicalId, {});
    computing.add(logicalId);
    const computed = evaluate(template.Resources[logicalId]?.Properties ?? {}) as Maybe<Properties>;
    computing.delete(logicalId);
    if (isUnknown(computed)) notShown.set(logicalId, computed.unknown);
    else properties.set(logicalId, inShape(template.Resources[logicalId]?.Type ?? '', computed, logicalId));
    return properties.get(logicalId) ?? {};
  }

  function nameOf(logicalId: string, property: string): string {
    const name = propertiesOf(logicalId)[property];
    return typeof name === 'string' && name !== '' ? name : context.standIn(logicalId);
  }

  /** What `Ref` (without an attribute) and `Fn::GetAtt` give. ARNs follow from names. */
  function attributeOf(logicalId: string, attribute: string | undefined): unknown {
    const where = { accountId, region };
    const type = template.Resources[logicalId]?.Type;
    const output = /^Outputs\.(.+)$/.exec(attribute ?? '')?.[1];
    if (type === 'AWS::CloudFormation::Stack' && output !== undefined) {
      const value = nestedOf(logicalId)?.outputOf(output);
      return value ?? unknown(`${logicalId}.${output} is known after deployment`);
    }
    switch (`${type ?? ''} ${attribute ?? 'Ref'}`) {
      case 'AWS::SNS::Topic Ref':
      case 'AWS::SNS::Topic TopicArn':
        return topicArn(where, nameOf(logicalId, 'TopicName'));
      case 'AWS::SNS::Topic TopicName':
        return nameOf(logicalId, 'TopicName');
      case 'AWS::Logs::LogGroup Ref':
        return nameOf(logicalId, 'LogGroupName');
      case 'AWS::Logs::LogGroup Arn':
        return `${logGroupArn(where, nameOf(logicalId, 'LogGroupName'))}:*`;
      case 'AWS::CloudTrail::Trail Ref':
        return nameOf(logicalId, 'TrailName');
      case 'AWS::CloudTrail::Trail Arn':
        return trailArn(where, nameOf(logicalId, 'TrailName'));
      case 'AWS::CloudWatch::Alarm Ref':
      case 'AWS::CloudWatch::CompositeAlarm Ref':
      case 'AWS::CloudWatch::LogAlarm Ref':
        return nameOf(logicalId, 'AlarmName');
      case 'AWS::CloudWatch::Alarm Arn':
      case 'AWS::CloudWatch::CompositeAlarm Arn':
      case 'AWS::CloudWatch::LogAlarm Arn':
        return alarmArn(where, nameOf(logicalId, 'AlarmName'));
      case 'AWS::KMS::Key Ref':
      case 'AWS::KMS::Key KeyId':
        return context.standIn(logicalId);
      case 'AWS::KMS::Key Arn':
        return keyArn(where, context.standIn(logicalId));
      case 'AWS::Events::EventBus Ref':
      case 'AWS::Events::EventBus Name':
      case 'AWS::Events::Rule Ref':
        return nameOf(logicalId, 'Name');
      case 'AWS::Events::Rule Arn': {
        const bus = busArnOf(propertiesOf(logicalId), where);
        return isUnknown(bus) ? bus : eventRuleArn(bus, nameOf(logicalId, 'Name'));
      }
      case 'AWS::Events::EventBus Arn':
        return eventBusArn(where, nameOf(logicalId, 'Name'));
      case 'AWS::KMS::Alias Ref':
        return nameOf(logicalId, 'AliasName');
      default:
        return unknown(`${logicalId}${attribute === undefined ? '' : `.${attribute}`} is known after deployment`);
    }
  }

  const declarations = () => [
    ...Object.keys(template.Resources).flatMap(declarationsOf),
    ...[context.doubt, context.leftOut].flatMap((why): readonly Declaration[] =>
      why === undefined ? [] : [{ kind: 'opaque', ...whereOf('Resources'), reach: { kind: 'anything' }, why }],
    ),
  ];

  function whereOf(logicalId: string) {
    const stack = context.stack === undefined ? {} : { stack: context.stack };
    return { place: context.placeOf(logicalId), change: 'create', accountId, region, ...stack } as const;
  }

  function declarationsOf(logicalId: string): readonly Declaration[] {
    const resource = template.Resources[logicalId];
    if (resource === undefined) return [];
    const { Type: type, Condition: condition } = resource;
    const isThere = condition === undefined ? true : evaluate({ Condition: condition });
    if (isThere === false) return [];
    const given = propertiesOf(logicalId);
    const inResource = Object.keys(resource).find((name) => name.startsWith('Fn::'));
    const why = inResource === undefined ? notShown.get(logicalId) : `${inResource} in ${logicalId} is computed later`;
    const name = given[nameProperties[type] ?? ''];
    const which = context.isAmbiguous(logicalId) && (name === undefined || name === '');
    const doubted = which ? `which thing of the account ${logicalId} is` : why;
    const nameDoubt = doubted === undefined ? name : unknown(doubted);
    const where = { ...whereOf(logicalId), ...(isUnknown(nameDoubt) ? { nameDoubt } : {}) };
    const declaration = declarationOf(type, given, {
      ...where,
      nameOf: (property) => nameOf(logicalId, property),
      keyId: context.standIn(logicalId),
    });
    const inner = nestedOf(logicalId)?.declarations() ?? [];
    const all = [...declaration, ...opaqueOf(logicalId, resource, given, where), ...inner];
    const doubt = context.doubt ?? why;
    if (doubt !== undefined) return all.map((one) => uncertain(one, doubt));
    // Whether a resource under an unknown condition is there is not known, so neither is what depends on it.
    return isUnknown(isThere) ? all.map((one) => uncertain(one, isThere.unknown)) : all;
  }

  /** The stack of a nested stack. Its parameters are computed when one of them is asked for. */
  function nestedOf(logicalId: string): Stack | undefined {
    if (template.Resources[logicalId]?.Type !== 'AWS::CloudFormation::Stack') return undefined;
    return context.nestedIn(logicalId, () => (propertiesOf(logicalId)['Parameters'] ?? {}) as Properties);
  }

  function outputOf(name: string): unknown {
    const { Value: value, Condition: condition } = template.Outputs[name] ?? {};
    const isThere = condition === undefined ? true : evaluate({ Condition: condition });
    return isUnknown(isThere) ? isThere : isThere === false ? undefined : evaluate(value);
  }

  function exportsOf(name: string): readonly Export[] {
    const nested = Object.entries(template.Resources).flatMap(([logicalId, { Condition: condition }]) => {
      const isThere = condition === undefined ? true : evaluate({ Condition: condition });
      const found = isThere === false ? [] : (nestedOf(logicalId)?.exportsOf(name) ?? []);
      return isUnknown(isThere) ? found.map((one) => ({ ...one, value: isThere })) : found;
    });
    const own = exportOf(name);
    return own === undefined ? nested : [{ ...own, stack: context.stack ?? '' }, ...nested];
  }

  function exportOf(name: string): { readonly value: unknown } | undefined {
    for (const { Export: given, Value: value, Condition: condition } of Object.values(template.Outputs)) {
      const exported = evaluateName(given?.Name);
      if (typeof exported !== 'string' || !isExportedAs(exported, name)) continue;
      const isThere = condition === undefined ? true : evaluate({ Condition: condition });
      if (isThere !== false) return { value: isUnknown(isThere) ? isThere : evaluate(value) };
    }
    return undefined;
  }

  return { declarations, exportsOf, outputOf };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stack.html (names of stacks) */
function isExportedAs(exported: string, name: string): boolean {
  const parts = exported.split(ANY_STACK).map((part) => part.replaceAll(/[^A-Za-z0-9]/g, (sign) => `\\${sign}`));
  // Nobody writes the name of the stack more than once; a search for many would take long.
  if (parts.length > 3) return false;
  return new RegExp(`^${parts.join('[A-Za-z][A-Za-z0-9-]*')}$`).test(name);
}
