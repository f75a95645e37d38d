import type { Control } from '../../controls/catalog.ts';

/** The names of what a remediation creates, before any of them is found to be taken. */
export interface BaseNames {
  /** Of the metric filter, its metric and the alarm. */
  readonly watch: string;
  readonly namespace: string;
  /** Of the topic: it may serve other controls as well. */
  readonly topic: string;
}

/**
 * Names that say what for: the control, and the event where it is about one. They keep to the characters that CloudWatch
 * and SNS take everywhere.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 */
export function baseNames({ id, filterPattern }: Control): BaseNames {
  const events = [...filterPattern.matchAll(/\$\.eventName\s*=\s*"?(\w+)/g)].flatMap(([, name]) => name ?? []);
  const [event] = events;
  const watch = events.length === 1 && event !== undefined ? `${id}-${event}` : id;
  return {
    watch: watch.replaceAll(/[^\w.-]/g, '-').slice(0, 100),
    namespace: 'CloudTrailMetrics',
    topic: 'cloudtrail-alarms',
  };
}
