import type { AdvancedFieldSelector } from '../../resources.ts';
import type { DeclarationOf } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { firstUnknown } from '../value.ts';
import type { ResourceValues } from './resource-values.ts';

type Blocks = readonly Readonly<Record<string, unknown>>[];

/** The event selectors of an `aws_cloudtrail`: none means all management events. */
export function selectorsOf({
  get,
}: ResourceValues): Pick<DeclarationOf<'trail'>, 'eventSelectors' | 'advancedEventSelectors'> {
  const basic = (get('event_selector') ?? []) as Maybe<Blocks>;
  const advanced = (get('advanced_event_selector') ?? []) as Maybe<Blocks>;
  return {
    eventSelectors:
      firstUnknown(basic) ??
      (basic as Blocks).map((block) => ({
        readWriteType: (block['read_write_type'] ?? 'All') as 'All',
        includeManagementEvents: block['include_management_events'] !== false,
        excludeManagementEventSources: (block['exclude_management_event_sources'] ?? []) as readonly string[],
      })),
    advancedEventSelectors:
      firstUnknown(advanced) ??
      (advanced as Blocks).map((block) => ({
        ...(typeof block['name'] === 'string' ? { name: block['name'] } : {}),
        fieldSelectors: ((block['field_selector'] ?? []) as Blocks).map(fieldSelectorOf),
      })),
  };
}

const operators = {
  equals: 'equals',
  not_equals: 'notEquals',
  starts_with: 'startsWith',
  not_starts_with: 'notStartsWith',
  ends_with: 'endsWith',
  not_ends_with: 'notEndsWith',
} as const;

function fieldSelectorOf(block: Readonly<Record<string, unknown>>): AdvancedFieldSelector {
  const conditions = Object.entries(operators).flatMap(([attribute, name]) => {
    const values = (block[attribute] ?? []) as readonly string[];
    return values.length === 0 ? [] : [[name, values] as const];
  });
  return { field: block['field'] as string, ...Object.fromEntries(conditions) };
}
