import type { Shape } from '../../shape.ts';
import { conform } from '../../shape.ts';
import type { Properties } from './properties.ts';

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
