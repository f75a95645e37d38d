import type { AlarmAction } from '../../inventory/resources.ts';
import type { AlarmTopicPath } from '../base/link.ts';

/**
 * What the history of an alarm says of its last action on a topic: that SNS took it, that it failed and why, or that
 * there was none as long as CloudWatch remembers.
 */
export type LastAction = 'delivered' | { readonly failed: string } | 'none';

/**
 * What became of the last action of an alarm on a topic, whatever state the alarm went to: every action on a topic is
 * published in the same way.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 * @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger (the texts)
 */
export function lastActionOf({ topicArn }: AlarmTopicPath, history: readonly AlarmAction[]): LastAction {
  const [last] = history
    .filter(({ notificationResource, summary }) => (notificationResource ?? resourceIn(summary)) === topicArn)
    .sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
  if (last === undefined) return 'none';
  const { actionState, summary, error } = last;
  if (actionState === 'Succeeded' || /^Successfully executed action\b/i.test(summary)) return 'delivered';
  if (actionState === 'Failed' || /^Failed to execute action\b/i.test(summary)) {
    return { failed: error !== undefined && !summary.includes('Received error') ? `${summary}: ${error}` : summary };
  }
  return 'none';
}

/** The ARN in `Failed to execute action ARN. Received error: ...` or `Successfully executed action ARN`. */
function resourceIn(summary: string): string | undefined {
  return /\bexecuted? action (arn:\S+?)\.?(?=\s|$)/i.exec(summary)?.[1];
}
