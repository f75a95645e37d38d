import type { MetricFilter } from '../inventory/resources.ts';
import { isRegion } from './allowed.ts';
import { units } from './choices.ts';
import { redactDimensionName, redactMetricName, redactNamespace } from './alarm/redact-metric.ts';
import { redactPattern } from './pattern/redact-pattern.ts';
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
  const { filterName, filterPattern, metricTransformations, ...rest } = filter;
  const { applyOnTransformedLogs, fieldSelectionCriteria, emitSystemFieldDimensions } = rest;
  const pattern = redactPattern(filterPattern, names, known.compared);
  if (pattern.kind === 'cannot-be-shown') {
    omit(`${place}.filterPattern`);
    return [];
  }
  const redacted: MetricFilter = {
    filterName: names.text(filterName),
    filterPattern: pattern.text,
    metricTransformations: metricTransformations.map((one) => ({
      metricNamespace: redactNamespace(one.metricNamespace, names),
      metricName: redactMetricName(one.metricName, names),
      metricValue: redactMetricValue(one.metricValue, names),
      ...(one.defaultValue === undefined ? {} : { defaultValue: one.defaultValue }),
      ...(one.unit === undefined ? {} : { unit: redactChoice(one.unit, units, names) }),
      ...(one.dimensions === undefined ? {} : { dimensions: redactDimensions(one.dimensions, redactor) }),
    })),
    ...(applyOnTransformedLogs === undefined ? {} : { applyOnTransformedLogs }),
    ...(fieldSelectionCriteria === undefined
      ? {}
      : { fieldSelectionCriteria: redactCriteria(fieldSelectionCriteria, isRegion, names) }),
    ...(emitSystemFieldDimensions === undefined
      ? {}
      : { emitSystemFieldDimensions: emitSystemFieldDimensions.map((name) => redactDimensionName(name, names)) }),
  };
  return [redacted];
}

function redactDimensions(dimensions: Readonly<Record<string, string>>, { names }: Redactor) {
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, selector]) => [
      redactDimensionName(name, names),
      redactSelectorText(selector, names),
    ]),
  );
}
