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

/**
 * A name of at most so many characters. One that is cut ends in a hash of the whole, so that two long names stay apart.
 */
export function shorten(name: string, most: number): string {
  if (name.length <= most) return name;
  // FNV-1a, in 32 bits.
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const tail = `-${hash.toString(16).padStart(8, '0')}`;
  return name.slice(0, most - tail.length) + tail;
}
