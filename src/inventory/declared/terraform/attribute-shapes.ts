import type { Shape } from '../shape.ts';
import { conform } from '../shape.ts';
import type { PlannedResource } from './resources.ts';

const principals: Shape = [{ identifiers: ['text'] }];
const selectors: Shape = { field: 'text', equals: ['text'], not_equals: ['text'], starts_with: ['text'] };

/** The shapes of the attributes that are read, by type, as far as a reader relies on them. Terraform writes no others. */
const shapes: Readonly<Record<string, Shape>> = {
  aws_cloudtrail: {
    cloud_watch_logs_group_arn: 'text',
    event_selector: [{ read_write_type: 'text', exclude_management_event_sources: ['text'] }],
    advanced_event_selector: [
      { field_selector: [{ ...selectors, not_starts_with: ['text'], ends_with: ['text'], not_ends_with: ['text'] }] },
    ],
  },
  aws_cloudwatch_log_metric_filter: {
    log_group_name: 'text',
    pattern: 'text',
    metric_transformation: [{ name: 'text', namespace: 'text', value: 'text', dimensions: {} }],
    emit_system_field_dimensions: ['text'],
  },
  aws_cloudwatch_metric_alarm: {
    alarm_actions: ['text'],
    metric_query: [{ id: 'text', expression: 'text', metric: [{ metric_name: 'text', dimensions: {} }] }],
  },
  aws_cloudwatch_composite_alarm: {
    alarm_actions: ['text'],
    alarm_rule: 'text',
    actions_suppressor: [{ alarm: 'text' }],
  },
  aws_sns_topic: { kms_master_key_id: 'text', policy: 'text' },
  aws_sns_topic_policy: { arn: 'text', policy: 'text' },
  aws_sns_topic_subscription: { topic_arn: 'text', protocol: 'text', endpoint: 'text', filter_policy: 'text' },
  aws_kms_key_policy: { key_id: 'text', policy: 'text' },
  aws_kms_alias: { target_key_id: 'text' },
  aws_cloudwatch_log_transformer: { log_group_arn: 'text' },
  aws_cloudwatch_event_rule: { event_bus_name: 'text', event_pattern: 'text', state: 'text' },
  aws_cloudwatch_event_target: { event_bus_name: 'text', rule: 'text', arn: 'text', role_arn: 'text' },
  aws_iam_policy_document: {
    statement: [
      { principals, not_principals: principals, condition: [{ test: 'text', variable: 'text', values: ['text'] }] },
    ],
  },
};

/** A resource with what is not in its shape not known. */
export function inShape(resource: PlannedResource): PlannedResource {
  const shape = shapes[resource.type];
  if (shape === undefined) return resource;
  return { ...resource, values: conform(resource.values, shape, resource.address) as PlannedResource['values'] };
}
