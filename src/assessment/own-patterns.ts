import type { Inventory } from '../inventory/model.ts';
import type { MetricFilter } from '../inventory/resources.ts';

/** The filter patterns that metric filters of the account have, each once. */
export function patternsIn({ parts }: Inventory): readonly string[] {
  const lists = Object.values(parts['metric-filters'] ?? {}).map((part): readonly MetricFilter[] =>
    part.kind === 'present' ? (part.value ?? []) : [],
  );
  return [...new Set(lists.flat().map(({ filterPattern }) => filterPattern))];
}

/** The account with only the metric filters of one pattern, so that a hundred filters are not compared with each other. */
export function withFiltersOf(inventory: Inventory, filterPattern: string): Inventory {
  const lists = Object.entries(inventory.parts['metric-filters'] ?? {}).map(([id, part]) => {
    if (part.kind === 'unreadable' || part.value === null) return [id, part] as const;
    return [id, { ...part, value: part.value.filter((filter) => filter.filterPattern === filterPattern) }] as const;
  });
  return { ...inventory, parts: { ...inventory.parts, 'metric-filters': Object.fromEntries(lists) } };
}
