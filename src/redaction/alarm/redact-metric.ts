import type { Dimension, MetricName } from '../../inventory/resources.ts';
import type { Names } from '../names.ts';
import { redactMembers } from '../redact-members.ts';
import { redactFieldName, redactFieldValue } from '../redact-value.ts';
import type { Redactor } from '../redactor.ts';

/** A metric with other names. */
export function redactMetric(metric: MetricName, redactor: Redactor): MetricName {
  return redactMembers(metric, {
    namespace: (namespace) => redactNamespace(namespace, redactor.names),
    metricName: (name) => redactMetricName(name, redactor.names),
    dimensions: (dimensions) => dimensions.map((dimension) => redactDimension(dimension, redactor)),
  });
}

/** That a namespace is AWS's own shows; which one does not. */
export function redactNamespace(namespace: string, names: Names): string {
  return namespace.startsWith('AWS/') ? `AWS/${names.text(namespace.slice(4))}` : names.text(namespace);
}

export function redactMetricName(name: string, names: Names): string {
  return names.text(name);
}

/** The fields that CloudWatch Logs adds stay. */
export function redactDimensionName(name: string, names: Names): string {
  return name.startsWith('@') ? redactFieldName(name, names) : names.text(name);
}

/** A dimension is compared with what filters publish: where AWS writes the value of that field, it stays there as well. */
export function redactDimension(dimension: Dimension, { names, known }: Redactor): Dimension {
  const [field = ''] = known.dimensions.get(dimension.name) ?? [];
  return redactMembers(dimension, {
    name: (name) => redactDimensionName(name, names),
    value: (value) => redactFieldValue(value, field, names),
  });
}
