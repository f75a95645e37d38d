import type { Trivalent } from '../../filter-pattern/index.ts';
import { parse } from '../../filter-pattern/index.ts';
import { parseArn } from '../../inventory/arn.ts';
import type { Dimension } from '../../inventory/resources.ts';
import { all } from '../base/trivalent.ts';
import type { Context, FilterPath } from '../base/link.ts';
import { dimensionNamesOf, transformationOf } from '../base/transformation.ts';
import { compareInTime } from '../required/compare-in-time.ts';
import { premisesText } from '../required/premises.ts';

/** Whether a filter publishes its metric only with dimensions. */
export function hasDimensions({ filter }: FilterPath): boolean {
  return dimensionNamesOf(filter).length > 0;
}

/**
 * Whether every required event that a filter publishes has certain dimensions: the same names, and values that all
 * events of the control have.
 *
 * @returns `undecided` if the values depend on the event
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export function dimensionsMatch(wanted: readonly Dimension[], path: FilterPath, context: Context): Trivalent {
  const selectors = transformationOf(path.filter)?.dimensions ?? {};
  const names = new Set(dimensionNamesOf(path.filter));
  const wantedNames = new Set(wanted.map(({ name }) => name));
  if (wantedNames.size !== names.size || [...wantedNames].some((name) => !names.has(name))) return false;
  return all(
    wanted.map(({ name, value }) => {
      const selector = Object.hasOwn(selectors, name) ? selectors[name] : undefined;
      return selector === undefined ? hasSystemValue(name, value, path) : hasValue(selector, value, context);
    }),
  );
}

/**
 * Whether a system field has a value. The events of a trail come from the account and region of its log group. Whether
 * the events of an organization's members name their own account is not documented.
 */
function hasSystemValue(field: string, value: string, { logGroupArn }: FilterPath): Trivalent {
  const { accountId, region } = parseArn(logGroupArn) ?? {};
  const known: Readonly<Record<string, string | undefined>> = { '@aws.account': accountId, '@aws.region': region };
  return Object.hasOwn(known, field) && known[field] === value ? true : 'undecided';
}

/** Whether all, or none, of the required events have a value. */
function hasValue(selector: string, value: string, context: Context): Trivalent {
  // A star is a wildcard, and what a backslash does in quotes is not documented.
  if (!selector.startsWith('$') || /["*\\]/.test(value)) return 'undecided';
  const pattern = `{ ${selector} = "${value}" }`;
  if (parse(pattern).kind !== 'parsed') return 'undecided';
  const { control, inventory } = context;
  const comparison = compareInTime(context, pattern, control.filterPattern, premisesText(control, inventory));
  if (comparison?.missed.kind === 'none') return true;
  return comparison?.shared.kind === 'none' ? false : 'undecided';
}
