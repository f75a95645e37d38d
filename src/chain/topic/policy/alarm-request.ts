import { parseArn } from '../../../inventory/arn.ts';
import type { TopicPath } from '../../base/link.ts';
import type { ServiceRequest } from './service-request.ts';

/**
 * The request that CloudWatch makes when an alarm notifies a topic.
 *
 * @param action - the IAM action: `sns:Publish`, or what KMS is asked for
 * @param resource - the ARN of the resource; absent for the key of the topic
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmRequest({ alarm }: TopicPath, action: string, resource?: string): ServiceRequest {
  return {
    service: 'cloudwatch.amazonaws.com',
    action,
    ...(resource === undefined ? {} : { resource }),
    sourceArn: alarm.alarmArn,
    sourceAccount: parseArn(alarm.alarmArn)?.accountId ?? '',
  };
}
