import type { MetricFilter, MetricTransformation } from '../inventory/resources.ts';
import { isRegion } from './allowed.ts';
import { units } from './choices.ts';
import { redactDimensionName, redactMetricName, redactNamespace } from './alarm/redact-metric.ts';
import { redactPattern } from './pattern/redact-pattern.ts';
import { kept, redactMembers } from './redact-members.ts';
import { redactCriteria, redactMetricValue, redactSelectorText } from './redact-selector.ts';
import { redactChoice } from './redact-value.ts';
import type { Redactor } from './redactor.ts';

/**
 * Metric filters with other names. One whose pattern cannot be shown is left out and noted.
 *
 * @param place - which list this is, for the note
 */
export function redactFilters(
  filters: readonly MetricFilter[],
  place: string,
  redactor: Redactor,
): readonly MetricFilter[] {
  return filters.flatMap((filter, at) => redactFilter(filter, `${place}[${at}]`, redactor));
}

export function redactFilter(filter: MetricFilter, place: string, redactor: Redactor): readonly MetricFilter[] {
  const { names, known, omit } = redactor;
  const pattern = redactPattern(filter.filterPattern, names, known.compared);
  if (pattern.kind === 'cannot-be-shown') {
    omit(`${place}.filterPattern`);
    return [];
  }
  const redacted = redactMembers(filter, {
    filterName: names.text,
    filterPattern: () => pattern.text,
    metricTransformations: (transformations) => transformations.map((one) => redactTransformation(one, redactor)),
    applyOnTransformedLogs: kept,
    fieldSelectionCriteria: (criteria) => redactCriteria(criteria, isRegion, names),
    emitSystemFieldDimensions: (dimensions) => dimensions.map((name) => redactDimensionName(name, names)),
  });
  return [redacted];
}

function redactTransformation(transformation: MetricTransformation, redactor: Redactor): MetricTransformation {
  const { names } = redactor;
  return redactMembers(transformation, {
    metricNamespace: (namespace) => redactNamespace(namespace, names),
    metricName: (name) => redactMetricName(name, names),
    metricValue: (value) => redactMetricValue(value, names),
    defaultValue: kept,
    dimensions: (dimensions) => redactDimensions(dimensions, redactor),
    unit: (unit) => redactChoice(unit, units, names),
  });
}

function redactDimensions(dimensions: Readonly<Record<string, string>>, { names }: Redactor) {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, selector]) => [
      redactDimensionName(name, names),
      redactSelectorText(selector, names),
    ]),
  );
}
