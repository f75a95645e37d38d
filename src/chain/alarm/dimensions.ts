import type { Control } from '../../controls/catalog.ts';
import { compareTexts } from '../../filter-pattern/index.ts';
import type { Dimension, MetricFilter } from '../../inventory/resources.ts';
import { transformationOf } from '../base/transformation.ts';

/**
 * Whether every required event that a filter publishes carries some dimensions: the same names, and values that the
 * control's events are bound to have.
 *
 * @returns `undefined` if the values depend on the event
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 */
export function dimensionsFit(
  wanted: readonly Dimension[],
  filter: MetricFilter,
  control: Control,
): boolean | undefined {
  const selectors = transformationOf(filter).dimensions ?? {};
  const system = filter.emitSystemFieldDimensions ?? [];
  const names = [...Object.keys(selectors), ...system];
  if (wanted.length !== names.length || wanted.some(({ name }) => !names.includes(name))) return false;
  const fits = wanted.map(({ name, value }) => {
    const selector = selectors[name];
    return selector === undefined ? undefined : hasValue(selector, value, control);
  });
  if (fits.includes(false)) return false;
  return fits.every((fit) => fit === true) ? true : undefined;
}

/** Whether all, or none, of the required events have a value. */
function hasValue(selector: string, value: string, { filterPattern, premises }: Control): boolean | undefined {
  // A star would be a wildcard, and what a backslash does in quotes is not documented.
  if (!selector.startsWith('$') || /["*\\]/.test(value)) return undefined;
  const comparison = compareTexts(`{ ${selector} = "${value}" }`, filterPattern, premises);
  if (comparison.relation === 'invalid') return undefined;
  if (comparison.missed.kind === 'none') return true;
  return comparison.shared.kind === 'none' ? false : undefined;
}
