import { isUnknown, unknown } from '../value.ts';
import type { Properties } from './properties.ts';

/** What a property has to be: a text, a list of such, or an object with such members. */
type Shape = 'text' | readonly [Shape] | { readonly [name: string]: Shape };

const metric: Shape = { Dimensions: [{}] };

/** The shapes of the properties that are read, by type, as far as a reader relies on them. */
const shapes: Readonly<Record<string, Shape>> = {
  'AWS::CloudTrail::Trail': {
    CloudWatchLogsLogGroupArn: 'text',
    EventSelectors: [{ ReadWriteType: 'text', ExcludeManagementEventSources: ['text'] }],
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'text' }] }],
  },
  'AWS::Logs::Transformer': { LogGroupIdentifier: 'text' },
  'AWS::Logs::MetricFilter': {
    LogGroupName: 'text',
    FilterPattern: 'text',
    MetricTransformations: [{ Dimensions: [{}] }],
    FieldSelectionCriteria: 'text',
    EmitSystemFieldDimensions: ['text'],
  },
  'AWS::CloudWatch::Alarm': {
    AlarmActions: ['text'],
    Dimensions: [{}],
    Metrics: [{ Expression: 'text', MetricStat: { Metric: metric } }],
    EvaluationWindow: {},
    EvaluationCriteria: { PromQLCriteria: { Query: 'text' } },
    WarmUpConfiguration: {},
  },
  'AWS::CloudWatch::CompositeAlarm': { AlarmActions: ['text'], AlarmRule: 'text', ActionsSuppressor: 'text' },
  'AWS::CloudWatch::LogAlarm': {
    AlarmActions: ['text'],
    ScheduledQueryConfiguration: { LogGroupIdentifiers: ['text'], QueryString: 'text', ScheduleConfiguration: {} },
  },
  'AWS::CloudWatch::AlarmMuteRule': { Rule: { Schedule: {} }, MuteTargets: { AlarmNames: ['text'] } },
  'AWS::SNS::Topic': { KmsMasterKeyId: 'text', Subscription: [{ Protocol: 'text' }] },
  'AWS::SNS::TopicPolicy': { Topics: ['text'] },
  'AWS::SNS::TopicInlinePolicy': { TopicArn: 'text' },
  'AWS::SNS::Subscription': { TopicArn: 'text', Protocol: 'text', Endpoint: 'text' },
  'AWS::KMS::Alias': { TargetKeyId: 'text' },
  'AWS::Events::Rule': { EventBusName: 'text', State: 'text', Targets: [{ Id: 'text', Arn: 'text', RoleArn: 'text' }] },
  'AWS::Serverless::Function': { Events: {} },
  'AWS::Serverless::StateMachine': { Events: {} },
};

/** The properties of a resource, with what CloudFormation would refuse not known. It takes numbers and booleans as texts. */
export function inShape(type: string, properties: Properties, logicalId: string): Properties {
  const shape = shapes[type];
  return shape === undefined ? properties : (conform(properties, shape, logicalId) as Properties);
}

function conform(value: unknown, shape: Shape, path: string): unknown {
  if (value === undefined || isUnknown(value)) return value;
  if (shape === 'text') return isPrimitive(value) ? String(value) : unknown(`${path} must be a text`);
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return unknown(`${path} must be a list`);
    return value.map((one, at) => conform(one, (shape as readonly [Shape])[0], `${path}[${at}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unknown(`${path} must be an object`);
  const members = Object.entries(shape as Readonly<Record<string, Shape>>);
  const changed = members.flatMap(([name, inner]) => {
    const one = (value as Properties)[name];
    return one === undefined ? [] : [[name, conform(one, inner, `${path}.${name}`)] as const];
  });
  return { ...value, ...Object.fromEntries(changed) };
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
