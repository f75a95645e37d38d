import type { MetricFilter } from '../../../inventory/resources.ts';

/** A filter that publishes to the metric, besides the one that the chain follows. */
export interface OtherFilter {
  readonly filter: MetricFilter;
  /** Whether it belongs to another log group, whose traffic is unknown. */
  readonly isInOtherLogGroup: boolean;
  /** Whether it certainly matches only events that may take the alarm to ALARM. */
  readonly matchesOnlyWanted: boolean;
}

/** Everything that publishes to a metric. */
export interface MetricSource {
  readonly filter: MetricFilter;
  readonly otherFilters: readonly OtherFilter[];
}
