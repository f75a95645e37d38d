import { logTransformersKey } from '../../inventory/part-keys.ts';
import { logGroupName } from '../../inventory/arn.ts';
import type { PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import type { MetricFilter } from '../../inventory/resources.ts';
import type { Context, Finding } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { metricFilterReasons } from './reasons.ts';

const found = findingsOf(metricFilterReasons);

/** Whether a filter sees the events, and what must be read to say so. */
export interface Visibility {
  readonly finding?: Finding<keyof typeof metricFilterReasons | keyof typeof unreadableReasons>;
  readonly needs?: readonly PartKey[];
}

/**
 * Judges whether a filter sees the events as they arrive, whatever its pattern. It may see transformed events, if there
 * is a transformer, or only those whose system fields fit. AWS does not document the system fields of CloudTrail events.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export function judgeVisibility(
  filter: MetricFilter,
  logGroupArn: string,
  { control, options, inventory }: Context,
): Visibility {
  if (options.assurance === 'configured') return {};
  const facts = {
    filter: filter.filterName,
    logGroup: logGroupName(logGroupArn),
    required: control.filterPattern,
  };
  const { applyOnTransformedLogs = false, fieldSelectionCriteria = '' } = filter;
  if (fieldSelectionCriteria !== '') {
    return { finding: found('FILTER_MAY_BE_BLIND', { ...facts, blind: `it selects by ${fieldSelectionCriteria}` }) };
  }
  if (!applyOnTransformedLogs) return {};
  const key = logTransformersKey(logGroupArn);
  const part = partOf<'log-transformers'>(inventory, key);
  if (part === undefined) return { needs: [key] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure) };
  const { ofLogGroup, ofAccount } = part.value;
  if (!ofLogGroup && !ofAccount) return {};
  return { finding: found('FILTER_MAY_BE_BLIND', { ...facts, blind: 'it applies to transformed logs' }) };
}
