import type { AdvancedEventSelector, EventSelectors } from '../inventory/resources.ts';
import { isService, isVocabulary } from './allowed.ts';
import { readWriteTypes } from './choices.ts';
import type { Names } from './names.ts';
import { redactChoice, redactFieldValue } from './redact-value.ts';

/** Which events a trail records, under other names. */
export function redactSelectors(
  { eventSelectors, advancedEventSelectors }: EventSelectors,
  names: Names,
): EventSelectors {
  return {
    eventSelectors: eventSelectors.map(({ readWriteType, dataResourceTypes, ...one }) => ({
      ...one,
      ...(readWriteType === undefined ? {} : { readWriteType: redactChoice(readWriteType, readWriteTypes, names) }),
      ...(dataResourceTypes === undefined
        ? {}
        : { dataResourceTypes: dataResourceTypes.map((type) => (isResourceType(type) ? type : names.text(type))) }),
      excludeManagementEventSources: one.excludeManagementEventSources.map((source) =>
        redactFieldValue(source, 'eventSource', names),
      ),
    })),
    advancedEventSelectors: advancedEventSelectors.map((one) => redactAdvancedSelector(one, names)),
  };
}

/** A type of data events, such as `AWS::S3::Object`. */
function isResourceType(type: string): boolean {
  const [, service = ''] = /^AWS::([A-Za-z0-9]+)::(?:Object|Function|Table|Topic|Bucket)$/.exec(type) ?? [];
  return isService(service.toLowerCase());
}

function redactAdvancedSelector({ name, fieldSelectors }: AdvancedEventSelector, names: Names): AdvancedEventSelector {
  return {
    ...(name === undefined ? {} : { name: names.text(name) }),
    fieldSelectors: fieldSelectors.map(({ field, ...operators }) => ({
      field: isVocabulary(field) || field.startsWith('resources.') ? field : names.text(field),
      ...Object.fromEntries(
        Object.entries(operators).map(([operator, values]) => [
          operator,
          values.map((value) =>
            field === 'resources.type' && isResourceType(value)
              ? value
              : redactFieldValue(value, field.split('.').at(-1) ?? '', names),
          ),
        ]),
      ),
    })),
  };
}
